"""How many pieces are wanted, and what is to happen to a cart: 来两件 · 改成3个 · 第一个不要了 · 清空购物车."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recsys.query.numbers import Number

_PIECE = r"\s?(?:件|个|双|盒|台|部|瓶|条|只|本|包|套|副|支|罐|袋|箱|把|张|块|桶|床|辆|顶|份|枚|提|对|盏|听)"
# 三盒装 and 两个人 describe the goods, 两件套 is one piece, 3个月 is an age, 10块钱 is a price.
_COUNTED = re.compile(rf"{_PIECE}(?!装|人|月|小时|钱|套|头|色|季|卡|门|孔|灯|版)")
# Said of the goods or of nobody in particular: 第二个, 前三个, 哪一个, 一个人.
_NOT_BEFORE = re.compile(r"(?:第|前面?|头|后面?|[这那哪每某另]|最后|倒数)\s?$")
_BARE = re.compile(r"(?:改[成回]?|换[成回]?|变成|调成|设成|加到|减到|数量[是为要]?)\s?$")
_BUY = re.compile(r"(?:买|来|要|拿|加)\s?$")
# 两三件 leaves open how many.
_VAGUE = re.compile(r"[一二两三四五六七八九]{2,}")
_END = re.compile(r"\s*(?:[^\w\s]|$)|\s+(?![a-z])")
_EDITS = (
    ("clear", re.compile(r"(?:清空|清掉|清除|清了).{0,3}购物车|购物车.{0,4}(?:清空|清掉|清了|全删|都删)|(?:都|全部?|全都)(?:删|不要|不买|移除)|全部(?:删|清)|清空(?:吧|掉)?$")),
    ("set", re.compile(r"(?:改|换|变|调|设)(?:成|为|到|回)|(?:加|减)到|数量(?:改|换)|只要\s?[\d一二两三四五六七八九十]")),
    ("less", re.compile(r"(?:少|减)(?:少|去|掉)?(?:要|买|拿|来)?\s?[\d一二两三四五六七八九十]")),
    ("more", re.compile(r"(?:再|多|加|增加)(?:多|加)?(?:要|买|拿|来|加)?\s?[\d一二两三四五六七八九十]")),
    ("remove", re.compile(r"删|移除|移出|去掉|拿掉|拿走|取消|不要|不想要|不买|不用")),
)  # fmt: skip
_CART = re.compile(r"购物[车袋]")
_WHOLE = re.compile(r"购物车|一共|总共|总价|合计|加起来|全部|这些|一起买|一起结")


@dataclass(frozen=True)
class Purchase:
    """`quantity` pieces, None where not said; `edit`: `clear|set|less|more|remove|None`.

    `alone` is the number that is the whole sentence, and may mean anything; `whole`: the cart as a
    whole is meant; `cart`: it is named.
    """

    quantity: int | None = None
    alone: int | None = None
    edit: str | None = None
    whole: bool = False
    cart: bool = False


def find_purchase(
    text: str, numbers: Sequence[Number], taken: Sequence[tuple[int, int]]
) -> Purchase:
    """What a sentence says of pieces; numbers that mean something else (`taken`) are left alone."""
    free = [n for n in numbers if all(n.end <= start or end <= n.start for start, end in taken)]
    counts = [int(n.high) for n in free if n.scale < 1000 and _counts(text, n)]
    edit = next((name for name, pattern in _EDITS if pattern.search(text)), None)
    whole = _WHOLE.search(text) is not None
    cart = _CART.search(text) is not None
    return Purchase(counts[-1] if counts else None, _alone(text, numbers), edit, whole, cart)


def _counts(text: str, number: Number) -> bool:
    before = text[: number.start]
    vague = number.is_range or _VAGUE.fullmatch(text, number.start, number.end)
    if vague or number.high != int(number.high) or _NOT_BEFORE.search(before):
        return False
    if _COUNTED.match(text, number.end):
        return True
    ends = _END.match(text, number.end) is not None
    return ends and bool(_BARE.search(before) or _BUY.search(before))


def _alone(text: str, numbers: Sequence[Number]) -> int | None:
    only = numbers[0] if len(numbers) == 1 else None
    if only is None or only.is_range or only.high != int(only.high):
        return None
    rest = text[: only.start] + text[only.end :]
    return int(only.high) if not rest.strip(" .。,，!！") else None
