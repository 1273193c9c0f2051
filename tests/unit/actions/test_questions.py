from dataclasses import replace

import pytest

from actions.finder import Finder
from actions.questions import ActionAnswerAttribute, ActionAnswerStock
from actions.shelf import Shelf
from shop.domain.policy import Policy
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer, card, perform, tracker

FIELDS = {"可机洗": True, "重量": 1.5, "含糖": False, "特点": ["IP68防水", "快充"], "材质": "纯棉"}


def shoe(sku, colour, size, stock=2):
    return replace(
        card(sku, "299.00"),
        product_id="p-shoe",
        title="鞋",
        stock=stock,
        attributes=FIELDS,
        options={"颜色": colour, "尺码": size},
    )


SHOES = (shoe("s1", "曜石黑", "41", 0), shoe("s2", "曜石黑", "42"), shoe("s3", "白色", "41", 0), shoe("s4", "白色", "42", 0))  # fmt: skip
BARE = card("bare", "9.00", category="帽子")
WASHABLE = replace(card("w", "9.00"), title="甲", attributes={"可机洗": True})
DRY = replace(card("d", "9.00"), title="乙", attributes={"可机洗": False})
SIZE_42 = {"name": "尺码", "op": "=", "value": 42.0, "unit": "码"}
BASE = {"batch": 0, "several": None, "described": {}, "category": None, "extremes": []}


class Rules:
    async def get(self, topic):
        return Policy(topic, "发货", "24 小时内发出") if topic == "shipping_time" else None


async def ask(kind, text="问", slots=None, **reading):
    storage = FakeStorage((*SHOES, BARE, WASHABLE, DRY))
    storage.work.policies = Rules()
    made = kind(Finder(storage, FakeRecommender(answer("bare"))), Shelf(storage))
    slots = {"frame": {}, "shown": [["s2"]], "focus": "s2", **(slots or {})}
    return await perform(made, tracker(text, slots, **{"reference": BASE, **reading}))


@pytest.mark.parametrize(
    ("reading", "response", "said"),
    [
        ({"asked": ["可机洗"]}, "utter_attribute_yes", {"name": "可机洗", "value": "是"}),
        ({"asked": ["含糖"]}, "utter_attribute_no", {"name": "含糖", "value": "否"}),
        ({"asked": ["净重", "重量"]}, "utter_attribute_value", {"facts": "重量 1.5"}),
        ({"asked": ["防水"]}, "utter_attribute_value", {"facts": "特点 IP68防水"}),
        ({"asked": ["香味"]}, "utter_attribute_unknown", {"name": "香味"}),
        ({"asked": ["价格"]}, "utter_attribute_value", {"facts": "价格 299 元"}),
        ({"asked": ["颜色"]}, "utter_option_partly", {"live": "曜石黑", "sold": "白色"}),
        ({"asked": ["尺码"]}, "utter_option_partly", {"live": "42", "sold": "41"}),
    ],
)
async def test_a_field_is_named_with_its_value(reading, response, said):
    out = await ask(ActionAnswerAttribute, **reading)
    assert out.responses == [response]
    assert {key: out.messages[0][key] for key in said} == said
    assert out.slots == {"focus": "s2"}


PACKS = tuple(
    replace(card(f"k{n}", price), product_id="p-pack", title="床", attributes={"材质": "布"}, options={"规格": size})
    for n, (size, price) in enumerate((("小号1.2米", "9.00"), ("大号2.1米", "19.00"), ("宝宝款", "5.00")))
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "asked", "response", "facts"),
    [
        ("大号", ["长度"], "utter_attribute_value", "规格 大号2.1米"),
        ("大号", ["重量"], "utter_option_in_stock", None),
        ("宝宝款", ["长度"], "utter_option_in_stock", None),
    ],
)
async def test_an_option_may_state_what_no_field_does(wanted, asked, response, facts):
    made = ActionAnswerAttribute(
        Finder(FakeStorage(PACKS), FakeRecommender()), Shelf(FakeStorage(PACKS))
    )
    said = {"attributes": [{"name": "规格", "op": "=", "value": wanted, "unit": ""}]}
    slots = {"frame": {}, "shown": [["k0"]], "focus": "k0"}
    reading = {"asked": asked, "constraints": said, "asks": True, "reference": BASE}
    out = await perform(made, tracker("多长", slots, **reading))
    assert out.responses == [response]
    assert out.messages[0].get("facts") == facts


async def test_a_bound_is_met_by_values_in_other_units():
    bags = tuple(
        replace(card(f"b{n}", "9.00"), product_id="p-bag", title="粮", attributes={}, options={"规格": size})
        for n, size in enumerate(("400克", "2千克", "10千克"))
    )  # fmt: skip
    made = ActionAnswerStock(Finder(FakeStorage(bags), FakeRecommender()), Shelf(FakeStorage(bags)))
    large = {"name": "规格", "op": ">=", "value": 5.0, "unit": "kg"}
    slots = {"frame": {}, "shown": [["b0"]], "focus": "b0"}
    reading = {"constraints": {"attributes": [large]}, "asks": True, "reference": BASE}
    out = await perform(made, tracker("有没有大袋", slots, **reading))
    assert out.responses == ["utter_option_in_stock"] and out.messages[0]["said"] == "10千克"


def wants(*attributes, colours=()):
    return {"constraints": {"attributes": list(attributes), "colours": list(colours)}}


@pytest.mark.parametrize("kind", [ActionAnswerAttribute, ActionAnswerStock])
@pytest.mark.parametrize(
    ("reading", "response"),
    [
        (wants(SIZE_42), "utter_option_in_stock"),
        (wants({**SIZE_42, "value": 41.0}), "utter_option_sold_out"),
        (wants({**SIZE_42, "value": 45.0}), "utter_option_absent"),
        (wants(colours=["黑"]), "utter_option_in_stock"),
        (wants(colours=["白"]), "utter_option_sold_out"),
        (wants(colours=["红"]), "utter_option_absent"),
        (wants(SIZE_42, colours=["白"]), "utter_option_sold_out"),
    ],
)
async def test_options_are_told_from_the_stock(kind, reading, response):
    out = await ask(kind, **reading)
    assert out.responses == [response]


async def test_a_word_is_checked_against_the_fields():
    cotton = {"name": "面料", "op": "=", "value": "纯棉", "unit": ""}
    silk = {"name": "材质", "op": "=", "value": "真丝", "unit": ""}
    assert (await ask(ActionAnswerAttribute, **wants(cotton))).responses == ["utter_attribute_yes"]
    assert (await ask(ActionAnswerAttribute, **wants(silk))).responses == ["utter_attribute_no"]


async def test_what_only_points_is_not_asked():
    pointing = {**BASE, "described": {"colours": ["黑"]}}
    reading = {**wants(colours=["黑"]), "asked": ["可机洗"], "reference": pointing}
    out = await ask(ActionAnswerAttribute, **reading)
    assert out.responses == ["utter_attribute_yes"]


async def test_an_option_value_that_no_lexicon_knows_is_read_as_the_catalogue_has_it():
    out = await ask(ActionAnswerAttribute, "曜石黑有吗")
    assert out.responses == ["utter_option_in_stock"]


async def test_nothing_particular_is_the_whole_product():
    assert (await ask(ActionAnswerAttribute)).responses == ["utter_product_detail"]


@pytest.mark.parametrize(
    ("shown", "asked", "responses"),
    [
        (["w", "d"], "可机洗", ["utter_attribute_which"]),
        (["w", "d", "bare"], "可机洗", ["utter_attribute_which", "utter_attribute_silent"]),
        (["d"] * 2, "可机洗", ["utter_attribute_none"]),
        (["w", "d"], "香味", ["utter_attribute_none_known"]),
        (["w", "s2"], "重量", ["utter_attribute_each", "utter_attribute_silent"]),
    ],
)
async def test_which_of_several(shown, asked, responses):
    slots = {"shown": [shown], "focus": None}
    out = await ask(
        ActionAnswerAttribute, slots=slots, asked=[asked], reference={**BASE, "several": 0}
    )
    assert out.responses == responses


async def test_without_a_product_the_candidates_are_the_choices():
    out = await ask(
        ActionAnswerAttribute, "防水吗", {"shown": [["w", "d"]], "focus": None}, asked=["防水"]
    )
    assert out.responses == ["utter_which_product"]
    assert [b["payload"] for b in out.messages[0]["buttons"]] == ["第1个，防水吗", "第2个，防水吗"]


@pytest.mark.parametrize(
    ("focus", "response"),
    [("s2", "utter_stock_partly"), ("bare", "utter_stock_plain"), ("gone", "utter_product_gone")],
)
async def test_stock_by_option(focus, response):
    out = await ask(ActionAnswerStock, slots={"focus": focus}, asked=["库存"])
    assert out.responses == [response]


async def test_when_it_is_sent_is_a_rule_of_the_shop():
    sent = await ask(ActionAnswerStock, slots={"shown": None, "focus": None}, asked=["发货时间"])
    assert sent.responses == ["utter_policy"] and sent.messages[0]["text"] == "24 小时内发出"
    unknown = await ask(ActionAnswerStock, asked=["送达时间"])
    assert unknown.responses == ["utter_policy_unknown"]
