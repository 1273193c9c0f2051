import pytest

from actions.reference import Mention, Unresolved, resolve
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
