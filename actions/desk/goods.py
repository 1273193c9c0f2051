"""Orders and their lines by what is said of them: 上周买的那双鞋, 那件T恤, 第二件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.desk.talk import Talk
from shop.domain.order import Order, OrderItem

_CLASSIFIED = re.compile(
    r"[这那][一两几]?[双件个条部台只本瓶盒套顶把张辆]\s?(?P<noun>[^\W\d]{1,6})"
)
_LEAST = 2


def matching(talk: Talk, items: Sequence[OrderItem]) -> list[int]:
    """The lines that the sentence speaks of, by the words of their titles, kinds and options; none where it says
    nothing of goods or nothing that tells them apart."""
    scores = [_score(talk, item) for item in items]
    best = max(scores, default=0)
    return [place for place, score in enumerate(scores) if score == best] if best else []


def speaks_of(talk: Talk, order: Order) -> bool:
    return any(_score(talk, item) for item in order.items)


def _score(talk: Talk, item: OrderItem) -> int:
    said = talk.turn.reading.constraints
    score = 4 if said.get("category") in (item.category, item.department) else 0
    score += 4 * any(brand in item.title for brand in said.get("brands", ()))
    score += _shared(talk.text, item)
    noun = _CLASSIFIED.search(talk.text)
    if noun and item.category and noun["noun"].startswith(item.category[-1]):
        score += 3
    return score


def _shared(text: str, item: OrderItem) -> int:
    """Characters of the longest run that the sentence has in common with title, kind or options."""
    words = [item.title, item.category, *item.options.values()]
    runs = (_longest_run(text.lower(), word.lower()) for word in words)
    return max((run for run in runs if run >= _LEAST), default=0)


def _longest_run(first: str, second: str) -> int:
    longest = 0
    for start in range(len(first)):
        end = start + longest + 1
        while end <= len(first) and first[start:end] in second and not first[start:end].isspace():
            longest, end = longest + 1, end + 1
    return longest


def described(item: OrderItem) -> str:
    """A line as it is called: title and options."""
    options = " ".join(item.options.values())
    return f"{item.title} {options}".strip()
