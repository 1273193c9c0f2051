"""What need not be, what was said wrongly before, and what is no number of pieces."""

import pytest

from recsys.query import Attribute, Lexicon, QueryParser

PARSER = QueryParser(
    Lexicon.from_json(
        {
            "categories": {"轮椅": "轮椅"},
            "brands": {},
            "schema": {
                "轮椅": {
                    "conditions": [
                        {"name": "可折叠", "op": "=", "value": True, "unit": "", "words": ["折叠"]},
                        {
                            "name": "可折叠",
                            "op": "=",
                            "value": False,
                            "unit": "",
                            "words": ["不折叠"],
                        },
                        {"name": "季节", "op": "=", "value": "春", "unit": "", "words": ["春天"]},
                        {"name": "季节", "op": "=", "value": "秋", "unit": "", "words": ["秋天"]},
                    ],
                    "measures": [],
                }
            },
        }
    )
)


@pytest.mark.parametrize("said", ["不折叠也可以", "没有折叠都行", "不折叠也没关系 轻就行"])
def test_what_need_not_be_is_no_condition(said: str) -> None:
    query = PARSER.parse(said, "轮椅")
    assert query.lifted == ("attributes:可折叠",) and not query.constraints.attributes


def test_what_is_not_wanted_stays_refused() -> None:
    query = PARSER.parse("不要折叠的", "轮椅")
    assert query.constraints.attributes == (Attribute("可折叠", "=", False),)


@pytest.mark.parametrize("said", ["要秋天的 刚才说春天说错了", "秋天用 之前选的春天是选错了"])
def test_what_was_said_wrongly_before_is_only_talk(said: str) -> None:
    assert PARSER.parse(said, "轮椅").constraints.attributes == (Attribute("季节", "=", "秋"),)


@pytest.mark.parametrize(
    ("said", "relative"),
    [
        ("不能太便宜", "dearer"), ("不要便宜的", "dearer"), ("能不能便宜", "cheaper"),
        ("要便宜的", "cheaper"), ("往回退一步", "undo"), ("再退一步吧", "undo"),
    ],
)  # fmt: skip
def test_directions(said: str, relative: str) -> None:
    assert PARSER.parse(said).relative == relative


def test_the_number_of_a_model_is_no_number_of_pieces() -> None:
    assert PARSER.parse("要17 Pro的").purchase.quantity is None
    assert PARSER.parse("来3 谢谢").purchase.quantity == 3


def test_a_long_compound_may_be_taken_apart() -> None:
    parser = QueryParser(Lexicon.from_json({"categories": {"电动晾衣架": "晾衣架"}}))
    assert parser.parse("想看看电动的晾衣架").constraints.category == "晾衣架"


@pytest.mark.parametrize(
    ("said", "low", "high"), [("我总共800块", None, 800), ("我只有五百", None, 500)]
)
def test_all_the_money_there_is_is_a_ceiling(said: str, low: int | None, high: int) -> None:
    found = PARSER.parse(said).constraints
    assert (found.price_min, found.price_max) == (low, high)


def test_a_number_that_is_put_back_is_a_number_of_pieces() -> None:
    query = PARSER.parse("数量改回2")
    assert (query.purchase.quantity, query.purchase.edit, query.relative) == (2, "set", None)


def test_a_colour_may_be_misspelt() -> None:
    assert PARSER.parse("蓝瑟").constraints.colours == ("蓝",)
