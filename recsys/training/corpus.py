"""Plain text for pre-training: shared real data (train side only) and the demo catalogue."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from recsys.text.normalise import normalise
from recsys.training.split import is_held_out, phone_key

_SENTENCE = re.compile(r"(?<=[。！？!?；;\n])")
CROSS_SHOP = ("jd_phones_2015.jsonl", "jd_phones_2018.jsonl", "suning_phones_2015.jsonl")


def _jsonl(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8-sig") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def reviews(data: Path) -> Iterator[str]:
    with (data / "reviews" / "online_shopping_10_cats.train.csv").open(encoding="utf-8") as file:
        yield from (row["review"] for row in csv.DictReader(file))


def queries(data: Path) -> Iterator[str]:
    yield from (data / "queries" / "taobao_queries_100k.txt").read_text("utf-8").splitlines()


def phone_titles(data: Path) -> Iterator[str]:
    for name in CROSS_SHOP:
        for row in _jsonl(data / "titles" / "phone_catalogs" / name):
            yield str(row["name"])


def cosmetics_titles(data: Path) -> Iterator[str]:
    with (data / "titles" / "tmall_cosmetics_1111" / "items.csv").open(
        encoding="utf-8-sig"
    ) as file:
        yield from (row["title"] for row in csv.DictReader(file))


def tagged_titles(data: Path) -> Iterator[str]:
    """Titles of the NER set, tags dropped; the three files are pooled because they overlap."""
    for name in ("train.txt", "dev.txt", "test.txt"):
        for block in (data / "titles" / "taobao_title_ner" / name).read_text("utf-8").split("\n\n"):
            title = "".join(line.split(" ")[0] for line in block.splitlines() if line.strip())
            if title:
                yield title


def crawled_titles(data: Path) -> Iterator[str]:
    folder = data / "titles" / "keyword_crawls"
    for path in sorted(folder.glob("*.jsonl")):
        yield from (str(row["title"]) for row in _jsonl(path))
    with (folder / "jd_taobao_stove_2026.csv").open(encoding="utf-8-sig") as file:
        yield from (row["title"] for row in csv.DictReader(file))


def train_titles(data: Path) -> Iterator[str]:
    """Every real title whose product is not held out."""
    for title in phone_titles(data):
        if not is_held_out(phone_key(normalise(title))):
            yield title
    for source in (cosmetics_titles, tagged_titles, crawled_titles):
        yield from (title for title in source(data) if not is_held_out(normalise(title)))


def questions(data: Path) -> Iterator[str]:
    for name, skip in (("atec_train.tsv", 1), ("atec_ccks_dev.tsv", 0), ("lcqmc_dev.tsv", 0)):
        with (data / "question_pairs" / name).open(encoding="utf-8-sig") as file:
            for line in file:
                cells = line.rstrip("\n").split("\t")
                yield from cells[skip:-1]


def catalogue_texts(catalog: Path) -> Iterator[str]:
    for path in sorted((catalog / "products").glob("*.jsonl")):
        for row in _jsonl(path):
            yield f"{row['title']} {row['category']}"
            yield str(row["description"])


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Sentences joined up to `longest` characters, so that no training row is mostly padding."""
    held = ""
    for sentence in _SENTENCE.split(text):
        if held and len(held) + len(sentence) > longest:
            yield held
            held = ""
        held += sentence[: longest - len(held)] if len(held) + len(sentence) > longest else sentence
    if len(held) > 1:
        yield held


def pretraining_rows(data: Path, catalog: Path, longest: int) -> list[str]:
    """Normalised, de-duplicated rows of at most `longest` characters."""
    rows: dict[str, None] = {}
    for source in (reviews, queries, train_titles, questions):
        for text in source(data):
            for piece in _pieces(normalise(text), longest):
                rows.setdefault(piece)
    for text in catalogue_texts(catalog):
        rows.setdefault(normalise(text)[:longest])
    return list(rows)
