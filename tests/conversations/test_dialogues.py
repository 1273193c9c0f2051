"""Drives the running system through dialogues.yml: `DAOGOU_TEST_URL=http://127.0.0.1:8080`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import pytest
import yaml

DIALOGUES = yaml.safe_load(Path(__file__).with_name("dialogues.yml").read_text("utf-8"))
URL = os.environ.get("DAOGOU_TEST_URL")
needs_system = pytest.mark.skipif(URL is None, reason="DAOGOU_TEST_URL names no running system")


@dataclass
class Conversation:
    """What was shown so far, newest list last."""

    lists: list[list[dict[str, Any]]] = field(default_factory=list)


Check = Callable[[Any, dict[str, Any], Conversation], bool]


def cards(message: dict[str, Any]) -> list[dict[str, Any]]:
    return list(message["data"].get("items", ()))


def every(check: Callable[[dict[str, Any], Any], bool]) -> Check:
    return lambda wanted, message, _: all(check(card, wanted) for card in cards(message))


def cheaper(_: Any, message: dict[str, Any], so_far: Conversation) -> bool:
    middle = median(card["price"] for card in so_far.lists[-1])
    return all(card["price"] < middle for card in cards(message))


def ascending(_: Any, message: dict[str, Any], __: Conversation) -> bool:
    prices = [card["price"] for card in cards(message)]
    return prices == sorted(prices)


def some_above(wanted: int, message: dict[str, Any], _: Conversation) -> bool:
    return max(card["price"] for card in cards(message)) > wanted


def unseen(_: Any, message: dict[str, Any], so_far: Conversation) -> bool:
    seen = {card["product_id"] for batch in so_far.lists for card in batch}
    return not seen & {card["product_id"] for card in cards(message)}


def position(wanted: int, message: dict[str, Any], so_far: Conversation) -> bool:
    place = wanted - 1 if wanted > 0 else wanted
    return bool(message["data"]["item"]["sku"] == so_far.lists[-1][place]["sku"])


CHECKS: dict[str, Check] = {
    "type": lambda wanted, message, _: message["type"] == wanted,
    "choices": lambda _, message, __: bool(message["choices"]),
    "category": every(lambda card, wanted: card["category"] == wanted),
    "price_max": every(lambda card, wanted: card["price"] <= wanted),
    "price_min": every(lambda card, wanted: card["price"] >= wanted),
    "brands": every(lambda card, wanted: any(brand in card["brand"] for brand in wanted)),
    "not_brands": every(lambda card, wanted: all(brand not in card["brand"] for brand in wanted)),
    "cheaper": cheaper,
    "ascending": ascending,
    "some_above": some_above,
    "unseen": unseen,
    "position": position,
}


async def say(session: aiohttp.ClientSession, token: str, text: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}"}
    async with session.post(f"{URL}/api/chat", json={"text": text}, headers=headers) as response:
        assert response.status == 200, await response.text()
        return list((await response.json())["messages"])


@needs_system
@pytest.mark.timeout(120)
@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[d["name"] for d in DIALOGUES])
@pytest.mark.asyncio
async def test_dialogue(dialogue: dict[str, Any]) -> None:
    so_far = Conversation()
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{URL}/api/session", json={}) as response:
            token = (await response.json())["token"]
        for turn in dialogue["turns"]:
            messages = [m for m in await say(session, token, turn["say"]) if m["from"] == "bot"]
            assert messages, f"no answer to {turn['say']!r}"
            answer = messages[-1]
            broken = [k for k, v in turn["expect"].items() if not CHECKS[k](v, answer, so_far)]
            assert not broken, (turn["say"], broken, answer)
            if cards(answer):
                so_far.lists.append(cards(answer))


def test_every_expectation_can_be_checked() -> None:
    used = {key for d in DIALOGUES for turn in d["turns"] for key in turn["expect"]}
    assert used <= CHECKS.keys() and len(DIALOGUES) >= 12
