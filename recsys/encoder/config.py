"""How a BERT folder is to be used. The file `encoder.json` inside the folder holds these fields."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

CONFIG_FILE = "encoder.json"


class BadEncoder(Exception):
    """A model folder that cannot be used; the message says what is missing."""


@dataclass(frozen=True)
class EncoderConfig:
    """Pooling, prefixes, lengths (tokens) and temperature of a bi-encoder."""

    pooling: Literal["mean", "cls"] = "mean"
    query_prefix: str = ""
    document_prefix: str = ""
    query_length: int = 32
    document_length: int = 96
    temperature: float = 0.05

    @classmethod
    def load(cls, folder: Path) -> EncoderConfig:
        """Defaults where the folder has no `encoder.json`; raises BadEncoder on unknown or wrong fields."""
        path = folder / CONFIG_FILE
        data: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        unknown = set(data) - {f.name for f in fields(cls)}
        if unknown:
            raise BadEncoder(f"{path}: unknown fields {sorted(unknown)}")
        if data.get("pooling", "mean") not in ("mean", "cls"):
            raise BadEncoder(f"{path}: pooling must be mean or cls")
        return cls(**data)

    def save(self, folder: Path) -> None:
        (folder / CONFIG_FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")
