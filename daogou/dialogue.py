"""The trained dialogue model: made by Rasa in its own environment, only when its inputs changed."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from daogou import bootstrap
from daogou.console import Console
from daogou.errors import CommandError
from daogou.settings import Settings

ROOT = bootstrap.ROOT
KEPT_MODELS = 2
_TRAINING_DATA = ("data/nlu", "data/rules", "data/stories", "data/responses")
_CODE = ("bot", "recsys/query", "recsys/text")


def environment(environ: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """What a Rasa process needs besides the environment it is started from."""
    return {
        **environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(settings.var / "nlu" / "cache"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "DAOGOU_ACTIONS_URL": f"{settings.actions_url}/webhook",
        # Rasa's own record of slots and turns; the shop's database keeps the conversations.
        "DAOGOU_TRACKER_URL": settings.tracker_url,
        "DAOGOU_LEXICON": str(_lexicon(settings)),
    }


def training_data() -> list[Path]:
    """The Rasa files of the folders that exist, relative to the root."""
    return [p.relative_to(ROOT) for f in _TRAINING_DATA for p in sorted((ROOT / f).rglob("*.yml"))]


def model_path(settings: Settings) -> Path:
    """Where the model of the present inputs is, or will be once trained."""
    digest = hashlib.sha256()
    for path in _inputs(settings):
        digest.update(f"{path}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return settings.var / "nlu" / f"{digest.hexdigest()[:16]}.tar.gz"


def newest_model(settings: Settings) -> Path | None:
    """The model trained last, whatever its inputs were."""
    models = sorted((settings.var / "nlu").glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)
    return models[-1] if models else None


def train(settings: Settings, environ: Mapping[str, str], console: Console) -> Path:
    """Train unless the model of these inputs exists; raises CommandError."""
    model = model_path(settings)
    if not model.exists():
        _train(model, settings, environ, console)
    model.touch()
    _forget_old(settings)
    return model


def _inputs(settings: Settings) -> Iterator[Path]:
    yield from (Path("config.yml"), Path("domain.yml"), *training_data())
    for folder in _CODE:
        yield from sorted(p for p in Path(folder).rglob("*") if p.suffix in (".py", ".txt"))
    for path in (
        settings.encoder / "onnx" / "model.int8.onnx",
        settings.encoder / "tokenizer.json",
    ):
        if path.is_file():
            yield path
    # The catalogue's words are features too. The link is swapped: its name stays the same.
    if _lexicon(settings).is_file():
        yield _lexicon(settings)


def _lexicon(settings: Settings) -> Path:
    return settings.index_folder / "current" / "lexicon.json"


def _train(model: Path, settings: Settings, environ: Mapping[str, str], console: Console) -> None:
    if not bootstrap.python_of("rasa").exists():
        raise CommandError("the dialogue engine is not installed; run `make setup`")
    log = settings.var / "log" / "train-nlu.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as out:
        child = subprocess.Popen(
            _command(model), stdout=out, stderr=subprocess.STDOUT,
            env=environment(environ, settings), cwd=ROOT,
        )  # fmt: skip
        try:
            while child.poll() is None:
                console.status("training the dialogue model", started)
                time.sleep(0.2)
        finally:
            child.terminate()
            child.wait()
    if child.returncode or not model.exists():
        raise CommandError(f"the dialogue model could not be trained (log: {log})")
    console.say(f"trained the dialogue model in {time.monotonic() - started:.0f} s")


def _command(model: Path) -> list[str]:
    name = model.name.removesuffix(".tar.gz")
    return [
        str(bootstrap.python_of("rasa")), "-m", "rasa", "train", "--config", "config.yml",
        "--domain", "domain.yml", "--data", *map(str, training_data()),
        "--out", str(model.parent), "--fixed-model-name", name,
    ]  # fmt: skip


def _forget_old(settings: Settings) -> None:
    models = sorted((settings.var / "nlu").glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)
    for old in models[:-KEPT_MODELS]:
        old.unlink(missing_ok=True)
