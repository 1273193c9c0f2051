"""The actions of all lanes in one process: `python -m daogou.lab.actions`."""

from __future__ import annotations

import logging
import os
from typing import Any

from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult

from actions.registry import build_actions
from daogou.action_server import serve
from daogou.lab.layout import Layout
from daogou.settings import Settings
from recsys.client import RecommenderClient
from shop.storage import Storage
from testing.running.lab import of_sender

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
    storages = [Storage(world.database_url, world.clock) for world, _ in layout.lanes(settings)]
    lanes = {}
    for number, storage in enumerate(storages):
        lanes[number] = ActionExecutor()
        for action in build_actions(storage, recommender, settings.knowledge):
            lanes[number].register_action(action)
    serve(settings, LaneExecutor(lanes), recommender, storages)


if __name__ == "__main__":
    main()
