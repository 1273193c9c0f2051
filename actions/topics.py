"""Earlier conditions: taking the last change back, and returning to a category spoken of before."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.turn import Turn


def undone(turn: Turn) -> Turn | None:
    """The turn as if the last change had not been said; None where nothing was."""
    if not turn.past:
        return None
    *rest, last = turn.past
    return replace(turn, frame=last["frame"], sort=last["sort"], past=tuple(rest))


def returned(turn: Turn) -> Turn:
    """回到刚才的手机 · 刚才耳机有白的吗 · 手机要电池大的: the newest conditions under which that category was looked at."""
    category = turn.reading.constraints.get("category")
    if not category or category == turn.frame.get("category") or not _goes_back(turn, category):
        return turn
    for past in reversed(turn.past):
        if past["frame"].get("category") == category:
            return turn.having(past["frame"], past["sort"])
    return turn


def _goes_back(turn: Turn, category: str) -> bool:
    """By its words, or by taking up as known what was looked at before."""
    topic = re.compile(rf"^\W*那?{re.escape(category)}(?:的话|那边|这边|呢|要|得|还)")
    recalls = turn.reading.reference.get("batch", 0) is None
    return turn.reading.relative == "back" or recalls or topic.search(turn.text) is not None


def settled(turn: Turn) -> Turn:
    """Without a question of ours that is open; one that another action asked stays."""
    waits = (turn.pending or {}).get("action")
    return replace(turn, pending=None) if waits == "action_indifferent" else turn
