"""Feed files as rows: CSV, TSV, JSONL, and the XML of Google Merchant."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

import defusedxml.sax
from defusedxml import DefusedXmlException

from shop.domain.errors import BadFeed
from shop.importing.encoding import detect
from shop.importing.report import RowError

_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "xml",
}
_REPLACED = "\N{REPLACEMENT CHARACTER}"


class Row(NamedTuple):
    """A row and the line on which it starts."""

    line: int
    value: dict[str, Any]


def read(path: Path, format: str | None = None) -> Iterator[Row | RowError]:
    """Rows and unreadable rows, in order; raises BadFeed where the file as a whole is no feed."""
    kind = format or _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise BadFeed(f"{path.name}: name the format, or end the name in {', '.join(_FORMATS)}")
    try:
        yield from _checked(_open(path, kind))
    except OSError as cause:
        raise BadFeed(f"{path.name}: {cause.strerror}") from cause


def _open(path: Path, kind: str) -> Iterator[Row | RowError]:
    with path.open(encoding=detect(path), errors="replace", newline="") as file:
        if kind == "jsonl":
            yield from _json_lines(file)
        elif kind == "xml":
            yield from _xml_items(file)
        else:
            yield from _table(file, "\t" if kind == "tsv" else ",")


def _checked(rows: Iterator[Row | RowError]) -> Iterator[Row | RowError]:
    for row in rows:
        if isinstance(row, Row) and _REPLACED in json.dumps(row.value, ensure_ascii=False):
            yield RowError(row.line, "", "wrong encoding")
        else:
            yield row


def _json_lines(file: io.TextIOBase) -> Iterator[Row | RowError]:
    for number, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            yield RowError(number, "", "broken JSON")
            continue
        yield Row(number, value) if isinstance(value, dict) else _not_an_object(number)


def _not_an_object(line: int) -> RowError:
    return RowError(line, "", "not a JSON object")


def _table(file: io.TextIOBase, delimiter: str) -> Iterator[Row | RowError]:
    lines = csv.reader(file, delimiter=delimiter)
    header = next(lines, None)
    if not header:
        raise BadFeed("the first line names no columns")
    names = [name.strip() for name in header]
    while True:
        start = lines.line_num + 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as cause:
            yield RowError(start, "", str(cause))
            continue
        if len(cells) > len(names):
            yield RowError(start, "", f"{len(cells)} cells under {len(names)} columns")
        elif any(cell.strip() for cell in cells):
            yield Row(start, dict(zip(names, cells, strict=False)))


def _xml_items(file: io.TextIOBase) -> Iterator[Row | RowError]:
    source = InputSource()
    # A stream of characters: the file's own word about its encoding no longer counts.
    source.setCharacterStream(file)
    handler = _Items()
    try:
        defusedxml.sax.parse(source, handler)
    except (SAXException, DefusedXmlException) as cause:
        # What follows is unknown, so what came before must not pass for the whole feed.
        raise BadFeed(f"broken XML: {cause}") from cause
    yield from handler.rows


class _Items(ContentHandler):
    """Collects `item` (RSS) and `entry` (Atom) elements; an element seen twice becomes a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._line = 0
        self._item: dict[str, Any] | None = None
        self._text = ""

    def setDocumentLocator(self, locator: Any) -> None:
        self._where = locator

    def startElement(self, name: str, attributes: Any) -> None:
        self._text = ""
        if name in ("item", "entry"):
            self._line = self._where.getLineNumber()
            self._item = {}
        elif self._item is not None and "href" in attributes:
            self._text = attributes["href"]

    def characters(self, content: str) -> None:
        self._text += content

    def endElement(self, name: str) -> None:
        if self._item is None:
            return
        if name in ("item", "entry"):
            self.rows.append(Row(self._line, self._item))
            self._item = None
        else:
            self._keep(name.removeprefix("g:"), self._text.strip())
        self._text = ""

    def _keep(self, name: str, text: str) -> None:
        assert self._item is not None
        if name not in self._item:
            self._item[name] = text
        elif isinstance(self._item[name], list):
            self._item[name].append(text)
        else:
            self._item[name] = [self._item[name], text]
