"""Rows of one product become the product, checked."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from shop.domain import Product, Sku
from shop.domain.errors import BadMoney
from shop.domain.money import yuan
from shop.importing.mapping import FeedMapping, Source
from shop.importing.readers import Row
from shop.importing.report import RowError
from shop.importing.sources import take, take_list, take_names
from shop.importing.text import plain

UNSORTED = "其他"
_LONGEST = {
    "product_id": 120,
    "title": 300,
    "category": 60,
    "department": 60,
    "brand": 80,
    "series": 80,
    "model": 120,
    "description": 20_000,
    "sku": 140,
    "image": 2000,
    "url": 2000,
}
_LARGEST = 2_000_000_000


class BadField(Exception):
    """A value that the shop cannot hold."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class Builder:
    """Makes products by one mapping; remembers every id, since each is used once."""

    def __init__(self, mapping: FeedMapping) -> None:
        self._mapping = mapping
        self._skus: set[str] = set()
        self._products: set[str] = set()

    def build(self, rows: list[Row], errors: list[RowError]) -> Product | None:
        """The product of these rows; None, with errors, where it cannot be sold."""
        try:
            facts = self._facts(rows[0].value)
        except BadField as bad:
            errors.extend(RowError(row.line, bad.field, bad.why) for row in rows)
            return None
        skus = [sku for row in rows for sku in self._row_skus(row, rows[0], facts, errors)]
        if not skus:
            return None
        self._products.add(facts["product_id"])
        return Product(**facts, skus=tuple(skus))

    def _facts(self, row: dict[str, Any]) -> dict[str, Any]:
        mapping = self._mapping
        product_id = _required(row, mapping.product_id, "product_id")
        if product_id in self._products:
            raise BadField("product_id", f"{product_id} is already taken")
        category, department = self._category(row)
        return {
            "product_id": product_id,
            "title": _required(row, mapping.title, "title"),
            "category": category,
            "department": department,
            "brand": _text(row, mapping.brand, "brand"),
            "series": _text(row, mapping.series, "series"),
            "model": _text(row, mapping.model, "model"),
            "description": _text(row, mapping.description, "description"),
            "tags": tuple(filter(None, map(plain, take_list(row, mapping.tags)))),
            "attributes": take_names(mapping.attributes, row, row),
            "rating": _rating(take(row, mapping.rating)),
            "sales": _count(take(row, mapping.sales), "sales"),
            "launched": _date(take(row, mapping.launched)),
        }

    def _category(self, row: dict[str, Any]) -> tuple[str, str]:
        category = _text(row, self._mapping.category, "category")
        department = _text(row, self._mapping.department, "department")
        path = self._mapping.category_path
        if path is not None:
            steps = str(take(row, path.source) or "").split(path.separator)
            names = [name for step in steps if (name := plain(step))] or [""]
            category, department = category or names[-1], department or names[0]
        category = category or UNSORTED
        return _short(category, "category"), _short(department or category, "department")

    def _row_skus(
        self, row: Row, first: Row, facts: dict[str, Any], errors: list[RowError]
    ) -> Iterator[Sku]:
        spec = self._mapping.skus
        if row is not first and spec.each is None and take(row.value, spec.price) is None:
            return  # a further row of the product that adds a picture, not a SKU
        values = take_list(row.value, spec.each) if spec.each else [row.value]
        if not values:
            errors.append(RowError(row.line, "skus", "has none"))
        for value in values:
            try:
                yield self._sku(value, row, first, facts)
            except BadField as bad:
                errors.append(RowError(row.line, bad.field, bad.why))

    def _sku(self, value: Any, row: Row, first: Row, facts: dict[str, Any]) -> Sku:
        spec = self._mapping.skus
        # What a SKU in an array does not say, its row says for all of them.
        places = [value] if value is row.value else [value, row.value]
        price = self._amount(_find(places, spec.price), "price")
        if price is None:
            raise BadField("price", "is missing")
        list_price = self._amount(_find(places, spec.list_price), "list_price")
        shown = [*places, first.value]
        sku = Sku(
            sku=_text(value, spec.sku, "sku") or self._next(facts["product_id"]),
            price=price,
            list_price=max(price, list_price or price),
            stock=self._stock(_find(places, spec.stock)),
            options=take_names(spec.options, value, first.value),
            image=_address(_find(shown, spec.image), "image"),
            url=_address(_find(shown, spec.url), "url"),
        )
        if sku.sku in self._skus:
            raise BadField("sku", f"{sku.sku} is already taken")
        self._skus.add(sku.sku)
        return sku

    def _next(self, product_id: str) -> str:
        number = 1
        while (sku := f"{product_id}-{number:02}") in self._skus:
            number += 1
        return sku

    def _amount(self, found: object, field: str) -> Decimal | None:
        if found is None:
            return None
        text = str(found).strip()
        currency = self._mapping.currency
        text = text.removesuffix(currency).removeprefix(currency)
        try:
            return yuan(yuan(text) * self._mapping.rate)
        except BadMoney as bad:
            raise BadField(field, str(bad)) from bad

    def _stock(self, found: object) -> int:
        spec = self._mapping.skus
        if found is None:
            return spec.stock_default
        word = str(found).strip()
        # Shops that sell on credit of the next delivery count below zero.
        return spec.stock_words[word] if word in spec.stock_words else max(0, _whole(word, "stock"))


def _find(places: list[Any], source: Source) -> Any:
    return next((found for row in places if (found := take(row, source)) is not None), None)


def _text(row: Any, source: Source, field: str) -> str:
    found = take(row, source)
    if isinstance(found, list | dict):
        raise BadField(field, "not a text")
    return _short(plain(found), field)


def _required(row: Any, source: Source, field: str) -> str:
    text = _text(row, source, field)
    if not text:
        raise BadField(field, "is missing")
    return text


def _short(text: str, field: str) -> str:
    if len(text) > _LONGEST[field]:
        raise BadField(field, f"is longer than {_LONGEST[field]} characters")
    return text


def _whole(value: object, field: str) -> int:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError as cause:
        raise BadField(field, f"not a number: {str(value)[:40]!r}") from cause
    if not abs(number) <= _LARGEST:
        raise BadField(field, f"out of range: {str(value)[:40]!r}")
    return int(number)


def _count(value: object, field: str) -> int:
    return 0 if value is None else max(0, _whole(value, field))


def _rating(value: object) -> float | None:
    if value is None:
        return None
    try:
        rating = float(str(value))
    except ValueError as cause:
        raise BadField("rating", f"not a number: {str(value)[:40]!r}") from cause
    if not (isfinite(rating) and 0 <= rating <= 5):
        raise BadField("rating", f"not within 0 and 5: {rating}")
    return rating


def _date(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError as cause:
        raise BadField("launched", f"not a date like 2024-05-31: {str(value)[:40]!r}") from cause


def _address(value: object, field: str) -> str | None:
    """An http(s) address or a path of the shop's own site; a script is neither."""
    if value is None:
        return None
    text = _short(plain(value[0] if isinstance(value, list) else value), field)
    try:
        scheme = urlsplit(text).scheme
    except ValueError as cause:
        raise BadField(field, "not an address") from cause
    own = text.startswith("/") and not text.startswith("//")
    if scheme not in ("http", "https") and not own:
        raise BadField(field, "not an http address")
    return text
