"""Builds the lexicon that query understanding reads: the shop's own words plus shared shopping knowledge."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recsys.index.document import CategorySchema, Document
from recsys.index.names import product_names
from recsys.index.schema import build_schemas
from recsys.knowledge.entry import Entry, read_entries
from recsys.knowledge.thesaurus import goods_words
from recsys.text.normalise import normalise

_CHINESE = re.compile(r"[一-鿿]+")


@dataclass(frozen=True)
class Knowledge:
    """Shop-independent words: brand alias groups, wide nouns, product nouns that imply a brand, and how shoppers call what
    products have, which of it they choose by, what means the same in talk about a shop's terms (`service`), what goods
    are for (`uses`: 烧水 -> 电水壶), and `entries`: other names, kinds, purposes."""

    brands: tuple[tuple[str, ...], ...] = ()
    groups: dict[str, list[str]] | None = None
    products: dict[str, dict[str, str]] | None = None
    aliases: dict[str, list[str]] | None = None
    subbrands: dict[str, list[str]] | None = None
    asked: tuple[Mapping[str, list[str]], ...] = ()
    chosen_by: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    service: Mapping[str, list[str]] = field(default_factory=dict)
    better: Mapping[str, str | None] = field(default_factory=dict)
    schema: Mapping[str, Any] = field(default_factory=dict)
    uses: Mapping[str, list[str]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> Knowledge:
        def read(name: str, default: Any) -> Any:
            path = folder / name
            return json.loads(path.read_text("utf-8")) if path.exists() else default

        brands = tuple(map(tuple, read("brands.json", [])))
        attributes = read("attributes.json", {})
        return cls(
            brands,
            read("groups.json", {}),
            read("products.json", {}),
            read("aliases.json", {}),
            read("subbrands.json", {}),
            tuple(attributes.get("asked", ())),
            tuple(attributes.get("chosen_by", ())),
            tuple(read("goods.json", [])),
            read("service.json", {}),
            attributes.get("better", {}),
            read("schema.json", {}),
            read("uses.json", {}),
            tuple(read_entries(folder / "words")),
        )


# What a company makes, at the end of its name: shoppers leave it out (林氏 for 林氏家居).
_TRADE = re.compile(r"(?:家居|家纺|家具|家电|电器|服饰|时装|商务时装|食品|乳业|酒业|箱包|宠具)$")


def brand_parts(brand: str) -> list[str]:
    """Spellings inside one brand field: 苹果（Apple） and Nike/耐克 name the brand twice."""
    for mark in "（）()/|":
        brand = brand.replace(mark, "|")
    return [part.strip() for part in brand.split("|") if part.strip()]


def brand_words(brands: Iterable[str], knowledge: Knowledge) -> dict[str, str]:
    """Every spelling of each brand of the shop -> the brand as the shop writes it."""
    groups = {
        normalise(word): [normalise(w) for w in group]
        for group in knowledge.brands
        for word in group
    }
    words: dict[str, str] = {}
    for brand in dict.fromkeys(brands):
        for part in brand_parts(brand):
            for word in [normalise(part), *groups.get(normalise(part), [])]:
                if len(word) > 1:
                    words.setdefault(word, brand)
    return _short_names(words) | words


def _short_names(words: Mapping[str, str]) -> dict[str, str]:
    """Brands without their trade, where that leaves a name and belongs to one brand."""
    short: dict[str, set[str]] = {}
    for word, brand in words.items():
        if (cut := _TRADE.sub("", word)) != word and len(cut) > 1:
            short.setdefault(cut, set()).add(brand)
    return {cut: min(brands) for cut, brands in short.items() if len(brands) == 1}


def _category_words(
    categories: Sequence[CategorySchema],
    groups: Mapping[str, Sequence[str]],
    more: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """Names and aliases; a wide word (鞋) stays a group even where one category claims it as an alias."""
    words = {normalise(c.name): c.name for c in categories}
    for category in categories:
        for alias in map(normalise, (*category.aliases, *more.get(category.name, ()))):
            if alias not in groups:
                words.setdefault(alias, category.name)
    return words


def _groups(categories: Sequence[CategorySchema], knowledge: Knowledge) -> dict[str, list[str]]:
    """Departments and wide nouns that cover at least two of the shop's categories."""
    names = {c.name for c in categories}
    groups: dict[str, list[str]] = {}
    for category in categories:
        if category.department:
            groups.setdefault(normalise(category.department), []).append(category.name)
    for word, members in (knowledge.groups or {}).items():
        present = [m for m in members if m in names]
        if len(present) > 1:
            groups[normalise(word)] = present
    return {
        word: members for word, members in groups.items() if word not in set(map(normalise, names))
    }


def _asked(
    documents: Sequence[Document], categories: Sequence[CategorySchema], knowledge: Knowledge
) -> dict[str, list[str]]:
    """What shoppers call attributes and options -> their names; every name is a word for itself."""
    words = {
        normalise(word): list(group["names"])
        for group in knowledge.asked
        for word in group["words"]
    }
    names = [str(attribute["name"]) for category in categories for attribute in category.attributes]
    names += [name for d in documents for name in d.attributes]
    names += [name for d in documents for sku in d.skus for name in sku.options]
    for name in dict.fromkeys(names):
        words.setdefault(normalise(name), [name])
    return words


def _modifiers(documents: Sequence[Document], categories: Sequence[CategorySchema]) -> list[str]:
    """Words that segmentation should keep whole: tags, purposes, flags."""
    words = {normalise(w) for d in documents for w in (*d.tags, *d.attribute_texts())}
    words |= {normalise(p) for c in categories for p in c.purposes}
    return sorted(w for w in words if 2 <= len(w) <= 6 and not any(c.isascii() for c in w))


def _excluded_words(brands: Mapping[str, str], knowledge: Knowledge) -> dict[str, list[str]]:
    """What a shopper who does not want a brand does not want to read in a title either: its spellings, its sub-brands."""
    children = {
        normalise(b): [normalise(c) for c in names]
        for b, names in (knowledge.subbrands or {}).items()
    }
    words: dict[str, dict[str, None]] = {}
    for word, brand in brands.items():
        words.setdefault(brand, {}).update(dict.fromkeys([word, *children.get(word, [])]))
    return {brand: list(found) for brand, found in words.items()}


def _starts_with_brand(word: str, brands: Mapping[str, str]) -> bool:
    """戴森吹风机 is a brand and a category, not another word for the category."""
    return any(word.startswith(brand) and word != brand for brand in brands)


def _products(
    knowledge: Knowledge, brands: Mapping[str, str], kinds: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Words that mean a brand and what it makes: iphone, and 乐高 where it is both a brand and a word for 积木."""
    names = set(kinds.values())
    products = {
        word: {"brand": brands[word], "category": kinds[word]}
        for word in brands
        if word in kinds and kinds[word] != word
    }
    for name, meaning in (knowledge.products or {}).items():
        word, brand = normalise(name), brands.get(normalise(meaning["brand"]))
        if brand and meaning["category"] in names and not _is_composed(word, brands, kinds):
            products[word] = {"brand": brand, "category": meaning["category"]}
    return products


def _is_composed(word: str, brands: Container[str], kinds: Container[str]) -> bool:
    """苹果手机 is a brand and a kind, each read by itself; as one word it would hide the 手机配件 in 苹果手机配件."""
    return any(word[:cut] in brands and word[cut:] in kinds for cut in range(1, len(word)))


def _models(
    documents: Sequence[Document],
    products: Mapping[str, Mapping[str, str]],
    brands: Mapping[str, str],
    kinds: Container[str],
) -> dict[str, dict[str, str]]:
    """Models distinctive enough to name one brand: they carry a letter or digit, or are long, and are no kind of product.

    Where a product noun implies the brand, the brand may stand in its place: iPhone 15 is 苹果15 too.
    """
    spellings: dict[str, list[str]] = {}
    for word, brand in brands.items():
        spellings.setdefault(brand, []).append(word)
    models: dict[str, dict[str, str]] = {}
    for document in documents:
        word = normalise(document.model)
        if word in kinds:
            continue
        if len(word) >= 3 and (any(c.isascii() and c.isalnum() for c in word) or len(word) >= 5):
            meaning = {"brand": document.brand, "category": document.category}
            models.setdefault(word, meaning)
            noun = next((n for n in products if word.startswith(f"{n} ")), None)
            for spelling in spellings[document.brand] if noun else []:
                rest = word.removeprefix(str(noun)).strip()
                models.setdefault(f"{spelling}{rest}", meaning)
    return models


def _nouns(knowledge: Knowledge) -> set[str]:
    """Kinds of goods that shops have, this one or others. Wide words (家电) are none of them: a shop may sell such
    goods under other names."""
    groups = knowledge.groups or {}
    leaves = {member for members in groups.values() for member in members} - groups.keys()
    made = {meaning["category"] for meaning in (knowledge.products or {}).values()}
    return set(map(normalise, {*knowledge.goods, *leaves, *made, *(knowledge.aliases or {})}))


def _absent(
    documents: Sequence[Document], knowledge: Knowledge, known: Container[str]
) -> list[str]:
    """Kinds of goods that this shop does not carry: no word of its own means them, and no run of Chinese in a title or a
    category ends in them (空气炸烤箱 25升 is an oven; 面包服 is no bread)."""
    named = {normalise(text) for d in documents for text in (d.title, d.category)}
    runs = {run for text in named for run in _CHINESE.findall(text)}
    endings = {noun: _endings(noun) for noun in _nouns(knowledge) if noun not in known}
    lengths = {len(ending) for several in endings.values() for ending in several}
    sold = {run[-length:] for run in runs for length in lengths}
    return sorted(noun for noun, several in endings.items() if not several & sold)


def _endings(noun: str) -> set[str]:
    """What a title may end in that sells the noun: 枕 for 枕头, 四件套 for 床品四件套. 硬盘 is too little for 移动硬盘."""
    root = noun[:-1] if len(noun) == 2 and noun[-1] in "子头" else noun
    return {root, noun, *(noun[start:] for start in range(len(noun) - 2))}


def _uses(
    knowledge: Knowledge, categories: Sequence[CategorySchema], groups: Container[str]
) -> dict[str, list[str]]:
    """What goods are for -> the kinds and groups of the shop that serve it."""
    known = {c.name for c in categories}
    served = {
        normalise(use): [name for name in names if name in known or normalise(name) in groups]
        for use, names in knowledge.uses.items()
    }
    return {use: names for use, names in served.items() if names}


def build_lexicon(
    documents: Sequence[Document], categories: Sequence[CategorySchema], knowledge: Knowledge
) -> dict[str, Any]:
    """The JSON object that `recsys.query.Lexicon.from_json` reads."""
    groups = _groups(categories, knowledge)
    category_words = _category_words(categories, groups, knowledge.aliases or {})
    brands = brand_words((d.brand for d in documents if d.brand), knowledge)
    category_words = {
        word: name
        for word, name in category_words.items()
        if name == word or not _starts_with_brand(word, brands)
    }
    products = _products(knowledge, brands, category_words)
    category_words = {w: name for w, name in category_words.items() if w not in products}
    known = {*category_words, *groups, *products}
    asked = _asked(documents, categories, knowledge)
    return {
        "absent": _absent(documents, knowledge, known | set(brands)),
        "categories": category_words,
        "groups": groups,
        "brands": {word: brand for word, brand in brands.items() if word not in category_words},
        "products": products,
        "excludes": _excluded_words(brands, knowledge),
        "chosen_by": list(knowledge.chosen_by),
        "asked": asked,
        "schema": build_schemas(
            documents,
            categories,
            knowledge.schema,
            asked,
            known,
            set(brands),
            goods_words(knowledge.entries),
        ),
        "models": _models(documents, products, brands, category_words),
        "modifiers": _modifiers(documents, categories),
        "better": dict(knowledge.better),
        "names": product_names(documents, brands, known | set(brands)),
        "uses": _uses(knowledge, categories, groups),
    }
