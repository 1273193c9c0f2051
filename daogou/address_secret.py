"""The secret under which callers' addresses are hashed: set, or made once and kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from daogou.settings import BadSetting, Settings

_BYTES = 32


def address_secret(settings: Settings) -> bytes:
    """Raises BadSetting where it can neither be read nor written."""
    if settings.address_secret is not None:
        return settings.address_secret.encode()
    try:
        return _kept(settings.var / "address.key")
    except OSError as error:
        raise BadSetting(f"DAOGOU_VAR: {error.filename}: {error.strerror}") from error


def _kept(path: Path) -> bytes:
    """Of several gateways that start at once one makes it, whole, and all read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    secret = path.read_bytes()
    if len(secret) < _BYTES:
        raise BadSetting(f"{path}: too short for a secret; delete it, and a new one is made")
    return secret
