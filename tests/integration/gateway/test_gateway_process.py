"""The gateway as a process of its own: `python -m daogou.gateway`."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "daogou.gateway"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def url() -> str:
    return f"http://127.0.0.1:{_free_port()}"


@pytest_asyncio.fixture
async def process(tmp_path: Path, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """With neither Rasa nor recommender."""
    nobody = str(_free_port())
    environ = {
        "DAOGOU_VAR": str(tmp_path),
        "DAOGOU_PORT": url.rpartition(":")[2],
        "DAOGOU_RASA_PORT": nobody,
        "DAOGOU_RECSYS_PORT": nobody,
    }
    process = await asyncio.create_subprocess_exec(
        *COMMAND, cwd=ROOT, env={**os.environ, **environ}, stderr=asyncio.subprocess.PIPE
    )
    yield process
    if process.returncode is None:
        process.kill()
        await process.wait()


async def _alive(url: str) -> None:
    async with aiohttp.ClientSession() as client, asyncio.timeout(30):
        while True:
            try:
                async with client.get(f"{url}/healthz") as response:
                    assert response.status == 200
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


async def test_it_starts_on_an_empty_folder_and_stops_when_told(
    process: asyncio.subprocess.Process, url: str
) -> None:
    await _alive(url)
    async with aiohttp.ClientSession() as client:
        async with client.post(f"{url}/api/session", json={}) as response:
            token = (await response.json())["token"]
        tab = await client.ws_connect(f"{url}/ws/chat")
        await tab.send_json({"type": "hello", "token": token})
        assert (await tab.receive_json(timeout=5))["type"] == "ready"
        process.send_signal(signal.SIGTERM)
        assert (await tab.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        assert tab.close_code == aiohttp.WSCloseCode.GOING_AWAY
    _, written = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert token not in written.decode()
    assert "Traceback" not in written.decode()


@pytest.mark.parametrize(
    "bad", [{"DAOGOU_PORT": "http"}, {"DATABASE_URL": "postgresql://user:secret@127.0.0.1:1/db"}]
)
async def test_a_bad_setting_is_one_line(bad: dict[str, str], tmp_path: Path) -> None:
    environ = {**os.environ, "DAOGOU_VAR": str(tmp_path), **bad}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, cwd=ROOT, env=environ, stderr=asyncio.subprocess.PIPE
    )
    _, written = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    assert len(written.decode().splitlines()) == 1
    assert b"secret" not in written
