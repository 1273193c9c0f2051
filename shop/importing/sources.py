"""Taking values out of a row."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from shop.importing.mapping import Names, Source
from shop.importing.text import plain


def take(row: Any, source: Source) -> Any:
    """The first filled value of a source; None where there is none."""
    for path in [source] if isinstance(source, str) else source or []:
        value = path[1:] if path.startswith("=") else _at(row, path)
        if value not in (None, "", [], {}):
            return value
    return None


def take_list(row: Any, source: Source) -> list[Any]:
    """A list as it is, or written as JSON, or as text with commas."""
    return _listed(take(row, source))


def take_names(names: Names, row: Any, product: Any) -> dict[str, str]:
    """Names and values of a row; names may stand in the product's first row only."""
    found = {plain(name): plain(value) for name, value in _named(names, row, product)}
    return {
        name: value for name, value in found.items() if name and value and value not in names.ignore
    }


def _named(names: Names, row: Any, product: Any) -> Iterator[tuple[Any, Any]]:
    if names.pairs:
        yield from _pairs(_at(row, names.pairs))
    for name, value in names.columns:
        yield _at(row, name) or _at(product, name), _at(row, value)
    if names.names and names.values:
        titles = dict.fromkeys(name for name, _ in _pairs(_at(product, names.names)))
        yield from zip(titles, take_list(row, names.values), strict=False)
    for name, source in names.fields.items():
        yield name, _joined(take(row, source))


def _pairs(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        yield from ((name, _joined(part)) for name, part in value.items())
    for pair in value if isinstance(value, list) else ():
        if isinstance(pair, Mapping):
            yield pair.get("name"), _joined(pair.get("value"))
        elif isinstance(pair, list) and len(pair) == 2:
            yield pair[0], _joined(pair[1])


def _joined(value: Any) -> Any:
    return "、".join(str(part) for part in value) if isinstance(value, list) else value


def _listed(value: Any) -> list[Any]:
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    if isinstance(value, str):
        return [part for part in value.replace("，", ",").split(",") if part.strip()]
    return value if isinstance(value, list) else [] if value is None else [value]


def _at(row: Any, path: str) -> Any:
    """The value of a dotted path; a key that has dots of its own goes first."""
    if isinstance(row, Mapping) and path in row:
        return row[path]
    for step in path.split("."):
        if isinstance(row, Mapping):
            row = row.get(step)
        elif isinstance(row, list) and step.isdecimal() and int(step) < len(row):
            row = row[int(step)]
        else:
            return None
    return row
