"""What no longer matters: 价格无所谓 · 材质不限 · 3000的限制去掉; and refusals that are taken back: 不要小米这条取消."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from recsys.query.patterns import ALLOWED_AFTER, LIFTED, NO_MATTER
from recsys.query.span import Scan, Span

_AWAY = (
    r"(?:去掉|取消|拿掉|放开|解除|删掉|去除|作废|不算|撤销|撤回|撤掉|收回|免了|不要)(?:了|吧|掉)*"
)
_TERM = r"(?:的?这?[条个项]?的?(?:限制|条件|要求|上限|下限|范围))"
_SUM = (
    r"[\d一二两三四五六七八九十百千万几.,k\-到]{2,12}(?:元|块)?(?:钱)?(?:以内|以下|以上|左右|封顶)?"
)
_PRICE = re.compile(
    rf"(?:{_SUM}|价格|价钱|价位|预算)的?(?:价格|预算)?{_TERM}(?:先|就|都|也|给我)*{_AWAY}"
)
_END_OF_NAME = re.compile(
    rf"(?:上|方面)?(?:{_TERM}?(?:先|就|都|也|给我)*(?:{_AWAY}(?=\W|$))|就?{NO_MATTER})"
)
_COLOURS = ("颜色", "色")
_BUT = re.compile(r"除了?[^，。,!！?？]*$")  # 除了棉的都行 refuses
_NOT_NEEDED = re.compile(r"的?(?:也|都)(?:行|可以|成|没事|没关系|无所谓|不要紧|ok)")
_TAKEN_BACK = re.compile(
    rf"的?(?:{_TERM}|这[条个项])(?:先|就|也|给我)*{_AWAY}|(?:的)?(?:取消|作废|不算|收回)(?:了|吧|掉)*(?=\W|$)"
)
_REFUSED = ("brand", "colour", "word", "category", "attribute")


def find_lifted(text: str, asked: Mapping[str, Sequence[str]]) -> Iterator[Span]:
    """Conditions by their kind; an attribute by any word that shoppers have for it (`asked`: word -> names)."""
    for match in _PRICE.finditer(text):
        yield Span(match.start(), match.end(), "lifted", "price")
    for kind, pattern in LIFTED:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "lifted", kind)
    longest = max(map(len, asked), default=0)
    for match in _END_OF_NAME.finditer(text):
        starts = range(max(0, match.start() - longest), match.start())
        start = next((s for s in starts if text[s : match.start()] in asked), None)
        if start is None or _BUT.search(text, 0, start):
            continue
        if text[start : match.start()] not in _COLOURS:
            names = asked[text[start : match.start()]]
            yield Span(start, match.end(), "lifted", tuple(f"attributes:{name}" for name in names))


def take_back(scan: Scan) -> None:
    """A refusal that is called off makes what was refused welcome again; what may be missing (不折叠也行) is no condition."""
    scan.spans = [_welcome(scan, span) for span in scan.ordered()]


def is_allowed(scan: Scan, span: Span) -> bool:
    """苹果也可以吧 · 红米可以 · 不要小米这条取消."""
    if span.negated:
        return False
    said = scan.text[span.start : span.end]
    return ALLOWED_AFTER.match(scan.text, span.end) is not None or (
        said.startswith(_NOTS) and _TAKEN_BACK.search(said) is not None
    )


_NOTS = ("不要", "不想要", "别要", "不买", "不看", "不考虑", "除了", "排除")


def _welcome(scan: Scan, span: Span) -> Span:
    if span.kind == "attribute" and (needless := _NOT_NEEDED.match(scan.text, span.end)):
        if not span.negated and span.value.value is not False:
            return span
        lifted = f"attributes:{span.value.name}"
        return replace(span, end=needless.end(), kind="lifted", value=lifted, negated=False)
    back = _TAKEN_BACK.match(scan.text, span.end) if span.negated else None
    if back is None or span.kind not in _REFUSED:
        return span
    return replace(span, end=back.end(), negated=False)
