"""The shop's terms (运费多少 · 七天无理由怎么算), told in the shop's own words; what is not known is not guessed."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.reply import Reply
from actions.terms import Rulebook, question


class ActionAnswerPolicy(Action):
    """Tells the term that is surely meant, else offers the nearest ones and a human.

    It changes no slot: whatever was talked about goes on.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def name(self) -> str:
        return "action_answer_policy"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        reply = Reply(dispatcher)
        terms = await self._rulebook.find(tracker.latest_message.get("text") or "")
        if not terms.nearest:
            reply.say("utter_policy_unknown")
        elif terms.sure:
            await self._rulebook.tell(terms.nearest[0], reply)
        else:
            reply.ask("utter_policy_unsure", [*map(question, terms.nearest), worded("human")])
        return []
