"""Intents by linear support vector machines, one an intent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    FEATURE_TYPE_SENTENCE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax
from sklearn.svm import LinearSVC

_WEIGHTS, _NAMES = "weights.npz", "intents.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """The intent whose hyperplane (Fan et al. 2008, LIBLINEAR) a sentence lies farthest beyond.

    Trains in seconds where Rasa's LogisticRegressionClassifier takes minutes on the same sentences.
    The softmax of the distances is the confidence; `sharpness` makes it that of held-out sentences.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # c: what a sentence on the wrong side costs; tolerance: when to stop; ranking: intents reported
        return {"c": 0.5, "tolerance": 0.05, "sharpness": 5.0, "ranking": 10}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        names: tuple[str, ...] = (),
        weights: np.ndarray | None = None,
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        # One row an intent; the last column is the bias.
        self._names, self._weights = names, weights

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> LinearIntentClassifier:
        with model_storage.read_from(resource) as folder:
            names = json.loads((folder / _NAMES).read_text("utf-8"))
            weights = np.load(folder / _WEIGHTS)["weights"].astype(np.float32)
        return cls(config, model_storage, resource, tuple(names), weights)

    def train(self, training_data: TrainingData) -> Resource:
        """Needs two intents at least; LinearSVC says so."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        machine = LinearSVC(C=self._config["c"], tol=self._config["tolerance"], random_state=0).fit(
            _rows(examples), [m.get(INTENT) for m in examples]
        )
        self._names = tuple(map(str, machine.classes_))
        self._weights = _weights(machine)
        with self._storage.write_to(self._resource) as folder:
            (folder / _NAMES).write_text(json.dumps(self._names), "utf-8")
            np.savez(folder / _WEIGHTS, weights=self._weights.astype(np.float16))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        """Without text or without training no intent is known."""
        if self._weights is None or not message.get(TEXT):
            return [{INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}]
        row = _rows([message])
        distances = row @ self._weights[:, :-1].T + self._weights[:, -1]
        shares = softmax(self._config["sharpness"] * np.asarray(distances).ravel())
        best = np.argsort(-shares, kind="stable")[: self._config["ranking"]]
        return [
            {INTENT_NAME_KEY: self._names[i], PREDICTED_CONFIDENCE_KEY: float(shares[i])}
            for i in best
        ]


def _weights(machine: LinearSVC) -> np.ndarray:
    """Of two intents LinearSVC keeps one row, for the second."""
    rows = np.hstack([machine.coef_, machine.intercept_[:, None]])
    return np.vstack([-rows, rows] if len(rows) == 1 else rows).astype(np.float32)


def _rows(messages: Sequence[Message]) -> scipy.sparse.csr_matrix:
    """All features of the sentences, of all featurizers, side by side; a row a sentence."""
    columns = zip(*map(_parts, messages), strict=True)
    return scipy.sparse.hstack([_stacked(parts) for parts in columns], format="csr")


def _parts(message: Message) -> list[Any]:
    """What each featurizer says of the sentence: matrices of one row."""
    return [
        feature.features
        for feature in message.features
        if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE
    ]


def _stacked(rows: Sequence[Any]) -> scipy.sparse.csr_matrix:
    """scipy stacks 30,000 rows in half a minute; their numbers put in a line take a second."""
    if not scipy.sparse.issparse(rows[0]):
        return scipy.sparse.csr_matrix(np.vstack(rows))
    found = [row.tocoo() for row in rows]
    places = np.cumsum([0, *(row.nnz for row in found)])
    values = np.concatenate([row.data for row in found])
    columns = np.concatenate([row.col for row in found])
    return scipy.sparse.csr_matrix((values, columns, places), (len(rows), rows[0].shape[1]))
