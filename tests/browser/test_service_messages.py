"""Coupons, requests, ratings and a queue outside hours: what they show, and that their text stays text."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.mock_gateway import Json, MockGateway
from tests.browser.test_messages import HTML

CLAIMED = {
    "coupon_id": "all-60",
    "title": "全场满 599 元减 60 元",
    "threshold": 599,
    "off": 60,
    "scope": None,
    "valid_from": "2025-11-01T00:00:00+08:00",
    "valid_until": "2025-12-01T12:00:00+08:00",
    "new_customers_only": False,
    "stackable": True,
    "claimed": True,
}
CLAIMABLE = {**CLAIMED, "coupon_id": "new-20", "threshold": 0, "off": 19.9, "scope": "手机数码"}
CLAIMABLE |= {"new_customers_only": True, "claimed": False}
TICKET = {
    "ticket_no": "T0AB1CD2EF3GH",
    "kind": "defect",
    "status": "待处理",
    "order_no": "DG100063",
    "line": 0,
    "quantity": 1,
    "opened_at": "2025-11-12T10:00:00+08:00",
}
MARKS = [{"title": f"{mark} 星", "value": f"给{mark}星"} for mark in (5, 4, 3, 2, 1)]


def test_coupons_tell_their_terms_and_whose_they_are(chat: Page, gateway: MockGateway) -> None:
    gateway.push("您的券：", type="coupon", data={"items": [CLAIMED, CLAIMABLE]})
    first, second = (chat.locator(".coupons li").nth(place) for place in (0, 1))
    expect(first.locator(".off")).to_have_text("¥60")
    expect(first.locator("small").first).to_have_text("满 599 元可用")
    expect(first.locator("small").last).to_have_text("有效期至 2025年12月1日")
    expect(first.locator(".state")).to_have_text("已领取")
    expect(second.locator(".off")).to_have_text("¥19.90")
    expect(second.locator("small").first).to_have_text("无门槛 · 限手机数码 · 限新客")
    expect(second.locator(".state")).to_have_text("可领取")
    chat.screenshot(path=SCREENSHOTS / "coupon-message.png")


def test_a_guests_coupons_have_no_state(chat: Page, gateway: MockGateway) -> None:
    gateway.push("今天的券：", type="coupon", data={"items": [{**CLAIMED, "claimed": None}]})
    expect(chat.locator(".coupons li")).to_have_count(1)
    expect(chat.locator(".coupons .state")).to_have_count(0)


def test_a_request_tells_its_kind_state_and_order(chat: Page, gateway: MockGateway) -> None:
    gateway.push("已登记：", type="ticket", data=TICKET)
    ticket = chat.get_by_role("region", name="售后单")
    expect(ticket.locator("strong")).to_have_text("破损少件")
    expect(ticket.locator(".state")).to_have_text("待处理")
    expect(ticket.locator("dd")).to_have_text(["T0AB1CD2EF3GH", "DG100063", "2025年11月12日"])
    gateway.push("另一张：", type="ticket", data={**TICKET, "kind": "complaint", "order_no": None})
    expect(chat.locator(".ticket").last.locator("dd")).to_have_count(2)
    chat.screenshot(path=SCREENSHOTS / "ticket-message.png")


def test_a_mark_is_asked_for_given_by_keyboard_and_shown(chat: Page, gateway: MockGateway) -> None:
    gateway.push("几颗星？", type="rating", data={"score": None, "scale": 5}, choices=MARKS)
    expect(chat.get_by_role("img", name="还没有评分")).to_be_visible()
    expect(chat.locator(".stars .full")).to_have_count(0)
    button = chat.get_by_role("button", name="4 星")
    button.focus()
    button.press("Enter")
    expect(chat.get_by_text("给4星", exact=True)).to_be_visible()
    gateway.push("谢谢。", type="rating", data={"score": 4, "scale": 5})
    expect(chat.get_by_role("img", name="评分 4 星，满分 5 星")).to_be_visible()
    expect(chat.locator(".stars").last.locator(".full")).to_have_count(4)
    chat.screenshot(path=SCREENSHOTS / "rating-message.png")


def test_a_queue_outside_hours_says_that_nobody_is_there(chat: Page, gateway: MockGateway) -> None:
    data = {"queue_position": 3, "business_hours": "09:00-22:00", "open": False}
    gateway.push("已登记。", type="handoff", data=data)
    expect(chat.locator(".handoff strong")).to_have_text("已排队，上班后接待您")
    expect(chat.locator(".handoff span")).to_have_text(["前面还有 2 位", "服务时间 09:00-22:00"])


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("coupon", {"items": [{**CLAIMED, "title": HTML, "scope": HTML}]}),
        ("ticket", {**TICKET, "status": HTML, "order_no": HTML, "kind": HTML, "ticket_no": HTML}),
        ("rating", {"score": HTML, "scale": 5}),
        ("rating", {"score": 3, "scale": 1e9}),
    ],
)
def test_what_is_wrong_or_html_does_no_harm(
    chat: Page, gateway: MockGateway, kind: str, data: Json
) -> None:
    title = chat.title()
    gateway.push("看", type=kind, data=data)
    expect(chat.locator(f'[data-type="{kind}"]')).to_be_visible()
    expect(chat.locator(".coupons b, .ticket b, .stars b, .message img")).to_have_count(0)
    assert chat.title() == title


def test_service_messages_fit_a_phone_in_the_dark(
    context: BrowserContext, gateway: MockGateway
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    page.goto(gateway.url)
    page.get_by_role("button", name="打开在线客服").click()
    gateway.push("您的券：", type="coupon", data={"items": [CLAIMED, CLAIMABLE]})
    gateway.push("已登记：", type="ticket", data=TICKET)
    gateway.push("谢谢。", type="rating", data={"score": 4, "scale": 5})
    expect(page.locator(".stars")).to_be_visible()
    overflow = page.locator(".scroller").evaluate("node => node.scrollWidth - node.clientWidth")
    assert overflow <= 0
    page.screenshot(path=SCREENSHOTS / "service-phone.png")
