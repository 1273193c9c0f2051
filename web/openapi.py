"""The description of the API: hand-written paths, and the schemas that messages are tested by."""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def schemas() -> dict[str, Any]:
    """JSON Schemas by file name; they refer to each other by that name."""
    files = sorted((_FOLDER / "schemas").glob("*.json"))
    return {file.name: json.loads(file.read_text(encoding="utf-8")) for file in files}


def document() -> dict[str, Any]:
    """One OpenAPI document without references to other files."""
    paths = json.loads((_FOLDER / "openapi.json").read_text(encoding="utf-8"))
    parts = {name.removesuffix(".json"): _part(schema) for name, schema in schemas().items()}
    paths["components"]["schemas"] = parts
    bundled: dict[str, Any] = _inlined(paths, "")
    return bundled


def _part(schema: dict[str, Any]) -> dict[str, Any]:
    part = {key: value for key, value in schema.items() if key not in ("$id", "$schema")}
    within = schema["$id"].removesuffix(".json")
    inlined: dict[str, Any] = _inlined(part, within)
    return inlined


def _inlined(node: Any, within: str) -> Any:
    """Every reference to a schema's file becomes one to the component of that name."""
    if isinstance(node, list):
        return [_inlined(item, within) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _component(value, within) if key == "$ref" else _inlined(value, within)
        for key, value in node.items()
    }


def _component(reference: str, within: str) -> str:
    if reference.startswith("#/components/"):
        return reference
    file, _, pointer = reference.partition("#")
    return f"#/components/schemas/{file.removesuffix('.json') or within}{pointer}"
