"""`daogou evaluate shops`: real shops imported for the first time, searched by every system side by side."""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from daogou.errors import BadInput
from daogou.indexing import Shop, read_shop
from daogou.settings import Settings
from recsys.encoder.onnx import OnnxEncoder
from recsys.evaluation import shops
from recsys.evaluation.judged import JudgedQueries, read_judged
from recsys.evaluation.metrics import evaluate
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge
from recsys.search.rank import RankWeights
from shop.importing import import_file, load_mapping
from shop.storage import Storage, migrate

PAGE = 50  # the most that a search page gives
JUDGED = Path("tests/bench/shops")
FEEDS = {
    "yanxuan": "catalogs/yanxuan_catalog/goods.jsonl",
    "newbee": "catalogs/newbee_catalog/goods.jsonl",
    "tmall": "titles/tmall_cosmetics_1111/items.csv",
}


@dataclass(frozen=True)
class Imported:
    """A shop as the index gets it."""

    documents: list[Document]
    categories: list[CategorySchema]


async def imported(name: str, settings: Settings) -> Imported:
    """A shop as documents; raises BadInput where its feed is absent."""
    shop = await _shop(name, settings)
    return Imported(
        [Document.from_json(d) for d in shop.documents],
        [CategorySchema.from_json(c) for c in shop.categories],
    )


async def _shop(name: str, settings: Settings) -> Shop:
    """The feed, imported into a database of its own."""
    feed = settings.data / FEEDS[name]
    if not feed.exists():
        raise BadInput(f"no real data at {feed}: DAOGOU_DATA names its folder")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/shop.db"
        await asyncio.to_thread(migrate, url)
        storage = Storage(url)
        try:
            await import_file(
                feed,
                load_mapping(str(settings.catalog / "mappings" / f"{name}.json")),
                storage,
                dry_run=False,
                replace=True,
            )
        finally:
            await storage.close()
        return await read_shop(replace(settings, database_url=url))


def leave(folder: Path, settings: Settings) -> None:
    """Every shop whose feed is there as `NAME.json`, for what learns from them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FEEDS:
        if (settings.data / FEEDS[name]).exists():
            text = json.dumps(
                asdict(asyncio.run(_shop(name, settings))), ensure_ascii=False, default=str
            )
            (folder / f"{name}.json").write_text(text, "utf-8")


def measure(name: str, judged: JudgedQueries, settings: Settings) -> shops.ShopFigures:
    """Every system over one shop."""
    shop = asyncio.run(imported(name, settings))
    found = shops.compared(
        shop.documents,
        shop.categories,
        Knowledge.load(settings.knowledge),
        OnnxEncoder(settings.encoder),
        RankWeights.load(settings.models / "ranker" / "weights.json"),
    )
    print(f"\n{name}: {len(shop.documents)} products, {len(judged.texts)} queries\n", flush=True)
    return shops.measure(found, judged)


def served(url: str, judged: JudgedQueries) -> dict[str, float]:
    """The metrics of a running shop's GET /api/search; Recall@100 is over the page that it gives."""
    rankings = {query: _asked(url, text) for query, text in judged.texts.items()}
    return evaluate(rankings, judged.grades)


def _asked(url: str, text: str) -> list[str]:
    query = urllib.parse.urlencode({"q": text, "limit": PAGE})
    with urllib.request.urlopen(f"{url}/api/search?{query}", timeout=10) as response:
        return [item["product_id"] for item in json.load(response)["items"]]


def run(more: Sequence[str], settings: Settings) -> int:
    """Print the figures of the shops named, all by default; raises BadInput."""
    options = _options(more)
    figures = {}
    for name in options.shop or FEEDS:
        judged = read_judged(JUDGED, f"{name}.jsonl").split(options.split)
        if options.url:
            print(name, served(options.url, judged))
            continue
        figures[name] = measure(name, judged, settings)
        print(shops.table(figures[name]), flush=True)
    if options.json:
        kept = {n: {**asdict(f), "rankings": None} for n, f in figures.items()}
        options.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _options(more: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="daogou evaluate shops", description=__doc__)
    parser.add_argument("--shop", action="append", choices=tuple(FEEDS))
    parser.add_argument("--split", choices=("test", "dev", "all"), default="test")
    parser.add_argument(
        "--url", help="a running shop that has imported the feed: only what it serves is measured"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    return parser.parse_args(more)
