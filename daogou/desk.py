"""The after-sale desk as gateway and action server have it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager

from daogou.settings import BadSetting, Office, Settings
from shop.desk import Desk
from shop.domain.clock import Clock, now
from shop.domain.errors import BadServiceRules
from shop.domain.service import ServiceRules
from shop.ports import BackOffice
from shop.remote import RemoteSettings, remote_back_office
from shop.remote.client import Patience
from shop.service import read_service
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from shop.storage.photo_folder import PhotoFolder
from shop.storage.trackers import Trackers


@asynccontextmanager
async def build_desk(
    settings: Settings,
    storage: Storage,
    clock: Clock = now,
    sender: Callable[[str], str] = str,
) -> AsyncIterator[Desk]:
    """On the shop's own systems where they are set, else on our database; raises BadSetting.

    `sender`: the name of a conversation towards Rasa.
    """
    rules = service_rules(settings)
    trackers = Trackers(settings.tracker_url, sender)
    erasers = (trackers, PhotoFolder(settings.photos))
    async with aclosing(trackers), _office(settings, storage, rules) as office:
        yield Desk(storage, rules, office, erasers, clock)


def service_rules(settings: Settings) -> ServiceRules:
    """What holds in this shop; raises BadSetting, in one line."""
    try:
        return read_service(settings.service_rules)
    except BadServiceRules as error:
        raise BadSetting(f"DAOGOU_SERVICE: {error}") from error


@asynccontextmanager
async def _office(
    settings: Settings, storage: Storage, rules: ServiceRules
) -> AsyncIterator[BackOffice]:
    if settings.office is None:
        yield sql_back_office(storage, rules)
        return
    async with remote_back_office(_remote(settings.office)) as office:
        yield office


def _remote(office: Office) -> RemoteSettings:
    """One address for all four systems: their paths differ, so that a proxy can part them."""
    url, patience = office.url, Patience(office.timeout_s, office.tries)
    return RemoteSettings(url, url, url, url, office.token, patience)
