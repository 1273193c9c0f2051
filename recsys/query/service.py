"""What a sentence about the shop's service wants, where one intent covers several things."""

from __future__ import annotations

import re

_ACCOUNT = re.compile("积分|等级|级别|会员|成长值|几分|多少分")
_OWN = re.compile("我|俺|查|看|多少|几|剩|余额|什么|啥|哪个")
_TERMS = re.compile(
    "怎么|如何|规则|可以|[能会][^员]|好处|权益|福利|特权|过期|有效|清零|为什么|为啥|怎样|不见|没了|开通|退|办|费|优惠|抵|换|算|用|攒|赚"
)
_HOW = re.compile(
    "怎么|怎样|如何|在哪|哪里|哪儿|什么时候|几点|[能会]不[能会]|能否|[能会可].*吗|为什么|为啥|规则|咋|多久|多长|多少字|不显示|流程|渠道"
)
# 能帮我开发票吗 asks for it to be done.
_DO_IT = re.compile("帮我|帮忙|给我(?:[开办弄退查])|麻烦")
_CLAIM = re.compile("领|抢|给(?:我)?(?:来|发)?[一1]?张|[来发送][一1]?张")
_ONE_MORE = re.compile(
    "(?:(?<!只)能|可以)(?:不能|不可以)?(?:再|帮我|给我)*(?:领|抢|[来发送])(?:取|我)?[一1个]?张"
)
# What there is to claim.
_WHICH = re.compile("哪些|什么券|有没有|有啥|几张|多少")
_BROKEN = re.compile(
    "用不[了上成]|不能用|没法用|使用不了|无法使用|不让用|抵不了|不可用|抵扣不了|不能使|没用上"
)
_GOODS = re.compile("商品|宝贝|东西|产品|货|订单|买的|收到的|晒[单图]|追评|追加|买家秀")
_SERVICE = re.compile("服务|客服|你|机器人|小姐姐|小哥|满意度|态度|回答")
_SKIPS = re.compile("跳过|不[评打]了?(?:分)?[了吧]?$|不(?:想|用|要|做)评|懒得|算了|不用了|下次")
_WITHDRAW = re.compile(
    "(?:撤销|撤回|取消|作废|关闭|撤了|撤掉).{0,8}(?:申请|售后|工单|退货|退款|换货|维修|投诉|报修)"
    "|(?:申请|售后单?|工单|投诉).{0,6}(?:撤销|撤回|取消|撤了|撤掉)"
    "|不(?:想)?(?:退|换|修|投诉)了"
)


def asks_own(text: str) -> bool:
    """What the shopper has (我有多少积分 · 会员等级), not how it works (积分怎么用)."""
    if _TERMS.search(text) or not _ACCOUNT.search(text):
        return False
    return bool(_OWN.search(text)) or len(text.strip()) <= len("会员等级")


def asks_how(text: str) -> bool:
    """A question about the way it is done: 怎么领券 · 评价能改吗."""
    return bool(_HOW.search(text)) and not _DO_IT.search(text)


def wants_to_claim(text: str) -> bool:
    """领一张 and 能再领一张吗, neither 怎么领券 nor 有哪些可以领."""
    wants = bool(_CLAIM.search(text)) and not _WHICH.search(text)
    return wants and (bool(_ONE_MORE.search(text)) or not asks_how(text))


def cannot_use(text: str) -> bool:
    """券怎么用不了."""
    return bool(_BROKEN.search(text))


def rates_goods(text: str) -> bool:
    """评价商品, and neither 给客服五星 nor a bare 我要评价."""
    return bool(_GOODS.search(text)) and not _SERVICE.search(text)


def rates_service(text: str) -> bool:
    """给客服五星 · 你们的服务我给四颗星."""
    return bool(_SERVICE.search(text))


def skips(text: str) -> bool:
    """跳过 · 不评了."""
    return bool(_SKIPS.search(text))


def withdraws(text: str) -> bool:
    """撤销退货申请 · 不退了."""
    return bool(_WITHDRAW.search(text))
