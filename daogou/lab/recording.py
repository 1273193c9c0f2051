"""`daogou record`: chat here, or take a chat that was had in the widget, and keep it as a test."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from daogou.errors import BadInput, CommandError
from daogou.settings import Settings
from shop.domain.errors import UnknownConversation
from shop.storage import Storage
from testing.recording.document import Exchange, document, exchanges
from testing.report.transcript import message_lines
from testing.running.client import Client, NoAnswer

Ask = Callable[[], str | None]


def record(file: Path, url: str | None, conversation: str | None, settings: Settings) -> int:
    """Writes the file; raises BadInput, CommandError."""
    if file.exists():
        raise BadInput(f"{file} exists; record into a new file")
    try:
        if conversation:
            found, customer = asyncio.run(_stored(conversation, settings))
        else:
            found, customer = asyncio.run(_live(url or settings.public_url, _typed)), None
    except NoAnswer as error:
        raise CommandError(f"{error}; is it running?") from error
    if not found:
        raise BadInput("nothing was said")
    file.write_text(document(file.stem, found, customer), "utf-8")
    print(f"{len(found)} turns: {file}")
    return 0


async def _stored(conversation_id: str, settings: Settings) -> tuple[list[Exchange], str | None]:
    storage = Storage(settings.database_url)
    try:
        async with storage.unit() as unit:
            conversation = await unit.conversations.get(conversation_id)
            messages = await unit.conversations.history(conversation_id, after="", limit=10_000)
    except UnknownConversation as error:
        raise BadInput(f"no conversation {conversation_id}") from error
    finally:
        await storage.close()
    return exchanges(message.to_json() for message in messages), conversation.customer_id


async def _live(url: str, ask: Ask) -> list[Exchange]:
    found: list[Exchange] = []
    async with Client(url) as client:
        chat = await client.start()
        while text := await asyncio.to_thread(ask):
            messages, _ = await chat.say(text)
            found.append((text, messages))
            print("\n".join(line for message in messages for line in message_lines(message)))
    return found


def _typed() -> str | None:
    """A line from the keyboard; None at its end (Ctrl-D), or for an empty one."""
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    return sys.stdin.readline().strip() or None
