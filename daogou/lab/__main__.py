"""Starts the test system and watches over it: `python -m daogou.lab`, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.errors import CommandError
from daogou.lab.layout import event_log
from daogou.parts import Part, all_parts
from daogou.run import run
from daogou.settings import BadSetting, Settings


def lab_parts(settings: Settings, environ: Mapping[str, str], model: Path) -> tuple[Part, ...]:
    """The parts of the system, with Rasa talking and two of them in many lanes."""
    rasa, recommender, actions, gateway = all_parts(settings, environ, model)
    options = [str(_endpoints(settings)) if w == "endpoints.yml" else w for w in rasa.command]
    return (
        replace(rasa, command=(*options, "--enable-api")),
        recommender,
        replace(actions, command=(sys.executable, "-m", "daogou.lab.actions")),
        replace(gateway, command=(sys.executable, "-m", "daogou.lab.gateway")),
    )


def _endpoints(settings: Settings) -> Path:
    """Rasa's endpoints with an event broker beside them."""
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
    log = event_log(settings.var)
    log.unlink(missing_ok=True)
    endpoints["event_broker"] = {"type": "file", "path": str(log.resolve())}
    path = settings.var / "endpoints.yml"
    path.write_text(yaml.safe_dump(endpoints), "utf-8")
    return path


def main() -> int:
    os.chdir(ROOT)
    try:
        settings = Settings.from_env(os.environ)
        run(settings, os.environ, retrain=True, console=Console(), parts_of=lab_parts)
    except (BadSetting, CommandError) as error:
        print(f"daogou: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
