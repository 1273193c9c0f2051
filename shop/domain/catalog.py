"""Categories, product families and their SKUs, and the card that a shopper sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from shop.domain import money

AttributeType = Literal["text", "number", "bool", "list"]


@dataclass(frozen=True)
class Attribute:
    """One column of a category's schema; `unit` belongs to numbers."""

    name: str
    type: AttributeType
    unit: str | None = None


@dataclass(frozen=True)
class Category:
    """A leaf category: what shoppers call it, want it for, choose it by and buy with it."""

    name: str
    department: str
    aliases: tuple[str, ...] = ()
    purposes: Mapping[str, str] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    options: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sku:
    """One thing that can be put into a cart. Money in yuan."""

    sku: str
    price: Decimal
    list_price: Decimal
    stock: int
    options: Mapping[str, str] = field(default_factory=dict)
    image: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Product:
    """A product family with its SKUs, in the order in which the shop shows them."""

    product_id: str
    title: str
    category: str
    department: str
    skus: tuple[Sku, ...]
    brand: str = ""
    series: str = ""
    model: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    rating: float | None = None
    sales: int = 0
    launched: date | None = None

    def document(self) -> dict[str, Any]:
        """What the shop hands to the search index."""
        return {
            "product_id": self.product_id,
            "department": self.department,
            "category": self.category,
            "brand": self.brand,
            "series": self.series,
            "model": self.model,
            "title": self.title,
            "description": self.description,
            "tags": list(self.tags),
            "attributes": dict(self.attributes),
            "rating": self.rating,
            "sales": self.sales,
            "launched": self.launched.isoformat() if self.launched else None,
            "skus": [_sku_document(sku) for sku in self.skus],
        }

    def face(self) -> Sku:
        """The SKU that stands for the family: the first one in stock."""
        return next((sku for sku in self.skus if sku.stock > 0), self.skus[0])

    def card(self, sku: Sku) -> "Card":
        return Card(
            sku=sku.sku,
            product_id=self.product_id,
            title=self.title,
            brand=self.brand,
            category=self.category,
            price=sku.price,
            list_price=sku.list_price,
            stock=sku.stock,
            image=sku.image or f"/media/{sku.sku}.svg",
            url=sku.url or f"/p/{sku.sku}",
            rating=self.rating,
            attributes=_of_sku(self.attributes, sku.options),
            options=sku.options,
            sales=self.sales,
        )


def _of_sku(attributes: Mapping[str, Any], options: Mapping[str, str]) -> Mapping[str, Any]:
    """With the flags that an option names (礼盒装, 带灯罩版), though other SKUs of the family lack them."""
    named = {
        name: True
        for name, value in attributes.items()
        if value is False and any(_names(option, name) for option in options.values())
    }
    return {**attributes, **named} if named else attributes


def _names(option: str, flag: str) -> bool:
    return re.search(rf"(?<![无不非免]){re.escape(flag)}", option, re.IGNORECASE) is not None


def _sku_document(sku: Sku) -> dict[str, Any]:
    return {
        "sku": sku.sku,
        "price": money.to_json(sku.price),
        "stock": sku.stock,
        "options": dict(sku.options),
    }


@dataclass(frozen=True)
class Card:
    """A SKU as a shopper sees it; reasons come from the recommender (`dataclasses.replace`)."""

    sku: str
    product_id: str
    title: str
    brand: str
    category: str
    price: Decimal
    list_price: Decimal
    stock: int
    image: str
    url: str
    rating: float | None
    attributes: Mapping[str, Any]
    options: Mapping[str, str]
    sales: int = 0
    reasons: tuple[str, ...] = ()
    sponsored: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "price": money.to_json(self.price),
            "list_price": money.to_json(self.list_price),
            "attributes": dict(self.attributes),
            "options": dict(self.options),
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class ProductDetail:
    """A card, its text, and the cards of every SKU of the family."""

    card: Card
    description: str
    skus: tuple[Card, ...]

    def to_json(self) -> dict[str, Any]:
        skus = [card.to_json() for card in self.skus]
        return {**self.card.to_json(), "description": self.description, "skus": skus}


@dataclass(frozen=True)
class Counts:
    """How much the catalogue holds."""

    categories: int
    products: int
    skus: int
