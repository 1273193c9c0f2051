"""What a shopper does, in every test."""

from playwright.sync_api import Page


def open_panel(page: Page) -> None:
    """Opens the chat and waits until it is connected."""
    page.locator("daogou-chat .launcher").click()
    page.locator('.status[data-state="ready"]').wait_for()


def say(page: Page, text: str) -> None:
    """Types a sentence and sends it with Enter."""
    page.locator("daogou-chat textarea").fill(text)
    page.locator("daogou-chat textarea").press("Enter")
