"""The gateways of all lanes in one process: `python -m daogou.lab.gateway`."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from functools import partial

from aiohttp import web

from daogou.desk import build_desk
from daogou.gateway import config
from daogou.lab.layout import Layout
from daogou.settings import Settings
from recsys.client import RecommenderClient
from shop.storage import Storage
from shop.storage.trackers import Trackers
from testing.running.lab import sender
from testing.running.world import World
from web.app import build_app
from web.rasa import RasaClient, Reply

# A test waits rather than takes a slow machine's apology for the bot's answer.
PATIENCE_S = 20.0


class LaneRasa(RasaClient):
    """Tells Rasa, and through it the action server, whose shop a conversation belongs to."""

    def __init__(self, base_url: str, lane: int) -> None:
        super().__init__(base_url, PATIENCE_S)
        self._lane = lane

    async def answer(self, conversation_id: str, text: str) -> list[Reply]:
        return await super().answer(sender(self._lane, conversation_id), text)


def build_gateway(settings: Settings, world: World) -> web.Application:
    """One lane's application, on a fresh copy of the demo shop; blocks."""
    world.restore()
    storage = Storage(world.database_url, world.clock)
    of_lane = partial(sender, world.number)
    return build_app(
        storage,
        LaneRasa(settings.rasa_url, world.number),
        RecommenderClient(settings.recsys_url),
        Trackers(settings.tracker_url, of_lane),
        lambda: build_desk(settings, storage, world.clock, of_lane),
        config(settings),
    )


async def serve(settings: Settings, layout: Layout) -> None:
    """Until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runners = []
    for world, port in layout.lanes(settings):
        runner = web.AppRunner(build_gateway(settings, world), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, settings.host, port).start()
        runners.append(runner)
    await stop.wait()
    await asyncio.gather(*(runner.cleanup() for runner in runners))


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(serve(Settings.from_env(os.environ), Layout.from_env(os.environ)))


if __name__ == "__main__":
    main()
