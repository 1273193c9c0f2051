"""`daogou bench`: how long a search takes, and a turn of chat where the system runs."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp
import numpy as np
from tqdm import tqdm

from daogou.bootstrap import ROOT
from daogou.errors import CommandError
from daogou.recommender import build_engine
from daogou.settings import Settings
from recsys.encoder.config import BadEncoder
from recsys.index.store import NoIndex
from recsys.search.engine import SearchEngine
from recsys.search.request import SearchRequest

JUDGED = ROOT / "tests" / "bench"
# Real shoppers pause; the gateway refuses who does not.
PAUSE_S = 1.05
TURNS = ("我想买手机", "三千以内的", "换一批", "第一个怎么样", "谢谢")
ROUNDS = 4


def bench(settings: Settings) -> int:
    """Print percentiles in milliseconds; raises CommandError."""
    began = time.perf_counter()
    try:
        engine = build_engine(settings)
    except (NoIndex, BadEncoder) as error:
        raise CommandError(str(error)) from error
    print(f"{len(engine.index.documents)} products, loaded in {time.perf_counter() - began:.1f} s")
    print(percentiles("search", searches(engine, queries(JUDGED))))
    turns = asyncio.run(chat(settings.public_url))
    print(percentiles("chat turn", turns) if turns else "chat turn: the system is not running")
    return 0


def queries(folder: Path) -> list[str]:
    """The hand-written queries."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return list(dict.fromkeys(json.loads(line)["query"] for line in lines))


def searches(engine: SearchEngine, texts: Sequence[str]) -> list[float]:
    """Milliseconds for each text, every one seen for the first time."""
    engine.search(SearchRequest(text="预热"))
    return [engine.search(SearchRequest(text=t)).took_ms for t in tqdm(texts, "search", delay=2, leave=False, disable=None)]


async def chat(url: str) -> list[float]:
    """Milliseconds for each turn of a few conversations; empty where nothing answers."""
    async with aiohttp.ClientSession(url) as session:
        try:
            return [ms for _ in tqdm(range(ROUNDS), "chat", leave=False, disable=None) for ms in await _conversation(session)]
        except aiohttp.ClientConnectorError:
            return []


async def _conversation(session: aiohttp.ClientSession) -> list[float]:
    async with session.post("/api/session", json={}) as answer:
        token = (await answer.json())["token"]
    taken = []
    for text in TURNS:
        began = time.perf_counter()
        headers = {"Authorization": f"Bearer {token}"}
        async with session.post("/api/chat", json={"text": text}, headers=headers) as answer:
            if answer.status != 200:
                raise CommandError(f"{text}: the gateway answered with status {answer.status}")
            await answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(PAUSE_S)
    return taken


def percentiles(what: str, taken_ms: Sequence[float]) -> str:
    if not taken_ms:
        return f"{what}: nothing to measure"
    p50, p95, p99 = np.percentile(taken_ms, [50, 95, 99])
    return f"{what}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms ({len(taken_ms)})"
