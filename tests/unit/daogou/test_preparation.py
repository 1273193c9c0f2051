"""From nothing to a filled database and an index; nothing twice."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import pytest

from daogou import preparation
from daogou.errors import BadInput, CommandError
from daogou.indexing import is_current
from daogou.settings import Settings
from recsys.index.store import manifest_of

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {
            "DAOGOU_VAR": str(tmp_path),
            "DAOGOU_CATALOG": str(ROOT / "data/catalog"),
            "DAOGOU_KNOWLEDGE": str(ROOT / "data/knowledge"),
            "DAOGOU_ENCODER": str(ROOT / "tests/unit/bot/encoder"),
        }
    )


def test_an_empty_database_is_filled_and_indexed_once(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(preparation.prepare(settings))
    first = manifest_of(settings.index_folder)
    counts = asyncio.run(preparation.counts(settings))
    assert first["products"] == counts.products > 0
    assert asyncio.run(is_current(settings))
    capfd.readouterr()
    asyncio.run(preparation.prepare(settings))
    assert manifest_of(settings.index_folder) == first
    assert capfd.readouterr().out == ""


def test_a_catalogue_with_a_fault_is_bad_input(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "catalog/categories").mkdir(parents=True)
    (tmp_path / "catalog/categories/shoes.json").write_text("{")
    settings = Settings.from_env(
        {"DAOGOU_VAR": str(tmp_path), "DAOGOU_CATALOG": str(tmp_path / "catalog")}
    )
    with pytest.raises(BadInput, match=r"shoes\.json"):
        asyncio.run(preparation.seed(settings))


def test_a_missing_encoder_is_bad_input(tmp_path: Path) -> None:
    settings = Settings.from_env(
        {"DAOGOU_VAR": str(tmp_path), "DAOGOU_ENCODER": str(tmp_path / "none")}
    )
    with pytest.raises(BadInput, match="none"):
        asyncio.run(preparation.index(settings))


def test_a_full_disk_is_one_line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> tuple[int, bool]:
        raise OSError(errno.ENOSPC, "No space left on device", "var/index")

    monkeypatch.setattr(preparation, "update_index", full)
    with pytest.raises(CommandError, match=r"^var/index: No space left on device$"):
        asyncio.run(preparation.index(settings))
