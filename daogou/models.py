"""Training, export and evaluation of the encoder, the ranker and the FAQ: the right module in the right environment."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from daogou.bootstrap import ROOT, python_of
from daogou.errors import BadInput, CommandError
from daogou.settings import Settings

_WITHOUT_TORCH = {"weights": "recsys.training.weights", "faq": "recsys.training.faq"}
_MEASURES = {"search": "recsys.evaluation", "faq": "recsys.evaluation.faq_report"}
_STAGES = {"pretrain": "recsys.training.pretrain", "contrastive": "recsys.training.bi_encoder"}


def train(
    what: str,
    stage: str | None,
    more: Sequence[str],
    settings: Settings,
    environ: Mapping[str, str],
) -> int:
    """Becomes the training process; raises CommandError where it cannot."""
    if stage and what != "encoder":
        raise BadInput("--stage belongs to `train encoder`")
    folders = ["--data", str(settings.data), "--catalog", str(settings.catalog)]
    if stage != "pretrain":
        folders += ["--knowledge", str(settings.knowledge)]
    if what in _WITHOUT_TORCH:
        shops = ["--shops", str(_imported_shops(settings))] if what == "weights" else []
        arguments = [*folders, *_models(settings), *shops, *more]
        return _become("run", _WITHOUT_TORCH[what], arguments, environ)
    module = "recsys.training.cross_encoder"
    if what == "encoder":
        module = _STAGES[stage or "contrastive"]
    return _become("train", module, [*folders, *more], environ)


def _imported_shops(settings: Settings) -> Path:
    from daogou.shops import leave

    folder = settings.var / "shops"
    leave(folder, settings)
    return folder


def export(more: Sequence[str], environ: Mapping[str, str]) -> int:
    return _become("train", "recsys.training.export", more, environ)


def evaluate(what: str, more: Sequence[str], settings: Settings, environ: Mapping[str, str]) -> int:
    folders = [
        "--data",
        settings.data,
        "--catalog",
        settings.catalog,
        "--knowledge",
        settings.knowledge,
    ]
    return _become("run", _MEASURES[what], [*map(str, folders), *_models(settings), *more], environ)


def _models(settings: Settings) -> list[str]:
    return ["--models", str(settings.models)]


def _become(name: str, module: str, arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    python = python_of(name)
    if not python.exists():
        target = "train-env" if name == "train" else "setup"
        raise CommandError(f"{python.parents[1].name} is missing; make it with `make {target}`")
    environ = {**environ, "PYTHONPATH": str(ROOT)}
    os.execve(python, [str(python), "-m", module, *arguments], environ)
