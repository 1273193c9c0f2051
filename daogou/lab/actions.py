"""The actions of all lanes in one process: `python -m daogou.lab.actions`."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult

from daogou.action_server import build_app, opened, serve
from daogou.lab.layout import Layout
from daogou.settings import Settings
from recsys.client import RecommenderClient
from shop.storage import Storage
from testing.running.lab import of_sender, sender

RECOMMENDER_TIMEOUT_S = 10.0


class LaneExecutor(ActionExecutor):
    """Runs an action on the shop of the conversation that it is called for."""

    def __init__(self, lanes: dict[int, ActionExecutor]) -> None:
        super().__init__()
        self._lanes = lanes

    async def run(
        self, action_call: dict[str, Any], *args: Any, **more: Any
    ) -> ActionExecutorRunResult | None:
        lane, conversation_id = of_sender(action_call["sender_id"])
        tracker = {**action_call["tracker"], "sender_id": conversation_id}
        call = {**action_call, "sender_id": conversation_id, "tracker": tracker}
        return await self._lanes[lane].run(call, *args, **more)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings, layout = Settings.from_env(os.environ), Layout.from_env(os.environ)
    recommender = RecommenderClient(settings.recsys_url, RECOMMENDER_TIMEOUT_S)
    worlds = [world for world, _ in layout.lanes(settings)]
    storages = [Storage(world.database_url, world.clock) for world in worlds]
    lanes = {number: ActionExecutor() for number in range(len(storages))}
    shops = [
        opened(
            settings,
            storage,
            recommender,
            lanes[number],
            world.clock,
            partial(sender, number),
        )
        for number, (world, storage) in enumerate(zip(worlds, storages, strict=True))
    ]
    serve(settings, build_app(LaneExecutor(lanes), recommender, storages, _all(shops)))


@asynccontextmanager
async def _all(shops: Sequence[AbstractAsyncContextManager[None]]) -> AsyncIterator[None]:
    async with AsyncExitStack() as held:
        for shop in shops:
            await held.enter_async_context(shop)
        yield


if __name__ == "__main__":
    main()
