"""A shop without products, for feeds to fill."""

import shutil
from pathlib import Path

import pytest

from shop.storage import migrate
from tests.unit.shop.feeds import Shop


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without products."""
    path = tmp_path_factory.mktemp("empty") / "shop.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def shop(tmp_path: Path, empty: Path) -> Shop:
    shutil.copy(empty, tmp_path)
    return Shop(tmp_path)
