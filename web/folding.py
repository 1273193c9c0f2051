"""From what Rasa utters to chat messages."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from shop.domain import Choice, Draft, Sender
from web.rasa import RasaSilent, RasaUnusable, Reply


class _Button(BaseModel):
    title: str
    payload: str | None = None


class _Typed(BaseModel):
    """What an action sends as `json_message`."""

    type: str = "text"
    text: str | None = None
    data: dict[str, Any] | None = None


class _Utterance(BaseModel):
    text: str | None = None
    buttons: list[_Button] | None = None
    custom: _Typed | None = None


class _Item(BaseModel):
    sku: str


class _Products(BaseModel):
    """As much of a list of products as is counted as shown."""

    items: list[_Item]


def fold(replies: Iterable[Reply]) -> list[Draft]:
    """One chat message for each text, joined by a typed message without text that follows it.

    Raises RasaSilent where nothing can be shown, RasaUnusable.
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
    utterance = _utterance(reply)
    typed = utterance.custom or _Typed()
    return Draft(
        sender=Sender.BOT,
        type=typed.type,
        text=(utterance.text or typed.text or "").strip(),
        data=typed.data or {},
        choices=tuple(_choice(b) for b in utterance.buttons or () if b.title.strip()),
    )


def _utterance(reply: Reply) -> _Utterance:
    try:
        utterance = _Utterance.model_validate(reply)
        if utterance.custom and utterance.custom.type == "products":
            _Products.model_validate(utterance.custom.data)
    except ValidationError as error:
        # Where, not what: the value may quote the shopper.
        where = ", ".join(".".join(map(str, e["loc"])) for e in error.errors())
        raise RasaUnusable(f"wrong or missing: {where}") from None
    return utterance


def _choice(button: _Button) -> Choice:
    """A payload that is a Rasa command would be refused when the shopper sends it back."""
    payload = button.payload or button.title
    return Choice(button.title, button.title if payload.startswith("/") else payload)


def _completes(before: Draft, draft: Draft) -> bool:
    return before.type == "text" and draft.type != "text" and not draft.text


def _joined(before: Draft, typed: Draft) -> Draft:
    return replace(typed, text=before.text, choices=before.choices + typed.choices)
