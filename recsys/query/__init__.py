"""Understanding of one shopping sentence. Pure Python (3.10): the dialogue engine and the search share it."""

from recsys.query.constraints import Attribute, BadConstraints, Constraints
from recsys.query.lexicon import Lexicon
from recsys.query.parser import QueryParser
from recsys.query.query import Query
from recsys.query.span import Span

__all__ = [
    "Attribute",
    "BadConstraints",
    "Constraints",
    "Lexicon",
    "Query",
    "QueryParser",
    "Span",
    "parse",
]


def parse(text: str, lexicon: Lexicon | None = None) -> Query:
    """Parse once; keep a `QueryParser` where many sentences are parsed with one lexicon."""
    return QueryParser(lexicon).parse(text)
