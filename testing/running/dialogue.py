"""Runs one dialogue, turn by turn."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from testing.checking.answer import Answer, Card, Rows, cards
from testing.checking.conditions import MISSING, at, show
from testing.checking.expectations import failures
from testing.conversation.model import Dialogue, Turn
from testing.conversation.variables import replace
from testing.running import events
from testing.running.client import Chat, Client, NoAnswer
from testing.running.lane import CannotPrepare, Lane
from testing.running.picture import picture
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
        await lane.begin(dialogue.setup)
        customer = dialogue.setup.customer
        token = None if customer is None else lane.customer_token(customer)
        speaker = Speaker(customer, lane, await client.start(token))
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

    def __init__(self, customer: str | None, lane: Lane, chat: Chat) -> None:
        self._lane, self._chat, self._customer = lane, chat, customer
        self._lists: list[tuple[Card, ...]] = []
        self._last: Mapping[str, Any] = {}
        self._slots: dict[str, Any] = {}
        self._photos = 0

    async def take(self, turn: Turn) -> TurnResult:
        """Raises NoAnswer, CannotSay, CannotPrepare."""
        expect = replace(turn.expect, self._value)
        if turn.call is not None:
            said, answer = await self._call(replace(turn.call, self._value), expect)
        elif turn.sign_in is not None:
            said, answer = await self._sign_in(turn.sign_in, expect)
        elif turn.photo is not None:
            said, answer = await self._photo(replace(turn.photo, self._value), expect)
        else:
            said = self._clicked(turn.click) if turn.click else replace(turn.say, self._value)
            answer = await self._say(said, expect)
        return TurnResult(
            line=turn.place.line,
            said=said,
            messages=answer.messages,
            seconds=answer.seconds,
            failures=tuple(failures(expect, answer)),
            understanding=answer.understanding,
            steps=answer.steps,
        )

    async def _photo(self, words: str, expect: Mapping[str, Any]) -> tuple[str, Answer]:
        """Each is another picture: the same again would be the photo that is there already."""
        self._photos += 1
        photo_id = await self._chat.upload(picture(self._photos))
        return f"[照片] {words}".strip(), await self._say(words, expect, [photo_id])

    async def _say(
        self, said: str, expect: Mapping[str, Any], photos: Sequence[str] = ()
    ) -> Answer:
        messages, seconds = await self._chat.say(said, photos)
        heard = self._lane.events(self._chat.conversation_id)
        steps = events.steps(heard, self._slots)
        self._slots.update(slot for step in steps for slot in step.slots)
        answer = Answer(
            messages=tuple(messages),
            seconds=seconds,
            lists=tuple(self._lists),
            understanding=events.understanding(heard),
            steps=steps,
            slots=dict(self._slots) if self._lane.shows_inside else None,
            tables=await self._tables(expect),
        )
        self._remember(answer)
        return answer

    async def _call(self, call: Mapping[str, Any], expect: Mapping[str, Any]) -> tuple[str, Answer]:
        method, path, body = call.get("method", "GET"), call["path"], call.get("json")
        reply = await self._chat.call(method, path, body, call.get("anonymous", False))
        tables = await self._tables(expect)
        said = f"{method} {path}" + (f" {json.dumps(body, ensure_ascii=False)}" if body else "")
        return said, Answer((), reply.seconds, status=reply.status, body=reply.body, tables=tables)

    async def _sign_in(self, customer: str, expect: Mapping[str, Any]) -> tuple[str, Answer]:
        """The page opens the chat again, with the browser's token and this customer's."""
        before, began = self._chat, time.perf_counter()
        token = self._lane.customer_token(customer)
        self._chat, self._customer = await before.client.start(token, before.token), customer
        if self._chat.conversation_id != before.conversation_id:
            self._lists, self._last, self._slots = [], {}, {}
        body = {"conversation_id": self._chat.conversation_id}
        tables, seconds = await self._tables(expect), time.perf_counter() - began
        return f"sign in {customer}", Answer((), seconds, status=200, body=body, tables=tables)

    def _remember(self, answer: Answer) -> None:
        self._last = answer.last
        for message in answer.messages:
            if shown := cards(message):
                self._lists.append(shown)

    async def _tables(self, expect: Mapping[str, Any]) -> Mapping[str, Rows] | None:
        if not self._lane.shows_inside:
            return None
        return {table: await self._lane.rows(table) for table in expect.get("database", ())}

    def _clicked(self, title: str) -> str:
        offered: Sequence[Mapping[str, str]] = self._last.get("choices", ())
        for choice in offered:
            if choice["title"] == replace(title, self._value):
                return choice["value"]
        raise CannotSay(f"没有「{title}」这个选项，给出的是 {show([c['title'] for c in offered])}")

    def _told(self, path: str) -> Any:
        """From the data of the last answer."""
        value = at(self._last.get("data", {}), path)
        if value is MISSING:
            raise CannotSay(f"${{last.{path}}}：上一个回答的数据里没有")
        return value

    def _value(self, name: str) -> Any:
        if name == "conversation":
            return self._chat.conversation_id
        if name == "customer":
            return self._customer
        if name.startswith("last."):
            return self._told(name.removeprefix("last."))
        found = _ITEM.fullmatch(name)
        newest = self._lists[-1] if self._lists else ()
        place = -1 if found is None or found[1] == "_last" else int(found[1]) - 1
        if found is None or not -len(newest) <= place < len(newest):
            raise CannotSay(f"${{{name}}}：最近一批只有 {len(newest)} 张卡片")
        return at(newest[place], found[2])
