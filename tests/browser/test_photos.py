"""Photos: chosen, seen, taken out, sent, tried again, and shown in the history."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.mock_gateway import MockGateway
from tests.browser.shopper import open_panel, say

SHOT = {"animations": "disabled"}


def file(
    colour: str = "#8a5a3c", size: tuple[int, int] = (800, 600), name: str = "鞋.png"
) -> FilePayload:
    out = BytesIO()
    image = Image.new("RGB", size, colour)
    image.paste("#e8d9c8", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    image.save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def choose(page: Page, *files: FilePayload) -> None:
    """Through the button, as a shopper does."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="发送图片").click()
    chooser.value.set_files(list(files))


def test_a_photo_is_seen_sent_and_shown(
    chat: Page, gateway: MockGateway, screenshots: Path
) -> None:
    choose(chat, file(), file("#3c5a8a"))
    expect(chat.locator(".tray canvas")).to_have_count(2)
    chat.locator("textarea").fill("鞋子开胶了")
    chat.screenshot(path=screenshots / "photos-preview.png")
    chat.get_by_role("button", name="移除图片 2").click()
    expect(chat.locator(".tray canvas")).to_have_count(1)
    chat.locator("textarea").press("Enter")
    sent = chat.locator(".message.shopper")
    expect(sent.locator(".bubble")).to_have_text("鞋子开胶了")
    expect(sent.get_by_role("img", name="图片 1")).to_be_visible()
    expect(chat.locator(".tray")).to_be_hidden()
    gateway.wait_for(lambda: len(gateway.messages) == 2)
    (photo_id,) = gateway.photos
    assert gateway.messages[0]["data"] == {"photos": [{"photo_id": photo_id}]}
    chat.screenshot(path=screenshots / "photos-sent.png")
    chat.reload()
    expect(chat.get_by_role("img", name="图片 1")).to_be_visible()
    expect(chat.locator(".message.shopper")).to_have_count(1)


def test_a_photo_needs_no_words(chat: Page, gateway: MockGateway) -> None:
    send = chat.get_by_role("button", name="发送", exact=True)
    expect(send).to_be_disabled()
    choose(chat, file())
    expect(send).to_be_enabled()
    send.click()
    expect(chat.locator(".message.shopper .photo canvas")).to_be_visible()
    expect(chat.locator(".message.shopper .bubble")).to_have_count(0)
    assert gateway.said == [""]


def test_a_large_one_is_made_smaller_and_leaves_its_place_behind(
    chat: Page, gateway: MockGateway
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    out = BytesIO()
    Image.new("RGB", (5000, 2500), "#446688").save(out, "JPEG", exif=exif)
    choose(chat, {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    expect(chat.locator(".tray canvas")).to_have_count(1)
    chat.get_by_role("button", name="发送", exact=True).click()
    gateway.wait_for(lambda: gateway.photos)
    (content,) = gateway.photos.values()
    with Image.open(BytesIO(content)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (2560, 1280))
    assert b"SecretCam" not in content


def test_a_failure_keeps_words_and_photo_until_it_works(
    chat: Page, gateway: MockGateway, screenshots: Path
) -> None:
    gateway.photo_refusals = [
        {"code": "photo_too_large", "detail": "图片太大了，请发送 5 MB 以内的图片。"}
    ]
    choose(chat, file())
    expect(chat.locator(".tray canvas")).to_have_count(1)
    say(chat, "看看这个")
    expect(chat.locator(".tray .failed")).to_have_text("图片太大了，请发送 5 MB 以内的图片。")
    expect(chat.locator("textarea")).to_have_value("看看这个")
    assert gateway.messages == []
    chat.screenshot(path=screenshots / "photos-failed.png")
    chat.locator("textarea").press("Enter")
    expect(chat.locator(".message.shopper .bubble")).to_have_text("看看这个")
    assert len(gateway.photos) == 1


def test_progress_is_shown_and_nothing_is_sent_twice(chat: Page, gateway: MockGateway) -> None:
    gateway.photo_delay_s = 0.5
    choose(chat, file())
    expect(chat.locator(".tray canvas")).to_have_count(1)
    say(chat, "一")
    expect(chat.get_by_role("progressbar", name="正在上传图片")).to_be_visible()
    expect(chat.get_by_role("button", name="发送", exact=True)).to_be_disabled()
    chat.locator("textarea").press("Enter")
    expect(chat.locator(".message.bot")).to_have_count(1)
    assert gateway.said == ["一"]
    assert len(gateway.photos) == 1


def test_what_is_no_picture_is_told(chat: Page) -> None:
    choose(chat, {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    expect(chat.locator("daogou-chat .toast")).to_have_text("「合同.pdf」打不开，请换一张图片。")
    expect(chat.locator(".tray")).to_be_hidden()


def test_nine_at_a_time(chat: Page) -> None:
    choose(chat, *(file(size=(40, 40)) for _ in range(10)))
    expect(chat.locator(".tray canvas")).to_have_count(9)
    expect(chat.locator("daogou-chat .toast")).to_have_text("一次最多发送 9 张图片。")


def test_a_photo_that_does_not_load_can_be_tried_again(chat: Page, gateway: MockGateway) -> None:
    choose(chat, file())
    expect(chat.locator(".tray canvas")).to_have_count(1)
    chat.get_by_role("button", name="发送", exact=True).click()
    gateway.wait_for(lambda: len(gateway.messages) == 2)
    kept = dict(gateway.photos)
    gateway.photos.clear()
    chat.reload()
    lost = chat.get_by_role("button", name="图片没有加载出来，点这里重试")
    expect(lost).to_be_visible()
    gateway.photos.update(kept)
    lost.click()
    expect(chat.get_by_role("img", name="图片 1")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser, gateway: MockGateway, screenshots: Path, scheme: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(
        viewport={"width": 360, "height": 720}, locale="zh-CN", color_scheme=scheme,
        has_touch=True, is_mobile=True, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(gateway.url)
    open_panel(page)
    choose(page, file(), file("#3c5a8a"), file("#5a8a3c", (300, 900)))
    expect(page.locator(".tray canvas")).to_have_count(3)
    page.screenshot(path=screenshots / f"photos-phone-{scheme}-preview.png")
    page.locator("textarea").fill("三张都是")
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".photo canvas")).to_have_count(3)
    box = page.locator(".photos").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.screenshot(path=screenshots / f"photos-phone-{scheme}-sent.png")
    context.close()
