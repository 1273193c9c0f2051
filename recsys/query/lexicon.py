"""The shop's own words: categories, brands, colours, attribute values and models, found by longest match."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recsys.query.constraints import Attribute
from recsys.query.schema import Schema
from recsys.query.sound import word_sounds


@dataclass(frozen=True)
class Entry:
    """One meaning of a word: its kind and canonical value, or the condition that it is."""

    kind: str
    value: str = ""
    condition: Attribute | None = None


@dataclass(frozen=True)
class Match:
    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Lexicon:
    """Words in normal form -> meanings. `groups` maps a wide word (鞋) to leaf categories, `asked` how shoppers call what
    products have (多重) to names of attributes and options; `absent` are goods that other shops have, `chosen_by` the
    attributes that shoppers choose by, `uses` what goods are for (烧水) -> categories and groups. `schemas`: what the goods of a category or a group can be told apart by; `wide`:
    the same where neither is known."""

    words: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    modifiers: tuple[str, ...] = ()
    longest: int = 0
    sounds: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen_by: frozenset[str] = frozenset()
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    wide: Schema = field(default_factory=Schema)
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Lexicon:
        """Build from the object that `recsys.index.lexicon` writes."""
        words: dict[str, list[Entry]] = {}

        def put(word: str, entry: Entry) -> None:
            entries = words.setdefault(word, [])
            if entry not in entries:
                entries.append(entry)

        for word, name in data.get("categories", {}).items():
            for spelt in (word, *_with_particle(word)):
                put(spelt, Entry("category", name))
        for word in data.get("groups", {}):
            put(word, Entry("category", word))
        for word, name in data.get("brands", {}).items():
            put(word, Entry("brand", name))
        for word, meaning in data.get("products", {}).items():
            for kind in ("brand", "category"):
                if meaning.get(kind):
                    put(word, Entry(kind, meaning[kind]))
        for word, meaning in data.get("models", {}).items():
            put(word, Entry("model", word))
            for kind in ("brand", "category"):
                if meaning.get(kind):
                    put(word, Entry(kind, meaning[kind]))
        own = {name: Schema.from_json(one) for name, one in data.get("schema", {}).items()}
        return cls(
            {word: tuple(entries) for word, entries in words.items()},
            {word: tuple(names) for word, names in data.get("groups", {}).items()},
            tuple(data.get("modifiers", [])),
            max(map(len, words), default=0),
            word_sounds(
                word for word, entries in words.items() if _may_be_misspelt(word, entries[0].kind)
            ),
            {word: tuple(names) for word, names in data.get("asked", {}).items()},
            frozenset(data.get("absent", ())),
            {word: tuple(ids) for word, ids in data.get("names", {}).items()},
            frozenset(data.get("chosen_by", ())),
            {**_of_groups(data.get("groups", {}), own), **own},
            Schema.common(own.values()).wide(
                {word for word, entries in words.items() if entries[0].kind == "category"}
            ),
            {word: tuple(names) for word, names in data.get("uses", {}).items()},
        )

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        return cls.from_json(json.loads(path.read_text("utf-8")))

    def schema(self, category: str | None) -> Schema:
        """By what the words of attributes and options are read where this category is meant."""
        return self.schemas.get(category, self.wide) if category else self.wide

    def leaves(self, name: str) -> tuple[str, ...]:
        """The categories that a group covers; a category covers itself."""
        return self.groups.get(name, (name,))

    def find(self, text: str, schema: Schema | None = None) -> Iterator[Match]:
        """Non-overlapping longest matches, left to right; Latin words and digits match whole only."""
        start, branded, schema = 0, False, schema or Schema()
        while start < len(text):
            match = self._longest_at(text, start, branded, schema)
            if match:
                yield match
            branded = match is not None and any(e.kind == "brand" for e in match.entries)
            start = match.end if match else start + 1

    def _longest_at(self, text: str, start: int, branded: bool, schema: Schema) -> Match | None:
        """The longest word from `start` on; `branded`: a brand ends there (耐克鞋)."""
        if start and sticks(text[start - 1], text[start]):
            return None
        longest = max(self.longest, schema.longest)
        for end in range(min(len(text), start + longest), start, -1):
            if end < len(text) and sticks(text[end - 1], text[end]):
                continue
            entries = self.words.get(text[start:end], ())
            if entries and not self._counts(text, start, end, branded, entries):
                entries = ()
            meant = schema.at(text, start, end)
            if meant:
                kinds = tuple(e for e in entries if e.kind == "category")
                return Match(start, end, (*kinds, Entry("attribute", condition=meant)))
            if entries:
                return Match(start, end, entries)
        return None

    @staticmethod
    def _counts(text: str, start: int, end: int, branded: bool, entries: tuple[Entry, ...]) -> bool:
        if _is_wide(entries) and _describes_next(text, start, end):
            return False
        return end - start > 1 or _stands_alone(text, start, branded)


def _of_groups(groups: Mapping[str, Any], own: Mapping[str, Schema]) -> dict[str, Schema]:
    return {
        word: Schema.common(own[name] for name in names if name in own)
        for word, names in groups.items()
    }


def _may_be_misspelt(word: str, kind: str) -> bool:
    """Short brand names sound like too much else (大王, 打王)."""
    return kind == "category" or (kind == "brand" and len(word) > 2)


def _stands_alone(text: str, place: int, branded: bool) -> bool:
    """A one-character word (米, 茶, 锅) counts only between words of shopping talk, not inside 玉米 or 1.5米."""
    before = text[:place]
    begins = branded or not before.strip() or _is_end(before.rstrip()[-1], _BEFORE_ONE)
    return begins and _is_end(text[place + 1 : place + 2], _AFTER_ONE)


def _is_wide(entries: tuple[Entry, ...]) -> bool:
    return all(entry.kind == "category" for entry in entries)


def _describes_next(text: str, start: int, end: int) -> bool:
    """宝宝吃的益生菌: a wide word that ends in 的 names nothing where the noun itself follows."""
    return (
        end - start == 2
        and text[end - 1] == "的"
        and not _is_end(text[end : end + 1], _AFTER_ONE)
        and not text.startswith(_ANYTHING, end)
    )


def _is_end(char: str, small_talk: str) -> bool:
    """Whether a word may end before (or after) `char`."""
    return not char.isalnum() or char in small_talk


_BEFORE_ONE = "买要个把支瓶杯包盒袋些点喝吃用找看口件双条送的有卖"
_AFTER_ONE = "的吗呢吧啊呀有哪推什多怎不要男女大小0123456789一二三四五六七八九十两百千"
_COMPOUND = 5  # least characters of a name that may be taken apart
_ANYTHING = ("东西", "产品", "商品")


def sticks(left: str, right: str) -> bool:
    """Two characters of one Latin word or one number; a letter may follow a digit run and the reverse."""
    return (
        left.isascii()
        and right.isascii()
        and ((left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit()))
    )


def _with_particle(word: str) -> list[str]:
    """扫地的机器人: a long compound may be taken apart."""
    places = range(2, len(word) - 1) if len(word) >= _COMPOUND and not word.isascii() else ()
    return [f"{word[:place]}的{word[place:]}" for place in places]
