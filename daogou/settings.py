"""Configuration from the environment, read once; a bad value stops a process with one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path


class BadSetting(Exception):
    """A setting with an unusable value; the message names the variable and says what is wanted."""


@dataclass(frozen=True)
class Office:
    """The shop's own systems over HTTP; `timeout_s` of one try."""

    url: str
    token: str = field(repr=False)
    timeout_s: float
    tries: int


@dataclass(frozen=True)
class Settings:
    """Every setting is documented in docs/architecture.md; a test keeps it so."""

    database_url: str
    host: str
    port: int
    rasa_port: int
    actions_port: int
    recsys_port: int
    var: Path
    catalog: Path
    knowledge: Path
    models: Path
    encoder: Path
    jwt_key: str | None
    allowed_origins: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    rate_limit: int
    notice_seconds: int
    tracker_url: str
    service_rules: Path
    photos: Path
    address_secret: str | None = field(repr=False)
    office: Office | None
    data: Path

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read all settings; raises BadSetting on the first bad one."""
        var = Path(environ.get("DAOGOU_VAR") or "var")
        models = Path(environ.get("DAOGOU_MODELS") or "data/models")
        catalog = Path(environ.get("DAOGOU_CATALOG") or "data/catalog")
        tracker_url = environ.get("DAOGOU_TRACKER_URL") or f"sqlite:///{var}/rasa.db"
        return cls(
            database_url=_database_url(
                "DATABASE_URL", environ.get("DATABASE_URL") or f"sqlite:///{var}/daogou.db"
            ),
            host=environ.get("DAOGOU_HOST") or "127.0.0.1",
            port=_port(environ, "DAOGOU_PORT", 8080),
            rasa_port=_port(environ, "DAOGOU_RASA_PORT", 5005),
            actions_port=_port(environ, "DAOGOU_ACTIONS_PORT", 5055),
            recsys_port=_port(environ, "DAOGOU_RECSYS_PORT", 5075),
            var=var,
            catalog=catalog,
            knowledge=Path(environ.get("DAOGOU_KNOWLEDGE") or "data/knowledge"),
            models=models,
            encoder=Path(environ.get("DAOGOU_ENCODER") or models / "encoder"),
            jwt_key=_jwt_key(environ.get("DAOGOU_JWT_KEY")),
            allowed_origins=_origins(environ.get("DAOGOU_ALLOWED_ORIGINS") or ""),
            trusted_proxies=_addresses(environ.get("DAOGOU_TRUSTED_PROXIES") or ""),
            rate_limit=_number(environ, "DAOGOU_RATE_LIMIT", 20),
            notice_seconds=_number(environ, "DAOGOU_NOTICE_SECONDS", 60),
            tracker_url=_database_url("DAOGOU_TRACKER_URL", tracker_url),
            service_rules=Path(environ.get("DAOGOU_SERVICE") or catalog / "demo" / "service.json"),
            photos=Path(environ.get("DAOGOU_PHOTOS") or var / "photos"),
            address_secret=_address_secret(environ.get("DAOGOU_ADDRESS_SECRET")),
            office=_office(environ),
            data=Path(environ.get("DAOGOU_DATA") or "../shared/data"),
        )

    @property
    def index_folder(self) -> Path:
        return self.var / "index"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def recsys_url(self) -> str:
        return f"http://127.0.0.1:{self.recsys_port}"

    @property
    def public_url(self) -> str:
        return f"http://{self.host}:{self.port}"


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    port = _number(environ, name, default)
    if not 1 <= port <= 65535:
        raise BadSetting(f"{name}={port}: a port from 1 to 65535 is wanted")
    return port


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    raw = environ.get(name) or str(default)
    if not (raw.isascii() and raw.isdigit()):
        raise BadSetting(f"{name}={raw!r}: a whole number is wanted")
    return int(raw)


def _database_url(name: str, url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://")):
        raise BadSetting(f"{name}: sqlite:///file or postgresql://user:pass@host/db is wanted")
    return url


def _jwt_key(key: str | None) -> str | None:
    if key and len(key) < 32:
        raise BadSetting("DAOGOU_JWT_KEY: at least 32 characters are wanted")
    return key or None


def _address_secret(secret: str | None) -> str | None:
    if secret and len(secret) < 16:
        raise BadSetting("DAOGOU_ADDRESS_SECRET: at least 16 characters are wanted")
    return secret or None


def _office(environ: Mapping[str, str]) -> Office | None:
    """The shop's own systems; None where our database is the order system."""
    url, token = environ.get("DAOGOU_OFFICE_URL"), environ.get("DAOGOU_OFFICE_TOKEN")
    timeout_ms = _number(environ, "DAOGOU_OFFICE_TIMEOUT_MS", 800)
    tries = _number(environ, "DAOGOU_OFFICE_TRIES", 2)
    if not url:
        return None
    if not url.startswith(("http://", "https://")):
        raise BadSetting(f"DAOGOU_OFFICE_URL: {url!r} is no http address")
    if not token:
        raise BadSetting("DAOGOU_OFFICE_TOKEN: the token for DAOGOU_OFFICE_URL is wanted")
    if not timeout_ms or not tries:
        raise BadSetting("DAOGOU_OFFICE_TIMEOUT_MS, DAOGOU_OFFICE_TRIES: 1 or more is wanted")
    return Office(url, token, timeout_ms / 1000, tries)


def _origins(raw: str) -> tuple[str, ...]:
    origins = tuple(o.strip().rstrip("/") for o in raw.split(",") if o.strip())
    for origin in origins:
        if not origin.startswith(("http://", "https://")) or "/" in origin.split("://", 1)[1]:
            raise BadSetting(
                f"DAOGOU_ALLOWED_ORIGINS: {origin!r} is not an origin such as https://shop.example"
            )
    return origins


def _addresses(raw: str) -> tuple[str, ...]:
    addresses = tuple(a.strip() for a in raw.split(",") if a.strip())
    for address in addresses:
        try:
            ip_address(address)
        except ValueError as error:
            raise BadSetting(f"DAOGOU_TRUSTED_PROXIES: {address!r} is no IP address") from error
    return addresses
