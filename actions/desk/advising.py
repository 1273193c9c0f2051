"""A question about terms (怎么开发票 · 保修多久) is answered by the term; a form is begun by a wish."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.desk.form import Form
from actions.desk.memory import Memory
from actions.reply import Reply
from actions.terms import Rulebook, picked
from actions.turn import Turn
from recsys.query.service import asks_how


class Advised(Action):
    """A form behind the shop's terms; once it has been begun it hears everything itself.

    `asked`: the terms are asked for in the same words as the form, so that a question is taken for one; else only a
    term that is chosen from a list is.
    """

    def __init__(self, form: Form, rulebook: Rulebook, *, asked: bool) -> None:
        self._form = form
        self._rulebook = rulebook
        self._asked = asked

    def name(self) -> str:
        return self._form.name()

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        if picked(turn.text):
            told = await self._rulebook.told(turn.text, reply)
        else:
            told = self._asks(turn) and await self._rulebook.told(
                turn.text, reply, worded(f"begin_{self._form.skill}")
            )
        return [] if told else await self._form.begin(turn, reply)

    def _asks(self, turn: Turn) -> bool:
        case = Memory.of(turn.desk).case
        begun = case is not None and case.action == self.name()
        return self._asked and not begun and asks_how(turn.text)
