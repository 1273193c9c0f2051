"""Nothing is lost and nothing is doubled, whatever happens to the line."""

from playwright.sync_api import Page, expect

from tests.browser.mock_gateway import MockGateway
from tests.browser.shopper import open_panel, say

READY = '.status[data-state="ready"]'


def bubbles(page: Page, author: str) -> list[str]:
    return page.locator(f".message.{author} .bubble").all_inner_texts()


def test_a_sentence_is_answered(chat: Page) -> None:
    say(chat, "你好")
    expect(chat.locator(".message.bot .bubble")).to_have_text("您说的是：你好")
    assert bubbles(chat, "shopper") == ["你好"]


def test_a_dropped_line_comes_back_and_replays_what_was_missed(
    chat: Page, gateway: MockGateway
) -> None:
    say(chat, "你好")
    expect(chat.locator(".message.bot")).to_have_count(1)
    gateway.refusing_sockets = True
    gateway.drop()
    expect(chat.locator(".status")).to_have_text("正在重新连接…")
    gateway.push("断线时说的话")
    gateway.refusing_sockets = False
    expect(chat.locator(".message.bot .bubble").last).to_have_text("断线时说的话")
    assert bubbles(chat, "bot") == ["您说的是：你好", "断线时说的话"]
    assert bubbles(chat, "shopper") == ["你好"]


def test_what_is_said_while_the_line_is_down_arrives_once_and_in_order(
    chat: Page, gateway: MockGateway
) -> None:
    gateway.refusing_sockets = True
    gateway.drop()
    expect(chat.locator('.status[data-state="waiting"]')).to_be_visible()
    for text in ("一", "二", "三"):
        say(chat, text)
    expect(chat.locator(".message.pending")).to_have_count(3)
    gateway.refusing_sockets = False
    expect(chat.locator(".message.bot")).to_have_count(3)
    assert gateway.said == ["一", "二", "三"]
    assert bubbles(chat, "shopper") == ["一", "二", "三"]
    expect(chat.locator(".message.pending")).to_have_count(0)


def test_a_lost_acknowledgement_neither_loses_nor_doubles(chat: Page, gateway: MockGateway) -> None:
    gateway.acknowledging = False
    say(chat, "收到了吗")
    gateway.wait_for(lambda: gateway.said)
    gateway.acknowledging = True
    gateway.drop()
    expect(chat.locator(READY)).to_have_count(0)
    expect(chat.locator(READY)).to_be_visible()
    say(chat, "第二句")
    expect(chat.locator(".message.bot")).to_have_count(1)
    assert gateway.said == ["收到了吗", "第二句"]
    assert bubbles(chat, "shopper") == ["收到了吗", "第二句"]
    first = [frame for frame in gateway.received if frame.get("text") == "收到了吗"]
    assert len(first) >= 2
    assert len({frame["client_id"] for frame in first}) == 1


def test_the_outbox_survives_a_reload(chat: Page, gateway: MockGateway) -> None:
    gateway.refusing_sockets = True
    gateway.drop()
    say(chat, "刷新也不丢")
    expect(chat.locator(".message.pending")).to_have_count(1)
    gateway.refusing_sockets = False
    chat.reload()
    expect(chat.locator(".message.bot .bubble")).to_have_text("您说的是：刷新也不丢")
    assert gateway.said == ["刷新也不丢"]


def test_history_is_there_after_a_reload(chat: Page) -> None:
    say(chat, "你好")
    expect(chat.locator(".message.bot")).to_have_count(1)
    chat.reload()
    expect(chat.locator(".message.bot .bubble")).to_have_text("您说的是：你好")
    assert bubbles(chat, "shopper") == ["你好"]


def test_two_tabs_show_the_same_conversation(chat: Page, gateway: MockGateway) -> None:
    other = chat.context.new_page()
    other.goto(gateway.url)
    expect(other.locator(READY)).to_be_visible()
    say(chat, "你好")
    for tab in (chat, other):
        expect(tab.locator(".message.bot")).to_have_count(1)
        assert bubbles(tab, "shopper") == ["你好"]


def test_the_offline_state_is_shown_and_left(chat: Page) -> None:
    chat.context.set_offline(True)
    expect(chat.locator('.status[data-state="offline"]')).to_be_visible()
    say(chat, "离线时写的")
    chat.context.set_offline(False)
    expect(chat.locator(".message.bot .bubble")).to_have_text("您说的是：离线时写的")


def test_typing_ends_when_the_line_is_lost(chat: Page, gateway: MockGateway) -> None:
    gateway.typing_forever = True
    say(chat, "你好")
    expect(chat.locator(".typing")).to_be_visible()
    gateway.refusing_sockets = True
    gateway.drop()
    expect(chat.locator(".typing")).to_be_hidden()


def test_unread_messages_are_counted_until_they_are_read(chat: Page, gateway: MockGateway) -> None:
    chat.keyboard.press("Escape")
    gateway.push("第一条")
    gateway.push("第二条")
    expect(chat.locator(".badge")).to_have_text("2")
    expect(chat.locator(".launcher")).to_have_attribute("aria-label", "打开在线客服，2 条未读消息")
    chat.reload()
    expect(chat.locator(".badge")).to_have_text("2")
    open_panel(chat)
    expect(chat.locator(".badge")).to_be_hidden()
    chat.reload()
    expect(chat.locator(READY)).to_be_attached()
    expect(chat.locator(".badge")).to_be_hidden()


def test_a_session_that_ended_starts_anew_and_loses_nothing(
    chat: Page, gateway: MockGateway
) -> None:
    gateway.refusing_sockets = True
    gateway.token = "another"
    gateway.drop()
    say(chat, "还在吗")
    gateway.refusing_sockets = False
    expect(chat.locator(".message.bot .bubble")).to_have_text("您说的是：还在吗")
    assert gateway.said == ["还在吗"]


def test_a_refused_sentence_says_why_and_can_be_sent_again(
    chat: Page, gateway: MockGateway
) -> None:
    gateway.refusal = "bad_frame"
    say(chat, "你好")
    expect(chat.locator(".note.failed")).to_contain_text("没有收下这句话。")
    gateway.refusal = None
    say(chat, "第二句")
    expect(chat.locator(".message.bot")).to_have_count(1)
    assert bubbles(chat, "shopper") == ["你好", "第二句"]
    chat.get_by_role("button", name="重新发送").click()
    expect(chat.locator(".message.bot .bubble").last).to_have_text("您说的是：你好")
    assert bubbles(chat, "shopper") == ["第二句", "你好"]


def test_a_sentence_that_came_too_fast_is_sent_later(chat: Page, gateway: MockGateway) -> None:
    gateway.refusal = "rate_limited"
    say(chat, "慢一点")
    gateway.wait_for(lambda: len(gateway.received) == 1)
    gateway.refusal = None
    expect(chat.locator(".message.bot .bubble")).to_have_text("您说的是：慢一点", timeout=12_000)
    assert gateway.said == ["慢一点"]
