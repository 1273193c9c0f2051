"""Systems side by side over one shop, and how sure a difference is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from recsys.evaluation.interval import paired_bootstrap
from recsys.evaluation.judged import JudgedQueries, read_judged
from recsys.evaluation.shops import CHAIN, LEXICAL, compared, measure, table
from recsys.index.lexicon import Knowledge
from recsys.knowledge.entry import Entry
from recsys.search.features import FEATURES
from recsys.search.rank import RankWeights
from recsys.training.knowledge_pairs import Shelf, knowledge_pairs
from tests.unit.recsys.conftest import HashedEncoder, product

SHOPS = Path("tests/bench/shops")
DOCUMENTS = [
    product("w", "", "", "无线鼠标", [39]),
    product("t", "", "", "纯棉短袖T恤", [59]),
    product("k", "", "", "护颈乳胶枕", [99]),
]
ENTRIES = (Entry("same", ("t恤", "汗衫")), Entry("need", ("睡不着", "失眠"), ("乳胶枕",)))
JUDGED = JudgedQueries(
    {"a": "汗衫", "b": "晚上睡不着用什么好呢", "c": "鼠标"},
    {"a": {"t": 3}, "b": {"k": 3}, "c": {"w": 3}},
    {"a": ("synonym",), "b": ("need",), "c": ("keyword",)},
)


def test_every_system_is_measured_over_the_same_queries() -> None:
    weights = RankWeights(0.4, tuple(1.0 if f == "concepts" else 0.1 for f in FEATURES))
    knowledge = Knowledge(entries=ENTRIES)
    figures = measure(compared(DOCUMENTS, [], knowledge, HashedEncoder(), weights), JUDGED)
    assert figures.metrics[CHAIN]["ndcg@10"] == 1.0
    assert figures.metrics["without knowledge"]["ndcg@10"] < 1.0
    assert figures.best_lexical in LEXICAL
    assert figures.gain.mean == pytest.approx(
        1.0 - figures.metrics[figures.best_lexical]["ndcg@10"]
    )
    assert {name: count for name, (count, _) in figures.slices.items()} == {
        "synonym": 1, "need": 1, "keyword": 1, "short": 2,
    }  # fmt: skip
    assert f"| {CHAIN} | 1.000 |" in table(figures)


def test_a_difference_that_is_always_there_is_sure() -> None:
    found = paired_bootstrap([0.9, 0.8, 0.7], [0.8, 0.7, 0.6])
    assert (found.mean, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_a_difference_by_chance_is_not_sure() -> None:
    rng = random.Random(1)
    one, other = ([rng.random() for _ in range(50)] for _ in range(2))
    found = paired_bootstrap(one, other)
    assert found.low < 0 < found.high


def test_nothing_measured_is_no_difference() -> None:
    assert paired_bootstrap([], []).mean == 0.0


def test_the_judged_shops_are_large_and_told_apart_by_slices() -> None:
    sets = [read_judged(SHOPS, path.name) for path in sorted(SHOPS.glob("*.jsonl"))]
    assert sum(len(judged.texts) for judged in sets) >= 500
    slices = {name for judged in sets for names in judged.slices.values() for name in names}
    assert {"need", "synonym", "price", "negative", "misspelt", "conversational"} <= slices


def test_pairs_lead_from_what_is_said_to_titles_that_serve_it() -> None:
    titles = [d.title for d in DOCUMENTS]
    pairs = list(knowledge_pairs(ENTRIES, titles, random.Random(3)))
    assert {(p.document.text, p.source) for p in pairs if "睡" in p.query} == {
        ("护颈乳胶枕", "knowledge")
    }
    shirt = next(p for p in pairs if p.query == "汗衫")
    assert shirt.document.text == "纯棉短袖t恤"
    assert all(p.fits(p.document) and p.wanted <= p.document.facts for p in pairs)


def test_a_title_sells_what_it_ends_in() -> None:
    shelf = Shelf(["手机壳 防摔", "智能手机 128g"], ["手机", "手机壳"])
    assert list(shelf.titles(["手机"])) == ["智能手机 128g"]
