"""Random conversations out of what people really typed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from testing.variation.corpus import labelled, searches

QUERIES = "queries/taobao_queries_100k.txt"
REVIEWS = "reviews"
TURNS = 3
# Nobody types more into a chat at once, and longer inputs have tests of their own.
LONGEST = 200
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_REVIEW_SHARE = 0.3


class NoSentences(RuntimeError):
    """There is nothing to draw from; the message names the folders that were looked into."""


def conversations(
    count: int, seed: int = 0, *, data: Path | None = None, tests: Path = Path("tests")
) -> list[tuple[str, ...]]:
    """`count` conversations of three turns from the real data in `data`, else from our own test sentences."""
    random = Random(seed)
    queries, reviews = (_queries(data), _reviews(data)) if data else ([], [])
    if not queries and not reviews:
        queries = _own(tests)
    if not queries and not reviews:
        raise NoSentences(f"no sentences in {data or 'no data folder'} and {tests}")
    return [tuple(_draw(queries, reviews, random) for _turn in range(TURNS)) for _ in range(count)]


def _draw(queries: Sequence[str], reviews: Sequence[str], random: Random) -> str:
    """Mostly queries; now and then the first sentences of a review, as people who tell stories type."""
    review = not queries or (reviews and random.random() < _REVIEW_SHARE)
    return _opening(random.choice(reviews), random) if review else random.choice(queries)


def _opening(review: str, random: Random) -> str:
    sentences = _SENTENCE.findall(review) or [review]
    return "".join(sentences[: random.randint(1, 3)]).strip()[:LONGEST]


def _queries(data: Path) -> list[str]:
    path = data / QUERIES
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line.strip()[:LONGEST] for line in lines if line.strip()]


def _reviews(data: Path) -> list[str]:
    return [text for path in sorted((data / REVIEWS).glob("*.csv")) for text in _rows(path)]


def _rows(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if text := (row.get("review") or "").strip(" \t\r\n。！？!?"):
                yield text


def _own(tests: Path) -> list[str]:
    heldout = tests / "nlu" / "heldout.yml"
    texts = [example.text for example in labelled(heldout)] if heldout.exists() else []
    texts += [query.text for query in searches(sorted((tests / "bench").glob("*.jsonl")))]
    return texts
