"""Which SKUs meet a condition."""

import pytest

from recsys.index.columns import Columns
from recsys.index.document import Document
from recsys.query import Attribute, Constraints

CHAIR = Document.from_json(
    {
        "product_id": "chair", "category": "办公椅", "brand": "西昊", "title": "办公椅 久坐护腰",
        "attributes": {"带搁脚": False, "带头枕": True},
        "skus": [
            {"sku": f"chair-{n}", "price": price, "stock": 5, "options": {"版本": version}}
            for n, (version, price) in enumerate((("标准版", "699"), ("带搁脚版", "829"), ("无头枕版", "599")))
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("带搁脚", True, [False, True, False]),
        ("带搁脚", False, [True, False, True]),
        ("带头枕", True, [True, True, True]),
    ],
)
def test_what_a_version_is_called_goes_before_the_field(
    name: str, value: bool, kept: list[bool]
) -> None:
    columns = Columns([CHAIR])
    wanted = Constraints(attributes=(Attribute(name, "=", value),))
    assert columns.sku_mask(wanted, columns.product_mask(wanted)).tolist() == kept
