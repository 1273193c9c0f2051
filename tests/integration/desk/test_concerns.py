"""Claims, price protection, invoices, repairs, complaints, reviews, requests, coupons, marks, insults, erasing: as they are talked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shop.domain import Draft, Sender
from shop.domain.clock import now
from shop.domain.service import PerDepartment
from shop.storage import Storage, service_schema
from shop.storage.schema import conversations, coupon_claims, customers, handoffs, messages
from tests.integration.desk.conftest import Arrive
from tests.integration.desk.counter import RULES, Counter
from tests.integration.shop.conftest import Down

FALLBACK, YES, NO = "fallback", "affirm", "deny"
DEFECT, PRICE, INVOICE, REPAIR = "damaged_goods", "price_protection", "invoice", "repair"
TAX_NO = "91330106MA2DEM00XY"
# Delivered 19 hours ago, of demo-01; its price has dropped, of demo-03; a phone under warranty, of demo-06.
FRESH, DROPPED, COVERED, EXPIRED = "DG100063", "DG100057", "DG100016", "DG100060"


async def rows(storage: Storage, table: Any, **where: Any) -> list[Mapping[str, Any]]:
    async with storage.unit() as unit:
        conditions = [table.c[name] == value for name, value in where.items()]
        found = await unit._connection.execute(select(table).where(*conditions))
        return [row._mapping for row in found]


async def photo(counter: Counter) -> str:
    """The page sends one."""
    async with counter.storage.unit() as unit:
        sent = await unit.photos.add(counter.conversation_id, "image/png", 9, "0" * 64)
        await unit.commit()
    return sent.photo_id


async def defects(counter: Counter) -> list[Mapping[str, Any]]:
    return await rows(counter.storage, service_schema.tickets, order_no=FRESH, kind="defect")


# 破损、少件、发错


async def test_a_claim_is_made_with_a_photo_and_confirmed(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.talk((DEFECT, f"{FRESH}收到是坏的"), (FALLBACK, "第一件"))
    while said.responses[-1] != "utter_damaged_goods_ask_remedy":
        said = await counter.say(FALLBACK, "1件")
    said = await counter.say(FALLBACK, "退款")
    assert said.responses == ["utter_damaged_goods_ask_photos"]
    sent = await photo(counter)
    said = await counter.say(FALLBACK, "[发来图片]")
    assert said.responses == ["utter_damaged_goods_confirm_refund"]
    assert not await defects(counter)
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_damaged_goods_done"]
    (ticket,) = await defects(counter)
    assert (ticket["details"]["photos"], ticket["details"]["remedy"]) == ([sent], "退款")
    assert said.typed[-1]["type"] == "ticket"


async def _at_photos(counter: Counter) -> None:
    said = await counter.talk((DEFECT, f"{FRESH}收到是坏的，补发"), (FALLBACK, "第一件"))
    if said.responses[-1] == "utter_desk_ask_quantity":
        said = await counter.say(FALLBACK, "1件")
    assert said.responses[-1] == "utter_damaged_goods_ask_photos"


async def test_without_a_photo_a_person_takes_over(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await _at_photos(counter)
    said = await counter.say(NO, "没有照片")
    assert said.responses[0] == "utter_damaged_goods_no_photos"
    assert said.typed[-1]["type"] == "handoff" and counter.case is None
    (call,) = await rows(counter.storage, handoffs, conversation_id=counter.conversation_id)
    assert call["reason"] == "no_photos" and not await defects(counter)


async def test_anothers_photo_is_not_taken(arrive: Arrive) -> None:
    other = await arrive("demo-02")
    await photo(other)
    counter = await arrive("demo-01")
    await _at_photos(counter)
    said = await counter.say(FALLBACK, "[发来图片]")
    assert said.responses[-1] == "utter_damaged_goods_ask_photos" and not await defects(counter)


async def test_a_photo_that_nobody_waits_for_is_asked_about(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await photo(counter)
    said = await counter.say("receive_photo", "[发来图片]")
    assert said.responses == ["utter_receive_photo"]


async def test_a_photo_that_has_not_come_is_asked_for(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    assert (await counter.say("receive_photo", "照片发你了")).responses == ["utter_no_photo"]
    await _at_photos(counter)
    said = await counter.say("receive_photo", "照片发你了")
    assert said.responses[0] == "utter_no_photo"
    assert said.responses[-1] == "utter_damaged_goods_ask_photos" and not await defects(counter)


async def test_a_photo_serves_one_claim(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await _at_photos(counter)
    await photo(counter)
    await counter.talk((FALLBACK, "[发来图片]"), (YES, "确认"))
    requester = await counter.desk.requester(counter.conversation_id)
    assert await counter.desk.photos(requester) == []


async def test_a_claim_after_its_time_is_refused(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await photo(counter)
    counter.clock.moment = now() + timedelta(days=3)
    said = await counter.talk((DEFECT, f"{FRESH}收到是坏的，补发"), (FALLBACK, "第一件"))
    if said.responses[-1] == "utter_desk_ask_quantity":
        said = await counter.say(FALLBACK, "1件")
    assert said.responses == ["utter_desk_window_closed"] and not await defects(counter)


@pytest.mark.parametrize("action", [DEFECT, PRICE, INVOICE, REPAIR])
async def test_anothers_order_is_as_if_it_did_not_exist(arrive: Arrive, action: str) -> None:
    counter = await arrive("demo-02")
    theirs = await counter.say(action, f"我的订单{FRESH}")
    counter.slots.clear()
    none = await counter.say(action, "我的订单DG999999")
    assert "utter_desk_unknown_order" in theirs.responses
    assert theirs.responses == none.responses
    told = [one.text.splitlines()[0] for one in (theirs, none)]
    assert told[0].replace(FRESH, "") == told[1].replace("DG999999", "")


# 价保


async def test_the_difference_comes_back_once(arrive: Arrive) -> None:
    counter = await arrive("demo-03")
    said = await counter.say(PRICE, f"{DROPPED}降价了")
    if said.responses == ["utter_desk_which_line"]:
        said = await counter.say(FALLBACK, "第一件")
    assert said.responses == ["utter_price_protection_confirm"] and "200" in said.text
    assert not await rows(counter.storage, service_schema.refunds, order_no=DROPPED)
    said = await counter.say(YES, "好的")
    assert said.responses == ["utter_price_protection_done"]
    (refund,) = await rows(counter.storage, service_schema.refunds, order_no=DROPPED)
    assert refund["amount"] == 200
    said = await counter.say(PRICE, f"{DROPPED}再退一次差价")
    assert said.responses[-1] == "utter_desk_already_asked"
    assert len(await rows(counter.storage, service_schema.refunds, order_no=DROPPED)) == 1


async def test_no_drop_no_difference(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(PRICE, f"{FRESH}刚买就降价了")
    if said.responses == ["utter_desk_which_line"]:
        said = await counter.say(FALLBACK, "第一件")
    assert said.responses == ["utter_desk_no_price_drop"] and counter.case is None


async def test_a_declined_difference_leaves_nothing(arrive: Arrive) -> None:
    counter = await arrive("demo-03")
    await counter.talk((PRICE, f"{DROPPED}降价了"), (NO, "算了"))
    assert counter.case is None
    assert not await rows(counter.storage, service_schema.refunds, order_no=DROPPED)


async def test_a_question_about_terms_is_no_request(arrive: Arrive) -> None:
    counter = await arrive("demo-03")
    counter.topic = "price_protection"
    said = await counter.say(PRICE, "价保期多长")
    assert said.responses == ["utter_policy_answer"] and said.choices[0] == "申请价保"
    assert counter.case is None


@pytest.mark.parametrize("action", ["return_goods", "refund_progress", PRICE, "track_parcel"])
async def test_a_term_that_is_chosen_is_told_whatever_it_sounds_like(
    arrive: Arrive, action: str
) -> None:
    counter = await arrive("demo-03")
    counter.topic = "refund_channel"
    said = await counter.say(action, "想了解：退款退到哪里")
    assert said.responses == ["utter_policy_answer"] and counter.case is None


async def test_a_back_end_that_is_down_keeps_the_request(arrive: Arrive) -> None:
    counter = await arrive("demo-03")
    up = counter.office
    said = await counter.say(PRICE, f"{DROPPED}降价了")
    counter.office = Down.of(up)
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_desk_queued"]
    counter.office = up
    counter.clock.moment = now() + timedelta(minutes=5)
    (delivery,) = await counter.desk.deliver()
    assert delivery.receipt is not None
    assert len(await rows(counter.storage, service_schema.refunds, order_no=DROPPED)) == 1


# 发票


async def invoices(counter: Counter, order_no: str) -> list[Mapping[str, Any]]:
    return await rows(counter.storage, service_schema.invoices, order_no=order_no)


async def test_a_personal_invoice(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    # What is offered is an answer, whatever it sounds like.
    said = await counter.talk((INVOICE, f"{FRESH}开发票"), ("handoff", "个人"))
    assert said.responses == ["utter_invoice_ask_title_person"]
    said = await counter.say(FALLBACK, "陈小满")
    assert said.responses == ["utter_invoice_confirm_new"] and not await invoices(counter, FRESH)
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_invoice_done"]
    (invoice,) = await invoices(counter, FRESH)
    assert (invoice["kind"], invoice["title"], invoice["tax_no"]) == ("个人", "陈小满", None)


async def test_a_companys_invoice_in_one_sentence(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    text = f"{FRESH}开企业发票，抬头是演示商贸有限公司，税号{TAX_NO}"
    said = await counter.say(INVOICE, text)
    assert said.responses == ["utter_invoice_confirm_new_company"] and TAX_NO in said.text
    await counter.say(YES, "好的")
    (invoice,) = await invoices(counter, FRESH)
    assert (invoice["title"], invoice["tax_no"]) == ("演示商贸有限公司", TAX_NO)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("91330106MA2DEM00X", "length"),
        ("91330106MA2DEMOOXY", "letters"),
        ("9133A106MA2DEM00XY", "form"),
        ("91330106MA2DEM00XX", "check"),
    ],
)
async def test_a_wrong_tax_number_is_told_why_and_asked_again(
    arrive: Arrive, number: str, why: str
) -> None:
    counter = await arrive("demo-01")
    await counter.talk((INVOICE, f"{FRESH}开发票，开公司的"), (FALLBACK, "演示商贸有限公司"))
    said = await counter.say(FALLBACK, number)
    assert said.responses == [f"utter_invoice_tax_{why}", "utter_invoice_ask_tax_no"]
    said = await counter.say(FALLBACK, TAX_NO.lower())
    assert said.responses == ["utter_invoice_confirm_new_company"]
    assert not await invoices(counter, FRESH)


async def test_an_invoice_is_replaced(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(INVOICE, "DG100003开发票")
    assert said.responses == ["utter_invoice_exists"] and "陈小满" in said.text
    await counter.talk((FALLBACK, "重开"), (FALLBACK, "公司"), (FALLBACK, "演示商贸有限公司"))
    said = await counter.say(FALLBACK, TAX_NO)
    assert said.responses == ["utter_invoice_confirm_again_company"]
    await counter.say(YES, "确认")
    states = {one["title"]: one["state"] for one in await invoices(counter, "DG100003")}
    assert states == {"陈小满": "已作废", "演示商贸有限公司": "开具中"}


async def test_the_title_is_corrected_before_it_is_confirmed(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await counter.talk((INVOICE, f"{FRESH}开发票"), (FALLBACK, "个人"), (FALLBACK, "陈小蛮"))
    said = await counter.say(FALLBACK, "说错了，抬头是陈小满")
    assert said.responses == ["utter_invoice_confirm_new"] and "「陈小满」" in said.text
    await counter.say(YES, "确认")
    (invoice,) = await invoices(counter, FRESH)
    assert invoice["title"] == "陈小满"


async def test_a_guest_shows_that_the_order_is_theirs(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.talk((INVOICE, "我要开发票"), (FALLBACK, FRESH))
    assert said.responses == ["utter_desk_ask_tail"]
    said = await counter.say(FALLBACK, "9999")
    assert "utter_desk_not_verified" in said.responses
    said = await counter.talk((FALLBACK, FRESH), (FALLBACK, "0001"))
    assert said.responses == ["utter_invoice_ask_kind"]


# 维修


async def repairs(counter: Counter) -> list[Mapping[str, Any]]:
    return await rows(
        counter.storage, service_schema.tickets, kind="repair",
        conversation_id=counter.conversation_id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("order_no", "told", "asked"),
    [
        (COVERED, "utter_repair_covered", "utter_repair_confirm_free"),
        (EXPIRED, "utter_repair_expired", "utter_repair_confirm_paid"),
    ],
)
async def test_the_warranty_is_told_first(
    arrive: Arrive, order_no: str, told: str, asked: str
) -> None:
    counter = await arrive("demo-06")
    said = await counter.say(REPAIR, f"{order_no}坏了要修")
    if said.responses == ["utter_desk_which_line"]:
        said = await counter.say(FALLBACK, "第一件")
    assert said.responses == [told]
    said = await counter.say(FALLBACK, "充不进电，屏幕也花了")
    assert said.responses == [asked] and not await repairs(counter)
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_repair_done"]
    (ticket,) = await repairs(counter)
    assert ticket["details"]["fault"] == "充不进电，屏幕也花了"


async def test_a_warranty_that_is_not_known_is_not_guessed(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.talk((REPAIR, "DG100003能保修"), (FALLBACK, "第一件"))
    assert said.responses == ["utter_repair_unknown"] and counter.case is None


async def test_goods_without_a_warranty_are_mended_at_cost(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = PerDepartment(None, {"家居家纺": 0})
    monkeypatch.setattr(
        "tests.integration.desk.counter.RULES", replace(RULES, warranty_months=none)
    )
    counter = await arrive("demo-01")
    said = await counter.say(REPAIR, f"{FRESH}坏了要修")
    assert said.responses == ["utter_repair_without"] and not await repairs(counter)
    said = await counter.say(FALLBACK, "盖子拧不紧")
    assert said.responses == ["utter_repair_confirm_paid"]
    await counter.say(YES, "确认")
    (ticket,) = await repairs(counter)
    assert ticket["details"]["covered"] is False


async def test_whoever_asked_for_the_warranty_alone_leaves(arrive: Arrive) -> None:
    counter = await arrive("demo-06")
    await counter.talk((REPAIR, f"{COVERED}还在保吗"), (NO, "算了"))
    assert counter.case is None and not await repairs(counter)


# 投诉


async def complaints(counter: Counter) -> list[Mapping[str, Any]]:
    return await rows(counter.storage, service_schema.tickets, kind="complaint")


async def test_a_complaint_is_heard_confirmed_and_kept(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.say("complaint", "我要投诉")
    assert said.responses == ["utter_complaint_ask"] and "转人工" in said.choices
    said = await counter.say("complain_bot", "客服态度很差，三天没人回")
    assert said.responses == ["utter_complaint_confirm"] and not await complaints(counter)
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_complaint_done"]
    (ticket,) = await complaints(counter)
    assert ticket["details"]["text"] == "客服态度很差，三天没人回"


async def test_what_is_said_at_once_is_not_asked_again(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say("complaint", f"投诉快递员乱放件，订单{FRESH}")
    assert said.responses == ["utter_complaint_confirm"]
    await counter.say(YES, "确认")
    (ticket,) = await complaints(counter)
    assert ticket["order_no"] == FRESH


async def test_a_complaint_cannot_name_anothers_order(arrive: Arrive) -> None:
    counter = await arrive("demo-02")
    await counter.talk(("complaint", f"投诉快递员乱放件，订单{FRESH}"), (YES, "确认"))
    (ticket,) = await complaints(counter)
    assert ticket["order_no"] is None


async def test_a_complaint_that_is_left_is_none(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await counter.talk(("complaint", "我要投诉"), (NO, "算了"))
    assert not await complaints(counter) and counter.case is None


# 评价商品


async def reviews(counter: Counter) -> list[Mapping[str, Any]]:
    return await rows(counter.storage, service_schema.reviews)


async def test_goods_are_reviewed_with_words(arrive: Arrive) -> None:
    counter = await arrive("demo-05")
    before = len(await reviews(counter))
    said = await counter.say("rate_service", "评价商品 DG100014")
    assert said.responses == ["utter_review_goods_ask_stars"]
    said = await counter.say(FALLBACK, "5")
    assert said.responses == ["utter_review_goods_ask_text"]
    said = await counter.say(FALLBACK, "很香，回购了")
    assert said.responses == ["utter_review_goods_confirm"]
    await counter.say(YES, "确认")
    found = await reviews(counter)
    assert len(found) == before + 1
    assert {(one["stars"], one["text"]) for one in found} >= {(5, "很香，回购了")}


async def test_words_may_be_skipped_and_stars_stay_within_bounds(arrive: Arrive) -> None:
    counter = await arrive("demo-05")
    await counter.say("rate_service", "评价商品 DG100014")
    said = await counter.say(FALLBACK, "10分")
    assert "utter_rate_range" in said.responses
    said = await counter.talk((FALLBACK, "三星"), (FALLBACK, "跳过"))
    assert said.responses == ["utter_review_goods_confirm_stars"]


async def test_a_guest_reviews_nothing(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.say("rate_service", "我要评价商品")
    assert said.responses == ["utter_desk_sign_in_required"] and counter.case is None


async def test_goods_are_reviewed_once(arrive: Arrive) -> None:
    counter = await arrive("demo-05")
    review = ("rate_service", "评价商品 DG100014 五星"), (FALLBACK, "跳过")
    await counter.talk(*review, (YES, "确认"))
    said = await counter.say(*review[0])
    assert said.responses == ["utter_desk_already_reviewed"] and counter.case is None
    assert len([one for one in await reviews(counter) if one["order_no"] == "DG100014"]) == 1


# 售后单


async def test_requests_are_listed_and_one_is_taken_back(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await counter.talk(("complaint", "投诉快递员乱放件"), (YES, "确认"))
    said = await counter.say("view_tickets", "我的售后单")
    assert said.responses == ["utter_view_tickets"]
    assert "complaint" in [one["data"]["kind"] for one in said.typed]
    said = await counter.say("withdraw_ticket", "撤销投诉")
    assert said.responses == ["utter_withdraw_ticket_confirm"]
    (ticket,) = await complaints(counter)
    assert ticket["status"] == "待处理"
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_withdraw_ticket_done"]
    (ticket,) = await complaints(counter)
    assert ticket["status"] == "已撤销"


async def test_anothers_request_is_as_if_it_did_not_exist(arrive: Arrive) -> None:
    owner = await arrive("demo-01")
    await owner.talk(("complaint", "投诉快递员乱放件"), (YES, "确认"))
    (ticket,) = await complaints(owner)
    counter = await arrive("demo-02")
    for action in ("view_tickets", "withdraw_ticket"):
        said = await counter.say(action, f"撤销{ticket['ticket_no']}")
        none = await counter.say(action, "撤销T000000000000")
        dashed = await counter.say(action, "撤销T-DG100010-1")
        told = (said.responses, none.responses, dashed.responses)
        assert told == (["utter_desk_unknown_ticket"],) * 3
    (ticket,) = await complaints(owner)
    assert ticket["status"] == "待处理"


async def test_nothing_to_list_and_nothing_to_take_back(arrive: Arrive) -> None:
    counter = await arrive(None)
    assert (await counter.say("view_tickets", "我的售后单")).responses == [
        "utter_view_tickets_none"
    ]
    said = await counter.say("withdraw_ticket", "撤销申请")
    assert said.responses == ["utter_withdraw_ticket_none"]


# 优惠券


async def claims(counter: Counter, customer: str) -> set[str]:
    found = await rows(counter.storage, coupon_claims, customer_id=customer)
    return {one["coupon_id"] for one in found}


async def test_coupons_are_listed_and_one_is_claimed(arrive: Arrive) -> None:
    counter = await arrive("demo-04")
    held = await claims(counter, "demo-04")
    said = await counter.say("coupons", "我有哪些券")
    (card,) = said.typed
    assert card["type"] == "coupon"
    open_ = [one for one in card["data"]["items"] if not one["claimed"]]
    said = await counter.say("coupons", f"领取优惠券：{open_[0]['title']}")
    assert said.responses == ["utter_claim_coupon_confirm"]
    assert await claims(counter, "demo-04") == held
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_claim_coupon_done"]
    assert await claims(counter, "demo-04") == held | {open_[0]["coupon_id"]}
    said = await counter.say("coupons", f"领取优惠券：{open_[0]['title']}")
    assert said.responses == ["utter_claim_coupon_held"]


async def test_a_coupon_is_chosen_by_amount_or_place(arrive: Arrive) -> None:
    counter = await arrive("demo-04")
    said = await counter.say("coupons", "领一张券")
    assert said.responses == ["utter_claim_coupon_which"]
    said = await counter.say(FALLBACK, "第二张")
    assert said.responses == ["utter_claim_coupon_confirm"]
    await counter.say(NO, "算了")
    said = await counter.say("coupons", "领满599减60的券")
    assert said.responses == ["utter_claim_coupon_confirm"] and "599" in said.text


async def test_a_guest_sees_coupons_and_has_to_sign_in_to_claim(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.say("coupons", "有优惠券吗")
    assert said.responses == ["utter_coupons_guest"]
    assert {one["claimed"] for one in said.typed[0]["data"]["items"]} == {None}
    said = await counter.say("coupons", "领一张")
    assert said.responses == ["utter_claim_coupon_sign_in_required"] and counter.case is None


async def test_why_a_coupon_does_not_help_is_computed_from_the_cart(arrive: Arrive) -> None:
    counter = await arrive("demo-02")
    async with counter.storage.unit() as unit:
        await unit.carts.add(counter.conversation_id, "socks-nike-everyday-01", 1)
        await unit.commit()
    said = await counter.say("coupons", "券怎么用不了")
    assert said.responses == ["utter_coupons_why"]
    (card,) = said.typed
    assert card["type"] == "price" and all(one["why"] for one in card["data"]["unused"])


async def test_coupons_while_the_back_end_is_down(arrive: Arrive) -> None:
    counter = await arrive("demo-02")
    counter.office = Down.of(counter.office)
    said = await counter.say("coupons", "我有哪些券")
    assert said.responses == ["utter_account_unreachable"]


# 会员


async def test_level_and_points(arrive: Arrive) -> None:
    counter = await arrive("demo-03")
    said = await counter.say("membership", "我有多少积分")
    assert said.responses == ["utter_membership"] and "5230" in said.text and "金卡" in said.text


async def test_what_points_are_good_for_is_told_by_the_terms(arrive: Arrive) -> None:
    counter = await arrive(None)
    counter.topic = "points_use"
    said = await counter.say("membership", "积分怎么用")
    assert said.responses == ["utter_policy_answer"] and "100 分抵 1 元" in said.text


async def test_a_guest_has_to_sign_in_for_points(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.say("membership", "查积分")
    assert said.responses == ["utter_membership_sign_in"]


async def test_points_while_the_back_end_is_down(arrive: Arrive) -> None:
    counter = await arrive("demo-03")
    counter.office = Down.of(counter.office)
    said = await counter.say("membership", "查积分")
    assert said.responses == ["utter_account_unreachable"]


# 满意度


async def marks(counter: Counter) -> list[Any]:
    found = await rows(counter.storage, service_schema.satisfaction)
    return [one["score"] for one in found if one["conversation_id"] == counter.conversation_id]


@pytest.mark.parametrize(("text", "score"), [("五星", 5), ("给3分", 3), ("给客服打满分", 5)])
async def test_a_mark_is_taken_at_once_and_only_once(arrive: Arrive, text: str, score: int) -> None:
    counter = await arrive(None)
    said = await counter.say("rate_service", text)
    assert said.typed[-1] == {"type": "rating", "data": {"score": score, "scale": 5}}
    said = await counter.say("rate_service", "给1分")
    assert said.responses == ["utter_rate_before"]
    assert await marks(counter) == [score]


async def test_a_mark_is_asked_for_and_given_by_a_bare_number(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.say("rate_service", "给客服服务打分")
    assert said.responses == ["utter_rate_ask"] and len(said.choices) == 6
    said = await counter.say("refine", "10")
    assert said.responses == ["utter_rate_range"] and await marks(counter) == []
    said = await counter.say("refine", "2")
    assert said.responses == ["utter_rate_sorry"] and await marks(counter) == [2]


async def test_the_question_may_be_skipped(arrive: Arrive) -> None:
    counter = await arrive(None)
    await counter.talk(("rate_service", "给客服服务打分"), ("fallback", "跳过评分"))
    assert await marks(counter) == [None]


async def test_whoever_was_served_is_asked_once_when_taking_leave(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    assert (await counter.say("goodbye", "再见")).responses == ["utter_goodbye"]
    await counter.talk(("complaint", "投诉快递员乱放件"), (YES, "确认"))
    said = await counter.say("thanks", "谢谢")
    assert said.responses == ["utter_thanks_rate"] and said.typed[-1]["type"] == "rating"
    assert (await counter.say("goodbye", "再见")).responses == ["utter_goodbye"]


async def test_a_bare_wish_to_rate_asks_what(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    assert (await counter.say("rate_service", "我要评价")).responses == ["utter_rate_which"]
    assert await marks(counter) == []


# 人工、辱骂


async def test_insults_meet_calm_then_an_offer_then_a_person(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = [await counter.say("calm", "傻X") for _ in range(3)]
    assert [one.responses[0] for one in said[:2]] == ["utter_abuse_calm", "utter_abuse_offer"]
    assert said[2].typed[0]["type"] == "handoff"
    (call,) = await rows(counter.storage, handoffs, conversation_id=counter.conversation_id)
    assert call["reason"] == "abuse" and counter.slots["insults"] == 3


async def test_a_person_is_called_in_the_middle_of_a_form_and_while_all_is_down(
    arrive: Arrive,
) -> None:
    counter = await arrive("demo-01")
    await counter.say(INVOICE, f"{FRESH}开发票")
    counter.office = Down.of(counter.office)
    said = await counter.say("handoff", "转人工")
    assert said.typed[0]["type"] == "handoff" and counter.case is not None
    (call,) = await rows(counter.storage, handoffs, conversation_id=counter.conversation_id)
    assert call["reason"] == "asked" and call["summary"]["customer_id"] == "demo-01"


async def test_outside_hours_the_opening_is_told(arrive: Arrive) -> None:
    counter = await arrive(None)
    counter.clock.moment = now().replace(hour=19, minute=30)  # 03:30 in China
    said = await counter.say("handoff", "转人工")
    assert said.responses == ["utter_handoff_closed"] and "09:00" in said.text
    assert said.typed[0]["data"]["open"] is False


# 删除我的数据


async def _spoken(counter: Counter) -> None:
    async with counter.storage.unit() as unit:
        said = Draft(Sender.SHOPPER, text="删除我的数据")
        await unit.conversations.append(counter.conversation_id, said)
        await unit.commit()


async def test_a_customer_is_deleted_after_two_confirmations_and_their_digits(
    arrive: Arrive,
) -> None:
    counter = await arrive("demo-07")
    await _spoken(counter)
    said = await counter.say("delete_my_data", "删除我的数据")
    assert said.responses == ["utter_delete_my_data_sure_customer"] and "法律" in said.text
    said = await counter.say(YES, "确认删除")
    assert said.responses == ["utter_delete_my_data_ask_digits"]
    said = await counter.say(FALLBACK, "1234")
    assert said.responses[0] == "utter_delete_my_data_not_verified"
    said = await counter.say(FALLBACK, "0007")
    assert said.responses == ["utter_delete_my_data_confirm"]
    assert "0007" not in str(counter.slots)
    assert await rows(counter.storage, customers, customer_id="demo-07")
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_delete_my_data_done"]
    assert counter.slots == {}
    assert not await rows(counter.storage, customers, customer_id="demo-07")
    assert not await rows(counter.storage, messages, conversation_id=counter.conversation_id)
    (row,) = await rows(counter.storage, conversations, conversation_id=counter.conversation_id)
    assert row["customer_id"] is None


@pytest.mark.parametrize("stop", [1, 2, 3])
async def test_leaving_at_any_question_deletes_nothing(arrive: Arrive, stop: int) -> None:
    counter = await arrive("demo-07")
    turns = [("delete_my_data", "删除我的数据"), (YES, "确认删除"), (FALLBACK, "0007")]
    await counter.talk(*turns[:stop])
    await counter.say(NO, "算了")
    await counter.say(YES, "确认")
    assert await rows(counter.storage, customers, customer_id="demo-07")


async def test_a_guest_is_told_what_there_is_of_theirs(arrive: Arrive) -> None:
    counter = await arrive(None)
    await _spoken(counter)
    await photo(counter)
    said = await counter.say("delete_my_data", "删除我的聊天记录")
    assert said.responses == ["utter_delete_my_data_sure_guest"]
    assert "消息 1 条、照片 1 张" in said.text
    said = await counter.talk((YES, "确认删除"), (YES, "确认"))
    assert said.responses == ["utter_delete_my_data_done"]
    assert not await rows(counter.storage, messages, conversation_id=counter.conversation_id)
    assert not await rows(
        counter.storage, service_schema.photos, conversation_id=counter.conversation_id
    )


async def test_deleting_cannot_wait_for_a_back_end(arrive: Arrive) -> None:
    counter = await arrive("demo-07")
    await counter.talk(("delete_my_data", "删除我的数据"), (YES, "确认删除"))
    counter.office = Down.of(counter.office)
    said = await counter.say(FALLBACK, "0007")
    assert said.responses == ["utter_delete_my_data_down"] and counter.case is None


# 更多边角


async def test_a_repair_is_asked_for_once(arrive: Arrive) -> None:
    counter = await arrive("demo-06")
    turns = [(REPAIR, f"{COVERED}坏了要修"), (FALLBACK, "开不了机")]
    await counter.talk(*turns, (YES, "确认"))
    said = await counter.talk(*turns)
    assert said.responses == ["utter_desk_already_asked"] and len(await repairs(counter)) == 1


async def test_a_long_complaint_is_asked_for_in_fewer_words(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.talk(("complaint", "我要投诉"), (FALLBACK, "太慢了" * 400))
    assert said.responses == ["utter_desk_text_too_long", "utter_complaint_ask"]
    assert not await complaints(counter)


async def test_small_talk_in_an_invoice_is_answered_and_the_form_goes_on(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await counter.talk((INVOICE, f"{FRESH}开发票"), (FALLBACK, "个人"))
    said = await counter.say("how_are_you", "你吃饭了吗")
    assert said.responses[-2:] == ["utter_desk_back", "utter_invoice_ask_title_person"]
    said = await counter.say(FALLBACK, "陈小满")
    assert said.responses == ["utter_invoice_confirm_new"]


async def test_calling_twice_keeps_the_place(arrive: Arrive) -> None:
    first, second = await arrive(None), await arrive(None)
    await first.say("handoff", "转人工")
    places = []
    for counter in (second, first, second):
        said = await counter.say("handoff", "人呢")
        places.append(said.typed[0]["data"]["queue_position"])
    assert places == [2, 1, 2]
    assert len(await rows(first.storage, handoffs)) == 2


async def test_an_insult_does_not_end_what_was_begun(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await counter.say(INVOICE, f"{FRESH}开发票")
    said = await counter.say("calm", "傻X")
    assert said.responses[0] == "utter_abuse_calm" and counter.case is not None


async def test_the_same_confirmation_of_deleting_twice_is_one(arrive: Arrive) -> None:
    counter = await arrive("demo-07")
    turns = [("delete_my_data", "删除我的数据"), (YES, "确认删除"), (FALLBACK, "0007")]
    await counter.talk(*turns)
    before = dict(counter.slots)
    await counter.say(YES, "确认")
    # A restart between the effect and the slots: nothing is left to delete, and nothing fails.
    counter.slots = before
    said = await counter.say(YES, "确认")
    assert said.responses and not await rows(counter.storage, customers, customer_id="demo-07")
