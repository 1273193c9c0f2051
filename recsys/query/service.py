"""What a sentence about the shop's service wants, where one intent covers several things."""

from __future__ import annotations

import re

_OWN = re.compile(
    r"(?:查|看|显示|告诉)[^怎规]{0,6}(?:积分|等级|会员|余额|成长值)(?!规则|怎|有什么)"
    r"|(?:我|俺|账户|账号|卡里).{0,6}(?:有|还有|剩|还剩|的|是)?.{0,4}(?:积分|等级|会员|成长值)"
    r"|(?:有|剩|攒了?)(?:多少|几)个?(?:积?分|积分)|多少积分(?!能|可|抵|换|升)"
    r"|(?:什么|啥|哪个|几级)(?:等级|级别|会员)了?$|^(?:我的)?(?:积分|会员|会员等级|等级|积分余额)$"
)
_TERMS = re.compile("怎么|如何|规则|能不能|可以|能抵|能换|能用|好处|权益|福利|特权|过期|清零|为什么|为啥|怎样|不见了|没了|升级|开通|退")
_CLAIM = re.compile("领(?!.{0,3}(?:怎|在哪|失败|不了|不到|没))|抢(?!不)|给(?:我)?(?:来|发)?[一1]?张|来[一1]?张|发[一1]?张")
_HOW = re.compile("怎么|怎样|如何|在哪|哪里|哪儿|什么时候|几点|能不能|可以.*吗|能.*吗")
_BROKEN = re.compile("用不了|不能用|没法用|用不上|使用不了|无法使用|不让用|抵不了|不可用|抵扣不了|用不成|不好使|失败|没反应|不能使")
_GOODS = re.compile("商品|宝贝|东西|产品|货|订单|买的|收到的|晒单|追评|追加")
_SERVICE = re.compile("服务|客服|你们|给你|机器人|小姐姐|小哥|满意度|态度|这次|本次|回答")
_WITHDRAW = re.compile(
    r"(?:撤销|撤回|取消|作废|关闭|撤了).{0,8}(?:申请|售后|工单|退货|退款|换货|维修|投诉|报修|仅退款)"
    r"|(?:申请|售后单?|工单|投诉).{0,4}(?:撤销|撤回|取消|撤了)"
    r"|不(?:想)?(?:退|换|修|投诉)了"
)
_TICKET = re.compile(r"(?<![A-Za-z0-9])[Tt]\d{1,20}(?!\d)")


def asks_own(text: str) -> bool:
    """What the shopper has (我有多少积分), not how it works (积分怎么用)."""
    return bool(_OWN.search(text)) and not _TERMS.search(text)


def wants_to_claim(text: str) -> bool:
    """领一张, not 怎么领券."""
    return bool(_CLAIM.search(text)) and not _HOW.search(text)


def cannot_use(text: str) -> bool:
    """券怎么用不了."""
    return bool(_BROKEN.search(text))


def rates_goods(text: str) -> bool:
    """评价商品, and neither 给客服五星 nor a bare 我要评价."""
    return bool(_GOODS.search(text)) and not _SERVICE.search(text)


def rates_service(text: str) -> bool:
    return bool(_SERVICE.search(text))


def withdraws(text: str) -> bool:
    """撤销退货申请 · 不退了."""
    return bool(_WITHDRAW.search(text))
