"""Search, recommendations, products, the cart and what shoppers do."""

from typing import Any

import pytest

from tests.integration.gateway.fakes import Shopper, validate
from tests.integration.gateway.world import PHONE, Gateway

pytestmark = pytest.mark.asyncio


async def test_search_shows_what_the_shop_knows_now(gateway: Gateway, shopper: Shopper) -> None:
    gateway.sql("UPDATE skus SET price = 88800, stock = 1 WHERE sku = 'phone-b-01'")
    status, found = await shopper.call("GET", "/api/search?q=三千以内的手机&limit=2")
    assert status == 200
    validate("products.json", found)
    first, second = found["items"]
    assert (first["sku"], first["price"], first["stock"]) == ("phone-b-01", 888, 1)
    assert (second["sku"], first["reasons"]) == ("phone-a-01", ["符合预算"])
    assert (found["constraints"], found["total"]) == ({"category": "手机"}, 2)
    asked = gateway.recommender.asked[-1]
    assert (asked["text"], asked["limit"], asked["context"]) == ("三千以内的手机", 2, "search")


async def test_what_left_the_shop_is_not_shown(gateway: Gateway, shopper: Shopper) -> None:
    gateway.recommender.skus = (("gone", "gone-01"), ("phone-a", "phone-a-01"))
    _, found = await shopper.call("GET", "/api/search?q=手机")
    assert [item["sku"] for item in found["items"]] == ["phone-a-01"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/search", 400, "text_empty"),
        ("/api/search?q=%20", 400, "text_empty"),
        (f"/api/search?q={'x' * 1001}", 400, "text_too_long"),
        ("/api/search?q=x&limit=0", 400, "bad_field"),
        ("/api/search?q=x&limit=51", 400, "bad_field"),
        ("/api/search?q=x&limit=-1", 400, "bad_field"),
        ("/api/search?q=x&limit=٣", 400, "bad_field"),
        ("/api/search?q=x&limit=many", 400, "bad_field"),
        ("/api/recommend?context=chat", 400, "bad_field"),
        ("/api/recommend?context=product", 400, "bad_field"),
        ("/api/recommend?context=product&sku=nothing", 404, "unknown_sku"),
        ("/api/recommend?context=cart&sku=", 404, "unknown_sku"),
        ("/api/products/nothing", 404, "unknown_sku"),
        ("/api/products/%00", 404, "unknown_sku"),
        ("/api/products/%ED%A0%80", 404, "unknown_sku"),
        (f"/api/products/{'x' * 141}", 404, "unknown_sku"),
        ("/media/nothing.svg", 404, "unknown_sku"),
        ("/api/nothing", 404, "not_found"),
        ("/widget/../app.py", 404, "not_found"),
        ("/widget/%2e%2e/%2e%2e/app.py", 404, "not_found"),
        ("/widget/..%2f..%2fapp.py", 404, "not_found"),
        ("/widget/%00", 404, "not_found"),
        ("/widget/nothing.js", 404, "not_found"),
    ],
)
async def test_what_cannot_be_shown(shopper: Shopper, path: str, status: int, code: str) -> None:
    answered, problem = await shopper.call("GET", path)
    assert (answered, problem["code"]) == (status, code)


async def test_a_wrong_method(shopper: Shopper) -> None:
    status, problem = await shopper.call("PUT", "/api/chat", {"text": "在吗"})
    assert (status, problem["code"]) == (405, "method_not_allowed")


async def test_a_product_page_recommends_its_like(gateway: Gateway, shopper: Shopper) -> None:
    status, found = await shopper.call("GET", "/api/recommend?context=product&sku=phone-a-02")
    assert status == 200
    validate("products.json", found)
    assert found["items"][0]["sku"] == "phone-b-01"
    asked = gateway.recommender.asked[-1]
    assert (asked["context"], asked["product_id"]) == ("product", "phone-a")
    assert asked["text"] == PHONE.title
    assert asked["constraints"] == {"category": "手机"}


async def test_a_cart_asks_for_no_more_of_the_same(gateway: Gateway, shopper: Shopper) -> None:
    await shopper.call("GET", "/api/recommend?context=cart&sku=phone-a-02")
    asked = gateway.recommender.asked[-1]
    assert (asked["context"], asked["product_id"]) == ("cart", "phone-a")
    assert (asked["text"], asked["constraints"]) == (None, None)


async def test_a_product_comes_with_its_family(shopper: Shopper) -> None:
    status, product = await shopper.call("GET", "/api/products/phone-a-02")
    assert status == 200
    validate("card.json", product)
    assert (product["sku"], product["stock"], product["price"]) == ("phone-a-02", 0, 1999.5)
    assert product["description"] == "单手好握。"
    assert [sku["sku"] for sku in product["skus"]] == ["phone-a-01", "phone-a-02"]


async def test_the_cart_adds_sets_and_removes(shopper: Shopper) -> None:
    assert (await shopper.call("GET", "/api/cart"))[1] == {"items": [], "total": 0}
    await shopper.call("POST", "/api/cart", {"sku": "phone-a-01"})
    _, cart = await shopper.call("POST", "/api/cart", {"sku": "phone-a-01", "quantity": 2})
    assert [(line["item"]["sku"], line["quantity"]) for line in cart["items"]] == [
        ("phone-a-01", 3)
    ]
    assert cart["total"] == 5997
    validate("card.json", cart["items"][0]["item"])
    _, cart = await shopper.call("PUT", "/api/cart", {"sku": "phone-a-01", "quantity": 1})
    assert cart["total"] == 1999
    _, cart = await shopper.call("PUT", "/api/cart", {"sku": "phone-a-01", "quantity": 0})
    assert cart == (await shopper.call("GET", "/api/cart"))[1] == {"items": [], "total": 0}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"sku": "nothing"}, 404, "unknown_sku"),
        ({"sku": "\x00"}, 404, "unknown_sku"),
        ({"sku": "\ud800"}, 404, "unknown_sku"),
        ({}, 400, "bad_field"),
        ({"sku": ["phone-a-01"]}, 400, "bad_field"),
        ({"sku": "phone-a-01", "quantity": "1"}, 400, "bad_field"),
        ({"sku": "phone-a-01", "quantity": 1.5}, 400, "bad_field"),
        ({"sku": "phone-a-01", "quantity": True}, 400, "bad_field"),
        ({"sku": "phone-a-01", "quantity": 0}, 400, "bad_quantity"),
        ({"sku": "phone-a-01", "quantity": -1}, 400, "bad_quantity"),
        ({"sku": "phone-a-01", "quantity": 10**30}, 400, "bad_quantity"),
        ({"sku": "phone-a-01", "quantity": 6}, 409, "out_of_stock"),
        ({"sku": "phone-a-02", "quantity": 1}, 409, "out_of_stock"),
    ],
)
async def test_what_does_not_go_into_the_cart(
    shopper: Shopper, body: object, status: int, code: str
) -> None:
    answered, problem = await shopper.call("POST", "/api/cart", body)
    assert (answered, problem["code"]) == (status, code)
    assert (await shopper.call("GET", "/api/cart"))[1]["items"] == []


async def test_the_shopper_learns_how_many_are_left(shopper: Shopper) -> None:
    _, problem = await shopper.call("POST", "/api/cart", {"sku": "phone-a-01", "quantity": 6})
    assert "5 件" in problem["detail"]


def _event(**changes: Any) -> dict[str, Any]:
    return {"id": "e-1", "kind": "click", "sku": "phone-a-01", **changes}


async def test_an_event_counts_once_and_shapes_the_profile(shopper: Shopper) -> None:
    events = [_event(), _event(id="e-2", kind="rating", stars=5, note="很好")]
    for expected in (2, 0):
        status, answer = await shopper.call("POST", "/api/events", {"events": events})
        assert (status, answer) == (200, {"accepted": expected})
    _, profile = await shopper.call("GET", "/api/profile")
    assert profile["customer_id"] is None
    assert {"kind": "category", "name": "手机", "weight": 1.0} in profile["interests"]


async def test_a_profile_is_its_shopper_s_own(gateway: Gateway, shopper: Shopper) -> None:
    await shopper.call("POST", "/api/events", {"events": [_event()]})
    stranger = await gateway.open()
    assert (await stranger.call("GET", "/api/profile"))[1]["interests"] == []


@pytest.mark.parametrize(
    ("events", "status", "code"),
    [
        (None, 400, "bad_field"),
        ([], 400, "bad_field"),
        ([_event(id=str(n)) for n in range(101)], 400, "bad_field"),
        (["click"], 400, "bad_field"),
        ([_event(id="")], 400, "bad_field"),
        ([_event(id="x" * 65)], 400, "bad_field"),
        ([_event(kind="hover")], 400, "bad_field"),
        ([_event(kind=["click"])], 400, "bad_field"),
        ([_event(sku=3)], 400, "bad_field"),
        ([_event(sku="nothing")], 404, "unknown_sku"),
        ([_event(), _event(id="e-2", sku="nothing")], 404, "unknown_sku"),
        ([_event(note="x" * 201)], 400, "bad_field"),
        ([_event(note={"deep": 1})], 400, "bad_field"),
        ([_event(**{f"n{n}": n for n in range(11)})], 400, "bad_field"),
    ],
)
async def test_events_are_taken_all_or_none(
    gateway: Gateway, shopper: Shopper, events: object, status: int, code: str
) -> None:
    answered, problem = await shopper.call("POST", "/api/events", {"events": events})
    assert (answered, problem["code"]) == (status, code)
    assert gateway.sql("SELECT count(*) FROM events") == [(0,)]
