"""Who answers, by what was read: one case for each turn of phrase, and those that stay where the intent led."""

from dataclasses import replace
from typing import Any

import pytest

from actions.forward import forward
from actions.turn import Reading, Turn

PRICE_ASKED = {"action": "action_quote_price", "asked": [], "constraints": {}, "text": "到手多少"}
WEIGHT_ASKED = {
    "action": "action_answer_attribute",
    "asked": ["重量"],
    "constraints": {},
    "text": "多重",
}
MUCH = {"name": "风量", "op": ">=", "value": 8.0, "unit": ""}
COMPARED = {"action": "action_compare", "skus": ["a", "b"], "beside": ["a", "b", "c"]}
POINTS = {"batch": 0, "several": None, "described": {}, "extremes": [], "place": None}
TURN = Turn(
    "c", "", Reading(), {"category": "手机", "price_max": 3000}, None, (("a", "b", "c"),), None
)


def said(text: str, reading: dict[str, Any], **slots: Any) -> Turn:
    read = Reading(**{"reference": POINTS, **reading})
    return replace(TURN, text=text, reading=read, **slots)


@pytest.mark.parametrize(
    ("name", "turn", "expected"),
    [
        ("action_change_cart", said("再加五百", {"budget": {"times": 1, "more": 500}}), "action_refine"),
        ("action_deny", said("还是两千吧", {"constraints": {"price_max": 2000}}), "action_refine"),
        ("action_change_cart", said("限制去掉", {"lifted": ("price",), "edit": "remove"}), "action_refine"),
        ("action_change_cart", said("再加一件", {"quantity": 1, "edit": "more"}), "action_change_cart"),
        ("action_fallback", said("四件", {"quantity": 4}, question=PRICE_ASKED), "action_quote_price"),
        ("action_fallback", said("四件", {"quantity": 4}), "action_fallback"),
        ("action_refine", said("松下的呢", {"constraints": {"brands": ["松下"]}}, question=WEIGHT_ASKED), "action_answer_attribute"),
        ("action_product_detail", said("那第二个呢", {"ordinals": (2,)}, question=PRICE_ASKED), "action_quote_price"),
        ("action_product_detail", said("那第二个呢", {"ordinals": (2,)}), "action_product_detail"),
        ("action_refine", said("松下的", {"constraints": {"brands": ["松下"]}}, question=WEIGHT_ASKED), "action_refine"),
        ("action_refine", said("便宜的那个", {"reference": {**POINTS, "extremes": ["price_asc"]}}), "action_product_detail"),
        ("action_refine", said("中间那个多重", {"reference": {**POINTS, "place": "middle"}, "asked": ("重量",)}), "action_answer_attribute"),
        ("action_refine", said("便宜点的", {"relative": "cheaper"}), "action_refine"),
        ("action_fallback", said("嗯 第三个", {"ordinals": (3,), "constraints": {"need": "嗯"}}), "action_product_detail"),
        ("action_fallback", said("第三个第四个", {"ordinals": (3, 4)}), "action_fallback"),
        ("action_refine", said("便宜的呢", {"relative": "cheaper"}, pending=COMPARED), "action_compare"),
        ("action_wait", said("我比较在意电池", {"asked": ("电池容量",)}, pending=COMPARED), "action_compare"),
        ("action_refine", said("再加上松下一起比", {"constraints": {"brands": ["松下"]}}, pending=COMPARED), "action_compare"),
        ("action_refine", said("松下的", {"constraints": {"brands": ["松下"]}}, pending=COMPARED), "action_refine"),
        ("action_refine", said("要风量大的", {"constraints": {"attributes": [MUCH]}}, pending=COMPARED), "action_compare"),
        ("action_refine", said("风量9以上", {"constraints": {"attributes": [MUCH]}}, pending=COMPARED), "action_refine"),
        ("action_repair", said("保修哪个久", {"sort": "质保:desc", "asked": ("质保",)}, pending=COMPARED), "action_compare"),
        ("action_advise_size", said("双人的多宽", {"asked": ("宽度",), "asks": True}), "action_answer_attribute"),
        ("action_advise_size", said("我170穿多长的", {"asked": ("裤长",), "asks": True, "body": {"身高": 170.0}}), "action_advise_size"),
        ("action_advise_size", said("我穿多大", {"asked": ("尺码", "屏幕尺寸", "容量"), "asks": True}), "action_advise_size"),
        ("action_refine", said("有没有红色的", {"constraints": {"colours": ["红"]}}, focus="a", question=WEIGHT_ASKED), "action_answer_stock"),
        ("action_quote_price", said("能便宜点吗", {"relative": "cheaper", "asks": True}), "action_refine"),
        ("action_quote_price", said("能便宜点吗", {"relative": "cheaper", "asks": True}, focus="a"), "action_quote_price"),
        ("action_view_cart", said("购物车券后多少", {"offers": True, "asked": ("价格",)}), "action_quote_price"),
        ("action_coupons", said("小米那台券后呢", {"constraints": {"brands": ["小米"]}, "offers": True}), "action_quote_price"),
        ("action_coupons", said("我有哪些券", {}, focus="a"), "action_coupons"),
        ("action_view_cart", said("购物车多少钱", {"asked": ("价格",)}), "action_view_cart"),
        ("action_search_products", said("A1和B2哪个好", {"named": (("p",), ("q",))}), "action_compare"),
        ("action_search_products", said("A1和B2", {"named": (("p",), ("q",))}), "action_search_products"),
        ("action_search_products", said("A1支持快充吗", {"named": (("p",),), "asked": ("快充",), "asks": True}), "action_answer_attribute"),
        ("action_search_products", said("A1有货吗", {"named": (("p",),), "asked": ("库存",), "asks": True}), "action_answer_stock"),
        ("action_search_products", said("松下有没有防水的", {"constraints": {"brands": ["松下"]}, "asked": ("防水",), "asks": True}), "action_search_products"),
        ("action_search_products", said("买手机有优惠吗", {"offers": True, "asks": True}), "action_quote_price"),
        ("action_compare", said("上一批的第二个是哪个", {"ordinals": (2,)}), "action_product_detail"),
        ("action_compare", said("跟第二个比呢", {"ordinals": (2,)}), "action_compare"),
        ("action_more_products", said("别的牌子呢", {"relative": "other_brand"}), "action_refine"),
        ("action_more_products", said("换一批", {}), "action_more_products"),
        ("action_more_products", said("还有更便宜的吗", {"relative": "cheaper", "asks": True}), "action_refine"),
        ("action_refine", said("有米色的吗", {"constraints": {"colours": ["米"]}, "asks": True}, focus="a", question=WEIGHT_ASKED), "action_answer_stock"),
        ("action_refine", said("有米色的吗", {"constraints": {"colours": ["米"]}, "asks": True}), "action_refine"),
        ("action_refine", said("有没有防水的", {"constraints": {"need": "防水"}, "asks": True}, focus="a", question=WEIGHT_ASKED), "action_refine"),
        ("action_price_protection", said("别的店比你便宜", {"relative": "cheaper"}, focus="a"), "action_quote_price"),
        ("action_price_protection", said("别家更便宜能退差价吗", {"relative": "cheaper"}), "action_price_protection"),
        ("action_price_protection", said("刚买别家就便宜", {}), "action_price_protection"),
        ("action_price_protection", said("别家更便宜", {}, desk={"case": {"action": "action_price_protection"}}), "action_price_protection"),
        ("action_refine", said("有几款", {"counts": "products"}), "action_count_products"),
    ],
)  # fmt: skip
def test_who_answers(name: str, turn: Turn, expected: str) -> None:
    assert forward(name, turn)[0] == expected


def test_the_question_is_asked_again_with_its_words() -> None:
    turn = said("松下的呢", {"constraints": {"brands": ["松下"]}}, question=WEIGHT_ASKED)
    _, again = forward("action_refine", turn)
    assert again.reading.asked == ("重量",) and again.reading.constraints["brands"] == ["松下"]
    assert again.text == "多重 松下的呢"
