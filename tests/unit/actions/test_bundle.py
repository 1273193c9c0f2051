"""What goes with a product, and only where a field says so."""

from typing import Any

import pytest

from actions.bundle import ActionBundle
from actions.finder import Finder
from actions.shelf import Shelf
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer, card, perform, tracker
from tests.unit.actions.finding import PHONE, SHOWN

CASES = [
    card("fit", "9", category="手机壳"),
    card("other", "9", category="手机壳"),
    card("silent", "9", category="手机壳"),
]


def case(sku: str, *models: str) -> Any:
    found = next(one for one in CASES if one.sku == sku)
    return type(found)(**{**found.__dict__, "attributes": {"适用机型": list(models)}})


class Modelled(FakeStorage):
    """A shop that knows that the phone is an iPhone 16."""

    def __init__(self, *cases: Any) -> None:
        super().__init__([card("phone", "5999"), *cases])

        async def products(wanted: list[str]) -> list[Any]:
            return [type("Product", (), {"model": "iPhone 16"})]

        self.work.catalog.products = products  # type: ignore[attr-defined]


def bundle_in(shop: Any, recommender: FakeRecommender) -> ActionBundle:
    return ActionBundle(Finder(shop, recommender), Shelf(shop))


@pytest.mark.parametrize(
    ("models", "response", "shown"),
    [
        ([("iPhone 16", "iPhone 15"), ("iPhone 16 Pro",), ()], "utter_bundle_fits", ["fit"]),
        ([("iPhone 15",), ("iPhone 16 Pro",), ()], "utter_bundle_none_fits", ["silent"]),
        ([(), (), ()], "utter_bundle_unknown", ["fit", "other", "silent"]),
    ],
)
async def test_what_fits_is_said_only_where_a_field_says_so(
    models: list[tuple[str, ...]], response: str, shown: list[str]
) -> None:
    cases = [
        case(one.sku, *names) if names else one for one, names in zip(CASES, models, strict=True)
    ]
    recommender = FakeRecommender(
        answer("fit", "other", "silent", constraints={"category": "手机壳"})
    )
    bundle = bundle_in(Modelled(*cases), recommender)
    slots = {"frame": PHONE, "shown": [["phone"]], "focus": "phone"}
    out = await perform(bundle, tracker("再配个手机壳", slots, constraints={"category": "手机壳"}))
    assert out.responses == [response]
    assert [item["sku"] for item in out.typed["data"]["items"]] == shown


async def test_what_fits_only_others_is_not_shown() -> None:
    cases = [case(one.sku, "iPhone 16 Pro") for one in CASES]
    found = answer("fit", "other", constraints={"category": "手机壳"})
    bundle = bundle_in(Modelled(*cases), FakeRecommender(found))
    slots = {"frame": PHONE, "shown": [["phone"]], "focus": "phone"}
    out = await perform(bundle, tracker("再配个手机壳", slots, constraints={"category": "手机壳"}))
    assert out.responses == ["utter_bundle_nothing"] and out.slots == {"frame": PHONE}


async def test_a_category_without_accessories_is_not_given_any() -> None:
    bundle = bundle_in(FakeStorage(), FakeRecommender(answer("a")))
    out = await perform(bundle, tracker("有什么配件", SHOWN))
    assert out.responses == ["utter_no_accessories"] and out.messages[0]["category"] == "手机"


async def test_accessories_for_nothing_ask_for_what() -> None:
    bundle = bundle_in(FakeStorage(), FakeRecommender(answer("a")))
    out = await perform(bundle, tracker("有什么配件"))
    assert out.responses == ["utter_bundle_for_what"]
