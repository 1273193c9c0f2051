"""A SKU as a shopper sees it."""

from decimal import Decimal

from shop.domain import Product, Sku


def test_an_option_may_name_a_flag_that_the_family_lacks() -> None:
    values = ("标准版", "带灯罩版", "不带灯罩", "gps款")
    skus = tuple(
        Sku(f"s{n}", Decimal("9.00"), Decimal("9.00"), 1, {"版本": value})
        for n, value in enumerate(values)
    )
    fields = {"带灯罩": False, "GPS": False, "护眼": True, "颜色": "白"}
    lamp = Product("l", "台灯", "台灯", "家居", skus=skus, attributes=fields)
    told = [lamp.card(sku).attributes for sku in skus]
    assert told[0] == told[2] == fields
    assert told[1] == {**fields, "带灯罩": True}
    assert told[3] == {**fields, "GPS": True}
