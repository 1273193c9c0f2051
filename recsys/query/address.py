"""Where something is to be sent: the address in a sentence such as 改成浙江省杭州市西湖区样例弄4号."""

from __future__ import annotations

import re

_LEAD = re.compile(
    r"^.*?(?:(?:地址)?(?:改|换|变|更)(?:成|为|到|去)|(?:寄|送|发)(?:到|去|往)|(?:收货)?地址(?:是|为|[:：]))[:：]?\s*"
)
_PARTS = re.compile(r"[省市区县州镇乡村路街道巷弄号楼栋座室幢苑园]")
_TAIL = re.compile(r"(?:可以吗|行吗|好吗|谢谢|吧|[。！!~？?])+$")
_LEAST_PARTS = 3
# The 州 of 苏州市 ends no part.
_LEVEL = re.compile(
    r".+?(?P<level>单元|街道|[省市区县州镇乡村路街道巷弄号楼栋座室幢苑园](?![省市区县]))"
)
_VAGUE = re.compile(r"[这那哪个我你不]|别的|隔壁")


def find_address(text: str) -> str | None:
    """What reads like an address with several parts, without the words around it."""
    address = bare_address(text)
    return address if len(set(_PARTS.findall(address))) >= _LEAST_PARTS else None


def bare_address(text: str) -> str:
    """The sentence without what leads to an address and follows it."""
    return _TAIL.sub("", _LEAD.sub("", text.strip(), count=1)).strip()


def amended(address: str, said: str) -> str | None:
    """The address with other parts of the levels that are said (海淀区 in place of 朝阳区); None where what is said is
    no such part, or the address has that level not just once."""
    new, parts = bare_address(said), list(_LEVEL.finditer(address))
    found = list(_LEVEL.finditer(new))
    if not found or _VAGUE.search(new) or "".join(part.group() for part in found) != new:
        return None
    for part in found:
        old = [one.group() for one in parts if one["level"] == part["level"]]
        if len(old) != 1:
            return None
        address = address.replace(old[0], part.group(), 1)
    return address


def names_a_place(text: str) -> bool:
    return _PARTS.search(text) is not None
