"""A shopper's visit to the running system (DAOGOU_TEST_URL), from the first word to the cart."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.shopper import open_panel, say

ANSWER_MS = 15_000
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def ask(page: Page, text: str) -> None:
    """Says it and waits for the whole answer."""
    answers = page.locator(".message:not(.shopper):not(.system)")
    before = answers.count()
    say(page, text)
    expect(answers).not_to_have_count(before, timeout=ANSWER_MS)
    expect(page.locator(".typing")).to_be_hidden(timeout=ANSWER_MS)


def newest_prices(page: Page) -> list[float]:
    cards = page.locator(".message").filter(has=page.locator(".card")).last.locator(".card")
    return [float(card.get_attribute("data-price") or "nan") for card in cards.all()]


@pytest.fixture
def visit(page: Page, system_url: str) -> Page:
    page.goto(system_url)
    open_panel(page)
    return page


def test_phones_are_found_and_narrowed_by_price(visit: Page) -> None:
    ask(visit, "我想买手机")
    assert newest_prices(visit)
    ask(visit, "三千以内的")
    prices = newest_prices(visit)
    assert prices
    assert max(prices) <= 3000


def test_the_keyboard_leads_from_a_card_to_its_page(visit: Page) -> None:
    ask(visit, "我想买手机")
    cards = visit.locator(".card")
    cards.first.focus()
    visit.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_focused()
    title = cards.nth(1).locator("h3").inner_text()
    cards.nth(1).locator("a").click()
    expect(visit.locator(".product h1")).to_have_text(title)


def test_a_card_goes_into_the_cart(visit: Page) -> None:
    ask(visit, "我想买手机")
    visit.locator(".card .button.primary:enabled").first.click()
    expect(visit.locator("daogou-chat .toast")).to_have_text("已加入购物车")
    expect(visit.locator(".cart-button .count")).to_have_text("1")


def test_history_is_there_after_a_reload(visit: Page) -> None:
    ask(visit, "我想买手机")
    said = visit.locator(".message .bubble").all_inner_texts()
    visit.reload()
    expect(visit.locator(".message .bubble")).to_have_text(said)


def test_html_is_shown_as_text(visit: Page) -> None:
    html = "<img src=x onerror=alert(1)>"
    ask(visit, html)
    expect(visit.locator(".message.shopper .bubble")).to_have_text(html)
    expect(visit.locator(".bubble img")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("desktop", DESKTOP),
        ("dark", {**DESKTOP, "color_scheme": "dark"}),
        ("mobile", PHONE),
    ],
)
def test_it_is_pictured(
    browser: Browser, system_url: str, screenshots: Path, name: str, device: dict[str, Any]
) -> None:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", **device)
    page = context.new_page()
    page.goto(system_url)
    expect(page.locator(".tile h3").first).to_be_visible()
    page.screenshot(path=screenshots / f"{name}-shop.png")
    open_panel(page)
    ask(page, "我想买手机")
    expect(page.locator(".card img").first).to_be_visible()
    page.screenshot(path=screenshots / f"{name}-chat.png")
    assert (screenshots / f"{name}-chat.png").stat().st_size > 10_000
    context.close()
