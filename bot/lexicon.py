"""The catalogue's lexicon as a file that may change while the server runs."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from recsys.query import Lexicon, QueryParser

VARIABLE = "DAOGOU_LEXICON"
DEFAULT = "var/index/current/lexicon.json"


def configured_path(setting: str | None) -> Path:
    """The component's own setting, else the environment, else the default."""
    return Path(setting or os.environ.get(VARIABLE) or DEFAULT)


class LexiconFile:
    """Gives a parser with the words of `path`: read again when the file changes, bare without."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._parser: QueryParser | None = None

    def parser(self) -> QueryParser:
        stamp = self._read_stamp()
        if self._parser is None or stamp != self._stamp:
            self._parser = QueryParser(Lexicon.load(self._path) if stamp else Lexicon())
            self._stamp = stamp
        return self._parser

    def fingerprint(self) -> str:
        """Digest of the content: other words in the shop mean other features."""
        if self._read_stamp() is None:
            return "absent"
        return hashlib.sha256(self._path.read_bytes()).hexdigest()

    def _read_stamp(self) -> tuple[int, int] | None:
        # The index folder behind the path is a link that is swapped: the inode changes with it.
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino
