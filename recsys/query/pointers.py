"""Turns of phrase that point at what was shown: several positions, lists gone by, 那两个, 黑色那个."""

from __future__ import annotations

import re

from recsys.query.patterns import NUMERAL, PIECE

ONE_NUMERAL = re.compile(r"\d{1,2}|十[一二三四五六七八九]?|[一二两三四五六七八九]")
_JOIN = r"\s?(?:和|跟|与|、|,|，|还有|以及)\s?"
_END = r"(?=\W|$|比|放|摆|对|哪|的|有|怎|谁|区|差)"

# 第一、三个: the second has no 第 of its own.
LISTED = re.compile(
    rf"第\s?(?P<listed>{NUMERAL}(?:{PIECE})?(?:{_JOIN}{NUMERAL}(?![\d.]))+)(?:{PIECE}|{_END})"
)
# 1和3 counts products, unless what follows makes it a size, a price or a time.
_UNIT = "[元块毛千百万十k%码寸米岁段人匹升斤克瓦度层楼点分折月日年天周期室厅级倍口位名]|个月|小时|英寸|毫|公|厘|平"
_BARE = "[一二三四五六七八九]"
BARE = re.compile(
    rf"(?<![\d.第a-z一二三四五六七八九十百千万两])"
    rf"(?P<listed>\d号?(?:{_JOIN}\d号?)+|{_BARE}号?(?:{_JOIN}{_BARE}号?)+)(?![\d.])(?:{PIECE}|(?!{_UNIT}))"
)
PLACES = (
    (1, re.compile(rf"最(?:前|上|左)(?:面|边|头)?(?:的|那|这)*一?{PIECE}|首{PIECE}")),
    (-1, re.compile(rf"最(?:下|右|末)(?:面|边|尾)?(?:的|那|这)*一?{PIECE}")),
)

MIDDLE = re.compile(rf"(?:最|正)?中间(?:的|那|这)*一?{PIECE}")
OTHER = re.compile(rf"(?:另外|另|剩下|余下|剩|除它以外)的?[那这]?一?{PIECE}")

_LIST = r"(?:批|组|页|拨|轮|波|次)"
FIRST_LIST = re.compile(rf"(?:最开始|一开始|最初|一上来|最先)|第一{_LIST}|[头首]{_LIST}")
PREVIOUS_LIST = re.compile(rf"(?:(?P<back>上+)(?:面)?|(?:刚才|之前|前面?))的?(?:那|一)*{_LIST}")
RECALLED = re.compile(r"刚才|刚刚|之前|先前|早先|前面(?:说|看|推荐)")

SEVERAL = re.compile(
    rf"(?:[这那]|它们|上面|下面|刚才|最(?:便宜|贵|实惠|新|火)的?|[高好低多]的)"
    rf"(?P<count>[二两俩三四五2345])(?:{PIECE}|者|{_END})"
)
WHOLE = re.compile(
    rf"[这那上下](?:面|里)?(?:些|几{PIECE}?)|它们|(?:全部|所有)的?|都(?=能|可以|支持|有|是|防|带|含)"
    rf"|哪一?{PIECE}"
)

AFTER = re.compile(rf"\s*的?[那这]一?(?:{PIECE}|(?=\W|$))|的{PIECE}")
BEFORE = re.compile(
    rf"(?:那一?{PIECE}|(?:刚才|刚刚|之前|前面)(?:说|看|推荐)?(?:过|到)?的?那?(?:一?{PIECE})?)$"
)
NOUN_ENDS = re.compile(r"的|(?=\W|$)|(?=和|跟|与|比|怎|咋|能|防|支持|多)")
EXACT_PRICE = re.compile(rf"(?<![\d.a-z])(?P<price>\d{{2,6}})(?:元|块钱?)?的?[那这]一?{PIECE}")
EXTREME_ENDS = re.compile(rf"的?[那这]?一?{PIECE}|的?[那这]")
EXTREMES = (
    ("price_asc", re.compile(rf"(?:便宜|实惠)(?:一?点|些)?的?[那这]一?{PIECE}")),
    ("price_desc", re.compile(rf"(?<!不)(?:贵|高端)(?:一?点|些)?的?[那这]一?{PIECE}")),
    ("rating", re.compile(rf"(?:评[分价]|口碑)(?:更|比较)?[高好](?:一?点|些)?的?[那这]一?{PIECE}")),
    (
        "sales",
        re.compile(
            rf"(?:销量(?:更|比较)?[高好]|卖得(?:更|比较)?[好多火])(?:一?点|些)?的?[那这]一?{PIECE}"
        ),
    ),
)
