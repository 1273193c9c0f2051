"""`pytest --system …` starts the whole system for the browser (DAOGOU_TEST_URL), `--lab` the one for conversations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

# Kept between runs, so that the index and the dialogue model are made once.
VAR = Path(__file__).parents[1] / "var" / "test"
LAB: pytest.StashKey[Any] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--system", action="store_true", help="start the whole system first")
    parser.addoption("--lab", action="store_true", help="start the system of many shops first")


def pytest_configure(config: pytest.Config) -> None:
    # Before collection, because some tests read the address when they are imported. Imported here, because the tests
    # of the dialogue engine run in an environment without it.
    if config.getoption("--system"):
        from daogou.system import System

        os.environ["DAOGOU_TEST_URL"] = _started(config, System(VAR, os.environ)).url
    if config.getoption("--lab"):
        from daogou.lab.lab import Lab

        config.stash[LAB] = _started(config, Lab(VAR, os.environ))


def _started(config: pytest.Config, system: Any) -> Any:
    from daogou.errors import CommandError

    try:
        system.__enter__()
    except CommandError as error:
        pytest.exit(str(error), 1)
    config.add_cleanup(system.stop)
    return system


@pytest.hookimpl(optionalhook=True)
def pytest_daogou_lanes(config: pytest.Config) -> Any:
    lab = config.stash.get(LAB, None)
    return lab.lanes if lab else None
