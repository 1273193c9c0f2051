"""The keys of `expect`, one check each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from statistics import median
from typing import Any

from testing.checking.answer import Answer, Card, cards, lines
from testing.checking.conditions import MISSING, at, broken, same, show
from testing.checking.leaks import leaks

Check = Callable[[Any, Answer], Iterator[str]]


def failures(expect: Mapping[str, Any], answer: Answer) -> list[str]:
    """Sentences on everything that is not as expected, and on what no answer may be."""
    found = list(_always(expect, answer))
    for key, wanted in expect.items():
        found += [f"{key}：{why}" for why in CHECKS[key](wanted, answer)]
    return found


def needs_a_look_inside(expect: Mapping[str, Any]) -> bool:
    """Whether something is expected that only the tests' own system shows."""
    return bool(_INSIDE & expect.keys())


def _always(expect: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    if answer.status is not None:
        if "status" not in expect and answer.status >= 400:
            yield f"调用失败，状态码 {answer.status}"
        return
    if not answer.messages:
        yield "没有回答"
    for message in answer.messages:
        if message["type"] == "error" and "type" not in expect:
            yield f"导购出错致歉：{message['text']}"
        if not message["text"].strip() and message["type"] == "text":
            yield "有一条回答没有文字"
        yield from (f"泄露：{leak}" for text in spoken(message) for leak in leaks(text))


def spoken(message: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a message that a shopper reads."""
    yield message["text"]
    yield from (choice["title"] for choice in message.get("choices", ()))
    shown = [*cards(message), *filter(None, [message.get("data", {}).get("item")])]
    for card in shown:
        yield from (card["title"], *card.get("reasons", ()))
    yield from lines(message)


def _type(wanted: Any, answer: Answer) -> Iterator[str]:
    yield from broken(wanted, answer.last.get("type", MISSING))


def _answers(wanted: Any, answer: Answer) -> Iterator[str]:
    yield from broken(wanted, len(answer.messages))


def _text(wanted: Any, answer: Answer) -> Iterator[str]:
    yield from broken(wanted, "\n".join(message["text"] for message in answer.messages))


def _choices(wanted: Any, answer: Answer) -> Iterator[str]:
    offered = [choice["title"] for choice in answer.last.get("choices", ())]
    if isinstance(wanted, bool):
        if bool(offered) != wanted:
            yield f"给出了 {show(offered)}" if offered else "没有给出选项"
    elif missing := [title for title in wanted if title not in offered]:
        yield f"{show(offered)} 里没有 {show(missing)}"


def _each_card(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    if not answer.cards:
        yield "没有商品卡片"
    for number, card in enumerate(answer.cards, 1):
        yield from (f"第 {number} 张卡片（{_name(card)}）的 {why}" for why in _card(wanted, card))


def _some_card(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    if not any(not list(_card(wanted, card)) for card in answer.cards):
        yield f"没有一张卡片是 {show(wanted)}：{'；'.join(map(_name, answer.cards)) or '没有卡片'}"


def _first_card(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    yield from _card(wanted, answer.cards[0]) if answer.cards else ["没有商品卡片"]


def _item(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    card = at(answer.data, "item")
    yield from ["没有展示商品"] if card is MISSING else _card(wanted, card)


def _card(wanted: Mapping[str, Any], card: Card) -> Iterator[str]:
    for path, condition in wanted.items():
        yield from (f"{path} {why}" for why in broken(condition, at(card, path)))


def _name(card: Card) -> str:
    return f"{card['title']}，{card['price']} 元"


def _count(wanted: Any, answer: Answer) -> Iterator[str]:
    yield from broken(wanted, len(answer.cards))


def _order(wanted: str, answer: Answer) -> Iterator[str]:
    values = [card[wanted.lstrip("-")] for card in answer.cards]
    if values != sorted(values, reverse=wanted.startswith("-")):
        yield f"卡片的次序是 {show(values)}"


def _unseen(wanted: bool, answer: Answer) -> Iterator[str]:
    seen = {card["product_id"] for batch in answer.lists for card in batch}
    again = [_name(card) for card in answer.cards if card["product_id"] in seen]
    if wanted and again:
        yield f"之前展示过：{'；'.join(again)}"


def _cheaper(_: Any, answer: Answer) -> Iterator[str]:
    yield from _beyond(answer, lambda price, middle: price < middle, "低于")


def _dearer(_: Any, answer: Answer) -> Iterator[str]:
    yield from _beyond(answer, lambda price, middle: price > middle, "高于")


def _beyond(answer: Answer, holds: Callable[[float, float], bool], word: str) -> Iterator[str]:
    if not answer.lists or not answer.cards:
        yield "没有前后两批商品可比"
        return
    middle = median(card["price"] for card in answer.lists[-1])
    for card in answer.cards:
        if not holds(card["price"], middle):
            yield f"{_name(card)}，没有{word}上一批的中间价 {middle}"


def _position(wanted: int, answer: Answer) -> Iterator[str]:
    place = wanted - 1 if wanted > 0 else wanted
    newest = answer.lists[-1] if answer.lists else ()
    if not -len(newest) <= place < len(newest):
        yield f"最近一批只有 {len(newest)} 张卡片"
    elif (shown := at(answer.data, "item.sku")) != newest[place]["sku"]:
        what = "没有" if shown is MISSING else show(shown)
        yield f"应展示 {_name(newest[place])}（{newest[place]['sku']}），实际展示 {what}"


def _data(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    yield from _paths(wanted, answer.data)


def _slots(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    if answer.slots is not None:
        yield from _paths(wanted, {k: v for k, v in answer.slots.items() if v is not None})


def _paths(wanted: Mapping[str, Any], data: Any) -> Iterator[str]:
    for path, condition in wanted.items():
        yield from (f"{path} {why}" for why in broken(condition, at(data, path)))


def _intent(wanted: Any, answer: Answer) -> Iterator[str]:
    if answer.understanding is not None:
        yield from broken(wanted, answer.understanding.intent)


def _actions(wanted: list[str], answer: Answer) -> Iterator[str]:
    if answer.understanding is not None:
        ran = [step.action for step in answer.steps]
        if ran != wanted:
            yield f"应是 {show(wanted)}，实际是 {show(_counted(ran))}"


def _counted(names: Iterable[str]) -> list[str]:
    """Repeats as one: a loop of ten reads as such."""
    runs = [(name, len(list(again))) for name, again in groupby(names)]
    return [name if count == 1 else f"{name} ×{count}" for name, count in runs]


def _responses(wanted: list[str], answer: Answer) -> Iterator[str]:
    if answer.understanding is not None:
        uttered = [name for step in answer.steps for name in step.responses]
        if missing := [name for name in wanted if name not in uttered]:
            yield f"{show(_counted(uttered))} 里没有 {show(missing)}"


def _database(wanted: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    for table, rows in wanted.items():
        if answer.tables is not None:
            yield from (f"{table} {why}" for why in _table(rows, list(answer.tables[table])))


def _table(wanted: Any, rows: list[Mapping[str, Any]]) -> Iterator[str]:
    if isinstance(wanted, Mapping):
        fitting = [row for row in rows if not list(_paths(wanted.get("where", {}), row))]
        yield from (f"的行数{why}" for why in broken(wanted["count"], len(fitting)))
        return
    if len(wanted) != len(rows):
        yield f"应有 {len(wanted)} 行，实际有 {len(rows)} 行：{show(rows)}"
    left = list(rows)
    for row in wanted:
        fit = next((one for one in left if not list(_paths(row, one))), None)
        if fit is None:
            yield f"没有一行是 {show(row)}：{show(left)}"
        else:
            left.remove(fit)


def _without(wanted: Any, answer: Answer) -> Iterator[str]:
    words: Iterable[Any] = wanted if isinstance(wanted, list) else [wanted]
    said = "\n".join(text for message in answer.messages for text in spoken(message))
    yield from (f"说了「{word}」" for word in words if str(word) in said)


def _seconds(wanted: float, answer: Answer) -> Iterator[str]:
    if answer.seconds > wanted:
        yield f"用了 {answer.seconds:.2f} 秒，不应超过 {wanted} 秒"


def _status(wanted: int, answer: Answer) -> Iterator[str]:
    if not same(wanted, answer.status):
        yield f"应是 {wanted}，实际是 {answer.status}"


CHECKS: Mapping[str, Check] = {
    "type": _type,
    "answers": _answers,
    "text": _text,
    "choices": _choices,
    "items": _each_card,
    "some_item": _some_card,
    "first_item": _first_card,
    "count": _count,
    "order": _order,
    "unseen": _unseen,
    "cheaper": _cheaper,
    "dearer": _dearer,
    "item": _item,
    "position": _position,
    "data": _data,
    "slots": _slots,
    "intent": _intent,
    "actions": _actions,
    "responses": _responses,
    "database": _database,
    "without": _without,
    "seconds": _seconds,
    "status": _status,
}
_INSIDE = {"slots", "intent", "actions", "responses", "database"}
