"""`pytest --system …` starts the whole system for the tests that need it (DAOGOU_TEST_URL)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Kept between runs, so that the index and the dialogue model are made once.
VAR = Path(__file__).parents[1] / "var" / "test"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--system", action="store_true", help="start the whole system first")


def pytest_configure(config: pytest.Config) -> None:
    # Before collection, because some tests read the address when they are imported. Imported here, because the tests
    # of the dialogue engine run in an environment without it.
    if config.getoption("--system"):
        from daogou.errors import CommandError
        from daogou.system import System

        system = System(VAR, os.environ)
        try:
            system.__enter__()
        except CommandError as error:
            pytest.exit(str(error), 1)
        config.add_cleanup(system.stop)
        os.environ["DAOGOU_TEST_URL"] = system.url
