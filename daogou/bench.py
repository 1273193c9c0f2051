"""`daogou bench`: speed and memory, each figure beside what a team would otherwise pick, in one run.

Search alone beside bm25s over jieba words; then the whole system, started on ports and a database of its own: product turns
end to end, 16 shoppers at once, memory of each process; with --stock also Rasa's stock Chinese pipeline.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from daogou import load, stock
from daogou.bootstrap import ROOT
from daogou.errors import CommandError
from daogou.recommender import build_engine
from daogou.settings import Settings
from daogou.system import System
from recsys.encoder.config import BadEncoder
from recsys.evaluation.systems import bm25_words
from recsys.index.store import NoIndex
from recsys.search.engine import SearchEngine
from recsys.search.request import SearchRequest

JUDGED = ROOT / "tests" / "bench"


def bench(settings: Settings, environ: Mapping[str, str], with_stock: bool) -> int:
    """Print a table; raises CommandError."""
    folder = settings.var / "bench"
    with System(folder, environ) as system:
        rows = [
            *search_rows(Settings.from_env({**environ, "DAOGOU_VAR": str(folder)})),
            percentiles(
                "product turn, POST /api/chat", asyncio.run(load.product_turns(system.url))
            ),
            percentiles(
                "turn without an action, Rasa REST", asyncio.run(load.rasa_turns(system.rasa_url))
            ),
            asyncio.run(load.concurrent(system.url)),
        ]
        rows += [f"memory, {name} | {mb:.0f} MB" for name, mb in system.memory().items()]
        if with_stock:
            rows += stock.rows(folder / "stock", environ)
    print("| measure | value |\n|---|---|")
    print("\n".join(f"| {row} |" for row in rows))
    return 0


def search_rows(settings: Settings) -> list[str]:
    """The engine and the library in turn over the hand-written queries."""
    try:
        engine = build_engine(settings)
    except (NoIndex, BadEncoder) as error:
        raise CommandError(str(error)) from error
    texts = queries(JUDGED)
    library = bm25_words(engine.index.documents)
    ours, theirs = searches(engine, texts), []
    for text in texts:
        began = time.perf_counter()
        library(text)
        theirs.append((time.perf_counter() - began) * 1000)
    count = len(engine.index.documents)
    return [
        percentiles(f"search, {count} products, new queries", ours),
        percentiles("search, the same, seen queries", searches(engine, texts)),
        percentiles("bm25s over jieba words, the same", theirs),
    ]


def queries(folder: Path) -> list[str]:
    """The hand-written queries."""
    lines = [
        line for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    return list(dict.fromkeys(json.loads(line)["query"] for line in lines))


def searches(engine: SearchEngine, texts: Sequence[str]) -> list[float]:
    """Milliseconds of each search."""
    engine.search(SearchRequest(text="预热"))
    return [
        engine.search(SearchRequest(text=t)).took_ms
        for t in tqdm(texts, "search", delay=2, leave=False, disable=None)
    ]


def percentiles(what: str, taken_ms: Sequence[float]) -> str:
    p50, p95 = np.percentile(taken_ms, [50, 95])
    return f"{what} | p50 {p50:.1f} ms, p95 {p95:.1f} ms ({len(taken_ms)})"
