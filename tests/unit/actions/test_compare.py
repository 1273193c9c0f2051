import json
from dataclasses import replace
from decimal import Decimal

import jsonschema
import pytest

from actions.compare import ActionCompare
from actions.comparison import Directions, advise, leaders, rows
from actions.finder import Finder
from actions.shelf import Shelf
from shop.domain.catalog import Attribute, Category
from tests.unit.actions.fakes import (
    ROOT,
    FakeRecommender,
    FakeStorage,
    answer,
    card,
    perform,
    tracker,
)

BIG = replace(card("big", "2999.00"), attributes={"电池容量": 6000, "重量": 220, "5G": True})
LIGHT = replace(card("light", "1999.50"), attributes={"电池容量": 4000, "重量": 180, "5G": True})
QUIET = replace(card("quiet", "999.00"), attributes={"重量": 200})
MORE = tuple(card(f"m{n}", f"{5000 + n}.00") for n in range(3))
DIRECTIONS = Directions({"电池容量": "higher", "重量": "lower", "价格": "lower", "5G": "higher"})
PHONE = Category("手机", "数码", attributes=(Attribute("重量", "number", "g"), Attribute("电池容量", "number", "mAh")))  # fmt: skip
SHOWN = {"frame": {"category": "手机"}, "shown": [["big", "light", "quiet"]], "focus": None}
WORDS = {"续航": ["续航", "电池容量"], "轻": ["重量"]}


class Understanding(FakeRecommender):
    async def understand(self, text):
        return {"asked": WORDS.get(text, [])}


def action():
    storage = FakeStorage((BIG, LIGHT, QUIET, *MORE))
    recommender = Understanding(answer("big"))
    return ActionCompare(Finder(storage, recommender), Shelf(storage), recommender, DIRECTIONS)


def pointed(**changes):
    base = {"batch": 0, "several": None, "described": {}, "category": None, "extremes": []}
    return {**base, **changes}


async def compared(slots=None, **reading):
    reading.setdefault("reference", pointed())
    return await perform(action(), tracker("比一下", {**SHOWN, **(slots or {})}, **reading))


def schema(name):
    return json.loads((ROOT / "web/schemas" / name).read_text("utf-8"))


def test_rows_stand_in_the_order_of_the_category():
    found = rows((BIG, LIGHT), PHONE)
    assert [(row.name, row.unit) for row in found][:3] == [
        ("价格", "元"),
        ("重量", "g"),
        ("电池容量", "mAh"),
    ]
    assert found[0].values == (2999, 1999.5) and found[0].differs
    assert not next(row for row in found if row.name == "5G").differs


def test_what_is_not_known_is_null_and_no_difference():
    battery = next(row for row in rows((BIG, QUIET), PHONE) if row.name == "电池容量")
    assert battery.values == (6000, None) and not battery.differs


def test_nobody_leads_where_a_value_is_missing_or_has_no_direction():
    assert leaders((BIG, QUIET), "电池容量", DIRECTIONS) is None
    assert leaders((BIG, LIGHT), "颜色", DIRECTIONS) is None
    assert leaders((BIG, LIGHT), "重量", DIRECTIONS) == [LIGHT]


def test_two_wishes_that_part_give_no_advice():
    assert advise((BIG, LIGHT), {}, [("重量",), ("电池容量",)], DIRECTIONS, {}) is None
    assert advise((BIG, LIGHT), {}, [("重量",), ("价格",)], DIRECTIONS, {}).card is LIGHT


def test_a_budget_decides_where_one_is_within():
    advice = advise((BIG, LIGHT), {"price_max": 2000}, [], DIRECTIONS, {"价格": "元"})
    assert advice.card is LIGHT and advice.to_json()["because"] == ["价格 1999.5 元"]


async def test_the_first_two_side_by_side():
    out = await compared(ordinals=[1, 2])
    assert out.responses == ["utter_compare_ask"]
    assert out.messages[0]["buttons"][0]["payload"] == "哪个价格更好"
    data = out.typed["data"]
    assert [item["sku"] for item in data["items"]] == ["big", "light"] and data["advice"] is None
    assert out.slots["pending"]["skus"] == ["big", "light"]


async def test_the_message_keeps_its_schema():
    out = await compared(ordinals=[1, 2], asked=["电池容量"])
    comparison = schema("comparison.json")
    comparison["properties"]["items"]["items"] = schema("card.json")
    jsonschema.validate(out.typed["data"], comparison)


async def test_one_attribute_is_one_row_and_its_best_is_advised():
    out = await compared(ordinals=[1, 2], asked=["续航", "电池容量"])
    assert [row["name"] for row in out.typed["data"]["rows"]] == ["电池容量"]
    assert out.typed["data"]["advice"]["sku"] == "big"
    assert out.responses == ["utter_compare_advice"] and out.slots["focus"] == "big"


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (["5G"], "utter_compare_same"),
        (["香味"], "utter_compare_unknown"),
        (["电池容量", "重量"], "utter_compare_advice"),
    ],
)
async def test_what_is_said_of_one_attribute(asked, response):
    out = await compared(ordinals=[1, 2], asked=asked)
    assert out.responses == [response]


async def test_a_gap_in_the_catalogue_is_no_defeat():
    out = await compared(ordinals=[1, 3], asked=["电池容量"])
    assert out.responses == ["utter_compare_shown"]
    assert out.typed["data"]["rows"][0]["values"] == [6000, None]


async def test_what_was_said_before_matters():
    frame = {"category": "手机", "need": "续航 好"}
    out = await compared({"frame": frame}, ordinals=[1, 2])
    assert out.typed["data"]["advice"] == {"sku": "big", "because": ["电池容量 6000"]}


async def test_what_was_spoken_of_is_compared_with_what_is_pointed_at():
    out = await compared({"focus": "quiet"}, ordinals=[1])
    assert [item["sku"] for item in out.typed["data"]["items"]] == ["quiet", "big"]


async def test_those_two_are_the_ones_compared_until_another_list_is_shown():
    pending = {"action": "action_compare", "skus": ["big", "quiet"], "beside": SHOWN["shown"][-1]}
    out = await compared({"pending": pending}, reference=pointed(several=2))
    assert [item["sku"] for item in out.typed["data"]["items"]] == ["big", "quiet"]
    stale = {**pending, "beside": ["other"]}
    out = await compared({"pending": stale}, reference=pointed(several=2))
    assert out.responses == ["utter_compare_which"]


async def test_which_is_cheapest_asks_of_all():
    out = await compared(sort="price_asc")
    assert out.typed["data"]["advice"]["sku"] == "quiet"


async def test_a_table_holds_four_the_best_ones():
    shown = [["big", "light", "quiet", "m0", "m1", "m2"]]
    out = await compared({"shown": shown}, relative="cheaper")
    assert [i["sku"] for i in out.typed["data"]["items"]] == ["quiet", "light", "big", "m0"]
    assert (await compared({"shown": shown})).responses == ["utter_compare_which"]


async def test_one_product_alone_is_not_asked_which_of_four():
    out = await compared({"shown": [["big"]]}, ordinals=[1, 3])
    assert out.responses == ["utter_compare_alone"]


async def test_nothing_to_compare():
    assert (await compared({"shown": None}, ordinals=[1])).responses == ["utter_nothing_shown"]
    assert (await compared(ordinals=[1])).responses == ["utter_compare_which"]
    assert (await compared(ordinals=[1, 9])).responses == ["utter_compare_which"]


def test_the_shop_own_table_of_directions_is_read():
    found = Directions.load(ROOT / "data/knowledge")
    assert found.sign("重量") == -1 and found.sign("电池容量") == 1 and found.sign("屏幕尺寸") == 0


def test_prices_stay_decimal_until_the_wire():
    assert isinstance(BIG.price, Decimal)
