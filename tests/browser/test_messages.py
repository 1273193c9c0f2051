"""What messages look like, and what they must never do."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mock_gateway import Json, MockGateway, card
from tests.browser.shopper import say

HTML = "<img src=x onerror=\"document.title='pwned'\"><b>粗体</b>"


def show(gateway: MockGateway, *cards: Json, **data: object) -> None:
    gateway.push("请看：", type="products", data={"items": list(cards), "total": 9, **data})


def test_html_is_shown_as_text(chat: Page, gateway: MockGateway) -> None:
    title = chat.title()
    say(chat, HTML)
    expect(chat.locator(".message.shopper .bubble")).to_have_text(HTML)
    show(gateway, card(1, title=HTML, reasons=[HTML]))
    expect(chat.locator(".card h3")).to_have_text(HTML)
    expect(chat.locator(".bubble img, .bubble b, .card b, .reasons img")).to_have_count(0)
    assert chat.title() == title


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "http://[", None]
)
def test_an_address_that_is_no_web_address_is_no_link(
    chat: Page, gateway: MockGateway, address: str | None
) -> None:
    show(gateway, card(1, url=address, image=address))
    expect(chat.locator(".card")).to_have_count(1)
    expect(chat.locator(".card a, .card img")).to_have_count(0)


def test_another_shops_page_opens_beside(chat: Page, gateway: MockGateway) -> None:
    show(gateway, card(1, url="https://other.example/p/1"))
    link = chat.locator(".card a")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_card_tells_price_reasons_rating_and_stock(chat: Page, gateway: MockGateway) -> None:
    show(
        gateway,
        card(1, price=59.9, list_price=79, stock=3),
        card(2, list_price=1800, stock=0, sponsored=True),
    )
    first, second = chat.locator(".card").nth(0), chat.locator(".card").nth(1)
    expect(first.locator(".price")).to_have_text("¥59.90")
    expect(first.locator("del")).to_have_text("¥79")
    expect(first.locator(".reasons li")).to_have_text(["符合预算", "拍照好评多"])
    expect(first.locator(".facts")).to_have_text("★ 4.8仅剩 3 件")
    expect(second.locator("del")).to_have_count(0)
    expect(second.locator(".button.primary")).to_be_disabled()
    expect(second.locator(".button.primary")).to_have_text("缺货")
    expect(second.locator(".sponsored")).to_have_text("广告")


def test_conditions_and_what_was_relaxed_stand_above_the_cards(
    chat: Page, gateway: MockGateway
) -> None:
    storage = {"name": "存储", "op": ">=", "value": 256, "unit": "GB"}
    curved = {"name": "屏幕", "op": "!=", "value": "曲面屏", "unit": ""}
    constraints = {
        "category": "手机",
        "price_max": 3000,
        "brands": ["华为"],
        "not_colours": ["红色"],
        "attributes": [storage, curved],
    }
    relaxed = [{"constraint": "price_max", "from": 500, "to": 799}]
    show(gateway, card(1), constraints=constraints, relaxed=relaxed)
    words = ["手机", "3000 元以内", "华为", "存储 ≥ 256GB", "不要曲面屏", "不要红色", "共 9 件"]
    expect(chat.locator(".summary > *")).to_have_text(words)
    expect(chat.locator(".relaxed")).to_have_text(re.compile("预算 ¥500 → ¥799"))


def test_the_keyboard_walks_the_carousel(chat: Page, gateway: MockGateway) -> None:
    show(gateway, *(card(number) for number in range(1, 6)))
    cards = chat.locator(".card")
    cards.first.focus()
    chat.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_focused()
    expect(cards.nth(1)).to_be_in_viewport(ratio=0.9)
    chat.keyboard.press("End")
    expect(cards.nth(4)).to_be_focused()
    chat.keyboard.press("ArrowRight")
    expect(cards.nth(4)).to_be_focused()
    chat.keyboard.press("Home")
    expect(cards.first).to_be_focused()
    chat.keyboard.press("Tab")
    expect(cards.first.locator(".button.primary")).to_be_focused()
    assert chat.locator('.card[tabindex="0"]').count() == 1


def test_enter_on_a_card_opens_it_and_reports_the_click(chat: Page, gateway: MockGateway) -> None:
    show(gateway, card(3))
    chat.locator(".card").focus()
    chat.keyboard.press("Enter")
    chat.wait_for_url("**/p/phone-03")
    expect(chat.locator("h1")).to_have_text(card(3)["title"])
    gateway.wait_for(lambda: gateway.events)
    assert [(event["kind"], event["sku"]) for event in gateway.events] == [("click", "phone-03")]


def test_adding_to_the_cart_is_confirmed(chat: Page, gateway: MockGateway) -> None:
    show(gateway, card(2))
    chat.locator(".card .button.primary").click()
    expect(chat.locator("daogou-chat .toast")).to_have_text("已加入购物车")
    expect(chat.locator(".cart-button .count")).to_have_text("1")
    assert gateway.cart == {"phone-02": 1}


def test_a_refused_cart_says_why(chat: Page, gateway: MockGateway) -> None:
    gateway.cart_refusal = {"code": "out_of_stock", "detail": "这件商品刚刚卖完。"}
    show(gateway, card(2))
    chat.locator(".card .button.primary").click()
    expect(chat.locator("daogou-chat .toast")).to_have_text("这件商品刚刚卖完。")
    assert gateway.cart == {}


def test_quick_replies_are_said_and_then_gone(chat: Page, gateway: MockGateway) -> None:
    say(chat, "我想买手机")
    button = chat.get_by_role("group", name="快捷回复").get_by_role("button")
    expect(button).to_have_text("3000 元以内")
    button.click()
    expect(chat.locator(".message.shopper .bubble").last).to_have_text("三千以内的")
    expect(chat.locator(".message.bot")).to_have_count(2)
    expect(chat.locator(".choices")).to_have_count(0)
    assert gateway.said == ["我想买手机", "三千以内的"]


def test_an_unknown_type_shows_its_text(chat: Page, gateway: MockGateway) -> None:
    gateway.push("新的类型", type="hologram", data={"items": [card(1)]})
    expect(chat.locator(".message.bot")).to_have_text("新的类型")


def test_a_handoff_tells_the_place_in_the_queue(chat: Page, gateway: MockGateway) -> None:
    data = {"queue_position": 3, "business_hours": "9:00–21:00"}
    gateway.push("正在为您转接人工客服。", type="handoff", data=data)
    expect(chat.locator(".handoff")).to_contain_text("前面还有 2 位")
    expect(chat.locator(".handoff")).to_contain_text("9:00–21:00")
