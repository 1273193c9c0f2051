"""A real Chromium, and pages on the mock gateway or on the running system."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.mock_gateway import MockGateway
from tests.browser.shopper import open_panel

CHROMIUM = os.environ.get("DAOGOU_TEST_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREENSHOTS = Path("var/screenshots")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A shopper's browser on a desk; its console must stay free of errors."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    failures: list[str] = []
    context.on("weberror", lambda error: failures.append(str(error.error)))
    yield context
    context.close()
    assert failures == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def gateway() -> Iterator[MockGateway]:
    mock = MockGateway()
    mock.start()
    yield mock
    mock.stop()


@pytest.fixture
def chat(page: Page, gateway: MockGateway) -> Page:
    """The demo shop's home page on the mock gateway, with the panel open and connected."""
    page.goto(gateway.url)
    open_panel(page)
    return page


@pytest.fixture(scope="session")
def system_url() -> str:
    """Address of the whole system; tests that need it run where it is started for them."""
    url = os.environ.get("DAOGOU_TEST_URL")
    if not url:
        pytest.skip("DAOGOU_TEST_URL names no running system")
    return url.rstrip("/")


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
