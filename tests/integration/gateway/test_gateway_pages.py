"""Pages, files, pictures, headers, the API's description, metrics and the access log."""

import logging
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.integration.gateway.fakes import Shopper
from tests.integration.gateway.world import Gateway
from web import app as gateway_app
from web.openapi import document

pytestmark = pytest.mark.asyncio

STATIC = Path(gateway_app.__file__).parent / "static"


@pytest.mark.parametrize("path", ["/", "/p/phone-a-01"])
async def test_pages_run_no_foreign_script(gateway: Gateway, path: str) -> None:
    async with gateway.client.get(path) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        policy = response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        html = await response.text()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in html
    assert "onclick" not in html


@pytest.mark.parametrize("folder", ["widget", "shop"])
async def test_files_are_served_and_revalidated(gateway: Gateway, folder: str) -> None:
    file = next((STATIC / folder).glob("*.js"))
    path = f"/{folder}/{file.name}"
    async with gateway.client.get(path) as response:
        assert response.status == 200
        assert response.content_type.endswith("/javascript")
        assert response.headers["Cache-Control"] == "no-cache"
        assert await response.text() == file.read_text(encoding="utf-8")
        tag = response.headers["ETag"]
    async with gateway.client.get(path, headers={"If-None-Match": tag}) as response:
        assert response.status == 304


async def test_a_picture_shows_category_and_colour(gateway: Gateway) -> None:
    async with gateway.client.get("/media/phone-a-01.svg") as response:
        assert response.status == 200
        assert response.content_type == "image/svg+xml"
        assert "max-age" in response.headers["Cache-Control"]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        black, tag = await response.text(), response.headers["ETag"]
    assert "手机 黑色" in black
    headers = {"If-None-Match": tag}
    async with gateway.client.get("/media/phone-a-01.svg", headers=headers) as response:
        assert response.status == 304
    async with gateway.client.get("/media/phone-a-02.svg", headers=headers) as response:
        assert await response.text() != black


async def test_answers_of_the_api_are_not_kept(shopper: Shopper) -> None:
    async with shopper.client.get("/api/cart", headers=shopper.headers) as response:
        assert response.headers["Cache-Control"] == "no-store"


async def test_the_description_names_exactly_the_routes(gateway: Gateway) -> None:
    async with gateway.client.get("/api/openapi.json") as response:
        described = await response.json()
    operations = {(method, path) for path, item in described["paths"].items() for method in item}
    routes = {
        (route.method.lower(), resource.canonical)
        for resource in gateway.client.app.router.resources()
        for route in resource
        if route.method != "HEAD"
    }
    assert operations == routes


async def test_the_description_s_schemas_are_whole() -> None:
    described = document()
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in _references(described):
        node = described
        assert reference.startswith("#/")
        for step in reference[2:].split("/"):
            node = node[step]


def _references(node: object) -> list[str]:
    if isinstance(node, list):
        return [reference for item in node for reference in _references(item)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [reference for item in node.values() for reference in _references(item)]


async def test_metrics_count_requests_and_turns(gateway: Gateway, shopper: Shopper) -> None:
    await shopper.say("我想买手机", "c-1")
    await shopper.say("我想买手机", "c-1")
    gateway.rasa.answer = lambda text: []
    await shopper.say("我想买手机")
    tab = await shopper.connect()
    async with gateway.client.get("/metrics") as response:
        text = await response.text()
    await tab.close()
    assert 'daogou_turns_total{outcome="answered"} 1.0' in text
    assert 'daogou_turns_total{outcome="repeated"} 1.0' in text
    assert 'daogou_turns_total{outcome="failed"} 1.0' in text
    assert "daogou_sockets 1.0" in text
    labels = 'method="POST",route="/api/chat",status="200"'
    assert f"daogou_http_seconds_count{{{labels}}} 3.0" in text


async def test_the_access_log_tells_nothing_of_the_shopper(
    gateway: Gateway, shopper: Shopper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    gateway.rasa.answer = lambda text: []
    await shopper.say("我的电话是 13900000000")
    await shopper.call("GET", "/api/search?q=13900000000")
    await shopper.call("GET", "/api/products/13900000000")
    lines = [r.getMessage() for r in caplog.records if r.name == "daogou.access"]
    assert any("POST /api/chat 200" in line for line in lines)
    assert any("GET /api/products/{sku} 404" in line for line in lines)
    written = caplog.text
    assert "13900000000" not in written
    assert shopper.token not in written


async def test_a_request_has_a_name(gateway: Gateway) -> None:
    for given, kept in (("abc-12345678", True), ("x\ty", False), ("short", False)):
        headers = {"X-Request-ID": given}
        async with gateway.client.get("/healthz", headers=headers) as response:
            assert (response.headers["X-Request-ID"] == given) is kept
