"""Cart and price messages: what they show, and that their text stays text."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.mock_gateway import Json, MockGateway, card
from tests.browser.test_messages import HTML


def line(number: int, quantity: int, **changes: object) -> Json:
    item = card(number, **changes)
    return {"item": item, "quantity": quantity, "amount": item["price"] * quantity}


CART = {
    "items": [line(1, 2, options={"颜色": "黑色", "存储": "12GB+256GB"}), line(2, 1, price=59.9)],
    "total": 2859.9,
    "discounts": [
        {"title": "满减：手机每满 2000 元减 100 元", "amount": 100},
        {"title": "优惠券：全场满 599 元减 60 元（需先领取）", "amount": 60},
    ],
    "payable": 2699.9,
}
PRICE = {
    "lines": [
        {"label": "原价（2 件）", "amount": 3200},
        {"label": "店铺直降", "amount": -400},
        {"label": "满减：手机每满 2000 元减 100 元", "amount": -100},
    ],
    "payable": 2700,
    "unused": [
        {"title": "手机满 3000 元减 200 元", "why": "还差 300 元"},
        {"title": "年中大促：全场满 500 元减 50 元", "why": "已于 11 月 20 日结束"},
    ],
}


def test_a_cart_tells_lines_discounts_and_what_is_to_be_paid(
    chat: Page, gateway: MockGateway
) -> None:
    gateway.push("购物车里有 3 件商品：", type="cart", data=CART)
    bill = chat.locator(".bill")
    first = bill.locator(".goods li").first
    expect(first.locator("small")).to_have_text("黑色 12GB+256GB× 2")
    expect(first.locator(".amount")).to_have_text("¥2800")
    expect(first.locator("a")).to_have_attribute("href", f"{gateway.url}/p/phone-01")
    expect(bill.locator(".sums dt")).to_have_text(
        ["商品合计", CART["discounts"][0]["title"], CART["discounts"][1]["title"]]
    )
    expect(bill.locator(".sums dd")).to_have_text(["¥2859.90", "−¥100", "−¥60"])
    expect(bill.locator(".payable .price")).to_have_text("¥2699.90")
    chat.screenshot(path=SCREENSHOTS / "cart-message.png")


def test_a_cart_without_discounts_shows_no_sums(chat: Page, gateway: MockGateway) -> None:
    gateway.push("购物车：", type="cart", data={**CART, "discounts": []})
    expect(chat.locator(".goods li")).to_have_count(2)
    expect(chat.locator(".sums")).to_have_count(0)


def test_a_price_tells_every_step_and_why_offers_are_not_used(
    chat: Page, gateway: MockGateway
) -> None:
    gateway.push("明细如下：", type="price", data=PRICE)
    bill = chat.locator(".bill")
    expect(bill.locator(".sums dd")).to_have_text(["¥3200", "−¥400", "−¥100"])
    expect(bill.locator(".payable .price")).to_have_text("¥2700")
    expect(bill.locator(".unused li").first).to_be_hidden()
    bill.locator("summary").click()
    expect(bill.locator(".unused small")).to_have_text(["还差 300 元", "已于 11 月 20 日结束"])
    chat.screenshot(path=SCREENSHOTS / "price-message.png")


def test_html_in_a_bill_is_shown_as_text(chat: Page, gateway: MockGateway) -> None:
    title = chat.title()
    hostile = {"items": [line(1, 1, title=HTML, url="javascript:alert(1)", options={"颜色": HTML})]}
    gateway.push("看", type="cart", data={**CART, **hostile})
    wrong = {"lines": [{"label": HTML, "amount": 1}], "unused": [{"title": HTML, "why": HTML}]}
    gateway.push("看", type="price", data={**PRICE, **wrong})
    expect(chat.locator(".bill .name")).to_have_text(HTML)
    expect(chat.locator(".bill dt").last).to_have_text(HTML)
    expect(chat.locator(".bill b, .bill img[onerror], .bill a")).to_have_count(0)
    assert chat.title() == title


def test_a_bill_fits_a_phone_in_the_dark(context: BrowserContext, gateway: MockGateway) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    page.goto(gateway.url)
    page.get_by_role("button", name="打开在线客服").click()
    gateway.push("购物车：", type="cart", data=CART)
    gateway.push("明细：", type="price", data=PRICE)
    expect(page.locator(".bill")).to_have_count(2)
    overflow = page.locator(".scroller").evaluate("node => node.scrollWidth - node.clientWidth")
    assert overflow <= 0
    page.screenshot(path=SCREENSHOTS / "bill-phone.png")
