"""`${name}` in a conversation file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_NAME = re.compile(r"\$\{([^{}]*)\}")
# Known only while the dialogue runs: ${conversation}, ${customer}, ${item2.sku} of the newest list,
# ${last.ticket_no} of the data of the last answer.
RUNNING = re.compile(r"conversation|customer|item(\d+|_last)\.\w+|last(\.\w+)+")


class UnknownVariable(Exception):
    """The message names it."""


def substitute(value: Any, variables: Mapping[str, Any]) -> Any:
    """`value` with variables in place; those of the running dialogue stay. Raises UnknownVariable.

    A text that is nothing but one variable becomes its value, number or list.
    """

    def of(name: str) -> Any:
        if name in variables:
            return variables[name]
        if RUNNING.fullmatch(name):
            return "${" + name + "}"
        raise UnknownVariable(name)

    return replace(value, of)


def replace(value: Any, of: Callable[[str], Any]) -> Any:
    """`value` with every `${name}` replaced by `of(name)`, in keys never."""
    if isinstance(value, Mapping):
        return {key: replace(inner, of) for key, inner in value.items()}
    if isinstance(value, list):
        return [replace(inner, of) for inner in value]
    if not isinstance(value, str):
        return value
    if whole := _NAME.fullmatch(value):
        return of(whole[1])
    return _NAME.sub(lambda found: str(of(found[1])), value)
