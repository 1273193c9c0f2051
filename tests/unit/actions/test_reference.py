from dataclasses import replace

import pytest

from actions.reference import Mention, Unresolved, resolve, resolve_all
from tests.unit.actions.fakes import PHONES, TELEVISION


@pytest.mark.parametrize(
    ("mention", "sku"),
    [
        (Mention(ordinals=(2,)), "b"),
        (Mention(ordinals=(-1,)), "c"),
        (Mention(ordinals=(4,)), Unresolved.OUT_OF_RANGE),
        (Mention(sort="price_asc"), "c"),
        (Mention(sort="price_desc"), "a"),
        (Mention(brands=("荣耀",)), "b"),
        (Mention(category="手机"), Unresolved.AMBIGUOUS),
        (Mention(category="洗衣机"), Unresolved.OTHER),
        (Mention(), Unresolved.AMBIGUOUS),
    ],
)
def test_among_three_phones(mention, sku):
    assert resolve(mention, PHONES, None) == sku


def test_it_is_what_was_spoken_of():
    assert resolve(Mention(), PHONES, "b") == "b"


def test_a_position_goes_before_what_was_spoken_of():
    assert resolve(Mention(ordinals=(1,)), PHONES, "b") == "a"


def test_its_category_does_not_lead_away_from_what_was_spoken_of():
    assert resolve(Mention(category="手机"), PHONES, "b") == "b"


def test_the_only_one_needs_no_pointing():
    assert resolve(Mention(), [TELEVISION], None) == "tv"


def test_nothing_shown():
    assert resolve(Mention(ordinals=(1,)), [], None) is Unresolved.NOTHING_SHOWN
    assert resolve(Mention(), [], None) is Unresolved.NOTHING_SHOWN


def test_the_middle_one_and_the_other_one():
    assert resolve(Mention(place="middle"), PHONES, None) == "b"
    assert resolve(Mention(place="middle"), PHONES[:2], None) is Unresolved.AMBIGUOUS
    assert resolve(Mention(place="other"), PHONES[:2], "a") == "b"
    assert resolve(Mention(place="other"), PHONES, "a") is Unresolved.AMBIGUOUS


def test_an_extreme_by_a_field():
    cards = [
        replace(c, attributes={"重量": w}) for c, w in zip(PHONES, (210, 180, 195), strict=True)
    ]
    assert resolve(Mention(extremes=("重量:asc",)), cards, None) == "b"
    assert resolve(Mention(extremes=("净重|重量:desc",)), cards, None) == "a"
    assert resolve(Mention(extremes=("厚度:asc",)), cards, None) is Unresolved.AMBIGUOUS


def test_those_two_are_the_last_two_spoken_of():
    first, second, third = PHONES
    assert resolve_all(Mention(several=2), (PHONES,), None, (), (first, third)) == ("a", "c")
    assert resolve_all(Mention(several=2), (PHONES,), None, (second, third), (first,)) == ("b", "c")
