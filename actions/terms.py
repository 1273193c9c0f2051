"""The shop's terms by question (运费多少 · 积分怎么用), in the shop's own words."""

from __future__ import annotations

from dataclasses import dataclass

from actions.choices import Choice, unworded, worded
from actions.reply import Reply
from actions.shelf import Shelf
from recsys.client import RecommenderClient
from shop.domain.policy import Policy

_CHOICE = "policy"


@dataclass(frozen=True)
class Terms:
    """The terms nearest to a question; `sure`: the first is what was meant."""

    nearest: tuple[Policy, ...]
    sure: bool


class Rulebook:
    """Finds terms, and tells one."""

    def __init__(self, shelf: Shelf, recommender: RecommenderClient) -> None:
        self._shelf = shelf
        self._recommender = recommender

    async def find(self, text: str) -> Terms:
        found = await self._recommender.faq(unworded(_CHOICE, text))
        topics = [match.topic for match in found.matches]
        # The database has the last word: what was removed since the index was written is not told.
        nearest = tuple(await self._shelf.policies(topics))
        sure = found.confident and bool(nearest) and nearest[0].topic == topics[0]
        return Terms(nearest, sure)

    async def tell(self, policy: Policy, reply: Reply, *first: Choice) -> None:
        """The answer names the question that it answers, so that a wrong one is seen to be wrong."""
        related = await self._shelf.policies(policy.related)
        choices = [*first, *map(question, related), worded("human")]
        reply.ask("utter_policy_answer", choices, question=policy.question, terms=policy.text)

    async def told(self, text: str, reply: Reply, *first: Choice) -> bool:
        """Tells the term that is surely meant, with choices of the caller's before the related ones; False where none is."""
        terms = await self.find(text)
        if terms.sure:
            await self.tell(terms.nearest[0], reply, *first)
        return terms.sure

    async def about(self, *topics: str) -> list[Choice]:
        """Choices that ask for these terms, as far as the shop has them."""
        return [question(policy) for policy in await self._shelf.policies(topics)]


def picked(text: str) -> bool:
    """Whether it is such a choice, pressed."""
    return unworded(_CHOICE, text) != text


def question(policy: Policy) -> Choice:
    """A choice that asks for a term."""
    return worded(_CHOICE, question=policy.question)
