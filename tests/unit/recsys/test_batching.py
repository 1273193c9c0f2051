"""Requests that arrive together are encoded together."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from recsys.service.batching import MicroBatcher


async def test_one_call_serves_many_and_results_keep_their_order() -> None:
    sizes: list[int] = []

    def double(items):  # type: ignore[no-untyped-def]
        sizes.append(len(items))
        return [2 * i for i in items]

    with ThreadPoolExecutor(1) as pool:
        batcher: MicroBatcher[int, int] = MicroBatcher(double, pool, wait_s=0.02, largest=8)
        assert await asyncio.gather(*(batcher(i) for i in range(10))) == [2 * i for i in range(10)]
    assert sizes == [8, 2]


async def test_a_failure_reaches_every_caller_of_its_batch() -> None:
    def fail(items):  # type: ignore[no-untyped-def]
        raise ValueError("broken")

    with ThreadPoolExecutor(1) as pool:
        batcher: MicroBatcher[int, int] = MicroBatcher(fail, pool)
        results = await asyncio.gather(batcher(1), batcher(2), return_exceptions=True)
    assert [str(r) for r in results] == ["broken", "broken"]


async def test_a_caller_who_left_does_not_disturb_the_others() -> None:
    with ThreadPoolExecutor(1) as pool:
        batcher: MicroBatcher[int, int] = MicroBatcher(lambda items: list(items), pool, wait_s=0.05)
        gone = asyncio.ensure_future(batcher(1))
        stays = asyncio.ensure_future(batcher(2))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == 2
        with pytest.raises(asyncio.CancelledError):
            await gone
