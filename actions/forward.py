"""What a sentence says decides who answers it, where the intent alone would lead astray.

One rule after another, the first that fits; each looks only at what recsys.query read and at what the conversation is about.
What was asked of a product is kept in the slot `question`, so that 飞利浦的呢 and 两件呢 ask it again of another one or of more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.comparison import leaning
from actions.heard import Heard
from actions.reply import Reply
from actions.shelf import compared_skus, mention_of
from actions.smalltalk import SMALL_TALK
from actions.turn import Reading, Turn

SEARCH, REFINE = "action_search_products", "action_refine"
DETAIL, ATTRIBUTE, STOCK = "action_product_detail", "action_answer_attribute", "action_answer_stock"
COMPARE, PRICE, COUNT = "action_compare", "action_quote_price", "action_count_products"
REPAIR = "action_repair"

_LISTS = frozenset(
    {SEARCH, REFINE, "action_more_products", "action_fallback", "action_out_of_scope"}
)
_TALK = frozenset({*SMALL_TALK, "action_fallback", "action_capabilities"})
_ABOUT_ONE = frozenset({DETAIL, ATTRIBUTE, STOCK, PRICE})
_SPOKEN = 4
_VERSUS = re.compile(r"哪[个款一]|谁|比|区别|差别|不同|还是|选|vs", re.IGNORECASE)
_BESIDE = re.compile(r"(?:加上|加个|加进|算上|带上|拉上|拉进|和|跟|也).*(?:比|一起|一块)")
_WHAT_ELSE = re.compile(r"推荐|哪些|有没有|[想要]买|有.{0,8}的[吗么]|来点|给我找")
_WHO_IS = re.compile(r"是(?:哪一?[个款件双台]|什么|啥)|拿[来给]|看看|什么样|来着")
_WEIGHS = re.compile(r"在意|看重|在乎|关心|注重|重视|主要看|优先")
_WHETHER = re.compile(r"(?:吗|没有?|不)\W*$|有没有")
_OPTIONS = frozenset({"尺码", "颜色", "存储", "版本", "规格", "尺寸", "口味"})
_AGAIN = re.compile(r"(?:呢|的话|怎么样|咋样|多少|一样吗)[\s?？。!！]*$")
_SUM = re.compile(r"券后|用[完了]券")
_ELSEWHERE = re.compile(
    r"[别其][的他它人]?(?:家|店|处|地方|平台|商家)|隔壁|淘宝|京东|拼多多|天猫|抖音"
)
_BOUGHT = re.compile(r"差|保|补|返|退|赔|买[了的完过到贵]|刚|才[买到]|下单|付|订单|[A-Za-z]\d{5}")
# Wishes that more of the same would not meet: 还有更便宜的吗.
_OTHER_WAYS = frozenset({"cheaper", "dearer", "other_brand"})
_STOCK = "库存"
_LOST = frozenset({"action_fallback", "action_out_of_scope"})
_PIECES = frozenset({"colours", "attributes", "need"})

Route = tuple[str, Turn]


def forward(name: str, turn: Turn) -> Route:
    """The action that answers, and the turn as it is to hear it; as they are where no rule fits."""
    for rule in _RULES:
        found = rule(name, turn)
        if found is not None:
            return found
    return name, turn


class Forwarded(Action):
    """Hands a turn to whom it is meant for, and remembers what was asked of which product."""

    def __init__(self, action: Action, others: Mapping[str, Action]) -> None:
        self._action = action
        self._others = others

    def name(self) -> str:
        return str(self._action.name())

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        name, turn = forward(self.name(), Turn.of(tracker))
        other = self._others.get(name)
        if isinstance(other, Heard):
            events = await other.hear(turn, Reply(dispatcher))
        else:
            events = await self._action.run(dispatcher, tracker, domain)
        return [*events, *_remembered(name, turn, events)]


def _remembered(name: str, turn: Turn, events: Sequence[EventType]) -> list[EventType]:
    """A question stays until goods are shown; what was spoken of stays."""
    changed = {event["name"]: event.get("value") for event in events if "name" in event}
    found: list[EventType] = []
    focus = changed.get("focus")
    if focus and focus != next(reversed(turn.spoken), None):
        kept = [sku for sku in turn.spoken if sku != focus]
        found.append(SlotSet("spoken", [*kept, focus][-_SPOKEN:]))
    if name in _ABOUT_ONE or name == COUNT:
        found.append(SlotSet("question", _question(name, turn.reading, turn.text)))
    elif "shown" in changed and turn.question:
        found.append(SlotSet("question", None))
    return found


def _question(name: str, reading: Reading, text: str) -> dict[str, Any]:
    pointing = reading.reference.get("described", {})
    constraints = {
        key: reading.constraints[key]
        for key in ("colours", "attributes")
        if key in reading.constraints and key not in pointing
    }
    return {"action": name, "asked": list(reading.asked), "constraints": constraints, "text": text}


def _new_conditions(name: str, turn: Turn) -> Route | None:
    """A budget, an order or a condition taken back is no answer and nothing for the cart."""
    reading = turn.reading
    if name == PRICE and reading.relative and turn.shown and not _speaks_of_one(turn):
        return REFINE, turn
    lost = name in _TALK or name in ("action_change_cart", "action_start_over", PRICE)
    if not lost or not turn.frame:
        return None
    if reading.budget or (reading.lifted and not turn.pending):
        return REFINE, turn
    if name == "action_change_cart" and reading.names_a_price and reading.quantity is None:
        return REFINE, turn
    if name in _TALK and (reading.names_a_price or reading.sort or reading.allowed):
        return REFINE, turn
    return None


def _speaks_of_one(turn: Turn) -> bool:
    """能便宜点吗, while one product is spoken of; of a list it asks for other goods."""
    return bool(turn.focus or mention_of(turn).points)


def _more_of_the_same(name: str, turn: Turn) -> Route | None:
    """两件呢 after a price, 最便宜呢 after 最贵的是哪个."""
    asked = (turn.question or {}).get("action")
    reading = turn.reading
    if name == "action_more_products" and (
        reading.relative in _OTHER_WAYS or "not_brands" in reading.constraints
    ):
        return REFINE, turn
    if (
        asked == PRICE
        and reading.quantity
        and _says_only_a_number(reading)
        and reading.edit is None
    ):
        return PRICE, turn
    if asked == COUNT and reading.sort and not turn.frame.get("sort") and _AGAIN.search(turn.text):
        return COUNT, turn
    return None


def _says_only_a_number(reading: Reading) -> bool:
    said = reading.constraints.keys() - {"need"}
    return not (said or reading.ordinals or reading.named or reading.asked or reading.relative)


def _asked_again(name: str, turn: Turn) -> Route | None:
    """飞利浦的呢 · 那第二个呢 · 16的呢: the last question, of another product."""
    question, reading = turn.question, turn.reading
    if not question or question["action"] not in _ABOUT_ONE or not _AGAIN.search(turn.text):
        return None
    if reading.reference.get("batch"):
        return None
    if name not in _LISTS | _TALK | {DETAIL, ATTRIBUTE, STOCK}:
        return None
    another_kind = reading.constraints.get("category") and not reading.named
    asked_else = set(reading.asked) - ({"价格"} if question["action"] == PRICE else set())
    if asked_else or reading.relative or reading.names_a_price or another_kind:
        return None
    if not (_points_at_one(turn) or _asks_other_options(name, turn)):
        return None
    constraints = {**question["constraints"], **reading.constraints}
    asked = replace(reading, asked=tuple(question["asked"]), constraints=constraints, asks=True)
    return question["action"], replace(turn, reading=asked, text=f"{question['text']} {turn.text}")


def _points_at_one(turn: Turn) -> bool:
    reading = turn.reading
    named = len(reading.constraints.get("brands", ())) == 1 or len(reading.named) == 1
    pointed = len(reading.ordinals) == 1 or reading.reference.get("place") or reading.part
    return bool(named or pointed or reading.reference.get("extremes"))


def _asks_other_options(name: str, turn: Turn) -> bool:
    """黑色的呢, after 白色的有吗."""
    question, said = turn.question or {}, turn.reading.constraints.keys()
    options = question.get("action") in (STOCK, ATTRIBUTE) and question["constraints"]
    return bool(options and turn.focus and said & {"colours", "attributes"} and said <= _PIECES)


def _compared(name: str, turn: Turn) -> Route | None:
    """Two that are named are compared; what is said of a comparison goes on with it."""
    reading = turn.reading
    several = len(reading.named) > 1 or len(reading.constraints.get("brands", ())) > 1
    if several and name in _LISTS | {DETAIL, ATTRIBUTE} and _VERSUS.search(turn.text):
        return COMPARE, turn
    compared = compared_skus(turn)
    if not compared:
        return None
    joins = _BESIDE.search(turn.text) and (
        reading.names_a_product or reading.named or reading.ordinals
    )
    if joins and name in _LISTS | _TALK | {COMPARE, "action_bundle"}:
        return COMPARE, turn
    if name in _LISTS | _TALK | {ATTRIBUTE, COUNT, REPAIR} and _says_what_matters(turn):
        return COMPARE, turn
    return None


def _says_what_matters(turn: Turn) -> bool:
    reading = turn.reading
    if _WEIGHS.search(turn.text) and reading.asked:
        return True
    matters = reading.leaning or reading.sort or reading.relative in ("cheaper", "dearer")
    fields = bool(reading.asked) and not re.search(r"[吗么]|有没有", turn.text)
    points = mention_of(turn).points and reading.reference.get("several") is None
    leans = leaning(turn)
    others = reading.constraints.keys() - {"need", *(["attributes"] if leans else [])}
    return bool(matters or fields or leans) and not points and not others


def _about_a_named_one(name: str, turn: Turn) -> Route | None:
    """iPhone 17支持无线充电吗 · 功率呢 康夫的: a question about one product, shown or not."""
    reading = turn.reading
    if name in _LISTS | _TALK and len(reading.named) == 1 and _asks_for_options(turn):
        return STOCK, turn
    if name not in _LISTS | _TALK | {COMPARE, PRICE} or not reading.asked or not reading.asks:
        return None
    brands = reading.constraints.get("brands", ())
    if not (len(reading.named) == 1 or len(brands) == 1) or _WHAT_ELSE.search(turn.text):
        return None
    if reading.wishes or reading.sort or "价格" in reading.asked:
        return None
    return (STOCK if _STOCK in reading.asked else ATTRIBUTE), turn


def _asks_a_measure(name: str, turn: Turn) -> Route | None:
    """三人位的多长 sounds like a question about sizes to wear."""
    reading = turn.reading
    worn = reading.body.keys() - {"other"} or reading.sizing or reading.size
    fields = set(reading.asked) - {_STOCK, "价格"}
    if name == "action_advise_size" and fields and reading.asks and not (worn or fields & _OPTIONS):
        return ATTRIBUTE, turn
    return None


def _asks_for_options(turn: Turn) -> bool:
    """K380有粉色的吗."""
    said = {"colours", "attributes"} & turn.reading.constraints.keys()
    return bool(said and "有" in turn.text and _WHETHER.search(turn.text))


def _about_the_one_spoken_of(name: str, turn: Turn) -> Route | None:
    """黑色有M码吗 · 有藏青的吗, after talk of one product: whether it comes so."""
    reading = turn.reading
    if name not in _LISTS | _TALK or not turn.focus or not _WHETHER.search(turn.text):
        return None
    said = reading.constraints.keys()
    named = {one["name"] for one in reading.constraints.get("attributes", ())} | set(reading.asked)
    options = "colours" in said or (_OPTIONS & named and "有" in turn.text)
    spoken_of = turn.question or len(turn.latest) == 1
    if not options or said - _PIECES or reading.relative or not spoken_of:
        return None
    return STOCK, turn


def _pointed_at(name: str, turn: Turn) -> Route | None:
    """便宜的那个 · 中间那个 · 上一批的第二个是哪个: one of what was shown, whatever else it sounds like."""
    reading, pointed = turn.reading, turn.reading.reference
    if not (turn.shown or turn.focus) or reading.quantity:
        return None
    place = pointed.get("place") or len(pointed.get("extremes", ())) == 1
    recalled = pointed.get("batch") is None and bool(reading.constraints.get("brands"))
    who = len(reading.ordinals) == 1 and bool(_WHO_IS.search(turn.text))
    if name == DETAIL:
        return (ATTRIBUTE, turn) if _asks_more_than_the_card(reading) else None
    if name == COMPARE:
        fits = who and not reading.asked
    else:
        fits = name in _LISTS | _TALK and bool(place or (recalled and _WHO_IS.search(turn.text)))
        fits = fits or (name in _LOST and len(reading.ordinals) == 1)
        if name in _LISTS and pointed.get("described") and _WHETHER.search(turn.text):
            return ATTRIBUTE, turn
    if not fits or reading.relative:
        return None
    asked = [one for one in reading.asked if one != "价格"]
    return (ATTRIBUTE if asked and not reading.sort else DETAIL), turn


def _asks_more_than_the_card(reading: Reading) -> bool:
    """有什么规格 · 那个有红色吗, though 那个怎么样 sounds alike."""
    described = reading.reference.get("described", {})
    options = any(
        key in reading.constraints and key not in described for key in ("colours", "attributes")
    )
    fields = any(name != "价格" for name in reading.asked)
    return reading.asks and (options or fields)


def _offers(name: str, turn: Turn) -> Route | None:
    """买平板有优惠吗 · 购物车用完券多少 · 安踏那双券后呢."""
    reading = turn.reading
    if name == "action_coupons" and _SUM.search(turn.text):
        return (PRICE, turn) if turn.focus or _points_at_one(turn) else None
    if name == "action_view_cart" and reading.offers and "价格" in reading.asked:
        return PRICE, turn
    return (PRICE, turn) if name in _LISTS and reading.offers and reading.asks else None


def _counted(name: str, turn: Turn) -> Route | None:
    """带烘干的有几款 · 最便宜的是哪个."""
    reading = turn.reading
    more = name == "action_more_products"
    if name in _LISTS and reading.counts and "need" not in reading.constraints and not more:
        return (COUNT, turn) if turn.frame else None
    return None


def _cheaper_elsewhere(name: str, turn: Turn) -> Route | None:
    """别家比你便宜, of which nothing was bought here: what it costs after the offers."""
    if name != "action_price_protection" or turn.desk.get("case"):
        return None
    bought = _BOUGHT.search(turn.text) is not None
    return (PRICE, turn) if _ELSEWHERE.search(turn.text) and not bought else None


_RULES: tuple[Callable[[str, Turn], Route | None], ...] = (
    _cheaper_elsewhere,
    _compared,
    _new_conditions,
    _more_of_the_same,
    _asked_again,
    _about_a_named_one,
    _about_the_one_spoken_of,
    _asks_a_measure,
    _pointed_at,
    _offers,
    _counted,
)
