"""What a claim says: the trouble with goods that have come, what is wanted for it, and that there is no photo."""

from __future__ import annotations

import re

# name -> the words for it; the first that fits is taken.
DEFECTS = {
    "少件": r"少(?!女|年)|缺|漏发|漏装|没发全|空[盒包]|只(?:有|收到|来了|发了)|没有?(?:说明书|配件|充电器|赠品)",
    "发错": r"[发寄送装](?:错|的不[是对]|成)|不是我[买订要拍]的|错货|给我发的是|型号不对|颜色不对|货不对板",
    "破损": r"[坏破碎裂断扁瘪漏]|划痕|开胶|掉漆|变形|摔|磕|发霉|霉味|瑕疵|压扁|脱线|二手|用过的|不能用|用不了",
}
REMEDIES = {
    "补发": r"补[发寄送]|[重再][新]?(?:发|寄)|换(?:一?个|一?件|一?台|一?双)?新|换货|补[上齐]",
    "退款": r"退(?:我)?(?:款|钱|全款)|把钱退|退掉|退了吧|赔钱|不要了",
}
_NO_PHOTO = re.compile(
    "(?:没有?|木有|无)(?:什么)?(?:照片|图片?|拍照?|留|存)|(?:拍|传|发)不[了到上]|不(?:会|能|方便|好|想)(?:拍|传|发)|忘了?拍|(?:扔|丢)(?:了|掉)|^(?:没有?|没了)$"
)


def has_no_photo(text: str) -> bool:
    """没有照片 · 拍不了 · 已经扔了."""
    return bool(_NO_PHOTO.search(text.strip()))
