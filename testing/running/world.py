"""Where a lane keeps its shop: a database and a clock that other processes read too."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect

from shop.domain.clock import now


@dataclass(frozen=True)
class World:
    """Lane `number` of the test system whose files are in `folder`."""

    folder: Path
    number: int

    @property
    def template(self) -> Path:
        """The demo shop as every dialogue finds it."""
        return self.folder / "daogou.db"

    @property
    def database(self) -> Path:
        return self.folder / f"lane{self.number}.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def _offset(self) -> Path:
        return self.folder / f"lane{self.number}.clock"

    def restore(self) -> None:
        """Make the database what the template is, beneath whoever has it open; blocks."""
        with closing(connect(self.template)) as source, closing(connect(self.database)) as target:
            target.execute("PRAGMA synchronous = OFF").close()
            source.backup(target)

    def set_clock(self, moment: datetime | None) -> None:
        """From now on the clock goes on from `moment`; None: it shows the real time."""
        ahead = timedelta(0) if moment is None else moment - now()
        self._offset.write_text(str(ahead.total_seconds()), "utf-8")

    def clock(self) -> datetime:
        """What the shop of this lane takes for the present."""
        try:
            ahead = float(self._offset.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            # Not set yet, or being written.
            ahead = 0.0
        return now() + timedelta(seconds=ahead)
