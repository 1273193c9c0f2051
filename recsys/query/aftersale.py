"""What a sentence says of an order: its number, the digits of a phone, when it was bought, a bank card."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

from recsys.query.mood import pleased
from recsys.query.numbers import chinese_number

_ORDER_NO = re.compile(
    r"(?<![A-Z0-9])(?P<letters>[A-Z]{1,4})[\s-]?(?P<digits>\d{6,24})(?![A-Z0-9])"
)
_DIGITS = re.compile(r"(?<![A-Z0-9.])\d{5,24}(?![A-Z0-9])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?(?P<tail>\d{4})(?!\d)")
_SECRET = re.compile(r"(?:验证码|校验码|动态码|密码|口令)\D{0,3}\d+")
_TAIL = re.compile(r"(?<![A-Z\d.])(?P<tail>\d{4})(?![\d.]|\s?[元块年])")
CARD_HIDDEN = "[银行卡号]"
# Issuers (ISO/IEC 7812): Visa, Mastercard, Amex, JCB, Diners, UnionPay, and banks of before UnionPay.
_ISSUER = r"(?:4|5[1-5]|2[2-7]|3[45678]|6[0258]|95)"
_CARD = re.compile(rf"(?<![\dA-Za-z])(?={_ISSUER})(?:\d[ -]?){{12,18}}\d(?!\d)")
_DAYS = {"今天": 0, "今早": 0, "刚刚": 0, "刚才": 0, "昨天": 1, "昨晚": 1, "前天": 2, "大前天": 3}
_AGO = re.compile(
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?P<unit>天|个?星期|周|个月)之?前"
)
_WEEK = re.compile(r"(?P<ups>上+)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])?")
_THIS_WEEK = re.compile(r"[这本]个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])?")
_MONTH = re.compile(r"(?P<which>上|这|本)个?月")
_DATE = re.compile(
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月)(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
)
_WEEKDAYS = "一二三四五六日"
_UNITS = {"天": 1, "周": 7, "星期": 7, "个星期": 7, "个月": 30}


def find_order_no(text: str) -> str | None:
    """An order's number with letters as shops write it, or a run of digits that is no phone and no card."""
    said = _plain(text)
    if match := _ORDER_NO.search(said):
        return match["letters"] + match["digits"]
    rest = hide_cards(_SECRET.sub(" ", _PHONE.sub(" ", said)))
    digits = _DIGITS.search(rest)
    return digits.group() if digits else None


def names_order(text: str) -> bool:
    """Whether there is an order's number with its letters, which nothing else looks like."""
    return _ORDER_NO.search(_plain(text)) is not None


def find_phone_tail(text: str) -> str | None:
    """The last four digits of a phone, said alone or as the whole number."""
    said = _ORDER_NO.sub(" ", _plain(text))
    if match := _PHONE.search(said):
        return match["tail"]
    found = _TAIL.findall(said)
    return found[-1] if found else None


def gives_card(text: str) -> bool:
    """Whether there is the number of a bank card, or was one before it was hidden."""
    return CARD_HIDDEN in hide_cards(text)


def hide_cards(text: str) -> str:
    """The sentence with `CARD_HIDDEN` in place of numbers that are bank cards by length, issuer and check digit."""
    plain = normalize("NFKC", text)
    hidden = _CARD.sub(lambda m: CARD_HIDDEN if _luhn(re.sub(r"\D", "", m[0])) else m[0], plain)
    return text if hidden == plain else hidden


def find_days(text: str, today: date) -> tuple[date, date] | None:
    """The days, first and last, on which something was bought: 昨天, 上周三, 三天前, 5月2日."""
    said = _plain(text)
    for word in sorted(_DAYS, key=len, reverse=True):
        if word in said:
            day = today - timedelta(days=_DAYS[word])
            return day, day
    return _by_week(said, today) or _by_month(said, today) or _ago(said, today)


def _ago(said: str, today: date) -> tuple[date, date] | None:
    match = _AGO.search(said)
    number = _number(match["number"]) if match else None
    if match is None or number is None:
        return None
    unit = _UNITS[match["unit"]]
    about = today - timedelta(days=number * unit)
    slack = timedelta(days=0 if unit == 1 else unit // 2)
    return about - slack, about + slack


def _by_week(said: str, today: date) -> tuple[date, date] | None:
    monday = today - timedelta(days=today.weekday())
    if match := _WEEK.search(said):
        monday -= timedelta(weeks=len(match["ups"]))
    elif not (match := _THIS_WEEK.search(said)):
        return None
    if match["day"]:
        day = monday + timedelta(days=_WEEKDAYS.index(match["day"].replace("天", "日")))
        return day, day
    return monday, monday + timedelta(days=6)


def _by_month(said: str, today: date) -> tuple[date, date] | None:
    if match := _DATE.search(said):
        return _on(_number(match["month"]), _number(match["day"]), today)
    if match := _MONTH.search(said):
        first = today.replace(day=1)
        if match["which"] == "上":
            last = first - timedelta(days=1)
            return last.replace(day=1), last
        return first, today
    return None


def _on(month: int | None, day: int | None, today: date) -> tuple[date, date] | None:
    """The latest such day that is not in the future."""
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month or 0, day or 0)
        except ValueError:
            return None
        if found <= today:
            return found, found
    return None


def _number(text: str) -> int | None:
    value = int(text) if text.isdigit() else chinese_number(text)
    return None if value is None else int(value)


def _luhn(digits: str) -> bool:
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    total = sum(int(d) for d in digits[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)
    return total % 10 == 0


def _plain(text: str) -> str:
    return normalize("NFKC", text).upper()


_CORRECTION = re.compile(
    r"(?:(?<!是)不是|说错了?|搞错了?|弄错了?|错了|写错了?|选错了?).*?(?:应该是|而是|是|改成|换成|要)(?P<right>[^是].*)$"
)


def corrected(text: str) -> str:
    """Of 不是第一件是第二件 and 说错了，是41码 what is right; any other sentence as it is."""
    match = _CORRECTION.search(text)
    return match["right"] if match else text


_AGREES = re.compile(
    r"(?:[嗯恩哦噢]+|好(?:的|吧|呀|滴|嘞|啊|了)?|行(?:的|吧|啊)?|可以(?:的|了)?|ok|okay|yes|对(?:的|啊|呀)?|是(?:的|啊|呀)?"
    r"|没错|没问题|确认(?:提交|办理|一下|了|吧)?|确定(?:了|的)?|同意|提交(?:吧|申请)?|发布(?:吧)?|发吧|就这样(?:吧)?|办吧|申请吧|麻烦(?:你|您)?(?:了|啦)?|谢谢(?:你|您)?)"
)
_LEAVES = re.compile(
    r"^(?:那|还是|我)*(?:算了|拉倒|放弃)|先?不(?:退|换|取消|办|弄|申请|催|改|查|开|修|报|评|删|投诉|领|要办)(?:款|货|地址|发票|除|掉)?(?:了|啦|吧)|先不(?:了|用)"
    r"|(?:别|不要|不用)(?:退|换|取消|办|弄|申请|催|改|查|提交|删|投诉)|撤回|取消申请|退出|^撤销(?:[吧了掉]|一下)*$"
)
_INSTEAD = re.compile(
    r"^(?:那|还是|我)*算了吧?[\s,，。.、]*(?:那|还是|就|我|给我)*[要想]?(?:[换改开选按用]|退[货款钱])"
)
_ERRS = re.compile(r"[说写打填选弄搞报发]错|错了|不对(?!称)|^不是")


def agrees(text: str) -> bool:
    """Whether a sentence is nothing but words of agreement, or a 👍."""
    said = re.sub(r"[\s,.!~。，！～、]+", "", normalize("NFKC", text).lower())
    if pleased(text):
        return True
    return bool(said) and re.fullmatch(rf"(?:{_AGREES.pattern})+", said) is not None


def leaves(text: str) -> bool:
    """Whether what was begun is not wanted any more: 算了, 不退了, 先不了."""
    return _LEAVES.search(text.strip()) is not None


def wants_instead(text: str) -> bool:
    """Whether a 算了 goes on with what is wanted in its place: 算了，开个人的 · 算了还是换一个吧."""
    return _INSTEAD.search(text.strip()) is not None


def errs(text: str) -> bool:
    """Whether something that was said or read back is called wrong: 说错了, 地址不对."""
    return _ERRS.search(text.strip()) is not None
