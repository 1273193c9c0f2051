"""Signing in as an invented customer of the demo shop, and out again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.mock_gateway import MockGateway
from tests.browser.shopper import open_panel, say

CUSTOMERS = [
    {"customer_id": "demo-01", "name": "陈小满", "level": "普通会员"},
    {"customer_id": "demo-02", "name": "林知远", "level": "银卡会员"},
]


def test_a_visitor_signs_in_and_the_widget_says_who(
    page: Page, gateway: MockGateway, screenshots: Path
) -> None:
    gateway.customers = CUSTOMERS
    page.goto(gateway.url)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="选一位演示客户登录")).to_be_visible()
    expect(page.locator("dialog.account")).not_to_contain_text("false")
    page.screenshot(path=screenshots / "account-choose.png")
    page.get_by_role("button", name="陈小满").click()
    expect(page.locator(".account-button")).to_have_text("陈小满")
    open_panel(page)
    expect(page.locator("daogou-chat .status")).to_have_text("已登录：陈小满")
    page.screenshot(path=screenshots / "account-signed-in.png")


def test_signing_out_begins_a_new_conversation(page: Page, gateway: MockGateway) -> None:
    gateway.customers = CUSTOMERS
    page.goto(gateway.url)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="林知远").click()
    expect(page.locator(".account-button")).to_have_text("林知远")
    gateway.refusal = "text_too_long"
    open_panel(page)
    say(page, "没发出去的话")
    expect(page.locator(".note.failed")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".account-button").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator(".account-button")).to_have_text("登录")
    stored = page.evaluate("Object.keys(localStorage)")
    assert "daogou.token" not in stored
    assert not [key for key in stored if key.startswith("daogou.outbox")]


def test_a_real_shop_shows_no_such_button(page: Page, gateway: MockGateway) -> None:
    page.goto(gateway.url)
    expect(page.locator(".tile").first).to_be_visible()
    expect(page.locator(".account-button")).to_be_hidden()


def test_on_a_phone_it_fits(page: Page, gateway: MockGateway, screenshots: Path) -> None:
    gateway.customers = CUSTOMERS * 7
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(gateway.url)
    page.get_by_role("button", name="登录").click()
    dialog = page.locator("dialog.account")
    box = dialog.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.screenshot(path=screenshots / "account-phone.png")
