"""Real queries and reviews as chat messages: what does the bot make of what no one wrote for it?

    PYTHONPATH=. .venv/bin/python tests/nlu/real_messages.py write var/real     # makes var/real/messages.yml
    PYTHONPATH=. .venv/bin/python tests/nlu/real_messages.py write var/other --seed 2027     # the second
    .venv/bin/python -m daogou test conversations --update-report var/real     # leaves var/report/conversations.json
    PYTHONPATH=. .venv/bin/python tests/nlu/real_messages.py table var/report/conversations.json > var/real/answers.tsv

A row has the line of the source, the message, what was answered and the goods shown; somebody who knows
what the shop sells adds a verdict. docs/real-messages.md has the last one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("DAOGOU_DATA") or "../shared/data")
QUERIES = "queries/taobao_queries_100k.txt"
REVIEWS = "reviews/online_shopping_10_cats.train.csv"
EACH, SEED, LONGEST = 150, 2026, 120


def messages(seed: int) -> Iterator[tuple[str, str]]:
    """(place, message): as many queries as reviews, drawn by chance."""
    luck = random.Random(seed)
    queries = (DATA / QUERIES).read_text("utf-8").splitlines()
    with (DATA / REVIEWS).open(encoding="utf-8", newline="") as file:
        reviews = [row["review"] for row in csv.DictReader(file)]
    for kind, texts in (("query", queries), ("review", reviews)):
        fitting = [i for i, text in enumerate(texts) if 1 < len(text.strip()) <= LONGEST]
        for i in sorted(luck.sample(fitting, EACH)):
            yield f"{kind} {i + 1}", " ".join(texts[i].split())


def write(folder: Path, seed: int) -> None:
    """YAML is a superset of JSON."""
    turns = [
        {"name": place, "turns": [{"say": text.replace("$", "＄")}]}
        for place, text in messages(seed)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    document = {"about": "真实的搜索词和评价", "dialogues": turns}
    (folder / "messages.yml").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def table(result: Path) -> Iterator[str]:
    for dialogue in json.loads(result.read_text("utf-8"))["dialogues"]:
        turn = dialogue["turns"][0]
        yield "\t".join((dialogue["title"], turn["said"], *_answer(turn["messages"])))


def _answer(answers: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Type, beginning of the words, kinds of the goods of a reply."""
    first = answers[0]
    goods = first.get("data", {}).get("items", [])
    kinds = "、".join(dict.fromkeys(str(item.get("category", "")) for item in goods))
    return first["type"], " ".join((first.get("text") or "").split())[:60], kinds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("write", "table"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=SEED, help="what the sample is drawn with")
    given = parser.parse_args()
    if given.task == "write":
        write(given.path, given.seed)
    else:
        print(*table(given.path), sep="\n")


if __name__ == "__main__":
    main()
