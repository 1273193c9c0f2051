"""Metrics against values computed by hand."""

import math

import pytest

from recsys.evaluation.metrics import evaluate, ndcg, precision, recall, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 1}


def test_ndcg_of_the_ideal_order_is_one() -> None:
    assert ndcg(["a", "b", "c", "x"], GRADES) == pytest.approx(1.0)


def test_ndcg_by_hand() -> None:
    ideal = 7 + 3 / math.log2(3) + 1 / 2
    assert ndcg(["x", "a", "c"], GRADES) == pytest.approx((7 / math.log2(3) + 1 / 2) / ideal)


def test_ndcg_looks_no_deeper_than_asked() -> None:
    assert ndcg(["x", "y", "a"], GRADES, depth=2) == 0.0


def test_grade_one_is_no_hit_for_rank_recall_and_precision() -> None:
    assert reciprocal_rank(["c", "b", "a"], GRADES) == 0.5
    assert recall(["c", "b"], GRADES) == 0.5
    assert precision(["a", "c", "b"], GRADES, depth=5) == pytest.approx(0.4)


def test_queries_without_relevant_products_are_left_out() -> None:
    values = evaluate({"q": ["a"], "r": ["z"]}, {"q": {"a": 3}, "r": {"z": 1}})
    assert values == {"ndcg@10": 1.0, "mrr@10": 1.0, "recall@100": 1.0, "precision@10": 0.1}
