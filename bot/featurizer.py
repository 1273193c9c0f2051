"""Dense features from the project's own BERT."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS, TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import Encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class BertFeaturizer(DenseFeaturizer, GraphComponent):
    """A vector of the sentence; folder and graph are configuration."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            FEATURIZER_CLASS_ALIAS: None,
            "model_dir": "data/models/encoder",
            "graph": "onnx/model.int8.onnx",
            "max_length": 64,
            "scale": 1.0,  # how loudly it speaks beside the n-grams
        }

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = Encoder(Path(config["model_dir"]), config["graph"], config["max_length"])
        self._scale = float(config["scale"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BertFeaturizer:
        return cls({**cls.get_default_config(), **config}, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check: `Encoder` refuses a folder without a model."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Digest of the weights: a new encoder under the same path means new features."""
        settings = {**cls.get_default_config(), **config}
        graph = Path(settings["model_dir"]) / settings["graph"]
        return hashlib.sha256(graph.read_bytes()).hexdigest() if graph.is_file() else None

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                self._add_features(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def _add_features(self, message: Message) -> None:
        tokens = message.get(TOKENS_NAMES[TEXT])
        # The tokenizer leaves chatter at both ends without tokens; the sentence is what they cover.
        vector = self._encoder.sentence(message.get(TEXT)[tokens[0].start : tokens[-1].end])
        self.add_features_to_message(None, self._scale * vector[None, :], TEXT, message)
