"""Structured filters over products and their SKUs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import CategorySchema, Document, SkuRow
from recsys.index.values import compares, covers, read_measures, says, texts
from recsys.query.colour import base_colour, find_colours
from recsys.query.constraints import PURPOSE, Attribute, Constraints
from recsys.query.units import Measure, canonical
from recsys.text.normalise import normalise

Mask = NDArray[np.bool_]
_OTHER_GENDER = {"男": ("女", "孕", "妈妈"), "女": ("男", "爸爸")}
_FITS, GENDER = "适用机型", "适用性别"


class Columns:
    """Column store of one index version: a row a SKU, with the product row it belongs to."""

    def __init__(
        self,
        documents: Sequence[Document],
        categories: Sequence[CategorySchema] = (),
        excluded_words: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`excluded_words`: brand -> words in a title that an exclusion of the brand excludes too."""
        self.documents = documents
        self._excluded_words = excluded_words or {}
        self._units = {
            (c.name, a["name"]): str(a.get("unit", "")) for c in categories for a in c.attributes
        }
        pairs = [(row, sku) for row, document in enumerate(documents) for sku in document.skus]
        self.skus: list[SkuRow] = [sku for _, sku in pairs]
        self.product_of = np.array([row for row, _ in pairs], dtype=np.int64)
        self._rows_of = np.split(
            np.arange(len(pairs)), np.searchsorted(self.product_of, range(1, len(documents)))
        )
        self._price = np.array([float(sku.price) for sku in self.skus], dtype=np.float64)
        self._stock = np.array([sku.stock for sku in self.skus], dtype=np.int64)
        self._colour = [_sku_colour(sku, documents[row]) for row, sku in pairs]
        # A feed without fields tells colours in its titles: enough to refuse one, while silence proves nothing.
        told = not any(self._colour)
        self._told_colour = (
            [_told_colour(documents[row]) for row, _ in pairs] if told else self._colour
        )
        self._category = np.array([d.category for d in documents], dtype=object)
        self._brand = np.array([normalise(d.brand) for d in documents], dtype=object)
        self._titles = [normalise(d.title) for d in documents]
        self._texts = [normalise(d.full_text()) for d in documents]
        self._stating: dict[tuple[str, str, str], bool] = {}
        self._measures: dict[int, list[tuple[str, Measure]]] = {}
        self._own: dict[int, list[tuple[str, Measure]]] = {}
        self._named: dict[int, list[tuple[str, Measure]]] = {}

    def categories(self, names: Iterable[str]) -> Mask:
        """Products of these leaf categories."""
        wanted = set(names)
        return np.fromiter(
            (c in wanted for c in self._category), dtype=bool, count=len(self.documents)
        )

    def product_mask(self, constraints: Constraints) -> Mask:
        """Products that satisfy brand and word conditions."""
        mask = np.ones(len(self.documents), dtype=bool)
        if constraints.brands:
            mask &= np.isin(self._brand, [normalise(b) for b in constraints.brands])
        for brand in constraints.not_brands:
            mask &= ~self._is_of(brand) | self._welcome(constraints.welcome_brands)
        for word in constraints.not_words:
            mask &= ~self._mentions(normalise(word))
        return mask

    def sku_mask(self, constraints: Constraints, products: Mask) -> Mask:
        """SKUs of `products` that satisfy price, colour and attribute conditions; stock is not looked at."""
        mask: Mask = products[self.product_of] if len(self.skus) else np.zeros(0, dtype=bool)
        if constraints.price_min is not None:
            mask = mask & (self._price >= float(constraints.price_min))
        if constraints.price_max is not None:
            mask = mask & (self._price <= float(constraints.price_max))
        if constraints.colours:
            mask = self._coloured(mask, constraints.colours, self._colour)
        if constraints.not_colours:
            mask = mask & ~self._coloured(mask, constraints.not_colours, self._told_colour)
        for attribute in constraints.attributes:
            mask = self._keep(mask, self._test(attribute))
        return mask

    @staticmethod
    def _coloured(mask: Mask, wanted: Sequence[str], own: Sequence[str]) -> Mask:
        """SKUs in one of these colours: the very one where there is any (雾霾蓝), else those of its base."""
        found = np.zeros(len(mask), dtype=bool)
        for colour in wanted:
            base = base_colour(colour)
            very = mask & _where(own, partial(_names, colour))
            if base == colour.removesuffix("色") or not very.any():
                very |= mask & _where(own, partial(_is_base, base))
            found |= very
        return found

    def in_stock(self) -> Mask:
        return self._stock > 0

    def prices(self, mask: Mask) -> NDArray[np.float64]:
        return self._price[mask]

    def products_of(self, sku_mask: Mask) -> Mask:
        """Products with at least one SKU in the mask."""
        mask = np.zeros(len(self.documents), dtype=bool)
        mask[self.product_of[sku_mask]] = True
        return mask

    def best_sku(self, product: int, sku_mask: Mask) -> SkuRow:
        """The SKU to show: in stock before sold out, then the cheapest, then the feed's order."""
        rows = np.flatnonzero(sku_mask & (self.product_of == product))
        best = min(rows, key=lambda r: (self._stock[r] <= 0, self._price[r], r))
        return self.skus[int(best)]

    def colours_of(self, product: int) -> list[str]:
        """The colours of a product's SKUs as the catalogue writes them."""
        rows = self._rows_of[product]
        return list(dict.fromkeys(self._colour[row] for row in rows if self._colour[row]))

    def measured(
        self, products: Iterable[int], name: str, unit: str
    ) -> dict[int, tuple[float, ...]]:
        """Product -> what its attribute or option of this name measures, in the canonical unit."""
        found = {int(p): self._named_measures(int(p)) for p in products}
        return {
            product: tuple(m.value for own, m in named if own == name and m.unit == unit)
            for product, named in found.items()
        }

    def numbers(self, product: int, name: str) -> tuple[float, ...]:
        """What a field says in numbers: as the catalogue has it, else measured in canonical units."""
        stated = self.documents[product].attributes.get(name)
        if isinstance(stated, (int, float)) and not isinstance(stated, bool):
            return (float(stated),)
        return tuple(m.value for own, m in self._named_measures(product) if own == name)

    def units(self, products: Iterable[int]) -> dict[str, list[str]]:
        """Attribute or option -> the units in which these products state it."""
        units: dict[str, dict[str, None]] = {}
        for product in products:
            for name, measure in self._named_measures(int(product)):
                units.setdefault(name, {}).setdefault(measure.unit)
        return {name: list(found) for name, found in units.items()}

    def text(self, product: int) -> str:
        """All that is said of a product, in normal form."""
        return self._texts[product]

    def mentions(self, word: str) -> Mask:
        """Products whose text holds a word."""
        return self._mentions(normalise(word))

    def _named_measures(self, product: int) -> list[tuple[str, Measure]]:
        if product not in self._named:
            rows = self._rows_of[product]
            own = [pair for row in rows for pair in self._measures_of(int(row))[0]]
            shared = self._measures_of(int(rows[0]))[1] if len(rows) else []
            found = dict.fromkeys(pair for pair in (*own, *shared) if pair[0])
            self._named[product] = list(found)
        return self._named[product]

    def _keep(self, mask: Mask, test: Callable[[int], bool]) -> Mask:
        kept = mask.copy()
        for row in np.flatnonzero(mask):
            kept[row] = test(int(row))
        return kept

    def _is_of(self, brand: str) -> Mask:
        """Products of a brand or of its sub-brands, and those whose title names it (小米 Redmi K80)."""
        words = {normalise(brand), *self._excluded_words.get(brand, ())}
        named = (
            any(contains_word(title, w) for w in words) or own in words
            for title, own in zip(self._titles, self._brand, strict=True)
        )
        return np.fromiter(named, dtype=bool, count=len(self.documents))

    def _welcome(self, brands: Sequence[str]) -> Mask:
        return np.isin(self._brand, [normalise(brand) for brand in brands])

    def _mentions(self, word: str) -> Mask:
        found = (
            word in text and f"无{word}" not in text and f"不含{word}" not in text
            for text in self._texts
        )
        return np.fromiter(found, dtype=bool, count=len(self._texts))

    def _test(self, wanted: Attribute) -> Callable[[int], bool]:
        if wanted.op == "!=" and wanted.name == GENDER and wanted.value in _OTHER_GENDER:
            return lambda row: not self._is_only_for(int(self.product_of[row]), str(wanted.value))
        if wanted.op == "!=":
            meets = self._test(replace(wanted, op="="))
            return lambda row: not meets(row)
        if wanted.name == GENDER and wanted.value in _OTHER_GENDER:
            return lambda row: self._suits(int(self.product_of[row]), str(wanted.value))
        if wanted.unit:
            return lambda row: self._measures_up(row, wanted)
        if isinstance(wanted.value, bool):
            return lambda row: self._is_true(row, wanted)
        if wanted.name.startswith(_FITS):
            word = normalise(str(wanted.value))
            return lambda row: self._fits(int(self.product_of[row]), wanted.name, word)
        return lambda row: self._says(row, wanted)

    def _says(self, row: int, wanted: Attribute) -> bool:
        """What the SKU's option says, else the product's field of that name; another field only where it has neither."""
        product = int(self.product_of[row])
        document, word = self.documents[product], normalise(str(wanted.value))
        options = self.skus[row].options
        if any(normalise(value) == word for value in options.values()):
            return True
        if wanted.name in options:
            return self._chosen(row, wanted.name, word)
        if wanted.name == PURPOSE:
            return any(word == normalise(tag) for tag in document.tags)
        if wanted.name in document.attributes:
            return any(covers(text, word) for text in texts(document.attributes[wanted.name]))
        if not self._category_states(document.category, wanted.name, ""):
            return word in self._texts[product]
        return any(normalise(text) == word for text in document.attribute_texts())

    def _chosen(self, row: int, name: str, word: str) -> bool:
        """An option's value; where the product has the very value, no other will do (50g, not 50g×2)."""
        values = {
            one: normalise(self.skus[one].options[name])
            for one in map(int, self._rows_of[self.product_of[row]])
            if name in self.skus[one].options
        }
        if word in values.values():
            return values[row] == word
        return says(values[row], word)

    def _category_states(self, category: str, name: str, unit: str) -> bool:
        """Whether any product of a category has a field or an option of this name (in this unit)."""
        key = (category, name, unit)
        if key not in self._stating:
            rows = (row for row, d in enumerate(self.documents) if d.category == category)
            self._stating[key] = any(self._product_states(row, name, unit) for row in rows)
        return self._stating[key]

    def _product_states(self, product: int, name: str, unit: str) -> bool:
        if unit:
            return any(n == name and m.unit == unit for n, m in self._named_measures(product))
        document = self.documents[product]
        if name == PURPOSE:
            return bool(document.tags)
        return name in document.attributes or any(name in sku.options for sku in document.skus)

    def _fits(self, product: int, name: str, model: str) -> bool:
        """Named as a whole: a case for iPhone 16 Pro is none for iPhone 16."""
        stated = self.documents[product].attributes.get(name, [])
        return model in map(normalise, stated if isinstance(stated, list) else [str(stated)])

    def states(self, wanted: Attribute, products: Mask) -> bool:
        """Whether any of these products has a field that could answer; a title that happens to say it is no field."""
        rows = [self.documents[int(row)] for row in np.flatnonzero(products)]
        if wanted.name == GENDER and wanted.value in _OTHER_GENDER:  # a title tells too
            genders = (str(wanted.value), *_OTHER_GENDER[str(wanted.value)])
            return any(d.attributes or any(g in d.title for g in genders) for d in rows)
        if wanted.unit:
            skus = np.flatnonzero(products[self.product_of])
            return any(self._has_measure(int(row), wanted.unit) for row in skus)
        if isinstance(wanted.value, bool):
            return any(wanted.name in d.attributes for d in rows)
        kinds = {d.category for d in rows}
        if wanted.name and any(self._category_states(c, wanted.name, "") for c in kinds):
            return True
        word = normalise(str(wanted.value))
        return any(
            word in normalise(v)
            for d in rows
            for v in (*d.attribute_texts(), *d.option_values(), *d.tags)
        )

    def states_colour(self, products: Mask) -> bool:
        """Whether any of these products' SKUs names its colour."""
        return any(self._colour[row] for row in np.flatnonzero(products[self.product_of]))

    def _has_measure(self, row: int, unit: str) -> bool:
        own, shared = self._measures_of(row)
        return any(m.unit == unit for _, m in own) or any(
            m.unit == unit for name, m in shared if name
        )

    def _suits(self, product: int, gender: str) -> bool:
        """A stated gender decides; without one, only a title for the other gender rules a product out."""
        document = self.documents[product]
        stated = str(document.attributes.get(GENDER, ""))
        if stated:
            return gender in stated or any(w in stated for w in ("中性", "通用", "均可", "不限"))
        return gender in document.title or not any(
            w in document.title for w in _OTHER_GENDER.get(gender, ())
        )

    def _is_only_for(self, product: int, gender: str) -> bool:
        """What suits everybody is not what 不要男士的 refuses."""
        other = next(iter(_OTHER_GENDER.keys() - {gender}))
        return self._suits(product, gender) and not self._suits(product, other)

    def _is_true(self, row: int, wanted: Attribute) -> bool:
        """An option that says so (带搁脚版) speaks before the product's field. A field that is missing is no false; a title
        may still say that it is true."""
        name, product = normalise(wanted.name), int(self.product_of[row])
        if any(says(value, name) for value in self.skus[row].options.values()):
            return wanted.value is True
        stated = self.documents[product].attributes.get(wanted.name)
        if isinstance(stated, bool):
            return stated == wanted.value
        return wanted.value is True and says(self._titles[product], name)

    def _measures_up(self, row: int, wanted: Attribute) -> bool:
        """An option of the SKU speaks before its product's attributes; the largest value counts (12GB+256GB). What the
        category has a field for, no other field of that unit can answer."""
        own, shared = self._measures_of(row)
        category = self.documents[self.product_of[row]].category
        exact = self._category_states(category, wanted.name, wanted.unit)
        for values in (own, shared):
            named = [m for name, m in values if m.unit == wanted.unit and name == wanted.name]
            same_unit = [m for name, m in values if m.unit == wanted.unit and (name or not exact)]
            chosen = named or ([] if exact and values is shared else same_unit)
            if chosen:
                return compares(chosen, wanted.op, float(wanted.value))
        return False

    def _measures_of(self, row: int) -> tuple[list[tuple[str, Measure]], list[tuple[str, Measure]]]:
        product = int(self.product_of[row])
        if product not in self._measures:
            self._measures[product] = self._attribute_measures(self.documents[product])
        if row not in self._own:
            options = self.skus[row].options.items()
            self._own[row] = [(n, m) for n, value in options for m in read_measures(n, value)]
        return self._own[row], self._measures[product]

    def _attribute_measures(self, document: Document) -> list[tuple[str, Measure]]:
        """Numbers take the unit that the category's schema gives them."""
        found: list[tuple[str, Measure]] = []
        for name, value in document.attributes.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                unit, factor = canonical(normalise(self._units.get((document.category, name), "")))
                found.append((name, Measure(unit, float(f"{value * factor:.10g}"))))
            else:
                found += [(name, m) for text in texts(value) for m in read_measures(name, text)]
        return found + [("", m) for m in read_measures("", document.title)]


def contains_word(text: str, word: str) -> bool:
    """Whether a normalised text contains a word; Latin words match whole only (mi is not in milk)."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def _sku_colour(sku: SkuRow, document: Document) -> str:
    for name, value in sku.options.items():
        if "色" in name:
            return value
    return str(document.attributes.get("颜色", ""))


def _where(colours: Sequence[str], test: Callable[[str], bool]) -> Mask:
    meets = (bool(own) and test(own) for own in colours)
    return np.fromiter(meets, dtype=bool, count=len(colours))


def _told_colour(document: Document) -> str:
    """The colour that title and description name, where it is one."""
    text = normalise(f"{document.title} {document.description}")
    told = {text[start:end]: colour for start, end, colour in find_colours(text)}
    return next(iter(told)) if len(set(told.values())) == 1 else ""


def _names(colour: str, own: str) -> bool:
    return colour in own


def _is_base(base: str, own: str) -> bool:
    return base_colour(own) == base
