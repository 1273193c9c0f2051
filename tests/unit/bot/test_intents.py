from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.intents import LinearIntentClassifier

CONTEXT = ExecutionContext(GraphSchema({}), node_name="intents")
# A sentence is what stands in it, in one sparse and one dense column each.
CORNERS = {"greet": (1.0, 0.0), "thanks": (0.0, 1.0), "deny": (-1.0, -1.0)}


def said(sparse: float, dense: float, intent: str | None = None) -> Message:
    message = Message({TEXT: "x", INTENT: intent} if intent else {TEXT: "x"})
    for row in (scipy.sparse.coo_matrix([[sparse]]), np.asarray([[dense]])):
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, "test"))
    return message


def classifier(tmp_path: Path, intents: tuple[str, ...], **config: Any) -> LinearIntentClassifier:
    """Trained, stored, and loaded again."""
    storage, resource = LocalModelStorage(tmp_path), Resource("intents")
    settings = {**LinearIntentClassifier.get_default_config(), "c": 10.0, **config}
    trained = LinearIntentClassifier.create(settings, storage, resource, CONTEXT)
    trained.train(TrainingData([said(*CORNERS[name], name) for name in intents] * 3))
    return LinearIntentClassifier.load(settings, storage, resource, CONTEXT)


@pytest.mark.parametrize("intents", [("greet", "thanks", "deny"), ("greet", "thanks")])
def test_the_nearest_intent_wins_and_the_others_follow(
    tmp_path: Path, intents: tuple[str, ...]
) -> None:
    trained = classifier(tmp_path, intents)
    for name in intents:
        (done,) = trained.process([said(*CORNERS[name])])
        ranking = done.get(INTENT_RANKING_KEY)
        assert done.get(INTENT)["name"] == name == ranking[0]["name"]
        assert {one["name"] for one in ranking} == set(intents)
        assert sum(one["confidence"] for one in ranking) == pytest.approx(1.0, abs=1e-5)
        assert ranking[0]["confidence"] > ranking[1]["confidence"]


def test_sharper_is_surer(tmp_path: Path) -> None:
    found = []
    for sharpness in (1.0, 5.0):
        trained = classifier(tmp_path, tuple(CORNERS), sharpness=sharpness)
        (done,) = trained.process([said(1.0, 0.0)])
        found.append(done.get(INTENT)["confidence"])
    assert found[0] < found[1]


def test_no_more_intents_are_ranked_than_wanted(tmp_path: Path) -> None:
    (done,) = classifier(tmp_path, tuple(CORNERS), ranking=2).process([said(1.0, 0.0)])
    assert len(done.get(INTENT_RANKING_KEY)) == 2


def test_without_text_nothing_is_meant(tmp_path: Path) -> None:
    (done,) = classifier(tmp_path, tuple(CORNERS)).process([Message({TEXT: ""})])
    assert done.get(INTENT) == {"name": None, "confidence": 0.0}
