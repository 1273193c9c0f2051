"""What the shop hands over to be found: a product family with its SKUs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from recsys.text.normalise import normalise
from recsys.text.tokens import lexical_tokens


class BadDocument(ValueError):
    """A document that does not follow the contract; the message names product and field."""


@dataclass(frozen=True)
class SkuRow:
    sku: str
    price: Decimal
    stock: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One product family. `attributes` values are text, number, bool or a list of text."""

    product_id: str
    title: str
    category: str
    department: str = ""
    brand: str = ""
    series: str = ""
    model: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    rating: float = 0.0
    sales: int = 0
    launched: str = ""
    skus: tuple[SkuRow, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Document:
        """Read a document; raises BadDocument."""
        try:
            skus = tuple(
                SkuRow(
                    str(s["sku"]),
                    Decimal(str(s["price"])),
                    int(s.get("stock") or 0),
                    dict(s.get("options") or {}),
                )
                for s in data["skus"]
            )
            return cls(
                product_id=str(data["product_id"]), title=str(data["title"]), category=str(data.get("category") or ""),
                department=str(data.get("department") or ""), brand=str(data.get("brand") or ""),
                series=str(data.get("series") or ""), model=str(data.get("model") or ""),
                description=str(data.get("description") or ""), tags=tuple(map(str, data.get("tags") or ())),
                attributes=dict(data.get("attributes") or {}), rating=float(data.get("rating") or 0),
                sales=int(data.get("sales") or 0), launched=str(data.get("launched") or ""), skus=skus,
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise BadDocument(
                f"document {data.get('product_id')!r}: {type(error).__name__}: {error}"
            ) from error

    def attribute_texts(self) -> list[str]:
        """Attribute values that are words: true booleans by name, lists item by item; bare numbers say nothing."""
        texts: list[str] = []
        for name, value in self.attributes.items():
            if isinstance(value, bool):
                texts += _flag_texts(name, value)
            elif isinstance(value, (list, tuple)):
                texts += [str(item) for item in value]
            elif not isinstance(value, (int, float)):
                texts.append(str(value))
        return texts

    @cached_property
    def title_tokens(self) -> frozenset[str]:
        return frozenset(lexical_tokens(self.title))

    @cached_property
    def compact_model(self) -> str:
        """The model in normal form, without blanks."""
        return normalise(self.model).replace(" ", "")

    @cached_property
    def named_values(self) -> frozenset[str]:
        """Tags and attribute values of two characters and more, in normal form."""
        return frozenset(normalise(v) for v in (*self.tags, *self.attribute_texts()) if len(v) > 1)

    def numbers(self) -> list[str]:
        """Numeric attributes with their names."""
        numeric = (
            (n, v)
            for n, v in self.attributes.items()
            if isinstance(v, (int, float)) and not isinstance(v, bool)
        )
        return [f"{name}{value}" for name, value in numeric]

    def option_values(self) -> list[str]:
        return list(dict.fromkeys(v for sku in self.skus for v in sku.options.values()))

    def short_text(self) -> str:
        """What the encoder and the ranker read: title first, because inputs are cut at their end."""
        parts = [self.title, self.category, " ".join(self.tags), " ".join(self.attribute_texts())]
        return " ".join(part for part in parts if part)

    def full_text(self) -> str:
        """Everything a word may be found in."""
        return " ".join(
            [
                self.short_text(),
                self.brand,
                self.department,
                *self.option_values(),
                *self.numbers(),
                self.description,
            ]
        )


def _flag_texts(name: str, value: bool) -> list[str]:
    """含糖: false reads 无糖; other flags say nothing when they are false."""
    if name.startswith("含"):
        return [name if value else "无" + name[1:]]
    return [name] if value else []


@dataclass(frozen=True)
class CategorySchema:
    """A leaf category and the words that shoppers use for it."""

    name: str
    department: str = ""
    aliases: tuple[str, ...] = ()
    purposes: Mapping[str, str] = field(default_factory=dict)
    attributes: tuple[Mapping[str, Any], ...] = ()
    accessories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CategorySchema:
        return cls(
            str(data["name"]), str(data.get("department") or ""), tuple(data.get("aliases") or ()),
            dict(data.get("purposes") or {}), tuple(data.get("attributes") or ()), tuple(data.get("accessories") or ()),
            tuple(data.get("recipients") or ()),
        )  # fmt: skip
