"""Orders and parcels as cards: for eyes, for phones and for screen readers."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.mock_gateway import Json, MockGateway
from tests.browser.shopper import open_panel

HTML = "<img src=x onerror=\"document.title='pwned'\"><b>粗体</b>"
AT = "2026-03-05T04:00:00+00:00"


def item(title: str, **changes: object) -> Json:
    plain = {"sku": "a", "price": 59.9, "quantity": 2, "options": {"尺码": "M"}, "cancelled": 0}
    return {**plain, "title": title, **changes}


def order(*items: Json, **changes: object) -> Json:
    plain = {"order_no": "DG1", "status": "待发货", "amount": 119.8, "placed_at": AT}
    return {**plain, "items": list(items), **changes}


def parcel(**changes: object) -> Json:
    return {
        "parcel_no": "B1", "carrier": "圆通速递", "tracking_no": "YT1", "shipped_at": AT,
        "delivered_at": None, "lines": [0], "titles": ["纯棉T恤"], "stale": False,
        "events": [{"at": AT, "text": "已揽收"}, {"at": "2026-03-06T04:00:00+00:00", "text": "运输中转"}],
        **changes,
    }  # fmt: skip


def test_an_order_shows_its_goods_state_and_sum(chat: Page, gateway: MockGateway) -> None:
    data = order(
        item("纯棉T恤"), item("短裤", cancelled=1), phone="138****0001", address="北京市****"
    )
    gateway.push("您的订单：", type="order", data=data)
    card = chat.get_by_role("region", name="订单 DG1")
    expect(card.locator(".head strong")).to_have_text("待发货")
    expect(card.locator(".name")).to_have_text(["纯棉T恤", "短裤"])
    expect(card.locator("small").nth(1)).to_contain_text("已取消 1 件")
    expect(card.locator(".to")).to_have_text("138****0001 北京市****")
    expect(card.locator(".payable")).to_contain_text("119.80")


def test_a_parcel_shows_the_newest_first(chat: Page, gateway: MockGateway) -> None:
    gateway.push("在路上：", type="shipment", data=parcel())
    card = chat.get_by_role("region", name="包裹 YT1")
    expect(card.locator(".head strong")).to_have_text("运输中")
    expect(card.locator(".events span")).to_have_text(["运输中转", "已揽收"])


def test_a_parcel_without_news_is_marked(chat: Page, gateway: MockGateway) -> None:
    gateway.push("没有更新：", type="shipment", data=parcel(stale=True, events=[]))
    expect(chat.locator(".shipment.stale .head strong")).to_have_text("久未更新")
    expect(chat.locator(".events")).to_have_count(0)


def test_words_of_an_order_and_a_parcel_are_never_html(chat: Page, gateway: MockGateway) -> None:
    gateway.push("订单：", type="order", data=order(item(HTML), address=HTML))
    gateway.push(
        "包裹：", type="shipment", data=parcel(titles=[HTML], events=[{"at": AT, "text": HTML}])
    )
    expect(chat.locator(".order .name")).to_have_text(HTML)
    expect(chat.locator(".events span")).to_have_text(HTML)
    expect(chat.locator(".order img, .order b, .shipment img, .shipment b")).to_have_count(0)


def test_cards_fit_a_phone(page: Page, gateway: MockGateway, screenshots: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(gateway.url)
    open_panel(page)
    gateway.push("您的订单：", type="order", data=order(item("很长的名字" * 12), item("短裤")))
    gateway.push("包裹：", type="shipment", data=parcel(stale=True))
    for card in (page.locator(".order"), page.locator(".shipment")):
        expect(card).to_be_visible()
        box = card.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.screenshot(path=screenshots / "order-phone.png")


def test_a_dark_theme_has_them_too(page: Page, gateway: MockGateway, screenshots: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(gateway.url)
    open_panel(page)
    gateway.push("您的订单：", type="order", data=order(item("纯棉T恤")))
    gateway.push("包裹：", type="shipment", data=parcel())
    expect(page.locator(".shipment")).to_be_visible()
    page.screenshot(path=screenshots / "order-dark.png")
