"""One question beside a list: the one whose answer is expected to leave the fewest products."""

from __future__ import annotations

from dataclasses import dataclass

from actions.choices import Choice, of_answer, worded
from actions.finder import Found
from actions.frame import Frame, narrowed
from actions.turn import Turn
from recsys.client import Facet, Overview

IN_A_ROW = 2
MANY = 7
SAID_ENOUGH = 2
OFFERED = 5
_HELPS = 0.7  # an answer that leaves more of the products than this was not worth a question
_RESPONSES = {
    "category": "utter_clarify_category",
    "price": "utter_clarify_price",
    "brand": "utter_clarify_brand",
    "colour": "utter_clarify_colour",
    "attribute": "utter_clarify_attribute",
    "number": "utter_clarify_attribute",
}


@dataclass(frozen=True)
class Question:
    """What to ask, of which facet, with which answers."""

    response: str
    name: str
    choices: tuple[Choice, ...]

    @property
    def pending(self) -> dict[str, str]:
        return {"action": "action_indifferent", "missing": self.name}


def wants_question(turn: Turn, frame: Frame, found: Found) -> bool:
    """Too many are left, too little was said, and the shopper was not asked twice already. A mere need (送妈妈) ranks the
    whole shop; counts of it would say nothing."""
    return (
        turn.clarified < IN_A_ROW
        and bool(frame.get("category") or frame.get("brands"))
        and found.total > MANY
        and narrowed(frame) < SAID_ENOUGH
        and found.confident
        and not found.sort
    )


def question(overview: Overview) -> Question | None:
    """The best question, if any tells the products apart well enough."""
    for facet in overview.facets:
        if facet.expected_remaining > _HELPS * overview.total:
            return None
        if facet.kind in _RESPONSES:
            return asking(facet)
    return None


def asking(facet: Facet) -> Question:
    """A question about one facet."""
    answers = tuple(of_answer(answer) for answer in facet.answers[:OFFERED])
    return Question(_RESPONSES[facet.kind], facet.name, (*answers, worded("indifferent")))
