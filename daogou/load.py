"""Shoppers of a benchmark: one after another, and many at once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import aiohttp
from tqdm import tqdm

from daogou.errors import CommandError

PRODUCT_TURNS = (
    "我想买手机",
    "三千以内的",
    "不要小米",
    "便宜点的",
    "换一批",
    "油皮用的洗面奶",
    "送女朋友的礼物",
    "黑色的双肩包",
)
PLAIN_TURNS = ("你好", "谢谢", "你是机器人吗")
ROUNDS = 12
SHOPPERS = 16
TURNS_EACH = 16


async def product_turns(url: str) -> list[float]:
    """Milliseconds of every product turn of a few conversations, the first one warming up."""
    async with aiohttp.ClientSession(url) as session:
        await _conversation(session, PRODUCT_TURNS)
        rounds = tqdm(range(ROUNDS), "turns", leave=False, disable=None)
        turns = [turn for _ in rounds for turn in await _conversation(session, PRODUCT_TURNS)]
    if failed := sum(not turn.answered for turn in turns):
        raise CommandError(f"{failed} of {len(turns)} turns were not answered")
    return [turn.ms for turn in turns]


async def rasa_turns(url: str) -> list[float]:
    """Milliseconds of turns that Rasa answers by itself, over its REST channel."""
    async with aiohttp.ClientSession(url) as session:
        taken = []
        for number in range(1 + ROUNDS * 4):
            body = {"sender": f"bench-{number}", "message": PLAIN_TURNS[number % len(PLAIN_TURNS)]}
            began = time.perf_counter()
            async with session.post("/webhooks/rest/webhook", json=body) as answer:
                if not await answer.json():
                    raise CommandError(f"{body['message']}: no answer from {url}")
            taken.append((time.perf_counter() - began) * 1000)
        return taken[1:]


async def concurrent(url: str) -> str:
    """Turns per second of SHOPPERS who all talk without a pause, and how many got an apology."""
    talks = PRODUCT_TURNS * (TURNS_EACH // len(PRODUCT_TURNS))
    async with aiohttp.ClientSession(url) as session:
        began = time.perf_counter()
        taken = await asyncio.gather(*(_conversation(session, talks) for _ in range(SHOPPERS)))
        seconds = time.perf_counter() - began
    turns = [turn for shopper in taken for turn in shopper]
    answered = [turn.ms for turn in turns if turn.answered]
    return (
        f"{SHOPPERS} shoppers at once | {len(answered) / seconds:.1f} turns/s, slowest {max(answered):.0f} ms, "
        f"{len(turns) - len(answered)} of {len(turns)} not answered in time"
    )


@dataclass(frozen=True)
class _Turn:
    ms: float
    answered: bool


async def _conversation(session: aiohttp.ClientSession, texts: tuple[str, ...]) -> list[_Turn]:
    async with session.post("/api/session", json={}) as answer:
        headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
    turns = []
    for text in texts:
        began = time.perf_counter()
        async with session.post("/api/chat", json={"text": text}, headers=headers) as answer:
            body = await answer.json()
        answered = answer.status == 200 and all(m["type"] != "error" for m in body["messages"])
        turns.append(_Turn((time.perf_counter() - began) * 1000, answered))
    return turns
