"""Processes for tests: `python writers.py confirm|die DATABASE_URL CONVERSATION_ID OPERATION_ID [STEP]`."""

import asyncio
import os
import signal
import sys

from sqlalchemy import Engine, event

from shop.desk import Desk
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from tests.integration.shop.world import RULES, Clock

CONFIRMATIONS = 25


async def confirm(database_url: str, conversation_id: str, operation_id: str) -> None:
    """The same confirmation many times at once; prints the tickets that were told."""
    storage = Storage(database_url, Clock())
    desk = Desk(storage, RULES, sql_back_office(storage, RULES), clock=Clock())
    requester = await desk.requester(conversation_id)
    receipts = await asyncio.gather(
        *(desk.confirm(requester, operation_id) for _ in range(CONFIRMATIONS))
    )
    for receipt in receipts:
        assert receipt.outcome is not None
        assert receipt.outcome.ticket is not None
        print(receipt.outcome.ticket.ticket_no)
    await storage.close()


async def die(database_url: str, conversation_id: str, operation_id: str, step: str) -> None:
    """The same, killed before its `step`th write."""
    storage = Storage(database_url, Clock())
    desk = Desk(storage, RULES, sql_back_office(storage, RULES), clock=Clock())
    requester = await desk.requester(conversation_id)
    kill_before_write(int(step))
    await desk.confirm(requester, operation_id)
    print("finished")
    await storage.close()


def kill_before_write(step: int) -> None:
    """SIGKILL: no handler, no rollback, no goodbye."""
    written = 0

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        nonlocal written
        if statement.lstrip()[:6].upper() == "SELECT":
            return
        written += 1
        if written == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)


if __name__ == "__main__":
    asyncio.run({"confirm": confirm, "die": die}[sys.argv[1]](*sys.argv[2:]))
