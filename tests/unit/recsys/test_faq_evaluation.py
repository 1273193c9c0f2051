"""What is counted on the judged questions, and how the weights are found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from recsys.evaluation.faq import Asked, BadQuestions, Judged, read_asked, read_entries
from recsys.evaluation.faq_pairs import auc, measure, read_pairs
from recsys.evaluation.faq_systems import tfidf
from recsys.training.faq import fit
from tests.unit.recsys.conftest import FAQ

ROOT = Path(__file__).parents[3]
BENCH = ROOT / "tests" / "bench" / "faq"
TOPICS = ["a", "b", "c", "d"]
ASKED = [Asked("1", "a"), Asked("2", "b"), Asked("3", "d"), Asked("4", None)]
SCORES = {
    "1": ([0.9, 0.1, 0, 0], 0.9),  # right
    "2": ([0.5, 0.4, 0, 0], 0.5),  # second
    "3": ([0.4, 0.3, 0.2, 0.1], 0.4),  # fourth
    "4": ([0.7, 0.1, 0, 0], 0.7),  # nothing to answer
}


def judged() -> Judged:
    return Judged.of(lambda text: (np.array(SCORES[text][0]), SCORES[text][1]), ASKED, TOPICS)


@pytest.mark.parametrize(
    ("threshold", "right", "wrong", "precision"),
    [(0.0, 1, 3, 1 / 4), (0.6, 1, 1, 1 / 2), (0.8, 1, 0, 1.0), (1.0, 0, 0, 1.0)],
)
def test_counts_by_hand(threshold: float, right: int, wrong: int, precision: float) -> None:
    counts = judged().counts(threshold)
    assert (counts.accuracy, counts.offered) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (counts.right, counts.wrong) == (right / 4, wrong / 4)
    assert counts.precision == pytest.approx(precision)


def test_the_threshold_is_the_lowest_that_allows_no_more_wrong_answers() -> None:
    assert judged().threshold(0.0) == 0.9
    assert judged().threshold(0.25) == 0.7
    assert judged().threshold(1.0) == 0.4
    only_wrong = Judged(np.array([0.5]), np.array([1]), np.array([True]))
    assert only_wrong.counts(only_wrong.threshold(0.0)).wrong == 0


def test_questions_of_one_topic_are_on_one_side_of_the_split() -> None:
    assert len({Asked(str(n), "freight").is_dev for n in range(50)}) == 1
    assert len({Asked(str(n), None).is_dev for n in range(50)}) == 2


def test_the_judged_questions_are_enough_and_nobody_can_have_looked_them_up() -> None:
    entries = read_entries(ROOT / "data" / "catalog")
    topics = {entry.topic for entry in entries}
    asked = read_asked(BENCH / "heldout.jsonl", topics)
    blind = read_asked(BENCH / "blind.jsonl", topics)
    for topic in topics:
        assert sum(one.topic == topic for one in asked) >= 5
    assert sum(one.topic is None for one in asked) >= 150
    assert not any(one.topic and one.is_dev for one in blind)
    texts = [one.text for one in (*asked, *blind)]
    assert len(set(texts)) == len(texts)
    written = {way for entry in entries for way in (*entry.ways, *entry.keywords)}
    nlu = (ROOT / "data" / "nlu" / "policy_question.yml").read_text("utf-8").splitlines()
    written |= {line.strip().removeprefix("- ").removeprefix("想了解：") for line in nlu}
    assert written.isdisjoint(texts)


@pytest.mark.parametrize(
    "row", ["{", '{"text": "x"}', '{"text": "x", "topic": "no"}', '{"text": "y", "topic": null}']
)
def test_bad_lines_are_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "asked.jsonl"
    path.write_text(json.dumps({"text": "y", "topic": "a"}) + "\n" + row, "utf-8")
    with pytest.raises(BadQuestions, match=r"asked\.jsonl:2"):
        read_asked(path, {"a"})


def test_every_entry_is_found_by_its_own_words() -> None:
    score = tfidf(FAQ)
    for row, entry in enumerate(FAQ):
        assert np.argmax(score(entry.question)[0]) == row


def test_auc_and_accuracy_by_hand() -> None:
    assert auc(np.array([3.0, 1.0, 2.0, 0.0]), np.array([True, True, False, False])) == 0.75
    assert auc(np.array([1.0, 1.0]), np.array([True, False])) == 0.5
    scores = np.array([0.8, 0.0, 0.9, 0.1])
    assert measure(scores, np.array([True, False, True, False])).accuracy == 1.0


def test_pairs_are_read_without_their_header(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("text_1\ttext_2\tlabel\n甲\t乙\t1\n丙\t丁\t0\n", "utf-8")
    assert set(read_pairs(path)) == {("甲", "乙", True), ("丙", "丁", False)}
    assert len(read_pairs(path, most=1)) == 1


def test_fitting_finds_the_weights_that_made_the_choices() -> None:
    rng = np.random.default_rng(5)
    truth = np.array([4.0, -2.0])
    examples = []
    for _ in range(4000):
        table = rng.random((5, 2))
        shares = np.exp(table @ truth)
        examples.append((table, int(rng.choice(5, p=shares / shares.sum()))))
    np.testing.assert_allclose(fit(examples, penalty=1e-3), truth, atol=0.25)
