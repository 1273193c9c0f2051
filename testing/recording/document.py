"""A recorded chat as the text of a conversation file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from testing.checking.answer import Card, Message, cards
from testing.recording.expectation import expectation

SCHEMA = "testing/conversation/conversation.schema.json"
Exchange = tuple[str, Sequence[Message]]


def document(name: str, exchanges: Iterable[Exchange], customer: str | None = None) -> str:
    """A file with one dialogue, for a person to read through and to sharpen."""
    head = [
        "# yaml-language-server: $schema=../../" + SCHEMA,
        "dialogues:",
        f"- name: {_flow(name)}",
    ]
    if customer is not None:
        head.append(f"  setup: {{customer: {_flow(customer)}}}")
    return "\n".join([*head, "  turns:", *_turns(exchanges)]) + "\n"


def _turns(exchanges: Iterable[Exchange]) -> Iterator[str]:
    newest: Sequence[Card] = ()
    for said, messages in exchanges:
        yield f"  - say: {_flow(said)}"
        if messages:
            yield f"    expect: {_flow(expectation(messages, newest))}"
            newest = next((c for m in reversed(messages) if (c := cards(m))), newest)


def exchanges(messages: Iterable[Mapping[str, Any]]) -> list[Exchange]:
    """A stored history as sentences, each with what the bot answered before the next one."""
    found: list[tuple[str, list[Message]]] = []
    for message in messages:
        if message["from"] == "shopper":
            found.append((message["text"], []))
        elif found and message["from"] == "bot":
            found[-1][1].append(message)
    return [(said, tuple(answers)) for said, answers in found]


def _flow(value: Any) -> str:
    """On one line, quoted where YAML would read something else."""
    text = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False
    )
    return text.removesuffix("...\n").strip()
