"""Set (c): judged queries over shops that nobody here wrote, each imported for the first time.

Every system searches the same documents. The systems that a team would otherwise pick come first; "without knowledge" is
the chain without the thesaurus. The weights of the chain are those that are served: the development part of these
queries helped to learn them, the test part did not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from recsys.evaluation import systems
from recsys.evaluation.interval import Difference, paired_bootstrap
from recsys.evaluation.judged import JudgedQueries
from recsys.evaluation.metrics import evaluate, ndcg
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge
from recsys.index.store import Encoder, build
from recsys.search.engine import EngineConfig
from recsys.search.rank import RankWeights

LEXICAL = (
    "BM25, jieba words",
    "BM25, characters + bigrams",
    "TF-IDF, jieba words",
    "TF-IDF, characters + bigrams",
)
CHAIN = "chain"
_SHORT, _LONG = 4, 12


@dataclass(frozen=True)
class ShopFigures:
    """Metrics by system; nDCG@10 by slice and system with the number of queries; how far the chain is above the best
    lexical system; rankings by system and query."""

    metrics: Mapping[str, Mapping[str, float]]
    slices: Mapping[str, tuple[int, Mapping[str, float]]]
    gain: Difference
    best_lexical: str
    rankings: Mapping[str, Mapping[str, list[str]]]


def compared(
    documents: Sequence[Document],
    categories: Sequence[CategorySchema],
    knowledge: Knowledge,
    encoder: Encoder,
    weights: RankWeights,
) -> dict[str, systems.System]:
    """Every system over one shop."""
    index = build(documents, categories, knowledge, encoder)
    bare = build(documents, categories, replace(knowledge, entries=()), encoder)
    config = EngineConfig()
    return {
        LEXICAL[0]: systems.bm25_words(documents),
        LEXICAL[1]: systems.bm25_characters(documents),
        LEXICAL[2]: systems.tfidf_words(documents),
        LEXICAL[3]: systems.tfidf_characters(documents),
        "dense": systems.dense(index, encoder),
        "hybrid": systems.hybrid(index, encoder, weights.alpha),
        "without knowledge": systems.full(bare, encoder, None, weights, config),
        CHAIN: systems.full(index, encoder, None, weights, config),
    }


def measure(searches: Mapping[str, systems.System], judged: JudgedQueries) -> ShopFigures:
    rankings = {
        name: {query: search(text) for query, text in judged.texts.items()}
        for name, search in searches.items()
    }
    metrics = {name: evaluate(found, judged.grades) for name, found in rankings.items()}
    best = max((n for n in LEXICAL if n in metrics), key=lambda name: metrics[name]["ndcg@10"])
    queries = list(judged.texts)
    chain, lexical = (
        [ndcg(rankings[name][query], judged.grades[query]) for query in queries]
        for name in (CHAIN, best)
    )
    return ShopFigures(
        metrics, _by_slice(rankings, judged), paired_bootstrap(chain, lexical), best, rankings
    )


def _by_slice(
    rankings: Mapping[str, Mapping[str, list[str]]], judged: JudgedQueries
) -> dict[str, tuple[int, Mapping[str, float]]]:
    members: dict[str, list[str]] = {}
    for query, text in judged.texts.items():
        for name in (*judged.slices[query], *_by_length(text)):
            members.setdefault(name, []).append(query)
    return {
        name: (len(queries), {s: _mean(found, queries, judged) for s, found in rankings.items()})
        for name, queries in sorted(members.items())
    }


def _mean(found: Mapping[str, list[str]], queries: Sequence[str], judged: JudgedQueries) -> float:
    return sum(ndcg(found[query], judged.grades[query]) for query in queries) / len(queries)


def _by_length(text: str) -> tuple[str, ...]:
    if len(text) <= _SHORT:
        return ("short",)
    return ("long",) if len(text) >= _LONG else ()


def table(figures: ShopFigures) -> str:
    """Markdown: systems, slices, and the gain with its interval."""
    lines = ["| system | nDCG@10 | MRR@10 | Recall@100 | Precision@10 |", "|---|---|---|---|---|"]
    for name, values in figures.metrics.items():
        cells = (f"{values[m]:.3f}" for m in ("ndcg@10", "mrr@10", "recall@100", "precision@10"))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    shown = (figures.best_lexical, "hybrid", "without knowledge", CHAIN)
    lines += ["", f"| slice | queries | {' | '.join(shown)} |", "|---" * (len(shown) + 2) + "|"]
    for name, (count, values) in figures.slices.items():
        lines.append(f"| {name} | {count} | {' | '.join(f'{values[s]:.3f}' for s in shown)} |")
    gain = figures.gain
    lines += [
        "",
        f"chain above {figures.best_lexical}: {gain.mean:+.3f} (95 %: {gain.low:+.3f} to {gain.high:+.3f})",
    ]
    return "\n".join(lines)
