"""A shopper at the after-sale desk of the demo shop: sentences run actions, words are rendered, slots are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.registry import build_actions
from recsys.query import Lexicon, QueryParser
from shop.desk import Desk
from shop.domain.clock import now
from shop.ports import BackOffice
from shop.service import read_service
from shop.storage import Storage
from shop.storage.back_office import sql_back_office

ROOT = Path(__file__).parents[3]
RULES = read_service(ROOT / "data/catalog/demo/service.json")
PARSER = QueryParser(Lexicon())


class Moving:
    """A clock that shows the real time until it is set."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def __call__(self) -> datetime:
        return self.moment or now()


def _responses() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((ROOT / "data/responses").glob("*.yml")):
        found |= yaml.safe_load(path.read_text("utf-8"))["responses"]
    return found


RESPONSES = _responses()


@dataclass
class Said:
    """What the bot said: responses by name, their words, typed messages."""

    responses: list[str] = field(default_factory=list)
    text: str = ""
    choices: list[str] = field(default_factory=list)
    typed: list[dict[str, Any]] = field(default_factory=list)


class Nowhere:
    """No recommender: nothing here asks for one."""


@dataclass
class Counter:
    """`office` may be replaced by one that is down."""

    storage: Storage
    conversation_id: str
    clock: Moving
    office: BackOffice
    slots: dict[str, Any] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return Desk(self.storage, RULES, self.office, clock=self.clock)

    async def say(self, action: str, text: str) -> Said:
        """Run the action that the sentence leads to, as Rasa does."""
        entity = {"entity": "query", "value": PARSER.parse(text).to_json()}
        message = {"text": text, "entities": [entity]}
        tracker = Tracker(self.conversation_id, dict(self.slots), message, [], False, None, {}, "")
        dispatcher = CollectingDispatcher()
        events = await self._actions()[f"action_{action}"].run(dispatcher, tracker, {})
        self.slots |= {event["name"]: event["value"] for event in events}
        return _rendered(dispatcher.messages)

    async def talk(self, *turns: tuple[str, str]) -> Said:
        """Several sentences; the answer to the last."""
        said = Said()
        for action, text in turns:
            said = await self.say(action, text)
        return said

    @property
    def case(self) -> dict[str, Any] | None:
        case: dict[str, Any] | None = (self.slots.get("desk") or {}).get("case")
        return case

    def _actions(self) -> dict[str, Action]:
        knowledge = ROOT / "data/knowledge"
        built = build_actions(self.storage, Nowhere(), knowledge, self.desk)  # type: ignore[arg-type]
        return {one.name(): one for one in built}


def _rendered(messages: Sequence[dict[str, Any]]) -> Said:
    """Every variant has to have all its values, as Rasa would otherwise say nothing or {amount}."""
    said = Said()
    for message in messages:
        if message.get("custom"):
            said.typed.append(message["custom"])
        name = message.get("response")
        if not name:
            continue
        said.responses.append(name)
        said.choices += [button["title"] for button in message.get("buttons") or ()]
        for variant in RESPONSES[name]:
            missing = [
                k for k in re.findall(r"\{(\w+)\}", variant["text"]) if message.get(k) is None
            ]
            assert not missing, f"{name}: {missing}"
        said.text += RESPONSES[name][0]["text"].format(**message) + "\n"
    return said


async def at_counter(storage: Storage, customer_id: str | None, clock: Moving) -> Counter:
    async with storage.unit() as unit:
        conversation, _ = await unit.conversations.start(customer_id)
        await unit.commit()
    office = sql_back_office(storage, RULES)
    return Counter(storage, conversation.conversation_id, clock, office)
