"""Rasa's graph machinery, as little of it as a component needs."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

ENCODER = Path(__file__).parent / "encoder"


def create(kind: type[GraphComponent], folder: Path, **config: Any) -> Any:
    """A component as a graph run builds it."""
    context = ExecutionContext(GraphSchema({}), node_name=kind.__name__)
    settings = {**kind.get_default_config(), **config}
    return kind.create(settings, LocalModelStorage(folder), Resource("none"), context)


def message(text: str) -> Message:
    return Message(data={TEXT: text})
