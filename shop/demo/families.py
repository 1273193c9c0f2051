"""A line of `products/*.jsonl` becomes a product with all its SKUs."""

import hashlib
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import product as combinations
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from shop.demo.files import Entry
from shop.domain import Attribute, Category, Product, Sku
from shop.domain.money import yuan

MAX_SKUS = 24
# Of a thousand SKUs so many are sold out.
_SOLD_OUT = 60
_MOST_STOCK = 300

Price = Annotated[str, AfterValidator(lambda text: str(yuan(text)))]
Options = dict[str, list[str] | dict[str, str]]


class Family(Entry):
    """A product family as written; see FORMAT.md."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)
    category: str
    brand: str = Field(max_length=80)
    series: str = Field("", max_length=80)
    model: str = Field(max_length=120)
    title: str = Field(min_length=1, max_length=60)
    description: str = Field(min_length=1, max_length=300)
    attributes: dict[str, Any]
    options: Options = Field(default_factory=dict)
    price: Price | None = None
    list_price: Decimal = Field(Decimal(1), ge=1, le=2)
    tags: list[str]
    rating: float = Field(ge=0, le=5)
    sales: int = Field(ge=0)
    launched: date

    @model_validator(mode="after")
    def _priced_once(self) -> "Family":
        priced = [values for values in self.options.values() if isinstance(values, dict)]
        if len(priced) + (self.price is not None) != 1:
            raise ValueError('needs one option with prices, or "price"')
        for prices in priced:
            for price in prices.values():
                yuan(price)
        number = len(list(combinations(*self.options.values())))
        if not 1 <= number <= MAX_SKUS:
            raise ValueError(f"has {number} SKUs, not 1 to {MAX_SKUS}")
        return self


def misfits(family: Family, category: Category) -> list[str]:
    """Where a family breaks the schema of its category."""
    schema = {attribute.name: attribute for attribute in category.attributes}
    wrong = [
        f"option {name} is not one of {category.name}"
        for name in family.options
        if name not in category.options
    ]
    for name, value in family.attributes.items():
        if name not in schema:
            wrong.append(f"attribute {name} is not one of {category.name}")
        elif not _fits(value, schema[name]):
            wrong.append(f"attribute {name} is no {schema[name].type}: {value!r}")
    return wrong


def expand(family: Family, category: Category) -> Product:
    """The product; its SKU ids and stock depend on the family alone."""
    return Product(
        product_id=family.id,
        title=family.title,
        category=category.name,
        department=category.department,
        brand=family.brand,
        series=family.series,
        model=family.model,
        description=family.description,
        tags=tuple(family.tags),
        attributes=family.attributes,
        rating=family.rating,
        sales=family.sales,
        launched=family.launched,
        skus=tuple(_skus(family)),
    )


def _skus(family: Family) -> list[Sku]:
    names = list(family.options)
    found = []
    for number, values in enumerate(combinations(*family.options.values()), 1):
        options = dict(zip(names, values, strict=True))
        sku = f"{family.id}-{number:02}"
        price = _price(family, options)
        list_price = _list_price(price, family.list_price)
        found.append(Sku(sku, price, list_price, _stock(sku), options))
    return found


def _price(family: Family, options: dict[str, str]) -> Decimal:
    for name, values in family.options.items():
        if isinstance(values, dict):
            return yuan(values[options[name]])
    return yuan(family.price)


def _list_price(price: Decimal, factor: Decimal) -> Decimal:
    """Rounded as shops do: 4319.00, and 29.90 below a hundred."""
    raw = price * factor
    if raw >= 100:
        rounded = raw.quantize(Decimal(1), ROUND_HALF_UP)
    else:
        rounded = raw.quantize(Decimal(1), ROUND_FLOOR) + Decimal("0.90")
    return max(price, rounded.quantize(Decimal("0.01"))) if factor > 1 else price


def _stock(sku: str) -> int:
    number = int.from_bytes(hashlib.blake2b(sku.encode(), digest_size=8).digest())
    sold_out = number % 1000 < _SOLD_OUT
    return 0 if sold_out else 1 + number // 1000 % _MOST_STOCK


def _fits(value: Any, attribute: Attribute) -> bool:
    if attribute.type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if attribute.type == "list":
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return isinstance(value, bool if attribute.type == "bool" else str)
