"""What `daogou doctor` looks at; each check says what it found and the command that mends it."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from daogou import bootstrap, dialogue
from daogou.errors import CommandError
from daogou.parts import Part, all_parts
from daogou.probe import NotReady, ask
from daogou.settings import Settings
from daogou.supervisor import require_free

NEEDED_GIB = 1.0


@dataclass(frozen=True)
class Finding:
    """`mend` is a command where something is broken, else empty."""

    what: str
    found: str
    mend: str = ""


def all_findings(settings: Settings) -> Iterator[Finding]:
    """Every finding, from the ground up."""
    yield from environments()
    yield disk(settings)
    yield from model_files(settings)
    yield guarded("database", "check DATABASE_URL", lambda: database(settings))
    yield guarded("index", "daogou index", lambda: index(settings))
    yield guarded("dialogue model", "daogou train nlu", lambda: dialogue_model(settings))
    for part in all_parts(settings, {}, dialogue.model_path(settings)):
        yield process(part)


def guarded(what: str, mend: str, check: Callable[[], Finding]) -> Finding:
    """A check that cannot be carried out has found something too."""
    try:
        return check()
    except (OSError, ValueError, LookupError, SQLAlchemyError, CommandError) as error:
        return Finding(what, str(error).splitlines()[0], mend)


def environments() -> Iterator[Finding]:
    """The interpreters, and whether they were installed from the present lock files."""
    for name, mend in (("run", "make setup"), ("rasa", "make setup"), ("train", "make train-env")):
        folder = bootstrap.ENVIRONMENTS[name].folder
        python = bootstrap.python_of(name)
        version = bootstrap.version_of(str(python)) if python.exists() else None
        if version is None:
            needed = name != "train"
            yield Finding(
                folder, "missing" if needed else "not made (training only)", mend if needed else ""
            )
        elif not bootstrap.is_current(name):
            yield Finding(
                folder, f"Python {version[0]}.{version[1]}, not from the present lock file", mend
            )
        else:
            yield Finding(folder, f"Python {version[0]}.{version[1]}, up to date")


def disk(settings: Settings) -> Finding:
    folder = settings.var if settings.var.exists() else bootstrap.ROOT
    free = shutil.disk_usage(folder).free / 2**30
    return Finding("disk", f"{free:.1f} GiB free", "" if free > NEEDED_GIB else "make clean")


def model_files(settings: Settings) -> Iterator[Finding]:
    """The encoder is needed, the cross-encoder is not."""
    encoder = any((settings.encoder / "onnx").glob("*.onnx"))
    mend = "" if encoder else "daogou export FOLDER --out " + str(settings.encoder)
    yield Finding(
        "encoder", f"{settings.encoder}" if encoder else f"{settings.encoder}: no model", mend
    )
    ranker = settings.models / "ranker"
    weights = (ranker / "weights.json").is_file()
    cross = "cross-encoder and weights" if (ranker / "onnx").is_dir() else "weights only"
    yield Finding(
        "ranker", cross if weights else "no weights", "" if weights else "daogou train weights"
    )


def database(settings: Settings) -> Finding:
    from daogou.preparation import counts

    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        # Connecting would create it.
        return Finding("database", "none yet", "daogou seed")
    found = asyncio.run(counts(settings))
    text = (
        f"{url.render_as_string(hide_password=True)}: {found.products} products, {found.skus} SKUs"
    )
    return Finding("database", text, "" if found.products else "daogou seed")


def index(settings: Settings) -> Finding:
    from daogou.indexing import is_current
    from recsys.index.store import NoIndex, manifest_of

    try:
        manifest = manifest_of(settings.index_folder)
    except NoIndex:
        return Finding("index", "none", "daogou index")
    fresh = asyncio.run(is_current(settings))
    text = f"version {manifest['version']}, {manifest['products']} products"
    return Finding("index", text if fresh else f"{text}, stale", "" if fresh else "daogou index")


def dialogue_model(settings: Settings) -> Finding:
    newest = dialogue.newest_model(settings)
    if newest is None:
        return Finding("dialogue model", "not trained", "daogou train nlu")
    fresh = dialogue.model_path(settings).exists()
    return Finding("dialogue model", newest.name if fresh else f"{newest.name}, stale",
                   "" if fresh else "daogou train nlu")  # fmt: skip


def process(part: Part) -> Finding:
    """Running, free to run, or a stranger on its port."""
    what = f"{part.name} :{part.port}"
    try:
        return Finding(what, f"ready {_version(ask(part.ready_url))}".strip())
    except NotReady as error:
        why, answered = str(error), error.answered
    try:
        require_free(part)
    except CommandError:
        return Finding(what, why, f"see var/log/{part.name}.log, or set {part.variable}")
    return Finding(what, why if answered else "not running")


def _version(text: str) -> str:
    try:
        return str(json.loads(text).get("version", ""))
    except (ValueError, AttributeError):
        return ""
