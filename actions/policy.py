"""The shop's terms (运费多少 · 七天无理由怎么算), told in the shop's own words; what is not known is not guessed."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import Choice, unworded, worded
from actions.reply import Reply
from actions.shelf import Shelf
from actions.turn import Turn
from recsys.client import RecommenderClient
from shop.domain.policy import Policy

_CHOICE = "policy"


class ActionAnswerPolicy(Action):
    """Tells the term that is surely meant, else offers the nearest ones and a human.

    It changes no slot: whatever was talked about goes on.
    """

    def __init__(self, shelf: Shelf, recommender: RecommenderClient) -> None:
        self._shelf = shelf
        self._recommender = recommender

    def name(self) -> str:
        return "action_answer_policy"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        found = await self._recommender.faq(unworded(_CHOICE, turn.text))
        topics = [match.topic for match in found.matches]
        # The database has the last word: what was removed since the index was written is not told.
        nearest = await self._shelf.policies(topics)
        if not nearest:
            reply.say("utter_policy_unknown")
        elif found.confident and nearest[0].topic == topics[0]:
            await self._tell(nearest[0], reply)
        else:
            reply.ask("utter_policy_unsure", [*map(_choice, nearest), worded("human")])
        return []

    async def _tell(self, policy: Policy, reply: Reply) -> None:
        """The answer names the question that it answers, so that a wrong one is seen to be wrong."""
        related = await self._shelf.policies(policy.related)
        choices = [*map(_choice, related), worded("human")]
        reply.ask("utter_policy_answer", choices, question=policy.question, terms=policy.text)


def _choice(policy: Policy) -> Choice:
    return worded(_CHOICE, question=policy.question)
