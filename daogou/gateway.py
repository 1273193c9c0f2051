"""Composition root of the gateway: `python -m daogou.gateway`."""

from __future__ import annotations

import logging
import os
import secrets
import sys
from pathlib import Path

from aiohttp import web
from sqlalchemy.exc import DBAPIError

from daogou.address_secret import address_secret
from daogou.desk import build_desk, service_rules
from daogou.settings import BadSetting, Settings
from recsys.client import RecommenderClient
from shop.domain.errors import BadDatabaseUrl
from shop.storage import Storage, migrate
from shop.storage.trackers import Trackers
from web.app import build_app
from web.config import SPEAKER_RATE, GatewayConfig
from web.limits import Rate
from web.rasa import RasaClient
from web.wording import BadWording, Wording

log = logging.getLogger(__name__)

RESPONSES = Path(__file__).parents[1] / "data" / "responses" / "gateway.json"
# The seconds' worth of requests that an address may send at once: a page with all it loads.
BURST_SECONDS = 10
# An open request gets this long to end when the process is told to stop.
SHUTDOWN_S = 5.0
DELIVERY_S = 60.0
TIDY_S = 3600.0


def build_gateway(settings: Settings) -> web.Application:
    """The application on its database, brought up to date first; blocks. Raises BadSetting."""
    service_rules(settings)
    migrate(settings.database_url)
    storage = Storage(settings.database_url)
    return build_app(
        storage,
        RasaClient(settings.rasa_url),
        RecommenderClient(settings.recsys_url),
        Trackers(settings.tracker_url),
        lambda: build_desk(settings, storage),
        config(settings),
    )


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = Settings.from_env(os.environ)
        app = build_gateway(settings)
    except (BadSetting, BadDatabaseUrl, BadWording) as error:
        print(error, file=sys.stderr)
        return 2
    except DBAPIError as error:
        # Not the error's own words: they may quote the password.
        kind = type(error.orig).__name__
        print(f"DATABASE_URL: the database cannot be opened ({kind})", file=sys.stderr)
        return 2
    # Stops on SIGTERM and SIGINT; the application writes its own access log.
    web.run_app(
        app,
        host=settings.host,
        port=settings.port,
        access_log=None,
        print=log.info,
        shutdown_timeout=SHUTDOWN_S,
    )
    return 0


def config(settings: Settings) -> GatewayConfig:
    """What the gateway is told of the settings."""
    limit = settings.rate_limit
    return GatewayConfig(
        wording=Wording.load(RESPONSES),
        photos=settings.photos,
        jwt_key=settings.jwt_key,
        # Of this process alone: it signs nobody in but the demo shop's invented customers.
        demo_key=None if settings.jwt_key else secrets.token_urlsafe(48),
        allowed_origins=frozenset(settings.allowed_origins),
        trusted_proxies=frozenset(settings.trusted_proxies),
        address_rate=Rate(limit, BURST_SECONDS * limit) if limit else None,
        conversation_rate=SPEAKER_RATE if limit else None,
        address_secret=address_secret(settings),
        notice_interval_s=settings.notice_seconds or None,
        delivery_interval_s=DELIVERY_S,
        tidy_interval_s=TIDY_S,
    )


if __name__ == "__main__":
    sys.exit(main())
