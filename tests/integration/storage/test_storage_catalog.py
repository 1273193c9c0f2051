"""The catalogue: cards, families, documents, what sells."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shop.domain import Category, Counts, Product
from shop.domain.errors import UnknownSku
from shop.storage import Storage

pytestmark = pytest.mark.asyncio


async def test_cards_keep_the_order_and_leave_out_what_is_missing(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        cards = await unit.catalog.cards(["case-a-01", "gone", "phone-xiaomi-14-02", "case-a-01"])
    assert [card.sku for card in cards] == ["case-a-01", "phone-xiaomi-14-02", "case-a-01"]


async def test_a_card_is_the_contracts_card(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        card = await unit.catalog.card("phone-xiaomi-14-02")
    assert card.price == Decimal("4299.50")
    assert card.to_json() == {
        "sku": "phone-xiaomi-14-02",
        "product_id": "phone-xiaomi-14",
        "title": "小米14 徕卡光学镜头 5G手机",
        "brand": "小米",
        "category": "手机",
        "price": 4299.5,
        "list_price": 4643,
        "stock": 7,
        "image": "/media/phone-xiaomi-14-02.svg",
        "url": "/p/phone-xiaomi-14-02",
        "rating": 4.8,
        "sales": 120_000,
        "attributes": {"屏幕尺寸": 6.36, "5G": True},
        "options": {"颜色": "白色"},
        "reasons": [],
        "sponsored": False,
    }


async def test_an_unknown_sku_is_named(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        with pytest.raises(UnknownSku, match="gone"):
            await unit.catalog.card("gone")
        with pytest.raises(UnknownSku, match="gone"):
            await unit.catalog.product("gone")


async def test_a_family_shows_a_sku_that_is_in_stock(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        family = await unit.catalog.product("phone-xiaomi-14")
        chosen = await unit.catalog.product("phone-xiaomi-14-01")
    assert family.card.sku == "phone-xiaomi-14-02"
    assert chosen.card.sku == "phone-xiaomi-14-01"
    assert [card.options["颜色"] for card in family.skus] == ["黑色", "白色"]
    assert family.to_json()["description"] == "直屏旗舰，单手好握"


async def test_popular_is_by_sales_and_in_stock(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        everywhere = await unit.catalog.popular(5)
        in_department = await unit.catalog.popular(1, "手机数码")
        in_category = await unit.catalog.popular(5, "手机壳")
    assert [card.sku for card in everywhere] == ["phone-xiaomi-14-02", "case-a-01"]
    assert [card.sku for card in in_department] == ["phone-xiaomi-14-02"]
    assert [card.sku for card in in_category] == ["case-a-01"]


async def test_documents_are_whole(stocked: Storage, phone: Product) -> None:
    async with stocked.unit() as unit:
        documents = [document async for document in unit.catalog.documents()]
    assert [d["product_id"] for d in documents] == ["case-a", "phone-xiaomi-14", "shoe-a"]
    assert documents[1] == phone.document()
    assert documents[1]["launched"] == "2023-10-26"
    assert documents[1]["skus"][1] == {
        "sku": "phone-xiaomi-14-02",
        "price": 4299.5,
        "stock": 7,
        "options": {"颜色": "白色"},
    }


async def test_documents_go_beyond_one_page(storage: Storage, phone: Product) -> None:
    many = [
        replace(phone, product_id=f"p{n:04}", skus=(replace(phone.skus[0], sku=f"p{n:04}-01"),))
        for n in range(1101)
    ]
    async with storage.unit() as unit:
        assert await unit.catalog.upsert(many) == 1101
        ids = [document["product_id"] async for document in unit.catalog.documents()]
    assert ids == [product.product_id for product in many]


async def test_upsert_overwrites_and_drops_skus_that_are_gone(
    stocked: Storage, phone: Product
) -> None:
    newer = replace(phone, title="小米14 降价", skus=phone.skus[1:])
    async with stocked.unit() as unit:
        await unit.catalog.upsert([newer])
        assert await unit.catalog.counts() == Counts(0, 3, 3)
        assert await unit.catalog.products(["phone-xiaomi-14"]) == [newer]


async def test_retain_removes_all_others(stocked: Storage) -> None:
    schemas = [Category("手机", "手机数码"), Category("跑步鞋", "鞋靴", aliases=("跑鞋",))]
    async with stocked.unit() as unit:
        await unit.catalog.define(schemas)
        assert await unit.catalog.retain(["shoe-a", "never-there"]) == 2
        assert await unit.catalog.categories() == schemas[1:]
        assert await unit.catalog.counts() == Counts(1, 1, 1)


async def test_define_overwrites_only_when_asked(storage: Storage) -> None:
    known = Category("手机", "手机数码", aliases=("智能手机",), purposes={"拍照": "影像"})
    bare = Category("手机", "数码")
    async with storage.unit() as unit:
        await unit.catalog.define([known])
        await unit.catalog.define([bare], overwrite=False)
        assert await unit.catalog.categories() == [known]
        await unit.catalog.define([bare])
        assert await unit.catalog.categories() == [bare]
