"""Where a phrase stands in products, and how much that says: as what the product is, in its title, in its fields.

One byte beside each posting of the lexical index tells in which fields of the document the token stands. A phrase is
found where all its tokens stand in one field; that they stand side by side is taken for granted, as three pairs of
neighbouring characters leave little room for chance.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import Document
from recsys.index.lexical import LexicalIndex
from recsys.text.normalise import normalise
from recsys.text.tokens import lexical_tokens, phrase_tokens

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]
Codes = NDArray[np.uint8]

# Bits of a posting: in the title, at the end of a run of its Chinese, the same of the category, in a field, in the description.
_TITLE, _ENDS_TITLE, _KIND, _ENDS_KIND, _FIELD, _TOLD = (1 << bit for bit in range(6))
_ENDINGS = _ENDS_TITLE | _ENDS_KIND
# How much it says of a product that a phrase stands there; of goods only the last noun of a name says what it is.
_SAID = ((_ENDS_TITLE, 1.0), (_TITLE, 0.9), (_KIND, 0.9), (_FIELD, 0.75), (_TOLD, 0.55))
_SOLD = ((_ENDS_TITLE, 1.0), (_ENDS_KIND, 0.95), (_TITLE | _KIND, 0.4), (_FIELD | _TOLD, 0.2))
_LONGEST_SUBTITLE = 40
_CACHED = 2048
_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+(?:[.\-][a-z0-9]+)*")
_NOTHING = (np.zeros(0, np.int32), np.zeros(0, np.float32))


class PhraseIndex:
    """Strengths in (0, 1] of phrases in normal form; the last ones asked for are kept."""

    def __init__(self, documents: Sequence[Document], lexical: LexicalIndex) -> None:
        self._lexical = lexical
        self._size = len(documents)
        self._codes = _codes(documents, lexical)
        self._strengths = {False: _table(_SAID), True: _table(_SOLD)}
        self._kept: OrderedDict[tuple[str, bool], tuple[Rows, Floats]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._size

    def find(self, phrase: str, goods: bool) -> tuple[Rows, Floats]:
        """Rows that have the phrase, ascending, and how much each says; `goods`: only as what the product is it says all."""
        key = (phrase, goods)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._find(phrase, goods)
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > _CACHED:
                self._kept.popitem(last=False)
        return found

    def _find(self, phrase: str, goods: bool) -> tuple[Rows, Floats]:
        tokens = phrase_tokens(phrase)
        parts = [self._lexical.posting(token) for token in tokens]
        if not parts or any(part is None for part in parts):
            return _NOTHING
        last = _last(phrase)
        spans = dict(zip(tokens, (part for part in parts if part is not None), strict=True))
        rarest = min(spans, key=lambda token: spans[token].stop - spans[token].start)
        rows = self._lexical.rows(spans[rarest])
        codes = self._of(spans[rarest], rarest == last)
        for token in tokens:
            if token != rarest:
                rows, codes = self._meet(rows, codes, spans[token], token == last)
        strengths = self._strengths[goods][codes]
        return rows[strengths > 0], strengths[strengths > 0]

    def _of(self, span: slice, is_last: bool) -> Codes:
        """An ending counts only of the last token."""
        return self._codes[span] if is_last else self._codes[span] | np.uint8(_ENDINGS)

    def _meet(self, rows: Rows, codes: Codes, span: slice, is_last: bool) -> tuple[Rows, Codes]:
        others = self._lexical.rows(span)
        places = np.minimum(np.searchsorted(others, rows), len(others) - 1)
        same = others[places] == rows
        met: Codes = codes[same] & self._of(span, is_last)[places[same]]
        return rows[same], met


def _table(strengths: Sequence[tuple[int, float]]) -> Floats:
    """Strength by code: that of the first place which the code has."""
    table = np.zeros(64, np.float32)
    for code in range(64):
        table[code] = next((strength for bits, strength in strengths if code & bits), 0.0)
    return table


def _last(phrase: str) -> str:
    return phrase[-2:] if not phrase[-1:].isascii() else lexical_tokens(phrase)[-1]


def _codes(documents: Sequence[Document], lexical: LexicalIndex) -> Codes:
    """One byte a posting, in the order of the lexical index."""
    codes = np.zeros(lexical.postings, np.uint8)
    for row, document in enumerate(documents):
        for token, code in _places(document).items():
            place = lexical.place(token, row)
            if place is not None:
                codes[place] = code
    return codes


def _places(document: Document) -> dict[str, int]:
    """Token -> bits of the fields that it stands in."""
    found: dict[str, int] = {}
    title = normalise(f"{document.title} {_subtitle(document)}")
    kind = normalise(document.category)
    for text, bit, ending in (
        (title, _TITLE, _ENDS_TITLE),
        (kind, _KIND, _ENDS_KIND),
        (normalise(_fields(document)), _FIELD, 0),
        (normalise(document.description), _TOLD, 0),
    ):
        for token in lexical_tokens(text):
            found[token] = found.get(token, 0) | bit
        for token in _run_ends(text) if ending else ():
            found[token] = found.get(token, 0) | ending
    return found


def _run_ends(text: str) -> Iterator[str]:
    """What each run ends in: what a product is called is the last noun of its name."""
    for run in _RUN.findall(text):
        yield _last(run)


def _subtitle(document: Document) -> str:
    """A description as short as a title is read as part of it."""
    return document.description if len(document.description) <= _LONGEST_SUBTITLE else ""


def _fields(document: Document) -> str:
    parts = (document.brand, document.department, *document.tags)
    return " ".join((*parts, *document.attribute_texts(), *document.option_values()))
