"""Runs one dialogue, turn by turn."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from testing.checking.answer import Answer, Card, Rows, cards
from testing.checking.conditions import at, show
from testing.checking.expectations import failures
from testing.conversation.model import Dialogue, Turn
from testing.conversation.variables import replace
from testing.running import events
from testing.running.client import Chat, Client, NoAnswer, Reply
from testing.running.lane import CannotPrepare, Lane
from testing.running.results import DialogueResult, TurnResult

_ITEM = re.compile(r"item(\d+|_last)\.(\w+)")


class CannotSay(Exception):
    """A turn needs what the conversation has not shown: a choice, a card."""


async def run(dialogue: Dialogue, lane: Lane, client: Client) -> DialogueResult:
    """Whatever happens, a result; it ends at the first turn that is not as expected.

    What follows a wrong answer is another conversation than the one that was meant.
    """
    began = time.perf_counter()
    turns: list[TurnResult] = []
    error = None
    try:
        token = await lane.begin(dialogue.setup)
        speaker = Speaker(dialogue, lane, await client.start(token))
        for turn in dialogue.turns:
            turns.append(await speaker.take(turn))
            if turns[-1].failures:
                break
    except (NoAnswer, CannotPrepare, CannotSay) as reason:
        error = str(reason)
    return DialogueResult(
        file=str(dialogue.place.file),
        line=dialogue.place.line,
        title=dialogue.title,
        tags=dialogue.tags,
        seconds=time.perf_counter() - began,
        turns=tuple(turns),
        error=error,
    )


class Speaker:
    """A shopper in one conversation, who remembers what was shown."""

    def __init__(self, dialogue: Dialogue, lane: Lane, chat: Chat) -> None:
        self._lane, self._chat = lane, chat
        self._customer = dialogue.setup.customer
        self._lists: list[tuple[Card, ...]] = []
        self._last: Mapping[str, Any] = {}
        self._slots: dict[str, Any] = {}

    async def take(self, turn: Turn) -> TurnResult:
        """Raises NoAnswer, CannotSay."""
        expect = replace(turn.expect, self._value)
        if turn.call is not None:
            return await self._call(turn, expect)
        said = self._clicked(turn.click) if turn.click else replace(turn.say, self._value)
        messages, seconds = await self._chat.say(said)
        heard = self._lane.events(self._chat.conversation_id)
        steps = events.steps(heard)
        self._slots.update(slot for step in steps for slot in step.slots)
        answer = Answer(
            messages=tuple(messages),
            seconds=seconds,
            lists=tuple(self._lists),
            understanding=events.understanding(heard),
            steps=steps,
            slots=self._slots if self._lane.shows_inside else None,
            tables=await self._tables(expect),
        )
        self._remember(answer)
        return TurnResult(
            line=turn.place.line,
            said=said,
            messages=answer.messages,
            seconds=seconds,
            failures=tuple(failures(expect, answer)),
            understanding=answer.understanding,
            steps=steps,
        )

    def _remember(self, answer: Answer) -> None:
        self._last = answer.last
        for message in answer.messages:
            if shown := cards(message):
                self._lists.append(shown)

    async def _call(self, turn: Turn, expect: Mapping[str, Any]) -> TurnResult:
        call = replace(turn.call, self._value)
        reply: Reply = await self._chat.call(
            call.get("method", "GET"), call["path"], call.get("json")
        )
        answer = Answer(
            (), reply.seconds, status=reply.status, body=reply.body,
            tables=await self._tables(expect),
        )  # fmt: skip
        return TurnResult(
            line=turn.place.line,
            said=f"{call.get('method', 'GET')} {call['path']} {json.dumps(call.get('json'))}",
            messages=(),
            seconds=reply.seconds,
            failures=tuple(failures(expect, answer)),
        )

    async def _tables(self, expect: Mapping[str, Any]) -> Mapping[str, Rows] | None:
        if not self._lane.shows_inside:
            return None
        return {table: await self._lane.rows(table) for table in expect.get("database", ())}

    def _clicked(self, title: str) -> str:
        offered: Sequence[Mapping[str, str]] = self._last.get("choices", ())
        for choice in offered:
            if choice["title"] == replace(title, self._value):
                return choice["value"]
        raise CannotSay(f"no choice {title!r} among {show([c['title'] for c in offered])}")

    def _value(self, name: str) -> Any:
        if name == "conversation":
            return self._chat.conversation_id
        if name == "customer":
            return self._customer
        found = _ITEM.fullmatch(name)
        newest = self._lists[-1] if self._lists else ()
        place = -1 if found is None or found[1] == "_last" else int(found[1]) - 1
        if found is None or not -len(newest) <= place < len(newest):
            raise CannotSay(f"${{{name}}}: the newest list has {len(newest)} cards")
        return at(newest[place], found[2])
