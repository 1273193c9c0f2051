"""What is wrong with a conversation file."""

from __future__ import annotations

from collections.abc import Sequence

from testing.conversation.model import Place


class BadConversation(Exception):
    """Every fault of the files that were read, one line each: `file:line: what is wrong`."""

    def __init__(self, faults: Sequence[tuple[Place, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{place}: {why}" for place, why in faults))
