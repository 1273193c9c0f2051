"""Plain text out of what feeds call text."""

import unicodedata
from html.parser import HTMLParser
from typing import Any

_BLOCKS = {"p", "br", "div", "li", "tr", "td", "h1", "h2", "h3", "h4"}
_UNSEEN = {"script", "style"}
# Controls, half characters that no encoding can write, and line separators.
_UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._unseen += tag in _UNSEEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append(" ")


def plain(value: object) -> str:
    """Without tags, entities, control characters and runs of blanks."""
    text = "" if value is None else str(value)
    if "<" in text or "&" in text:
        text = _strip(text)
    printable = (" " if unicodedata.category(c) in _UNPRINTABLE else c for c in text)
    return " ".join("".join(printable).split())


def _strip(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)
