"""The shop's rules, in its own words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """An answer about how the shop works; `topic` is a stable key, `keywords` how people ask."""

    topic: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()
