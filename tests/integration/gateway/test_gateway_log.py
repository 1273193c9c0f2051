"""What a client sent that is no HTTP is not quoted in the log."""

import asyncio

import pytest

from tests.integration.gateway.world import Gateway

pytestmark = pytest.mark.asyncio


async def test_an_unreadable_request_is_not_quoted(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    port = gateway.client.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    # Browsers encode their queries; raw bytes are refused before any handler sees them.
    writer.write("GET /api/search?q=电话13900000000 HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert b" 400 " in await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert "unreadable request" in caplog.text
    assert "13900000000" not in caplog.text
    assert "127.0.0.1" not in caplog.text
