"""Derives from the catalogue what the goods of each category can be told apart by, and the words for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recsys.index.document import CategorySchema, Document
from recsys.index.values import read_measures
from recsys.index.wording import flag_words, is_count, is_telling, value_words
from recsys.query.colour import base_colour
from recsys.query.constraints import COLOUR, PURPOSE
from recsys.query.numbers import find_numbers
from recsys.query.units import canonical, is_unit, spellings
from recsys.text.normalise import normalise
from recsys.text.segment import Segmenter

_NO_CONDITION = frozenset(("不限", "通用", "均可", "其他", "其它", "全部", "任意", "没有", "无", "可选", "一般", "不支持"))  # fmt: skip
_SAID_OTHERWISE = (COLOUR, "适用性别")  # colours and genders are read everywhere
SIZE_UNIT = "码"  # of shoes and clothes, beside letters too
_PRAISE = ("特点", "功效", "营养特点")
_MEASURED_SHARE = 0.8
_LONGEST_VALUE = 16
Condition = tuple[str, str, Any, str]


@dataclass(frozen=True)
class _Reserved:
    kinds: frozenset[str]
    brands: frozenset[str]
    goods: frozenset[str]

    def allows(self, word: str, exact: bool, option: bool) -> bool:
        """Whether a word may be a condition; one that only derives from a value gives way to any other meaning."""
        if word in self.brands and not (exact and option):
            return False
        return exact or word not in self.kinds


@dataclass
class _Fields:
    """What the documents of one category state: field -> values, in normal form where they are words."""

    flags: dict[str, set[bool]] = field(default_factory=dict)
    numbers: dict[str, list[float]] = field(default_factory=dict)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    options: dict[str, Counter[str]] = field(default_factory=dict)
    tags: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> str:
        """The normal form; how the catalogue writes it is kept for what a shopper is told."""
        normal = normalise(text)
        self.written.setdefault(normal, text)
        return normal

    def worded(self) -> Iterator[tuple[str, Counter[str]]]:
        """Options first: a card shows the very SKU that has what was said."""
        for fields in (self.options, self.values):
            yield from ((n, v) for n, v in fields.items() if n not in _SAID_OTHERWISE)


def build_schemas(
    documents: Sequence[Document],
    categories: Sequence[CategorySchema],
    knowledge: Mapping[str, Any],
    asked: Mapping[str, Sequence[str]],
    kinds: Collection[str],
    brands: Collection[str],
    goods: Collection[str] = (),
) -> dict[str, Any]:
    """Category -> `{"conditions", "measures", "counts"}`; `asked`: what shoppers call fields; `kinds`: words that mean
    kinds of goods; a word that means a brand is no attribute (芭比); `goods`: words that mean goods anywhere, which are no attributes
    where a feed came without a schema (规格: 枕头)."""
    reserved = _Reserved(frozenset(kinds), frozenset(brands), frozenset(goods))
    segmenter = Segmenter()
    known = {c.name: c for c in categories}
    stated: dict[str, list[Document]] = {}
    for document in documents:
        stated.setdefault(document.category, []).append(document)
    return {
        name: _schema(
            known.get(name) or CategorySchema(name), own, knowledge, asked, reserved, segmenter
        )
        for name, own in stated.items()
    }


def _schema(
    category: CategorySchema,
    documents: Sequence[Document],
    knowledge: Mapping[str, Any],
    asked: Mapping[str, Sequence[str]],
    reserved: _Reserved,
    segmenter: Segmenter,
) -> dict[str, Any]:
    fields = _collect(documents)
    units = {a["name"]: normalise(str(a.get("unit", ""))) for a in category.attributes}
    measured = _measures(fields, units, asked, len(documents))
    words: dict[str, Condition] = {}
    for word, condition, exact in _said(fields, category, measured, knowledge, segmenter):
        if not category.attributes and word in reserved.goods:
            continue
        if word and reserved.allows(word, exact, condition[0] in fields.options):
            words.setdefault(word, condition)
    return {
        "conditions": _grouped(words),
        "measures": [{k: v for k, v in one.items() if k != "thirds"} for one in measured],
        "counts": [word for word in words if is_count(word)],
    }


def _collect(documents: Sequence[Document]) -> _Fields:
    found = _Fields()
    for document in documents:
        for name, value in document.attributes.items():
            if isinstance(value, bool):
                found.flags.setdefault(name, set()).add(value)
            elif isinstance(value, (int, float)):
                found.numbers.setdefault(name, []).append(float(value))
            else:
                items = value if isinstance(value, (list, tuple)) else [value]
                found.values.setdefault(name, Counter()).update(found.add(str(i)) for i in items)
        # Dictionaries in place of sets: the same catalogue is to give the same file, or all is trained anew.
        for name in dict.fromkeys(name for sku in document.skus for name in sku.options):
            said = (found.add(sku.options[name]) for sku in document.skus if name in sku.options)
            found.options.setdefault(name, Counter()).update(dict.fromkeys(said, 1))
        found.tags.update(normalise(tag) for tag in document.tags)
    return found


def _said(
    fields: _Fields,
    category: CategorySchema,
    measured: Sequence[Mapping[str, Any]],
    knowledge: Mapping[str, Any],
    segmenter: Segmenter,
) -> Iterator[tuple[str, Condition, bool]]:
    """Words with their conditions, the surest first; and whether the catalogue has the very word."""
    units = {one["name"]: one for one in measured}
    yield from _exact(fields, loose=False)
    for name in fields.flags:
        yield normalise(name), (name, "=", True, ""), True
    yield from _colours(fields)
    yield from _from_knowledge(fields, units, knowledge)
    yield from _exact(fields, loose=True)
    for name in fields.flags:
        for sense, words in zip((True, False), flag_words(normalise(name)), strict=True):
            yield from ((word, (name, "=", sense, ""), False) for word in words)
    for name, values in fields.worded():
        for value in values:
            if value not in _NO_CONDITION and len(value) <= _LONGEST_VALUE:
                for word in value_words(normalise(name), value):
                    if _is_measure(word):
                        continue
                    yield word, (name, "=", _core(word, value, fields), ""), False
    yield from _kinds(fields, category)
    yield from _purposes(fields, category)
    for name, values in fields.worded():
        for value in values:
            prose = value in _NO_CONDITION or len(value) > _LONGEST_VALUE
            pieces = () if prose else segmenter.content_words(value)
            for piece in (p for p in pieces if is_telling(p) and not is_unit(p)):
                yield piece, (name, "=", piece, ""), False
    yield from _without_noun(fields, category)


def _exact(fields: _Fields, *, loose: bool) -> Iterator[tuple[str, Condition, bool]]:
    """Values as they stand. Loose ones are praise (特点: 0糖), which a field of its own says for more goods."""
    for name, values in fields.worded():
        if (name in _PRAISE) == loose:
            for value in filter(_is_word, values):
                yield value, (name, "=", fields.written[value], ""), True


def _colours(fields: _Fields) -> Iterator[tuple[str, Condition, bool]]:
    """The shop's own names of colours (雾霾蓝); plain ones are read everywhere."""
    for value in fields.options.get(COLOUR, ()):
        stem = value.removesuffix("色")
        if len(stem) > 1 or (len(value) > 1 and base_colour(value) != stem):
            yield value, (COLOUR, "=", fields.written[value], ""), True
        shade = value.lstrip("0123456789abcdefghijklmnopqrstuvwxyz#- ")
        if len(shade.removesuffix("色")) > 1:
            yield from ((word, (COLOUR, "=", shade, ""), True) for word in (f"{shade}色", shade))


def _core(word: str, value: str, fields: _Fields) -> str:
    """What of a value a word stands for: the word as it is written there, else the value."""
    written = fields.written[value]
    place = written.casefold().find(word)
    return written if place < 0 else written[place : place + len(word)]


def _is_word(value: str) -> bool:
    """Not where a number says it as well (42, 500ml), nor where it says nothing (不限)."""
    if value in _NO_CONDITION or len(value) > 2 * _LONGEST_VALUE:
        return False
    if value.replace(".", "").isdigit():
        return False
    measured = _is_measure(value) and bool(read_measures("", value))
    return (len(value) > 1 or value.isascii()) and not measured


def _is_measure(value: str) -> bool:
    """A number and its unit, and no more."""
    number = next(iter(find_numbers(value)), None)
    if number is None or number.start:
        return False
    return not number.is_range and is_unit(value[number.end :])


def _from_knowledge(
    fields: _Fields, measured: Mapping[str, Mapping[str, Any]], knowledge: Mapping[str, Any]
) -> Iterator[tuple[str, Condition, bool]]:
    """Entries whose field the category has, and whose value it has where it is a word."""
    for entry in knowledge.get("words", ()):
        known = (_known(fields, measured, name, entry) for name in entry["names"])
        condition = next((one for one in known if one), None)
        if condition:
            yield from ((normalise(word), condition, True) for word in entry["words"])


def _known(
    fields: _Fields,
    measured: Mapping[str, Mapping[str, Any]],
    name: str,
    entry: Mapping[str, Any],
) -> Condition | None:
    """`third`: the lower or the upper third of what the goods of the category measure."""
    if "third" in entry:
        one = measured.get(name)
        op = "<=" if entry["third"] == "low" else ">="
        return (name, op, one["thirds"][entry["third"]], one["unit"]) if one else None
    value = entry.get("value", True)
    if isinstance(value, bool):
        return (name, "=", value, "") if name in fields.flags else None
    if name == PURPOSE:
        return (name, "=", normalise(value), "") if normalise(value) in fields.tags else None
    stated: Iterable[str] = fields.options.get(name) or fields.values.get(name) or ()
    has = any(normalise(value) in one for one in stated)
    return (name, "=", normalise(value), "") if has else None


def _kinds(fields: _Fields, category: CategorySchema) -> Iterator[tuple[str, Condition, bool]]:
    """对开门 of 对开门冰箱: what shoppers call a kind of the goods belongs to the field all of whose values end like it
    (十字门, 三门), though no goods of this shop may have it."""
    for alias in map(normalise, category.aliases):
        stem = alias.removesuffix(normalise(category.name))
        if stem != alias and is_telling(stem):
            for name, values in fields.worded():
                alike = all(is_telling(value) and value[-1] == stem[-1] for value in values)
                if len(values) > 1 and alike:
                    yield stem, (name, "=", stem, ""), False


def _without_noun(
    fields: _Fields, category: CategorySchema
) -> Iterator[tuple[str, Condition, bool]]:
    """落地 of 落地扇: in talk of 电风扇 the noun goes without saying, where a field mostly names kinds of them."""
    noun = normalise(category.name)
    tails = [noun[start:] for start in range(len(noun))]
    for name, values in fields.worded():
        stems = {v: next((v.removesuffix(t) for t in tails if v.endswith(t)), "") for v in values}
        if 2 * sum(map(bool, stems.values())) >= len(values):
            for value, stem in stems.items():
                if is_telling(stem):
                    yield stem, (name, "=", fields.written[value], ""), False


def _purposes(fields: _Fields, category: CategorySchema) -> Iterator[tuple[str, Condition, bool]]:
    tags = (tag for tag in fields.tags if tag not in category.recipients)
    said = [*category.purposes.items(), *((tag, tag) for tag in tags)]
    gendered = "适用性别" in fields.values
    for purpose, tag in said:
        if normalise(tag) in fields.tags and not (gendered and purpose[0] in "男女"):
            yield normalise(purpose), (PURPOSE, "=", normalise(tag), ""), False


def _measures(
    fields: _Fields, units: Mapping[str, str], asked: Mapping[str, Sequence[str]], goods: int
) -> list[dict[str, Any]]:
    """The measured fields, those that most of the goods state first."""
    found = [
        *_measured_words(fields.options, True), *_measured_words(fields.values, False),
        *_measured_numbers(fields.numbers, units),
    ]  # fmt: skip
    names = {one["name"] for one in found}
    for one in found:
        one["words"] = [one["name"].lower(), *_called(one["name"], names, asked)]
    share = {one["name"]: min(1.0, one.pop("stated") / max(goods, 1)) for one in found}
    return sorted(found, key=lambda one: -round(share[one["name"]], 1))


def _called(name: str, names: Collection[str], asked: Mapping[str, Sequence[str]]) -> list[str]:
    """What shoppers call a field: words whose first meaning, of those that the category has, it is."""
    return [
        word
        for word, meanings in asked.items()
        if next((m for m in meanings if m in names), None) == name and word != normalise(name)
    ]


def _measured_numbers(
    numbers: Mapping[str, Sequence[float]], units: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for name, values in numbers.items():
        unit, factor = canonical(units.get(name, ""))
        scaled = [value * factor for value in values]
        yield {
            "name": name, "unit": unit, "typed": {**spellings(unit), "": factor},
            "low": min(scaled), "high": max(scaled), "thirds": _thirds(scaled), "plain": [], "stated": len(values),
        }  # fmt: skip


def _measured_words(
    fields: Mapping[str, Counter[str]], are_options: bool
) -> Iterator[dict[str, Any]]:
    """Options and texts that are measures: 500毫升, 12GB+256GB, 16-20㎡, and sizes that are bare numbers."""
    for name, values in fields.items():
        read = {value: [(m.unit, m.value) for m in read_measures(name, value)] for value in values}
        stated = [value for value, found in read.items() if found]
        unit = _commonest(unit for value in stated for unit, _ in read[value])
        own = [value for value in stated if any(u == unit for u, _ in read[value])]
        sizes = are_options and unit == SIZE_UNIT
        if not unit or (len(own) < _MEASURED_SHARE * len(values) and not sizes):
            continue
        numbers = [n for value in own for u, n in read[value] if u == unit]
        plain = sorted(set(numbers)) if are_options and all(map(_is_plain, own)) else []
        yield {
            "name": name, "unit": unit, "typed": {**spellings(unit), "": _written(own, unit)},
            "low": min(numbers), "high": max(numbers), "thirds": _thirds(numbers), "plain": plain,
            "stated": sum(values[value] for value in own),
        }  # fmt: skip


def _thirds(values: Sequence[float]) -> dict[str, float]:
    """Where the lower third ends and the upper one begins: what 小 and 大 are, of the goods that there are."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return {"low": ordered[last // 3], "high": ordered[-(last // 3) - 1]}


def _is_plain(value: str) -> bool:
    """One number that it begins with, or some joined by +: 1.8米床, 8GB+256GB; not 250ml×12."""
    found = [find_numbers(part) for part in value.split("+")]
    return all(len(n) == 1 and n[0].start == 0 and not n[0].is_range for n in found)


def _written(values: Sequence[str], unit: str) -> float:
    """What a number without a unit is worth: as the catalogue writes it (500毫升: thousandths of a litre)."""
    factors: Counter[float] = Counter()
    for value in values:
        for number in find_numbers(value):
            own, factor = canonical(value[number.end :].split("+")[0].strip())
            if own == unit:
                factors[factor] += 1
    return factors.most_common(1)[0][0] if factors else 1.0


def _commonest(units: Iterable[str]) -> str:
    counted = Counter(units)
    return counted.most_common(1)[0][0] if counted else ""


def _grouped(words: Mapping[str, Condition]) -> list[dict[str, Any]]:
    grouped: dict[Condition, list[str]] = {}
    for word, condition in words.items():
        grouped.setdefault(_key(condition), []).append(word)
    return [
        {"name": name, "op": op, "value": value[1], "unit": unit, "words": found}
        for (name, op, value, unit), found in grouped.items()
    ]


def _key(condition: Condition) -> Condition:
    """True and 1 are different values."""
    name, op, value, unit = condition
    return name, op, (type(value).__name__, value), unit
