"""How much of what is asked for the products found speak of."""

import pytest

from recsys.index.document import CategorySchema
from recsys.search.coverage import coverage

TEXTS = ("婴儿 护臀膏 小样", "家用 焖烧罐 保温")


def category() -> CategorySchema:
    return CategorySchema(
        name="水杯", department="家居", purposes={"办公": "办公用"}, recipients=("爸爸",)
    )


@pytest.mark.parametrize(
    ("need", "share"),
    [
        ("焖烧罐", 1.0),
        ("焖 烧 罐", 1.0),
        ("药箱 婴儿", 0.5),
        ("三轮 摩托车", 0.0),
        ("办公 爸爸", 1.0),
        ("办公 摩托车", 0.0),
        ("小", 1.0),
        ("", 1.0),
    ],
)
def test_a_need_is_covered_by_the_product_that_says_most_of_it(need: str, share: float) -> None:
    assert coverage(need, TEXTS, [category()]) == share


def test_where_nothing_was_found_nothing_is_covered() -> None:
    assert coverage("焖烧罐", (), [category()]) == 0
