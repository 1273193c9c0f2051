"""The secret of address keys: made once, for its owner's eyes."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from daogou.address_secret import address_secret
from daogou.settings import BadSetting, Settings


def settings(var: Path, **more: str) -> Settings:
    return Settings.from_env({"DAOGOU_VAR": str(var), **more})


def test_it_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = address_secret(settings(tmp_path / "new"))
    assert len(first) == 32
    assert address_secret(settings(tmp_path / "new")) == first
    (file,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert address_secret(settings(tmp_path / "other")) != first


def test_gateways_that_start_at_once_share_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: address_secret(settings(tmp_path)), range(32)))
    assert len(found) == 1


def test_one_that_is_set_is_taken(tmp_path: Path) -> None:
    told = settings(tmp_path, DAOGOU_ADDRESS_SECRET="sixteen-letters!")
    assert address_secret(told) == b"sixteen-letters!"
    assert list(tmp_path.iterdir()) == []


def test_a_broken_one_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "address.key").write_bytes(b"short")
    with pytest.raises(BadSetting, match=r"address\.key"):
        address_secret(settings(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match="DAOGOU_VAR"):
        address_secret(settings(tmp_path / "file"))
