"""Opening, writing, closing; focus, input methods, themes and small screens."""

import gzip

from playwright.sync_api import Browser, Page, expect

from tests.browser.mock_gateway import STATIC, MockGateway
from tests.browser.shopper import open_panel, say

LIMIT = 40_000


def test_the_widget_stays_small() -> None:
    files = [path for path in (STATIC / "widget").iterdir() if path.suffix in (".js", ".css")]
    size = sum(len(gzip.compress(path.read_bytes())) for path in files)
    assert 0 < size < LIMIT


def test_focus_goes_in_and_comes_back(chat: Page) -> None:
    expect(chat.locator("textarea")).to_be_focused()
    expect(chat.get_by_role("dialog", name="在线客服")).to_be_visible()
    chat.keyboard.press("Escape")
    expect(chat.locator(".panel")).to_be_hidden()
    expect(chat.locator(".launcher")).to_be_focused()


def test_shift_enter_breaks_the_line_and_enter_sends(chat: Page, gateway: MockGateway) -> None:
    chat.locator("textarea").press_sequentially("第一行")
    chat.keyboard.press("Shift+Enter")
    chat.locator("textarea").press_sequentially("第二行")
    chat.keyboard.press("Enter")
    expect(chat.locator(".message.bot")).to_have_count(1)
    assert gateway.said == ["第一行\n第二行"]


def test_enter_that_picks_a_word_in_an_input_method_sends_nothing(
    chat: Page, gateway: MockGateway
) -> None:
    devtools = chat.context.new_cdp_session(chat)
    composing = {"text": "shouji", "selectionStart": 6, "selectionEnd": 6}
    devtools.send("Input.imeSetComposition", composing)
    expect(chat.locator("textarea")).to_have_value("shouji")
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    devtools.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    devtools.send("Input.insertText", {"text": "手机"})
    expect(chat.locator("textarea")).to_have_value("手机")
    expect(chat.locator(".message.shopper")).to_have_count(0)
    chat.keyboard.press("Enter")
    expect(chat.locator(".message.shopper .bubble")).to_have_text("手机")
    assert gateway.said == ["手机"]


def test_the_limit_is_announced_and_kept(chat: Page) -> None:
    box = chat.locator("textarea")
    box.fill("字" * 899)
    expect(chat.locator(".counter")).to_be_empty()
    box.fill("字" * 995)
    expect(chat.locator(".counter")).to_have_text("还可输入 5 字")
    box.press_sequentially("再写十个字也写不进去了")
    assert len(box.input_value()) == 1000


def test_blank_text_is_not_sent(chat: Page, gateway: MockGateway) -> None:
    say(chat, "   \n ")
    expect(chat.locator(".send")).to_be_disabled()
    say(chat, "有内容")
    expect(chat.locator(".message.bot")).to_have_count(1)
    assert gateway.said == ["有内容"]


def test_a_starter_of_the_empty_conversation_is_said(chat: Page, gateway: MockGateway) -> None:
    chat.locator(".welcome button").first.click()
    expect(chat.locator(".card")).to_have_count(5)
    expect(chat.locator(".welcome")).to_have_count(0)
    assert gateway.said == ["我想买手机"]


def test_the_product_page_asks_about_its_product(page: Page, gateway: MockGateway) -> None:
    page.goto(f"{gateway.url}/p/phone-02")
    page.locator("button.ask").click()
    expect(page.locator(".viewing")).to_contain_text("青云 X2")
    page.locator(".viewing .button").click()
    expect(page.locator(".message.shopper .bubble")).to_contain_text("介绍一下这款：青云 X2")
    expect(page.locator(".viewing")).to_be_hidden()


def test_a_phone_shows_the_panel_alone(browser: Browser, gateway: MockGateway) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(gateway.url)
    open_panel(page)
    box = page.locator(".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert page.evaluate("document.querySelector('main').inert")
    expect(page.locator("textarea")).not_to_be_focused()
    page.locator(".close").click()
    assert not page.evaluate("document.querySelector('main').inert")
    context.close()


def test_a_long_answer_is_shown_from_its_beginning(chat: Page) -> None:
    chat.set_viewport_size({"width": 1280, "height": 560})
    say(chat, "我想买手机")
    expect(chat.locator(".message.bot .bubble")).to_be_in_viewport(ratio=1)
    expect(chat.locator(".jump")).to_be_hidden()


def test_new_messages_do_not_pull_the_reader_down(chat: Page, gateway: MockGateway) -> None:
    for number in range(30):
        gateway.push(f"第 {number} 条")
    expect(chat.locator(".message.bot").last).to_be_in_viewport()
    chat.locator(".scroller").evaluate("element => element.scrollTo(0, 0)")
    expect(chat.locator(".jump")).to_be_visible()
    gateway.push("新的一条")
    expect(chat.locator(".jump")).to_have_text("有新消息")
    expect(chat.locator(".message.bot").first).to_be_in_viewport()
    chat.locator(".jump").click()
    expect(chat.locator(".message.bot").last).to_be_in_viewport()


def test_the_theme_follows_the_system(browser: Browser, gateway: MockGateway) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(gateway.url)
    expect(page.locator("daogou-chat")).to_have_attribute("theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator("daogou-chat")).to_have_attribute("theme", "light")
    context.close()


def test_one_tag_embeds_it_and_an_expired_login_goes_on_as_a_guest(
    page: Page, gateway: MockGateway
) -> None:
    page.goto(f"{gateway.url}/embedding")
    open_panel(page)
    expect(page.locator("daogou-chat")).to_have_attribute("theme", "dark")
    expect(page.get_by_role("dialog", name="Customer service")).to_be_visible()
