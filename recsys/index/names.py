"""By which words shoppers name one product: its model, what is left of it without the brand, telling parts, its series."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from recsys.index.document import Document
from recsys.text.normalise import normalise

_PARTS = re.compile(r"[a-z][a-z\d.\-]*\d[a-z\d\-]*|[a-z]{4,}|[一-鿿]{3,}")
_CHINESE = re.compile(r"[一-鿿]+")
Names = dict[str, list[str]]


def product_names(
    documents: Sequence[Document], brands: Mapping[str, str], known: Container[str]
) -> Names:
    """Name without blanks -> product ids. `brands` are all spellings, `known` words that mean kinds of goods or brands.

    A whole model may belong to several. A part of it with letters and digits, and its series, where the model begins with
    it and it is long enough to be no general word, name a product only where no other title has them; 幼猫粮 does so only
    beside the brand.
    """
    spelled: dict[str, list[str]] = {}
    for word, brand in brands.items():
        spelled.setdefault(brand, []).append(word)
    whole: Names = {}
    telling: Names = {}
    branded: Names = {}
    for document in documents:
        model, series = normalise(document.model), normalise(document.series)
        spellings = spelled.get(document.brand, ())
        for name in _models(model, spellings):
            _put(whole, name, document, known)
        parts = _PARTS.findall(model)
        for part in (p for p in parts if not p.isalpha()):
            _put(telling, part, document, known)
        if model.startswith(series) and len(series) > 3 and _CHINESE.fullmatch(series):
            _put(telling, series, document, known)
        for spelling in spellings:
            for part in parts:
                _put(branded, f"{spelling}{part}", document, known)
    return _alone(branded, documents, spelled) | _alone(telling, documents) | whole


def _alone(
    names: Names, documents: Sequence[Document], spelled: Mapping[str, Sequence[str]] | None = None
) -> Names:
    """The names of one product that no other title has; with `spelled`, no other of the brand, whose name comes first."""
    counts = _titles_with(names, documents, spelled or {})
    return {name: ids for name, ids in names.items() if len(ids) == 1 and counts[name] <= 1}


def _models(model: str, spellings: Sequence[str]) -> Iterator[str]:
    """The model, with and without the brand before it."""
    yield model
    for brand in spellings:
        if model.startswith(brand):
            yield model.removeprefix(brand).strip()
        else:
            yield f"{brand}{model}"
    for noun in ("iphone ", "ipad "):
        yield from (
            f"{brand}{model.removeprefix(noun)}" for brand in spellings if model.startswith(noun)
        )


def _put(names: dict[str, list[str]], name: str, document: Document, known: Container[str]) -> None:
    word = name.replace(" ", "")
    if _tells(word) and name not in known and word not in known:
        ids = names.setdefault(word, [])
        if document.product_id not in ids:
            ids.append(document.product_id)


def _tells(word: str) -> bool:
    """Not a number, nor so short that it is in every other sentence."""
    if _CHINESE.fullmatch(word):
        return len(word) >= 3
    letters, digits = any(map(str.isalpha, word)), any(map(str.isdigit, word))
    return (letters and digits and len(word) >= 2) or (letters and len(word) >= 4)


def _titles_with(
    names: Names, documents: Sequence[Document], spelled: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """How many products' titles, models or series have each name."""
    counts = dict.fromkeys(names, 0)
    lengths = {len(name) for name in names}
    for document in documents:
        text = " ".join((document.title, document.model, document.series))
        text = normalise(text).replace(" ", "")
        pieces = {
            text[start : start + length]
            for length in lengths
            for start in range(len(text) - length + 1)
        }
        for spelling in spelled.get(document.brand, ()):
            pieces |= {f"{spelling}{piece}" for piece in pieces if len(piece) < len(text)}
        for name in pieces & counts.keys():
            counts[name] += 1
    return counts
