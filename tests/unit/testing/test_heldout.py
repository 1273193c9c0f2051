"""The held-out conversations stay many, long enough to be conversations, and look at what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from testing.conversation.loader import load
from testing.conversation.model import Dialogue

ROOT = Path(__file__).parents[3]
# What a card, a list, a table, a price or a cart holds; words and the way to them are none of it.
PAYLOAD = {
    "cheaper",
    "count",
    "data",
    "database",
    "dearer",
    "first_item",
    "item",
    "items",
    "order",
    "position",
    "some_item",
    "unseen",
}
INSIDE = {"actions", "intent", "responses"}


@pytest.fixture(scope="module")
def dialogues() -> Sequence[Dialogue]:
    return load([ROOT / "tests" / "heldout"])


def test_there_are_many(dialogues: Sequence[Dialogue]) -> None:
    assert len({dialogue.title for dialogue in dialogues}) >= 60


def test_each_is_a_conversation(dialogues: Sequence[Dialogue]) -> None:
    assert not [d.title for d in dialogues if not 4 <= len(d.turns) <= 12]


def test_each_looks_at_the_payload(dialogues: Sequence[Dialogue]) -> None:
    def looks(dialogue: Dialogue) -> bool:
        return any(PAYLOAD & turn.expect.keys() for turn in dialogue.turns)

    assert not [dialogue.title for dialogue in dialogues if not looks(dialogue)]


def test_none_asks_how_the_answer_came_about(dialogues: Sequence[Dialogue]) -> None:
    asked = [d.title for d in dialogues for turn in d.turns if INSIDE & turn.expect.keys()]
    assert asked == []
