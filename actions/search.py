"""From a turn to a list of products; shared by every action that may end in one."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import clarify, topics
from actions import frame as frames
from actions.choices import worded
from actions.finder import Finder, Found
from actions.frame import Frame
from actions.moves import SORTS, Moves
from actions.nothing import Nothing
from actions.reply import Reply
from actions.turn import Turn
from recsys.client import Overview


class Search:
    """Reads what a turn asks for and shows it, asks one question beside it, or says why there is nothing."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._moves = Moves(finder)
        self._nothing = Nothing(finder)

    async def run(self, turn: Turn, reply: Reply, *, new_search: bool) -> list[EventType]:
        if turn.reading.relative == "undo":
            return await self._undo(turn, reply)
        if turn.reading.wishes:
            return await self._wishes(turn, reply)
        if turn.reading.absent and not turn.reading.names_a_product:
            return await self.absent(turn, reply, turn.reading.absent)
        if turn.reading.budget:
            budgeted = await self._budgeted(turn)
            if budgeted is None:
                reply.say("utter_budget_unknown")
                return []
            turn = budgeted
        turn = topics.returned(turn)
        frame = merged(turn, new_search=new_search)
        if not frames.searchable(frame) and turn.clarified < clarify.IN_A_ROW:
            return await self.ask_category(turn, reply, "utter_ask_category", frame)
        moved = await self._move(turn, reply, frame)
        if moved is not None:
            return moved
        return await self.show(turn, reply, frame)

    async def show(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType]:
        """The products for a frame, with a question beside them where too many are left."""
        named = [one for group in turn.reading.named for one in group]
        found = await self._finder.by_frame(frame, order(turn, frame), named=named)
        if found.cards and (_only_tells(turn, found) or _of_another_kind(turn, found)):
            return self._guessed(turn, reply, frame, found)
        if found.relaxed or not found.cards:
            gone = (await self._nothing.explain(reply, frame, found)).unfilterable
            return _after(turn, frames.without(frame, gone), found)
        now = turn.having(frame, turn.sort)
        asks = clarify.wants_question(now, frame, found)
        looks = asks or turn.reading.constraints.get("need")
        overview = await self._finder.overview(frame) if looks else None
        # 有汽车轮胎吗: no text speaks of it, and whatever is similar is not what was asked for.
        if _not_carried(turn, frame, overview):
            return await self.absent(turn, reply, frame["need"].replace(" ", ""))
        return self._present(turn, reply, frame, found, overview)

    def _present(
        self, turn: Turn, reply: Reply, frame: Frame, found: Found, overview: Overview | None
    ) -> list[EventType]:
        unknown = _unknown(turn, overview)
        told = found.confident and frame.get("category") and not turn.reading.names_a_product
        if unknown and told:
            return _unfilterable(turn, reply, frame, found, unknown)
        later = _spoken_of(turn.having_shown(frame, found.skus, found.sort), found)
        if overview and clarify.wants_question(later, frame, found):
            asked = clarify.question(overview)
            if asked:
                reply.products(asked.response, found, asked.choices, name=asked.name)
                later = replace(later, clarified=later.clarified + 1, pending=asked.pending)
                return turn.changes_to(later, always=_LIST)
        # Something is always similar; where no text has the words, that is a guess.
        reply.products("utter_guessed" if unknown else heading(turn, frame, found), found)
        return turn.changes_to(topics.settled(later), always=_LIST)

    def _guessed(self, turn: Turn, reply: Reply, frame: Frame, found: Found) -> list[EventType]:
        """Goods that the sentence names, though it asks for none of them."""
        reply.products("utter_guessed", found)
        later = _spoken_of(turn.having_shown(frame, found.skus, found.sort), found)
        return turn.changes_to(topics.settled(later), always=_LIST)

    async def ask_category(
        self, turn: Turn, reply: Reply, response: str, frame: Frame
    ) -> list[EventType]:
        """One question, with the shop's departments as answers."""
        reply.offer(response, await self._finder.departments())
        later = replace(turn.having(frame, turn.sort), clarified=turn.clarified + 1)
        return turn.changes_to(later, always=("frame",))

    async def absent(self, turn: Turn, reply: Reply, what: str) -> list[EventType]:
        """The shop does not have it; what it does have, by department."""
        departments = await self._finder.departments()
        choices = [worded("department", name=name) for name in departments]
        reply.ask("utter_not_carried", choices, what=what)
        return turn.after_asking(frames.dislikes(turn.frame))

    async def _budgeted(self, turn: Turn) -> Turn | None:
        """预算加一千, of the ceiling said before, else of the price of the product spoken of; None where there is neither."""
        spoken = await self._finder.cards([turn.focus] if turn.focus else [])
        change = turn.reading.budget or {}
        price = spoken[0].price if spoken else None
        ceiling = frames.ceiling(turn.frame, change["times"], change["more"], price)
        if ceiling is None:
            return None
        said = {**turn.reading.constraints, "price_max": ceiling}
        return replace(turn, reading=replace(turn.reading, constraints=said, relative=None))

    async def _undo(self, turn: Turn, reply: Reply) -> list[EventType]:
        earlier = topics.undone(turn)
        if earlier is None:
            reply.say("utter_nothing_to_undo")
            return []
        found = await self._finder.by_frame(earlier.frame, earlier.sort)
        if not found.cards:
            return await self.ask_category(earlier, reply, "utter_ask_category", earlier.frame)
        reply.products("utter_undone", found)
        shown = earlier.having_shown(earlier.frame, found.skus, found.sort)
        return turn.changes_to(shown, always=(*_LIST, "past"))

    async def _wishes(self, turn: Turn, reply: Reply) -> list[EventType]:
        """A list for each wish, in the order in which they were said; the last goes on."""
        later = turn
        for wish in turn.reading.wishes:
            frame = frames.merge(later.frame, wish, new_search=True)
            found = await self._finder.by_frame(frame)
            if not found.cards or found.relaxed:
                await self._nothing.explain(reply, frame, found)
            else:
                reply.products("utter_wish", found)
            later = later.having_shown(frame, found.skus, None) if found.cards else later
        return turn.changes_to(later, always=_LIST)

    async def _move(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType] | None:
        """What is said relative to a list that belongs to this search; a price that was named says more."""
        reading, goes_on = turn.reading, continues(turn, frame)
        relative = reading.relative
        if "price_max" in reading.lifted and "price_max" not in turn.frame:
            turn, relative = replace(turn, reading=replace(reading, relative="dearer")), "dearer"
        if relative in SORTS and goes_on and not reading.names_a_price:
            return await self._moves.price(turn, reply, frame)
        if relative in ("bigger", "smaller") and frame.get("category"):
            return await self._moves.size(turn, reply, frame)
        if relative == "other_brand" and goes_on and not reading.constraints.get("brands"):
            return await self._moves.brand(turn, reply, frame)
        named = reading.constraints.keys() & {"colours", "not_colours"}
        if relative == "other_colour" and goes_on and not named:
            return await self._moves.colour(turn, reply, frame)
        return None


_LIST = ("frame", "sort", "shown", "focus")
_STORY = 10
_PURPOSE = "用途"
_ONE_CLAUSE = re.compile(r"[^,，。!！;；]*[。!！]?")
_WISHES = re.compile(
    r"推荐|求|找|挑|选|来[一个点]|[想要](?!到|象|不到|是|了|给|差)|买(?!了|的|过|到|回|来|家)|送给?[我他她爸妈老女男朋长]"
)


def merged(turn: Turn, *, new_search: bool) -> Frame:
    reading = turn.reading
    return frames.merge(
        turn.frame,
        reading.constraints,
        allowed=reading.allowed,
        lifted=reading.lifted,
        # For whom it is narrows what is talked of: 我想买手机, 送我爸的.
        new_search=new_search and not reading.recipient,
        narrows=reading.narrows,
    )


def order(turn: Turn, frame: Frame) -> str | None:
    """The order that is asked for now or, while the search goes on, was before."""
    reading = turn.reading
    said = reading.sort or SORTS.get(reading.relative or "")
    if said or not continues(turn, frame):
        return said
    indifferent = {"price", "price_max"} & {*reading.lifted} and turn.sort in SORTS.values()
    return None if indifferent else turn.sort


def show(turn: Turn, reply: Reply, frame: Frame, found: Found, response: str) -> list[EventType]:
    """Cards, or that there are none; the frame stays as the shopper said it."""
    if not found.cards:
        reply.say("utter_nothing_found")
        return turn.after_asking(frame)
    reply.products(response, found)
    return turn.after_showing(frame, found.skus, found.sort)


def _spoken_of(later: Turn, found: Found) -> Turn:
    """它 is then the product that was named, or the first where it was asked which one is first (哪款评分最高)."""
    reading = later.reading
    named = {one for group in reading.named if len(group) == 1 for one in group}
    skus = [card.sku for card in found.cards if card.product_id in named]
    first = [*found.skus[:1]] if reading.sort and reading.asks else []
    focus = skus[0] if len(skus) == 1 else next(iter(first), later.focus)
    return replace(later, focus=focus)


def continues(turn: Turn, frame: Frame) -> bool:
    """Whether the list shown last belongs to the search that goes on."""
    old = turn.frame
    same_category = old.get("category") == frame.get("category")
    same_need = frame.get("need", "").startswith(old.get("need", ""))
    return bool(turn.shown) and same_category and same_need


def heading(turn: Turn, frame: Frame, found: Found) -> str:
    if found.relaxed:
        return "utter_closest"
    if not found.confident:
        return "utter_guessed"
    if continues(turn, frame):
        return "utter_refined"
    return "utter_products" if found.constraints.get("category") else "utter_products_any"


def tells_a_story(turn: Turn) -> bool:
    """裤子质量不错，走线工整 is a story of trousers: long, and no question."""
    said = turn.reading.constraints.get("need", "").replace(" ", "")
    return len(said) > _STORY and not turn.reading.asks


def _only_tells(turn: Turn, found: Found) -> bool:
    """A long name of goods (LG4寸20W重低音环绕喇叭) is told which of its conditions gave way; several clauses are not."""
    tells = tells_a_story(turn) and not (found.relaxed and _ONE_CLAUSE.fullmatch(turn.text.strip()))
    return (tells or turn.reading.judges) and not _WISHES.search(turn.text)


def _of_another_kind(turn: Turn, found: Found) -> bool:
    """手机支架 is no phone, unless one that is shown is called so."""
    head = turn.reading.head
    return head is not None and not any(head in card.title for card in found.cards)


def _after(turn: Turn, frame: Frame, found: Found) -> list[EventType]:
    if not found.cards:
        return turn.after_asking(frame)
    return turn.after_showing(frame, found.skus, found.sort)


def _unknown(turn: Turn, overview: Overview | None) -> str:
    """The words of the sentence when no product's text has any of them."""
    said = turn.reading.constraints
    if any(one["name"] == _PURPOSE for one in said.get("attributes", ())):
        return ""  # 家里有狗 掉毛厉害: what else is said tells of the purpose
    need = said.get("need", "")
    words = [word for word in need.split() if len(word) > 1]
    missing = overview.unmentioned if overview else ()
    return need.replace(" ", "") if words and all(word in missing for word in words) else ""


def _not_carried(turn: Turn, frame: Frame, overview: Overview | None) -> bool:
    """Whether the noun that a question after goods ends in is in no product's text."""
    nouns = turn.reading.constraints.get("need", "").split()[-1:]
    if not (turn.reading.asks and nouns and overview):
        return False
    known = frame.get("category") or frame.get("brands")
    return not known and len(nouns[0]) > 1 and nouns[0] in overview.unmentioned


def _unfilterable(
    turn: Turn, reply: Reply, frame: Frame, found: Found, unknown: str
) -> list[EventType]:
    """No field says it: say so, and go on without it."""
    words = set(turn.reading.constraints["need"].split())
    rest = [word for word in frame.get("need", "").split() if word not in words]
    kept = {key: value for key, value in frame.items() if key != "need"}
    frame = {**kept, "need": " ".join(rest)} if rest else kept
    reply.products("utter_unfilterable", found, what=unknown)
    return turn.after_showing(frame, found.skus, found.sort)
