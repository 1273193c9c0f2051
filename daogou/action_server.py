"""Composition root of the action server: `python -m daogou.action_server`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.registry import build_actions
from daogou.desk import build_desk, service_rules
from daogou.settings import BadSetting, Settings
from recsys.client import RecommenderClient
from shop.domain.clock import Clock, now
from shop.storage import Storage

# Below the 2.5 s that the gateway waits for Rasa, so that a slow recommender is our failure to tell.
RECOMMENDER_TIMEOUT_S = 1.5


def build_app(
    executor: ActionExecutor,
    recommender: RecommenderClient,
    storages: Sequence[Storage],
    opening: AbstractAsyncContextManager[None],
) -> Sanic:
    """Rasa's own server around our actions; what they hold is opened in its loop, and closed when it stops."""
    app = create_app(executor, cors_origins=[])
    held = AsyncExitStack()

    @app.before_server_start
    async def open_all(_: Sanic) -> None:
        await held.enter_async_context(opening)

    @app.after_server_stop
    async def close(_: Sanic) -> None:
        await held.aclose()
        await recommender.close()
        for storage in storages:
            await storage.close()

    return app


@asynccontextmanager
async def opened(
    settings: Settings,
    storage: Storage,
    recommender: RecommenderClient,
    executor: ActionExecutor,
    clock: Clock = now,
    sender: Callable[[str], str] = str,
) -> AsyncIterator[None]:
    """The actions of one shop, registered once its desk is open."""
    async with build_desk(settings, storage, clock, sender) as desk:
        for action in build_actions(storage, recommender, settings.knowledge, desk):
            executor.register_action(action)
        yield


def serve(settings: Settings, app: Sanic) -> None:
    """Until told to stop."""
    # One process: Sanic then stops on SIGTERM after the turns in hand are answered.
    app.run("127.0.0.1", settings.actions_port, single_process=True, access_log=False, motd=False)


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = Settings.from_env(os.environ)
        service_rules(settings)
    except BadSetting as error:
        print(error, file=sys.stderr)
        return 2
    storage = Storage(settings.database_url)
    recommender = RecommenderClient(settings.recsys_url, RECOMMENDER_TIMEOUT_S)
    executor = ActionExecutor()
    opening = opened(settings, storage, recommender, executor)
    serve(settings, build_app(executor, recommender, [storage], opening))
    return 0


if __name__ == "__main__":
    sys.exit(main())
