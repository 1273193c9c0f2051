"""Settings: documented, with defaults that work, and refused with one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from daogou.settings import BadSetting, Settings

ROOT = Path(__file__).parents[3]


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    code = (ROOT / "daogou/settings.py").read_text("utf-8")
    rows = (
        (ROOT / "docs/architecture.md").read_text("utf-8").split("## Settings")[1].split("\n## ")[0]
    )
    read = set(re.findall(r'"(D(?:AOGOU_\w+|ATABASE_URL))"', code))
    documented = {
        name for row in rows.splitlines() if row.startswith("|")
        for name in re.findall(r"`(D(?:AOGOU_\w+|ATABASE_URL))`", row.split("|")[1])
    }  # fmt: skip
    assert read == documented


def test_a_bare_environment_has_every_default() -> None:
    settings = Settings.from_env({})
    assert settings.database_url == "sqlite:///var/daogou.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.index_folder == Path("var/index")


def test_everything_rebuildable_moves_with_one_folder() -> None:
    settings = Settings.from_env({"DAOGOU_VAR": "/srv/daogou"})
    assert settings.database_url == "sqlite:////srv/daogou/daogou.db"
    assert settings.index_folder == Path("/srv/daogou/index")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAOGOU_PORT", "0"),
        ("DAOGOU_PORT", "65536"),
        ("DAOGOU_RASA_PORT", "http"),
        ("DATABASE_URL", "mysql://host/db"),
        ("DAOGOU_JWT_KEY", "short"),
        ("DAOGOU_ALLOWED_ORIGINS", "https://shop.example/path"),
        ("DAOGOU_ALLOWED_ORIGINS", "shop.example"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.from_env({name: value})
