"""One training loop for all three models: seeded, resumable, logged to TensorBoard."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

Batch = Any


@dataclass(frozen=True)
class LoopConfig:
    """Knobs common to every run. `minutes` ends a run early, with its learning rate scheduled to end there."""

    steps: int
    lr: float
    warmup: int = 200
    weight_decay: float = 0.01
    seed: int = 17
    threads: int = 2
    save_every: int = 200
    minutes: float = 0.0


@dataclass
class Progress:
    step: int = 0
    seconds: float = 0.0


def _done_share(progress: Progress, config: LoopConfig) -> float:
    by_steps = progress.step / config.steps
    by_time = progress.seconds / (config.minutes * 60) if config.minutes else 0.0
    return max(by_steps, by_time)


def _learning_rate(progress: Progress, config: LoopConfig) -> float:
    """Linear warm-up, then cosine to a tenth."""
    if progress.step < config.warmup:
        return config.lr * (progress.step + 1) / config.warmup
    return config.lr * (
        0.1 + 0.45 * (1 + math.cos(math.pi * min(1.0, _done_share(progress, config))))
    )


def _optimizer(model: torch.nn.Module, config: LoopConfig) -> torch.optim.Optimizer:
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": config.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.lr, betas=(0.9, 0.98), foreach=True)


def _save(
    path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, progress: Progress
) -> None:
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "progress": vars(progress),
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def train(
    model: torch.nn.Module,
    batch: Callable[[int], Batch],
    loss: Callable[[torch.nn.Module, Batch], torch.Tensor],
    config: LoopConfig,
    out: Path,
) -> Progress:
    """Train `model` in place; `batch(step)` must depend on the step alone, which makes a run resumable.

    A checkpoint in `out` is taken up where it stopped. Losses go to `out/tensorboard`.
    """
    torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)
    out.mkdir(parents=True, exist_ok=True)
    optimizer, progress, checkpoint = _optimizer(model, config), Progress(), out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        progress = Progress(**state["progress"])
    device = next(model.parameters()).device.type
    writer, bar = (
        SummaryWriter(str(out / "tensorboard")),
        tqdm(total=config.steps, initial=progress.step, mininterval=5),
    )
    model.train()
    while _done_share(progress, config) < 1.0:
        started = time.monotonic()
        rate = _learning_rate(progress, config)
        for group in optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(device, dtype=torch.bfloat16):
            value = loss(model, batch(progress.step))
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        progress.step += 1
        progress.seconds += time.monotonic() - started
        bar.update()
        if progress.step % 20 == 0:
            writer.add_scalar("loss", value.item(), progress.step)
            writer.add_scalar("lr", rate, progress.step)
            bar.set_postfix(loss=f"{value.item():.3f}")
        if progress.step % config.save_every == 0:
            _save(checkpoint, model, optimizer, progress)
    _save(checkpoint, model, optimizer, progress)
    writer.close()
    bar.close()
    return progress
