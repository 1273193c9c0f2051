"""Rasa's entity markup inside one sentence: [三千](price), [小米]{"entity": "brand", "role": "exclude"}."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_MARKUP = re.compile(r"\[(?P<words>[^\]]+)\](?:\((?P<kind>[^)]*)\)|(?P<json>\{[^}]*\}))")


class BadAnnotation(ValueError):
    """Markup that Rasa would not read; the message says why."""


@dataclass(frozen=True)
class Entity:
    """One annotated stretch of the plain sentence; `value` is what it stands for."""

    start: int
    end: int
    kind: str
    value: str
    role: str = ""


def annotated(text: str) -> tuple[str, tuple[Entity, ...]]:
    """The sentence without markup, and what was marked in it; raises BadAnnotation."""
    plain, entities, after = "", [], 0
    for mark in _MARKUP.finditer(text):
        plain += text[after : mark.start()]
        entities.append(_entity(mark, len(plain)))
        plain += mark["words"]
        after = mark.end()
    return plain + text[after:], tuple(entities)


def _entity(mark: re.Match[str], start: int) -> Entity:
    words, end = mark["words"], start + len(mark["words"])
    if mark["kind"] is None:
        fields = _fields(mark["json"])
        return Entity(
            start, end, fields["entity"], fields.get("value", words), fields.get("role", "")
        )
    kind, _, value = mark["kind"].partition(":")  # [word](kind:value) is Rasa's older form
    return Entity(start, end, kind, value or words)


def _fields(text: str) -> dict[str, str]:
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise BadAnnotation(f"{text} is no JSON") from error
    if not isinstance(fields.get("entity"), str):
        raise BadAnnotation(f"{text} names no entity")
    return {key: str(value) for key, value in fields.items()}
