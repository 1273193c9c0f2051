"""A comparison as a table: for eyes, for phones and for screen readers."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.mock_gateway import Json, MockGateway, card
from tests.browser.shopper import open_panel

HTML = "<img src=x onerror=\"document.title='pwned'\"><b>粗体</b>"


def row(name: str, *values: object, unit: str = "", differs: bool = False) -> Json:
    return {"name": name, "unit": unit, "values": list(values), "differs": differs}


def show(gateway: MockGateway, *rows: Json, count: int = 3, **data: object) -> None:
    items = [card(number) for number in range(1, count + 1)]
    data = {"items": items, "rows": list(rows), "advice": None, **data}
    gateway.push("对比好了：", type="comparison", data=data)


PRICE = row("价格", 1400, 1800.5, 2200, unit="元", differs=True)
BATTERY = row("电池容量", 5000, None, 6000, unit="mAh", differs=True)
FIVE_G = row("5G", True, True, True)
FEATURES = row("特点", ["快充", "IP68"], ["快充"], None, differs=True)
WIRELESS = row("无线充电", True, False, None, differs=True)


def test_every_field_stands_in_its_row(chat: Page, gateway: MockGateway) -> None:
    show(gateway, PRICE, BATTERY, FIVE_G, FEATURES, WIRELESS)
    cells = chat.locator(".comparison tbody tr")
    expect(cells.nth(0).locator("td")).to_have_text(["1400 元", "1800.50 元", "2200 元"])
    expect(cells.nth(1).locator("td")).to_have_text(["5000 mAh", "未标注", "6000 mAh"])
    expect(cells.nth(2).locator("td")).to_have_text(["是", "是", "是"])
    expect(cells.nth(3).locator("td")).to_have_text(["快充、IP68", "快充", "未标注"])
    expect(cells.nth(4).locator("td")).to_have_text(["是", "否", "未标注"])


def test_what_differs_is_marked_for_eyes_and_ears(chat: Page, gateway: MockGateway) -> None:
    show(gateway, PRICE, FIVE_G)
    expect(chat.locator(".comparison tr.differs th")).to_have_text(["价格（有差别）"])
    expect(chat.get_by_role("rowheader", name="5G", exact=True)).to_be_visible()


def test_it_is_a_table_with_headers(chat: Page, gateway: MockGateway) -> None:
    show(gateway, PRICE, advice={"sku": "phone-02", "because": ["电池容量 6000 mAh"]})
    expect(chat.get_by_role("table", name="商品对比")).to_be_visible()
    expect(chat.get_by_role("columnheader")).to_have_count(3)
    expect(chat.locator(".comparison .advised")).to_have_attribute("data-sku", "phone-02")
    expect(chat.locator(".comparison .badge-advised")).to_have_text("更合适")


def test_html_in_a_field_is_text(chat: Page, gateway: MockGateway) -> None:
    title = chat.title()
    show(gateway, row(HTML, HTML, [HTML], None))
    expect(chat.locator(".comparison tbody td").first).to_have_text(HTML)
    expect(chat.locator(".comparison img, .comparison b")).to_have_count(0)
    assert chat.title() == title


def test_a_link_that_is_no_web_address_is_text(chat: Page, gateway: MockGateway) -> None:
    items = [card(1, url="javascript:alert(1)"), card(2)]
    show(gateway, row("价格", 1, 2, unit="元"), items=items)
    expect(chat.locator(".comparison thead a")).to_have_count(1)


def test_without_rows_only_the_text_is_shown(chat: Page, gateway: MockGateway) -> None:
    show(gateway)
    expect(chat.locator(".message.bot .bubble")).to_have_text("对比好了：")
    expect(chat.locator(".comparison")).to_have_count(0)


def test_a_phone_scrolls_the_table_not_the_page(
    page: Page, gateway: MockGateway, screenshots: Path
) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(gateway.url)
    open_panel(page)
    rows = [PRICE, BATTERY, FIVE_G, FEATURES, WIRELESS]
    wide = [{**one, "values": [*one["values"], one["values"][0]]} for one in rows]
    show(gateway, *wide, count=4, advice={"sku": "phone-03", "because": ["电池容量 6000 mAh"]})
    table = page.locator(".comparison")
    table.focus()
    widths = table.evaluate("e => [e.scrollWidth, e.clientWidth, e.getBoundingClientRect().right]")
    assert widths[0] > widths[1] and widths[2] <= 375
    first = page.locator(".comparison tbody th").first
    before = first.bounding_box()
    table.evaluate("e => e.scrollTo(e.scrollWidth, 0)")
    assert table.evaluate("e => e.scrollLeft") == widths[0] - widths[1]
    assert first.bounding_box() == before, "the names of the fields stay"
    page.screenshot(path=screenshots / "comparison-phone.png")


def test_a_picture_of_it(chat: Page, gateway: MockGateway, screenshots: Path) -> None:
    rows = [PRICE, BATTERY, FIVE_G, FEATURES, WIRELESS]
    show(gateway, *rows, advice={"sku": "phone-03", "because": ["电池容量 6000 mAh"]})
    expect(chat.locator(".comparison")).to_be_visible()
    chat.screenshot(path=screenshots / "comparison.png")
