"""Who answers a sentence: the intent's action, unless the sentence says conditions of the search that is going on.

The classifier sees a sentence alone, where 能折叠的 or 85寸 may look like anything. Read by the category that is
talked of, it is a condition, and a condition refines whatever the intent was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.desk.hearing import Hearing
from actions.reply import Reply
from actions.shelf import Shelf, compared_skus
from actions.smalltalk import SMALL_TALK
from actions.turn import Turn, read_in_context
from recsys.client import RecommenderClient
from recsys.query.aftersale import names_order
from recsys.query.mood import is_wordless, pleased

REFINE, SEARCH, PURCHASE = "action_refine", "action_search_products", "action_add_to_cart"
ATTRIBUTE = "action_answer_attribute"
ORDER = "action_order_status"
# What sounds like a wish for goods to be changed or mended, but may be asked before they are bought.
_AFTER_SALE = frozenset({"action_exchange_goods", "action_repair"})
# What says nothing about goods gives way to any condition; a question about goods only to one that narrows.
_ABOUT_NOTHING = frozenset({*SMALL_TALK, "action_capabilities", "action_fallback", "action_greet"})
_ABOUT_GOODS = frozenset(
    {"action_answer_attribute", "action_answer_stock", "action_bundle", "action_product_detail"}
)
# What the number of an order sounds like to the classifier, which never saw it.
_SOUNDS_LIKE_A_NUMBER = _ABOUT_NOTHING | {"action_product_detail", REFINE, SEARCH}
_WORDLESS = {True: "action_affirm", False: "action_complain_bot", None: "action_fallback"}
_CONDITIONS = frozenset(
    ("attributes", "brands", "colours", "not_brands", "not_colours", "price_min", "price_max")
)
_STARTS_OVER = re.compile(r"重新|重来|从头|清[空除掉]|忘[掉了]|归零|重置|再来一[遍次]|不要了|都不")
_WISH = re.compile(r"的(?:有[吗么没]|有没有|[吗么没呢])?\W*$")
# What may be heard of a sentence that buys goods by their options.
_BUYING = frozenset(
    {
        *_ABOUT_NOTHING,
        *_ABOUT_GOODS,
        REFINE,
        SEARCH,
        "action_change_cart",
        "action_count_products",
        "action_quote_price",
    }
)
_PROPERTY = re.compile(
    r"(?:最好|也?要|得)?[^\W\d]{1,3}[大小长短高低多少快慢好轻重薄厚宽窄亮静稳久强足](?:一?[点些]|的)*[\s,，。!！~]*"
)
_ORDERS = re.compile(r"加购(?!物车里)|加入?购物车|加上|要了|下单|拿下")
_BUYS = re.compile(rf"{_ORDERS.pattern}|购物车|add to cart")
_TAKES = re.compile(r"(?:先|就|那)要|来[一件个]|拿")
_ADDS = re.compile(r"(?:再|还|也)(?:加|来|要|拿)[一个件条双台只把款]")
_CART = re.compile(r"购物车|加购|下单|结账|买单|删")


class Routed(Action):
    """Reads the sentence by what is talked of, then lets the one answer whom it is meant for.

    The form of the after-sale desk that is in hand hears it before, as it was said: what is wanted of an order's
    goods says nothing of the search.
    """

    def __init__(
        self,
        action: Action,
        others: Sequence[Action],
        recommender: RecommenderClient,
        shelf: Shelf,
        desk: Hearing,
    ) -> None:
        self._action = action
        self._others = {str(one.name()): one for one in others}
        self._recommender = recommender
        self._shelf = shelf
        self._desk = desk

    def name(self) -> str:
        return str(self._action.name())

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn = Turn.of(tracker)
        if not turn.pending:
            taken = await self._desk.heard(turn, self.name(), Reply(dispatcher))
            if taken is not None:
                return taken
        category = await self._talked_of(turn)
        await read_in_context(tracker, self._recommender, category)
        meant = route(self.name(), Turn.of(tracker))
        action = self._others.get(meant, self._action)
        events: list[EventType] = await action.run(dispatcher, tracker, domain)
        return events

    async def _talked_of(self, turn: Turn) -> str | None:
        """The category of the search; before any, that of the product spoken of or of those compared."""
        if category := turn.frame.get("category"):
            return str(category)
        skus = [turn.focus] if turn.focus else list(compared_skus(turn))
        kinds = {card.category for card in await self._shelf.cards(skus)} if skus else set()
        return kinds.pop() if len(kinds) == 1 else None


def route(heard: str, turn: Turn) -> str:
    """The name of the action that a sentence is for; `heard` is what its intent leads to."""
    if is_wordless(turn.text):
        return _WORDLESS[pleased(turn.text)]
    if heard in _SOUNDS_LIKE_A_NUMBER and names_order(turn.text):
        return ORDER
    if heard in _BUYING and not turn.reading.ordinals and _buys(turn):
        return PURCHASE
    if heard in _AFTER_SALE and (meant := _before_purchase(turn)):
        return meant
    if not turn.frame.get("category") or turn.reading.ordinals:
        return heard
    if heard == SEARCH and _is_property(turn):
        return REFINE
    if heard == "action_start_over":
        return heard if _STARTS_OVER.search(turn.text) else _search(turn) or heard
    if heard in _AFTER_SALE:
        return _search(turn) or heard
    if heard in _ABOUT_NOTHING:
        return heard if turn.reading.asks and not _wishes(turn) else _search(turn) or heard
    if heard in _ABOUT_GOODS and _wishes(turn) and _narrows(turn):
        return REFINE
    if heard == "action_advise_size" and not turn.reading.asks:
        return _search(turn) or heard if _is_size(turn) else heard
    if heard == PURCHASE and (_is_bounded(turn) or _is_for_somebody(turn)):
        return REFINE
    if heard == "action_change_cart" and _is_no_cart(turn):
        return REFINE
    return heard


def _before_purchase(turn: Turn) -> str | None:
    """质保几年 asks about the product spoken of."""
    reading = turn.reading
    asks = "质保" in reading.asked and (reading.asks or "几年" in turn.text)
    return ATTRIBUTE if asks and turn.focus and not compared_skus(turn) else None


def _search(turn: Turn) -> str | None:
    said = turn.reading.constraints
    if said.get("category") not in (None, turn.frame["category"]):
        return SEARCH
    told = _CONDITIONS & said.keys() or turn.reading.lifted or turn.reading.recipient
    return REFINE if told else None


def _is_property(turn: Turn) -> bool:
    """字大 says how the goods talked of are to be, and names no others."""
    said = turn.reading.constraints
    return said.keys() == {"need"} and _PROPERTY.fullmatch(turn.text.strip()) is not None


def _wishes(turn: Turn) -> bool:
    """有能折叠的吗 asks for goods; 能折叠吗 asks about what is shown."""
    return not turn.reading.asks or _WISH.search(turn.text) is not None


def _narrows(turn: Turn) -> bool:
    """A condition on a field, where no single product is spoken of; a bound can be nothing else."""
    said = turn.reading.constraints.get("attributes", ())
    bound = any(one["unit"] or one["op"] == "!=" for one in said)
    return bound or (bool(said) and turn.focus is None)


def _is_size(turn: Turn) -> bool:
    """L码的 is what is wanted, and 跑步穿 of shoes names a kind; measures of a body and the chart want advice."""
    said = turn.reading.constraints
    narrower = said.get("category") not in (None, turn.frame["category"])
    sized = bool(said.get("attributes")) and not turn.reading.sizing
    return (narrower or sized) and not turn.reading.body.keys() - {"alone", "other"}


def _is_bounded(turn: Turn) -> bool:
    """小屏的 and 200升以上 choose among goods, not among the options of one."""
    said = turn.reading.constraints.get("attributes", ())
    return not turn.reading.quantity and any(one["op"] in ("<=", ">=") for one in said)


def _is_for_somebody(turn: Turn) -> bool:
    """给我妈买 says for whom, not what."""
    return turn.reading.recipient and not turn.focus and not turn.reading.quantity


def _buys(turn: Turn) -> bool:
    """两个黑色1.7升的 and 先要白色L, said of the one product that is spoken of; 安踏的黑色42来一双, of one by its brand."""
    reading, said = turn.reading, turn.reading.constraints
    chosen = {"attributes", "colours"} & said.keys()
    bought = reading.quantity or _BUYS.search(turn.text)
    bought = bought or (len(chosen) > 1 and (_TAKES.search(turn.text) or _ADDS.search(turn.text)))
    # 加上 一共多少 orders first, and the sum is told with it.
    asks = reading.asks and not _ORDERS.search(turn.text)
    if not (chosen and bought) or asks or reading.edit not in (None, "more"):
        return False
    if "category" in said:
        return _ORDERS.search(turn.text) is not None or _adds_one(turn)
    return bool(turn.focus or said.get("brands"))


def _adds_one(turn: Turn) -> bool:
    """再加个华为Mate70的壳 透明色: another one, of which brand, for what and in which colour."""
    told = {"brands", "attributes", "colours"} <= turn.reading.constraints.keys()
    return told and _ADDS.search(turn.text) is not None


def _is_no_cart(turn: Turn) -> bool:
    """能加到6000 is a budget and 独显不要了 a condition; options, pieces and the cart by name are the cart's."""
    reading = turn.reading
    if reading.quantity or reading.whole or _CART.search(turn.text):
        return False
    flags = [a for a in reading.constraints.get("attributes", ()) if isinstance(a["value"], bool)]
    return reading.names_a_price or bool(flags)
