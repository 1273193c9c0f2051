"""Set (b): known-item search over held-out real titles, built from the shared data.

Documents are the real titles of held-out products. Queries come from people, not templates over our catalogue: spans that
annotators tagged in a title (graded by how many of the query's spans another title shares), and the listing of the same
phone in another shop (every listing of that phone is relevant).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from recsys.index.document import Document, SkuRow
from recsys.text.normalise import normalise
from recsys.training.corpus import CROSS_SHOP, _jsonl, cosmetics_titles, crawled_titles
from recsys.training.pairs import tagged_titles_with_spans
from recsys.training.split import is_held_out, phone_key


@dataclass(frozen=True)
class JudgedSet:
    """Documents, query texts by id and grades by query id and product id."""

    documents: tuple[Document, ...]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]


def build(data: Path, seed: int = 5, most_a_kind: int = 300) -> JudgedSet:
    rng = random.Random(seed)
    titles: dict[str, None] = {}
    queries: dict[str, str] = {}
    grades: dict[str, dict[str, int]] = {}
    _tagged(data, rng, most_a_kind, titles, queries, grades)
    _phones(data, rng, most_a_kind, titles, queries, grades)
    for source in (cosmetics_titles, crawled_titles):  # more of the same world to search among
        titles.update(dict.fromkeys(t for t in map(normalise, source(data)) if is_held_out(t)))
    documents = tuple(
        Document(product_id=t, title=t, category="", skus=(SkuRow(t, Decimal(1), 1),))
        for t in titles
    )
    return JudgedSet(documents, queries, grades)


def _tagged(
    data: Path,
    rng: random.Random,
    most: int,
    titles: dict[str, None],
    queries: dict[str, str],
    grades: dict[str, dict[str, int]],
) -> None:
    held = [(t, s) for t, s in tagged_titles_with_spans(data) if is_held_out(t)]
    titles.update(dict.fromkeys(t for t, _ in held))
    usable = [(t, s) for t, s in held if len(s) >= 3]
    for title, spans in rng.sample(usable, min(most, len(usable))):
        chosen = rng.sample(spans, rng.choice([2, 3]))
        key = f"tagged-{len(queries)}"
        queries[key] = " ".join(chosen)
        grades[key] = {t: _grade(chosen, t) for t, _ in held if _grade(chosen, t)} | {title: 3}


def _grade(chosen: list[str], title: str) -> int:
    """3: every span occurs, 2: all but one of three, 1: half of two."""
    return max(0, 3 - sum(span not in title for span in chosen) * (1 if len(chosen) > 2 else 2))


def _phones(
    data: Path,
    rng: random.Random,
    most: int,
    titles: dict[str, None],
    queries: dict[str, str],
    grades: dict[str, dict[str, int]],
) -> None:
    """Query: a Suning listing; documents: the JD listings."""
    shops = {
        name: [normalise(str(r["name"])) for r in _jsonl(data / "titles" / "phone_catalogs" / name)]
        for name in CROSS_SHOP
    }
    found: dict[str, list[str]] = {}
    for name in ("jd_phones_2015.jsonl", "jd_phones_2018.jsonl"):
        for title in shops[name]:
            if is_held_out(phone_key(title)):
                titles.setdefault(title)
                found.setdefault(phone_key(title), []).append(title)
    asked = [
        t
        for t in dict.fromkeys(shops["suning_phones_2015.jsonl"])
        if phone_key(t) in found and t not in titles
    ]
    for title in rng.sample(asked, min(most, len(asked))):
        key = f"phone-{len(queries)}"
        queries[key] = title
        grades[key] = dict.fromkeys(found[phone_key(title)], 3)
