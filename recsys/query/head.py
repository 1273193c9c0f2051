"""Goods that a sentence names without asking for them: 手机 in 手机支架, 洗发水 in 质量差，洗发水很稀。"""

from __future__ import annotations

import re

from recsys.query.patterns import QUESTION
from recsys.query.span import Scan

_GOODS = ("category", "model")
# What belongs to other goods; of one character only what is hardly a form or a pack of the goods themselves.
_ALONE = "刷勺架套膜罩"
_THINGS = rf"{_ALONE}壳盖贴包线器座夹绳钩仪料"
# 带支架 and 没勺 tell of the goods themselves, 无线 how they are, 大礼包 and 两包 how many.
_JOINED = r"[^\W\d_带有没无配送含要买不大小双单一二两三四五六七八九十几]"
_COMPOUND = re.compile(
    rf"的?((?:{_JOINED}{{1,6}}[{_THINGS}]|[{_ALONE}]))(?:有吗|有没有|有卖的?吗|多少钱)?\W*$"
)
_MARKS = re.compile(r"[,，.。!！;；~～…、\s]+")
_VERDICT = re.compile(
    r"(?:太|很|蛮|超(?![过出大])|特别|十分|有点儿?|有些|比较|相当|不怎么)[^的要想]{1,6}(?:[了啊呢吧]|的说)*$"
    r"|[挺蛮真]\w{1,3}的$"
    r"|(?:质量|做工|效果|面料|手感|味道)(?:也|都|还|还是)?[很太较不一]?(?:差|烂|行|好|可以|般|不错|怎么样)[了啊吧]?$"
    r"|不怎么样$|扔[了掉]了?[吧啊]?$"
)


def find_head(scan: Scan) -> str | None:
    """The last two characters of what the goods named only belong to (支架 · 杯子刷): it ends the sentence right after
    them, and was not read."""
    goods = [span for kind in _GOODS for span in scan.of(kind)]
    if not goods:
        return None
    place = max(span.end for span in goods)
    found = _COMPOUND.match(scan.text, place)
    if not found or not scan.free(found.end(1) - 1, found.end(1)):
        return None
    return scan.text[: found.end(1)][-2:]


def judges(scan: Scan) -> bool:
    """Whether several clauses say how goods are: what they are like stands after them, and nothing is asked for."""
    goods = scan.of("category")
    clauses = [piece for piece in _MARKS.split(scan.text) if piece]
    asks = QUESTION.search(scan.text.replace("不怎么", ""))
    if not goods or len(clauses) < 2 or asks or _moves(scan):
        return False
    place = goods[0].end
    after = [piece for piece in _MARKS.split(scan.text[place:]) if piece]
    return any(_VERDICT.search(piece) for piece in after)


def _moves(scan: Scan) -> bool:
    """便宜点的 and 三千以内 are conditions, whatever is said beside them."""
    return any(scan.of(kind) for kind in ("relative", "price", "sort", "budget", "lifted"))
