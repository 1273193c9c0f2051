"""Training pairs for the bi-encoder and the cross-encoder, from the catalogue, real titles and question pairs.

None of these queries is used for evaluation: the queries of tests/bench are written by hand, and real titles are split
by product (`recsys.training.split`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import jieba

from recsys.index.document import CategorySchema, Document
from recsys.knowledge.entry import read_entries
from recsys.query.colour import base_colour
from recsys.text.normalise import normalise
from recsys.text.segment import stop_words
from recsys.training.corpus import (
    CROSS_SHOP,
    _jsonl,
    cosmetics_titles,
    crawled_titles,
    queries,
    tagged_titles,
)
from recsys.training.facts import Fact, Pair, Text
from recsys.training.knowledge_pairs import knowledge_pairs
from recsys.training.split import is_held_out, phone_key

PER_PRODUCT = 14


def document_text(document: Document) -> Text:
    """A catalogue document with every fact a query may ask for."""
    facts = {
        ("category", document.category),
        ("brand", document.brand),
        ("model", normalise(document.model)),
    }
    facts |= {("word", normalise(v)) for v in (*document.tags, *document.attribute_texts())}
    facts |= {
        ("word", base_colour(v)) for s in document.skus for n, v in s.options.items() if "色" in n
    }
    facts |= {("word", normalise(v)) for v in document.option_values()}
    return Text(document.short_text(), frozenset(facts))


class CatalogueQueries:
    """Queries about one product, put together from its fields and the words shoppers use for its category."""

    def __init__(
        self,
        categories: Sequence[CategorySchema],
        brands: Sequence[Sequence[str]],
        rng: random.Random,
    ) -> None:
        self._categories = {c.name: c for c in categories}
        self._brands = {normalise(w): [x for x in group] for group in brands for w in group}
        self._rng = rng

    def of(self, document: Document) -> Iterator[Pair]:
        text = document_text(document)
        for _ in range(PER_PRODUCT):
            parts: list[tuple[str, Fact]] = list(self._pick(document))
            self._rng.shuffle(parts)
            if self._rng.random() < 0.75:  # the head noun usually stands last
                parts.sort(key=lambda part: part[1][0] == "category")
            glue = self._rng.choice(["", "", " ", "的"])
            query = glue.join(word for word, _ in parts)
            yield Pair(normalise(query), frozenset(fact for _, fact in parts), text, "catalogue")

    def _pick(self, document: Document) -> Iterator[tuple[str, Fact]]:
        roll, schema = self._rng.random(), self._categories.get(document.category)
        if roll < 0.12 and document.model:
            yield document.model, ("model", normalise(document.model))
            return
        if roll < 0.9:
            names = [document.category, *(schema.aliases if schema else ())]
            yield self._rng.choice(names), ("category", document.category)
        if roll > 0.55 and document.brand:
            yield (
                self._rng.choice(self._brands.get(normalise(document.brand), [document.brand])),
                ("brand", document.brand),
            )
        words = self._words(document, schema)
        yield from self._rng.sample(words, min(len(words), self._rng.choice([0, 1, 1, 1, 2])))

    def _words(self, document: Document, schema: CategorySchema | None) -> list[tuple[str, Fact]]:
        words = [
            (v, ("word", normalise(v)))
            for v in (*document.tags, *document.attribute_texts())
            if 1 < len(v) <= 8
        ]
        for purpose, tag in (schema.purposes if schema else {}).items():
            if tag in document.tags:
                words += [(purpose, ("word", normalise(tag)))] * 2
        return words


def _content_words(title: str) -> list[str]:
    stop = stop_words()
    words = [
        w for w in jieba.cut(title, HMM=False) if w not in stop and any(c.isalnum() for c in w)
    ]
    return list(dict.fromkeys(words))


def _title_pair(title: str, rng: random.Random) -> Pair | None:
    """A short query of two to four words of the title, in any order."""
    text = normalise(title)
    words = _content_words(text)
    if len(words) < 4:
        return None
    chosen = rng.sample(words, rng.choice([2, 2, 3, 3, 4]))
    facts = frozenset(("title", w) for w in words)
    return Pair(
        "".join(chosen), frozenset(("title", w) for w in chosen), Text(text, facts), "title"
    )


def title_pairs(data: Path, rng: random.Random) -> Iterator[Pair]:
    for source in (cosmetics_titles, crawled_titles):
        for title in source(data):
            if not is_held_out(normalise(title)) and (pair := _title_pair(title, rng)):
                yield pair


def tagged_title_pairs(data: Path, rng: random.Random) -> Iterator[Pair]:
    """Queries of the spans that people tagged as brand, product, model or property."""
    for title, spans in tagged_titles_with_spans(data):
        if is_held_out(title) or len(spans) < 2:
            continue
        chosen = rng.sample(spans, min(len(spans), rng.choice([1, 2, 2, 3])))
        wanted = frozenset(("title", s) for s in chosen)
        yield Pair(
            "".join(chosen), wanted, Text(title, frozenset(("title", s) for s in spans)), "tagged"
        )


def tagged_titles_with_spans(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Distinct titles of the NER set with their tagged spans, in title order."""
    seen: set[str] = set()
    for name in ("train.txt", "dev.txt", "test.txt"):
        for block in (data / "titles" / "taobao_title_ner" / name).read_text("utf-8").split("\n\n"):
            rows = [line.split(" ") for line in block.splitlines() if line.strip()]
            title = normalise("".join(row[0] for row in rows))
            if title and title not in seen:
                seen.add(title)
                yield title, list(dict.fromkeys(_spans(rows)))


def _spans(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    held = ""
    for char, tag in [*rows, ["", "O"]]:
        if held and not tag.startswith("I-"):
            if len(normalise(held)) > 1:
                yield normalise(held)
            held = ""
        if tag.startswith("B-") or (tag.startswith("I-") and held):
            held += char


def phone_pairs(data: Path, rng: random.Random) -> Iterator[Pair]:
    """Listings of one phone in different shops: the same product in other words."""
    groups: dict[str, list[str]] = {}
    for name in CROSS_SHOP:
        for row in _jsonl(data / "titles" / "phone_catalogs" / name):
            title = normalise(str(row["name"]))
            groups.setdefault(phone_key(title), []).append(title)
    for key, titles in groups.items():
        distinct = list(dict.fromkeys(titles))
        if is_held_out(key) or len(distinct) < 2:
            continue
        for title in distinct[:6]:
            other = rng.choice([t for t in distinct if t != title])
            query = "".join(_content_words(title)[: rng.choice([3, 5, 12])])
            yield Pair(
                query,
                frozenset({("phone", key)}),
                Text(other, frozenset({("phone", key)})),
                "phone",
            )


def question_pairs(data: Path) -> Iterator[Pair]:
    for name, skip in (("atec_train.tsv", 1), ("atec_ccks_dev.tsv", 0), ("lcqmc_dev.tsv", 0)):
        for line in (data / "question_pairs" / name).read_text("utf-8-sig").splitlines():
            cells = line.split("\t")[skip:]
            if len(cells) == 3 and cells[2].strip() == "1":
                yield Pair(normalise(cells[0]), frozenset(), Text(normalise(cells[1])), "question")


def noisy_query_pairs(data: Path, rng: random.Random, count: int) -> Iterator[Pair]:
    """A real query and itself with words reordered or one character dropped: robustness to typing."""
    rows = [q for q in queries(data) if 4 <= len(q) <= 24]
    for query in rng.sample(rows, min(count, len(rows))):
        text = normalise(query)
        words = list(jieba.cut(text, HMM=False))
        if rng.random() < 0.5:
            rng.shuffle(words)
            noisy = "".join(words)
        else:
            place = rng.randrange(len(text))
            noisy = text[:place] + text[place + 1 :]
        yield Pair(noisy, frozenset(), Text(text), "query")


def written_needs(path: Path, documents: Sequence[Document], rng: random.Random) -> Iterator[Pair]:
    """Needs written by hand for training (`data/knowledge/needs.jsonl`): {"query", "category", "words": []}."""
    if not path.exists():
        return
    by_category: dict[str, list[Text]] = {}
    for document in documents:
        by_category.setdefault(document.category, []).append(document_text(document))
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = frozenset(
            {("category", row["category"]), *(("word", normalise(w)) for w in row.get("words", []))}
        )
        fitting = [t for t in by_category.get(row["category"], []) if wanted <= t.facts]
        for text in rng.sample(fitting, min(4, len(fitting))):
            yield Pair(normalise(row["query"]), wanted, text, "need")


def all_pairs(
    data: Path,
    documents: Sequence[Document],
    categories: Sequence[CategorySchema],
    knowledge: Path,
    seed: int = 17,
) -> list[Pair]:
    """Every training pair, in a fixed order for a seed."""
    rng = random.Random(seed)
    brands = json.loads((knowledge / "brands.json").read_text("utf-8"))
    catalogue = CatalogueQueries(categories, brands, rng)
    pairs = [pair for document in documents for pair in catalogue.of(document)]
    pairs += list(written_needs(knowledge / "needs.jsonl", documents, rng)) * 2
    titles = [document.title for document in documents]
    if data.exists():
        titles += [
            t
            for source in (tagged_titles, crawled_titles)
            for t in source(data)
            if not is_held_out(normalise(t))
        ]
    pairs += list(knowledge_pairs(list(read_entries(knowledge / "words")), titles, rng))
    if data.exists():
        for source in (title_pairs, tagged_title_pairs, phone_pairs):
            pairs += list(source(data, rng))
        pairs += list(question_pairs(data)) + list(noisy_query_pairs(data, rng, 6000))
    return [pair for pair in pairs if pair.query]
