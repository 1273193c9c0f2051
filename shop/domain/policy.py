"""The shop's rules, in its own words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """An answer about how the shop works.

    `topic` is a stable key; `questions` are whole sentences that ask for it, the first is the one that is shown;
    `keywords` are words that hint at it; `related` are the topics that people ask about next.
    """

    topic: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """How it is asked when it is offered."""
        return self.questions[0] if self.questions else self.title
