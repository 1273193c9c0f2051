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
from actions.terms import Rulebook
from actions.turn import Turn
from recsys.query.service import asks_how


class Advised(Action):
    """A form behind the shop's terms; once it has been begun it hears everything itself."""

    def __init__(self, form: Form, rulebook: Rulebook) -> None:
        self._form = form
        self._rulebook = rulebook

    def name(self) -> str:
        return self._form.name()

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        case = Memory.of(turn.desk).case
        begun = case is not None and case.action == self.name()
        begin = worded(f"begin_{self._form.skill}")
        if not begun and asks_how(turn.text) and await self._rulebook.told(turn.text, reply, begin):
            return []
        return await self._form.begin(turn, reply)
