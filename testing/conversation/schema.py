"""The form of a conversation file, for editors and for us."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from testing.conversation.model import Place
from testing.conversation.source import Source

SCHEMA = Path(__file__).with_name("conversation.schema.json")


def faults(text: Source) -> Iterator[tuple[Place, str]]:
    """Everything in the file that is not of the form, in the file's order."""
    found = sorted(
        _validator().iter_errors(_as_json(text.value)), key=lambda e: list(map(str, e.path))
    )
    for error in found:
        yield from _told(text, error)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def _as_json(value: Any) -> Any:
    """Dates as texts: JSON Schema knows none."""
    return json.loads(json.dumps(value, default=str, ensure_ascii=False))


def _told(text: Source, error: ValidationError) -> Iterator[tuple[Place, str]]:
    path, form = tuple(error.absolute_path), _form(error)
    value: Any = error.instance
    if error.validator == "additionalProperties":
        known = list(form.get("properties", ()))
        for key in value.keys() - set(known):
            yield text.place((*path, key)), f"{key!r} is not known here{_instead(key, known)}"
    elif error.validator == "required":
        missing = [key for key in form["required"] if key not in value]
        yield text.place(path), f"{', '.join(missing)} is missing"
    elif error.validator in ("oneOf", "anyOf") and "description" in form:
        yield text.place(path), f"{_short(value)} is not {form['description']}"
    else:
        yield text.place(path), error.message.splitlines()[0][:200]


def _form(error: ValidationError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _instead(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:80]
