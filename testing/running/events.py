"""What Rasa tells of itself: its stream of tracker events, read turn by turn."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from testing.running.results import Step, Understanding

Event = Mapping[str, Any]
RANKED = 5
# They frame every turn and say nothing.
_SILENT = ("action_listen", "action_session_start")


class EventLog:
    """The file of Rasa's file event broker: a JSON object a line, of all conversations."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._rest = self._last = b""
        self._events: dict[str, list[Event]] = defaultdict(list)

    def take(self, sender: str) -> list[Event]:
        """The events of this sender since they were last taken."""
        self._catch_up()
        return self._events.pop(sender, [])

    def _catch_up(self) -> None:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        self._read += len(new)
        *lines, self._rest = (self._rest + new).split(b"\n")
        for line in lines:
            # With every model that Rasa loads it opens the file once more and writes all lines once more.
            if line != self._last:
                event = json.loads(line)
                self._events[event["sender_id"]].append(event)
            self._last = line


def understanding(events: Iterable[Event]) -> Understanding | None:
    """What the newest sentence was taken for; None where none was heard."""
    heard = [event for event in events if event["event"] == "user"]
    if not heard:
        return None
    read = heard[-1]["parse_data"]
    ranking = [(one["name"], one["confidence"]) for one in read.get("intent_ranking", ())]
    return Understanding(
        intent=read["intent"].get("name") or "",
        confidence=read["intent"].get("confidence") or 0.0,
        ranking=tuple(ranking[:RANKED]),
        entities=tuple(read.get("entities", ())),
    )


def steps(events: Iterable[Event], before: Mapping[str, Any]) -> tuple[Step, ...]:
    """The actions of a turn, each with the slots and responses that followed it; `before`: the slots until then."""
    found: list[Step] = []
    known = dict(before)
    for action, after in _by_action(events):
        if action["name"] in _SILENT:
            continue
        slots = list(_changed(after, known))
        known.update(slots)
        uttered = [e["metadata"].get("utter_action") for e in after if e["event"] == "bot"]
        responses = tuple(name for name in uttered if name)
        policy, confidence = action.get("policy"), action.get("confidence")
        found.append(Step(action["name"], policy, confidence, tuple(slots), responses))
    return tuple(found)


def _changed(events: Iterable[Event], known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Slots and what they hold now; forgetting all of them clears each that is known."""
    for event in events:
        if event["event"] == "slot":
            yield event["name"], event["value"]
        elif event["event"] == "reset_slots":
            yield from ((name, None) for name in known)


def _by_action(events: Iterable[Event]) -> list[tuple[Event, list[Event]]]:
    groups: list[tuple[Event, list[Event]]] = []
    for event in events:
        if event["event"] == "action":
            groups.append((event, []))
        elif groups and event["event"] != "user":
            groups[-1][1].append(event)
    return groups
