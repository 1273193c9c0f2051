"""What a sentence says of an invoice: for whom, the title, the taxpayer number, and that it is to be issued anew."""

from __future__ import annotations

import re
from unicodedata import normalize

INVOICE_KINDS = {
    "企业": r"企业|公司|单位|对公|税号|集团|事务所|学校|医院|研究院|工作室|有限",
    "个人": r"个人|私人|自己|本人",
}
_TITLE = re.compile(
    r"(?:抬头|名称|台头)(?:是|为|写|开|填|改成|换成|改为|就写|就填|[:：])+\s*(?P<title>[^,，。；;、\n]{1,100})"
)
# A word that belongs to the wish, not to the name.
_AROUND = re.compile(
    r"^(?:就|那就|写|填|开|开给|是|叫|改成|换成)+\s*|(?:吧|就行|就好|谢谢|呗)+[。.!！]?$"
)
_NUMBER = re.compile(r"(?<![A-Z0-9])[A-Z0-9](?:[ -]?[A-Z0-9]){13,21}(?![A-Z0-9])")
_LABEL = re.compile(
    r"[,，;；、\s]*(?:纳税人识别号|统一社会信用代码|税号|信用代码)\s*(?:是|为|[:：])?\s*"
)
_GENERAL = frozenset({"个人", "企业", "公司", "单位", "私人", "自己"})
# One character that answers, but names nobody.
_FILLER = frozenset("好嗯哦噢行对是不没啊呃额喂哈")
_ANEW = re.compile("重[新]?开|换开|改|错|作废|少了|换个")
_SPECIAL = re.compile("专票|专用发票")


def find_tax_number(text: str) -> str | None:
    """A run as long as such numbers are, right or wrong, in capitals and without gaps."""
    found = _NUMBER.search(normalize("NFKC", text).upper())
    if found is None:
        return None
    number = re.sub(r"[ -]", "", found.group())
    return number if sum(map(str.isdigit, number)) >= len(number) // 2 else None


def find_title(text: str) -> str | None:
    """抬头是…, without what is said of the number; whether one of a single character will do is not judged here."""
    found = _TITLE.search(_without_number(text))
    return _bare(found["title"]) if found else None


def read_title(text: str) -> str | None:
    """The title where it is all that is said; 个人 and 公司 are none."""
    return find_title(text) or _bare(_without_number(text))


def wants_anew(text: str) -> bool:
    """重开 · 抬头写错了."""
    return bool(_ANEW.search(text))


def wants_special(text: str) -> bool:
    """增值税专用发票."""
    return bool(_SPECIAL.search(text))


def _bare(title: str) -> str | None:
    said = _AROUND.sub("", title.strip()).strip(" ,，。;；")
    return None if not said or said in _GENERAL or said in _FILLER else said


def _without_number(text: str) -> str:
    said = normalize("NFKC", text)
    found = _NUMBER.search(said.upper())
    rest = said[: found.start()] + said[found.end() :] if found else said
    return _LABEL.sub("", rest)
