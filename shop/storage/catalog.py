"""The catalogue in the database: reading products as cards and documents."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.catalog import Attribute, Card, Category, Counts, Product, ProductDetail, Sku
from shop.domain.errors import UnknownSku
from shop.storage import catalog_writer
from shop.storage.schema import categories, products, skus
from shop.storage.statements import CHUNK, chunks


class Catalog:
    """Categories, products and SKUs."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def cards(self, wanted: Sequence[str]) -> list[Card]:
        """Cards of these SKUs in this order; ids that the shop does not have are left out."""
        found: dict[str, Card] = {}
        for chunk in chunks(dict.fromkeys(wanted)):
            owners = select(skus.c.product_id).where(skus.c.sku.in_(chunk))
            for product in await self._products(products.c.product_id.in_(owners)):
                found |= {sku.sku: product.card(sku) for sku in product.skus}
        return [found[sku] for sku in wanted if sku in found]

    async def card(self, sku: str) -> Card:
        """Raises UnknownSku."""
        cards = await self.cards([sku])
        if not cards:
            raise UnknownSku(sku)
        return cards[0]

    async def product(self, product_id_or_sku: str) -> ProductDetail:
        """A SKU with its family, or a family by its id; raises UnknownSku."""
        owner = select(skus.c.product_id).where(skus.c.sku == product_id_or_sku)
        same = products.c.product_id == product_id_or_sku
        found = await self._products(or_(same, products.c.product_id.in_(owner)))
        if not found:
            raise UnknownSku(product_id_or_sku)
        return _detail(found, product_id_or_sku)

    async def products(self, product_ids: Sequence[str]) -> list[Product]:
        """Products of these ids in this order; unknown ones are left out."""
        found: dict[str, Product] = {}
        for chunk in chunks(dict.fromkeys(product_ids)):
            for product in await self._products(products.c.product_id.in_(chunk)):
                found[product.product_id] = product
        return [found[key] for key in product_ids if key in found]

    async def popular(self, limit: int, category: str | None = None) -> list[Card]:
        """What sells best and is in stock; `category` is a leaf category or a department."""
        in_stock = select(skus.c.product_id).where(
            skus.c.product_id == products.c.product_id, skus.c.stock > 0
        )
        query = select(products.c.product_id).where(in_stock.exists())
        if category is not None:
            query = query.where(
                or_(products.c.category == category, products.c.department == category)
            )
        query = query.order_by(products.c.sales.desc(), products.c.product_id).limit(limit)
        best = (await self._connection.scalars(query)).all()
        return [product.card(product.face()) for product in await self.products(best)]

    async def documents(self) -> AsyncIterator[dict[str, Any]]:
        """Every product as the search index wants it, by product id."""
        last = ""
        while page := await self._page(last):
            for product in page:
                yield product.document()
            last = page[-1].product_id

    async def categories(self) -> list[Category]:
        query = select(categories).order_by(categories.c.position, categories.c.name)
        return [_category(row) for row in await self._connection.execute(query)]

    async def counts(self) -> Counts:
        tables = (categories, products, skus)
        numbers = [
            await self._connection.scalar(select(func.count()).select_from(table))
            for table in tables
        ]
        return Counts(*(number or 0 for number in numbers))

    async def upsert(self, wanted: Iterable[Product]) -> int:
        """Store products with exactly these SKUs; returns how many products."""
        return await catalog_writer.upsert(self._connection, wanted)

    async def set_stock(self, sku: str, stock: int) -> None:
        """Units left of a SKU; raises UnknownSku."""
        await catalog_writer.set_stock(self._connection, sku, stock)

    async def retain(self, product_ids: Iterable[str]) -> int:
        """Remove every other product, and categories left empty; returns how many products."""
        return await catalog_writer.retain(self._connection, set(product_ids))

    async def define(self, wanted: Iterable[Category], *, overwrite: bool = True) -> None:
        """Store category schemas; without `overwrite` those that exist stay as they are."""
        await catalog_writer.define(self._connection, wanted, overwrite=overwrite)

    async def _page(self, last: str) -> list[Product]:
        query = select(products.c.product_id).where(products.c.product_id > last)
        query = query.order_by(products.c.product_id).limit(CHUNK)
        return await self.products((await self._connection.scalars(query)).all())

    async def _products(self, condition: Any) -> list[Product]:
        families = (await self._connection.execute(select(products).where(condition))).all()
        ids = [row.product_id for row in families]
        variants: dict[str, list[Sku]] = defaultdict(list)
        for chunk in chunks(ids):
            query = select(skus).where(skus.c.product_id.in_(chunk)).order_by(skus.c.position)
            for row in await self._connection.execute(query):
                variants[row.product_id].append(_sku(row))
        # A feed may have moved the last SKU of a family to another one.
        return [
            _product(row, variants[row.product_id])
            for row in families
            if row.product_id in variants
        ]


def _detail(found: list[Product], wanted: str) -> ProductDetail:
    """A SKU's own family goes before a family that happens to bear the same id."""
    found = sorted(found, key=lambda p: all(sku.sku != wanted for sku in p.skus))
    product = found[0]
    sku = next((sku for sku in product.skus if sku.sku == wanted), product.face())
    cards = tuple(product.card(variant) for variant in product.skus)
    return ProductDetail(product.card(sku), product.description, cards)


_PRODUCT = [f.name for f in fields(Product) if f.name not in ("skus", "tags")]
_SKU = [f.name for f in fields(Sku)]


def _product(row: Row[Any], variants: list[Sku]) -> Product:
    plain = {name: row._mapping[name] for name in _PRODUCT}
    return Product(**plain, tags=tuple(row.tags), skus=tuple(variants))


def _sku(row: Row[Any]) -> Sku:
    return Sku(**{name: row._mapping[name] for name in _SKU})


def _category(row: Row[Any]) -> Category:
    return Category(
        name=row.name,
        department=row.department,
        aliases=tuple(row.aliases),
        purposes=row.purposes,
        recipients=tuple(row.recipients),
        attributes=tuple(Attribute(**attribute) for attribute in row.attributes),
        options=tuple(row.options),
        accessories=tuple(row.accessories),
    )
