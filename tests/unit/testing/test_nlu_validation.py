"""Rasa's evaluation is run and its files are read; a stand-in plays Rasa."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from testing.nlu.report import Confusion, Mistake, NluReport, Score
from testing.nlu.validation import (
    ValidationFailed,
    cross_validate,
    evaluate,
    micro_f1,
    read_results,
)

# greet: 3 of 4 right; buy: 5 of 6 right: 8 of 10
INTENTS = {
    "greet": {"precision": 0.75, "recall": 0.75, "f1-score": 0.75, "support": 4},
    "buy": {"precision": 5 / 6, "recall": 5 / 6, "f1-score": 5 / 6, "support": 6},
    "macro avg": {"precision": 0.79, "recall": 0.79, "f1-score": 0.79, "support": 10},
    "accuracy": 0.8,
}
ERRORS = [
    {"text": "在吗", "intent": "greet", "intent_prediction": {"name": "buy", "confidence": 0.6}},
    {"text": "来个", "intent": "buy", "intent_prediction": {"name": "greet", "confidence": 0.5}},
]
# 8 of 10 brands found among 16 claims, 5 of 10 colours among 5: 13 hits, 21 claims, 20 wanted
ENTITIES = {
    "brand": {"precision": 0.5, "recall": 0.8, "f1-score": 8 / 13, "support": 10},
    "colour": {"precision": 1.0, "recall": 0.5, "f1-score": 2 / 3, "support": 10},
    "query": {"precision": 0.0, "recall": 0.0, "f1-score": 0.0, "support": 0},
    "micro avg": {"precision": 0.1, "recall": 0.1, "f1-score": 0.1, "support": 20},
}
RASA = """#!{python}
import json, os, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
out.joinpath("arguments.json").write_text(json.dumps(sys.argv[1:]))
print("the word is", os.environ["WORD"])
if os.environ["WORD"] == "stop":
    sys.exit(3)
if os.environ["WORD"] == "write":
    out.joinpath("intent_report.json").write_text({report!r})
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    for name, content in (
        ("intent_report.json", INTENTS),
        ("intent_errors.json", ERRORS),
        ("QueryEntityExtractor_report.json", ENTITIES),
    ):
        (folder / name).write_text(json.dumps(content), "utf-8")
    (folder / "intent_histogram.png").write_bytes(b"picture")
    return folder


@pytest.fixture
def rasa(tmp_path: Path) -> Path:
    path = tmp_path / "python"
    path.write_text(RASA.format(python=sys.executable, report=json.dumps(INTENTS)), "utf-8")
    path.chmod(0o755)
    return path


def environ(word: str) -> dict[str, str]:
    return {**os.environ, "WORD": word}


def test_micro_f1_by_hand() -> None:
    assert micro_f1(ENTITIES, ("brand", "colour", "price")) == pytest.approx(2 * 13 / 41)
    assert micro_f1({}, ("brand",)) == 0


def test_micro_f1_counts_every_role_of_a_kind() -> None:
    # 1 of 2 brands to leave out found, nothing else claimed: 14 hits, 22 claims, 22 wanted
    left_out = {"precision": 1.0, "recall": 0.5, "f1-score": 2 / 3, "support": 2}
    report = {**ENTITIES, "brand.exclude": left_out}
    assert micro_f1(report, ("brand", "colour")) == pytest.approx(28 / 44)


def test_the_files_of_rasa_become_a_report(results: Path) -> None:
    report = read_results(results)
    assert report == NluReport(
        macro_f1=0.79,
        accuracy=pytest.approx(0.8),
        entity_f1=pytest.approx(26 / 41),
        intents=(Score("buy", 5 / 6, 5 / 6, 5 / 6, 6), Score("greet", 0.75, 0.75, 0.75, 4)),
        entities=(Score("brand", 0.5, 0.8, 8 / 13, 10), Score("colour", 1.0, 0.5, 2 / 3, 10)),
        confusions=(Confusion("buy", "greet", 1), Confusion("greet", "buy", 1)),
        mistakes=(Mistake("在吗", "greet", "buy", 0.6), Mistake("来个", "buy", "greet", 0.5)),
        pictures=(str(results / "intent_histogram.png"),),
    )


def test_the_most_frequent_confusion_comes_first(results: Path) -> None:
    again = {**ERRORS[0], "text": "有人吗"}
    (results / "intent_errors.json").write_text(json.dumps([*ERRORS, again]), "utf-8")
    assert read_results(results).confusions[0] == Confusion("greet", "buy", 2)


def test_a_report_survives_being_kept(results: Path, tmp_path: Path) -> None:
    report = read_results(results)
    report.write(tmp_path / "kept" / "nlu.json")
    assert NluReport.read(tmp_path / "kept" / "nlu.json") == report


def test_without_annotations_there_is_no_entity_score(results: Path) -> None:
    (results / "QueryEntityExtractor_report.json").unlink()
    report = read_results(results)
    assert report.entity_f1 is None and report.entities == ()


def test_rasa_is_asked_for_a_cross_validation(rasa: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = cross_validate(rasa, environ("write"), out, folds=3, root=tmp_path)
    assert report.accuracy == pytest.approx(0.8) and report.mistakes == ()
    asked = json.loads((out / "arguments.json").read_text("utf-8"))
    assert asked[:6] == ["-m", "rasa", "test", "nlu", "--cross-validation", "-f"]
    assert asked[6:] == ["3", "-c", "config.yml", "--nlu", "data/nlu", "--out", str(out)]


def test_rasa_is_asked_for_the_held_out_sentences(rasa: Path, tmp_path: Path) -> None:
    out, model = tmp_path / "out", tmp_path / "model.tar.gz"
    evaluate(rasa, environ("write"), model, out, root=tmp_path)
    asked = json.loads((out / "arguments.json").read_text("utf-8"))
    assert asked[4:8] == ["-u", "tests/nlu/heldout.yml", "--model", str(model)]


def test_a_failure_ends_with_rasas_last_words(rasa: Path, tmp_path: Path) -> None:
    with pytest.raises(ValidationFailed, match=r"stopped with 3 .*\nthe word is stop$"):
        cross_validate(rasa, environ("stop"), tmp_path / "out", root=tmp_path)


def test_an_earlier_report_does_not_pass_for_this_one(rasa: Path, results: Path) -> None:
    with pytest.raises(ValidationFailed, match=r"intent_report\.json was not written"):
        cross_validate(rasa, environ("nothing"), results, root=results)
