"""Settings: defaults, bad values, and that each is documented."""

import re
from pathlib import Path

import pytest

from daogou.settings import BadSetting, Settings

ARCHITECTURE = Path(__file__).parents[3] / "docs" / "architecture.md"


class Recorder(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        self.asked.add(key)
        return default


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    environ = Recorder()
    Settings.from_env(environ)
    chapter = ARCHITECTURE.read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in chapter.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == environ.asked


def test_defaults() -> None:
    settings = Settings.from_env({})
    assert settings.database_url == "sqlite:///var/daogou.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.jwt_key is None
    assert settings.allowed_origins == settings.trusted_proxies == ()
    assert settings.encoder == Path("data/models/encoder")


def test_values_are_read() -> None:
    settings = Settings.from_env(
        {
            "DAOGOU_VAR": "/srv/var",
            "DAOGOU_PORT": "80",
            "DAOGOU_ALLOWED_ORIGINS": "https://a.example/, https://b.example:8443",
            "DAOGOU_TRUSTED_PROXIES": "10.0.0.1, ::1",
            "DAOGOU_RATE_LIMIT": "0",
            "DAOGOU_JWT_KEY": "k" * 32,
        }
    )
    assert settings.database_url == "sqlite:////srv/var/daogou.db"
    assert settings.index_folder == Path("/srv/var/index")
    assert settings.port == 80
    assert settings.allowed_origins == ("https://a.example", "https://b.example:8443")
    assert settings.trusted_proxies == ("10.0.0.1", "::1")
    assert settings.rate_limit == 0
    assert settings.jwt_key == "k" * 32


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAOGOU_PORT", "0"),
        ("DAOGOU_PORT", "65536"),
        ("DAOGOU_RASA_PORT", "-1"),
        ("DAOGOU_ACTIONS_PORT", "http"),
        ("DAOGOU_RECSYS_PORT", "٥٠٧٥"),
        ("DATABASE_URL", "mysql://x"),
        ("DAOGOU_JWT_KEY", "short"),
        ("DAOGOU_ALLOWED_ORIGINS", "*"),
        ("DAOGOU_ALLOWED_ORIGINS", "https://a.example/path"),
        ("DAOGOU_TRUSTED_PROXIES", "proxy"),
        ("DAOGOU_RATE_LIMIT", "fast"),
        ("DAOGOU_TRACKER_URL", "redis://x"),
        ("DAOGOU_ADDRESS_SECRET", "short"),
        ("DAOGOU_OFFICE_URL", "shop.example"),
        ("DAOGOU_OFFICE_URL", "https://shop.example"),
        ("DAOGOU_OFFICE_TRIES", "many"),
    ],
)
def test_a_bad_value_is_named_and_secrets_are_not_told(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as refusal:
        Settings.from_env({name: value})
    assert "\n" not in str(refusal.value)
    secret = name in ("DAOGOU_JWT_KEY", "DAOGOU_ADDRESS_SECRET")
    assert not secret or value not in str(refusal.value)


def test_the_shops_own_systems_are_asked_where_they_are_named() -> None:
    assert Settings.from_env({}).office is None
    named = {"DAOGOU_OFFICE_URL": "https://shop.example/api", "DAOGOU_OFFICE_TOKEN": "t0ken"}
    office = Settings.from_env({**named, "DAOGOU_OFFICE_TIMEOUT_MS": "1500"}).office
    assert office is not None and (office.timeout_s, office.tries) == (1.5, 2)
    assert "t0ken" not in repr(office)
