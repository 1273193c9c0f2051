"""What a sentence says of why, in which condition and with what trouble: name -> the words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

CANCEL_REASONS = {
    "不想要了": r"不(?:想|需)?要了|不想买|不需要|用不[上着]|买多了|后悔",
    "拍错了": r"[拍买选下点]错|[拍买]重|重复|地址(?:写|填)错",
    "发货太慢": r"(?:发货)?太慢|(?:一直|还|都|迟迟)(?:没|不)发|等(?:不及|太久|了?好久|了?很久)|来不及",
    "其他地方更便宜": r"更便宜|便宜.{0,4}别[家处的]|别[家处的].{0,6}便宜|降价|买贵",
    "其他原因": r"其[他它](?:原因)?|别的原因|没(?:什么|有)原因|说不清",
}
RETURN_REASONS = {
    "质量问题": r"质量|[坏破裂断]了|坏的|有问题|瑕疵|开胶|脱线|掉色|起球|不能用|用不了|故障|开不了机|漏水|异响|死机|黑屏",
    "与描述不符": r"(?:与|和|跟)?(?:描述|图片|照片|详情|介绍|宣传|实物).{0,4}(?:不符|不一样|不同|差|不对)|色差|货不对板|材质不对",
    "发错货": r"[发寄](?:错|的不[是对])|不是我[买订要拍]的|错货",
    "尺码或颜色不合适": r"(?:尺[码寸]|大小|颜色|码)?.{0,3}不(?:合适|合身|合脚)|太[大小紧松长短肥瘦]|[大小]了(?:一|点|些|半|$)|偏[大小]|穿不[上下进]|颜色不(?:好看|喜欢|对)|选错(?:尺码|颜色|码)",
    "七天无理由": r"无理由|不(?:想|需)?要了|不喜欢|不想买|后悔|买多了|用不[上着]|没(?:什么|有)原因",
}
# 不要了 takes an exchange back: who wants another piece has not had enough of it.
EXCHANGE_REASONS = RETURN_REASONS | {"七天无理由": r"无理由|不喜欢|后悔|没(?:什么|有)原因"}
CONDITIONS = {
    "已使用": r"(?<!没)(?<!未)(?<!没有)(?<!没怎么)(?<!试)(?:使用过|用过|用了|穿过|穿了|洗过|洗了|吃过|吃了|下过?水|在用)",
    "已拆封未使用": r"(?<!没)(?<!未)(?<!没有)(?:拆封?了|拆开|拆过|打开|开封了?|试过|试穿|试了|只拆)|(?:没|未)(?:有)?(?:使?用|穿|洗)",
    "未拆封": r"[没未](?:有)?(?:拆|开封|打开)|全新(?:没|未)?|原封|未开",
}
RETURN_WAYS = {
    "仅退款": r"[仅只]退[款钱]|不退货|不用退货|不想退货|光退[款钱]",
    "退货退款": r"退货|退[了掉回]|寄回",
}


def read_word(text: str, words: Mapping[str, str]) -> str | None:
    """The first of the names that the text says itself, else the first whose words it has."""
    for name in words:
        if name in text:
            return name
    return next((name for name, pattern in words.items() if re.search(pattern, text)), None)
