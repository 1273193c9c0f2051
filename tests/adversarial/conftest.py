"""These tests talk with the whole system: `pytest --lab`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from testing.running.lab import LabLane
from testing.running.lane import Lane


@pytest.fixture(scope="session")
def lanes(pytestconfig: pytest.Config) -> Sequence[Lane]:
    found: Sequence[Lane] | None = pytestconfig.hook.pytest_daogou_lanes(config=pytestconfig)
    if not found:
        pytest.skip("no system to talk with: pytest --lab starts one")
    return found


@pytest.fixture(scope="session")
def lab_lane(lanes: Sequence[Lane]) -> LabLane:
    (lane, *_) = lanes
    assert isinstance(lane, LabLane)
    return lane
