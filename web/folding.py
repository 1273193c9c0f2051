"""From what Rasa utters to chat messages."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shop.domain import Choice, Draft, Sender
from web.rasa import RasaSilent, Reply


def fold(replies: Iterable[Reply]) -> list[Draft]:
    """One chat message for each text, joined by a typed message without text that follows it.

    Raises RasaSilent where nothing can be shown.
    """
    drafts: list[Draft] = []
    for reply in replies:
        draft = _draft(reply)
        if drafts and _completes(drafts[-1], draft):
            drafts[-1] = _joined(drafts[-1], draft)
        elif draft.text or draft.choices or draft.type != "text":
            drafts.append(draft)
    if not drafts:
        raise RasaSilent("nothing to show")
    return drafts


def _draft(reply: Reply) -> Draft:
    custom = reply.get("custom")
    typed: dict[str, Any] = custom if isinstance(custom, dict) and "type" in custom else {}
    return Draft(
        sender=Sender.BOT,
        type=str(typed.get("type", "text")),
        text=str(reply.get("text") or typed.get("text") or ""),
        data=typed.get("data") or {},
        choices=tuple(_choice(button) for button in reply.get("buttons") or ()),
    )


def _choice(button: dict[str, Any]) -> Choice:
    """A payload that is a Rasa command would be refused when the shopper sends it back."""
    title = str(button["title"])
    payload = str(button.get("payload") or title)
    return Choice(title, title if payload.startswith("/") else payload)


def _completes(before: Draft, draft: Draft) -> bool:
    return before.type == "text" and draft.type != "text" and not draft.text


def _joined(before: Draft, typed: Draft) -> Draft:
    return replace(typed, text=before.text, choices=before.choices + typed.choices)
