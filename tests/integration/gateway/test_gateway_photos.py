"""Photos: kept safely, shown to their own conversation, sent with or without words."""

import asyncio
import os
import stat
import time
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from tests.integration.gateway.fakes import Json, Shopper, Tab, validate
from tests.integration.gateway.world import Gateway
from web import keys

pytestmark = pytest.mark.asyncio


def picture(shade: int = 0, kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), (shade * 20, 90, 90)).save(out, kind)
    return out.getvalue()


async def upload(
    shopper: Shopper, raw: bytes, content_type: str = "image/jpeg", code: int = 201
) -> Json:
    headers = {**shopper.headers, "Content-Type": content_type}
    async with shopper.client.post("/api/photos", data=BytesIO(raw), headers=headers) as response:
        answer: Json = await response.json()
        assert response.status == code, answer
    if code >= 400:
        validate("problem.json", answer)
    return answer


async def shown(shopper: Shopper, photo_id: str) -> aiohttp.ClientResponse:
    response = await shopper.client.get(f"/api/photos/{photo_id}", headers=shopper.headers)
    await response.read()
    return response


def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "photos"
    return sorted(folder.iterdir()) if folder.exists() else []


async def test_a_photo_is_kept_and_shown(
    gateway: Gateway, shopper: Shopper, tmp_path: Path
) -> None:
    answer = await upload(shopper, picture(kind="PNG"), "text/html")
    assert (answer["width"], answer["height"]) == (64, 48)
    (file,) = files(tmp_path)
    assert file.name == answer["photo_id"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    response = await shown(shopper, answer["photo_id"])
    assert (response.status, response.content_type) == (200, "image/jpeg")
    assert await response.read() == file.read_bytes()
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    ((size, kind, owner),) = gateway.sql("SELECT size, media_type, conversation_id FROM photos")
    assert (size, kind) == (file.stat().st_size, "image/jpeg")
    assert owner == shopper.conversation_id


async def test_a_form_does_as_well(shopper: Shopper) -> None:
    form = aiohttp.FormData()
    form.add_field("note", "hello")
    form.add_field("photo", picture(), filename="../../etc/passwd", content_type="image/png")
    async with shopper.client.post("/api/photos", data=form, headers=shopper.headers) as response:
        assert response.status == 201
    empty = aiohttp.FormData({"note": "no file"}, default_to_multipart=True)
    async with shopper.client.post("/api/photos", data=empty, headers=shopper.headers) as response:
        assert (response.status, (await response.json())["code"]) == (415, "photo_unreadable")


async def test_the_same_photo_again_is_the_same(shopper: Shopper, tmp_path: Path) -> None:
    first, again = [await upload(shopper, picture()) for _ in range(2)]
    assert first["photo_id"] == again["photo_id"]
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize(
    ("raw", "code", "content_type"),
    [
        (b"", "photo_unreadable", "image/jpeg"),
        (b"GIF89a" + b"\0" * 50, "photo_unreadable", "image/jpeg"),
        (picture()[:150], "photo_unreadable", "image/jpeg"),
        (b"--x\r\n", "photo_unreadable", "multipart/form-data; boundary=y"),
        (picture(), "photo_unreadable", "multipart/form-data"),
        (picture() + b"\0" * 5 * 1024 * 1024, "photo_too_large", "image/jpeg"),
    ],
)
async def test_what_is_no_photo_leaves_nothing(
    gateway: Gateway, shopper: Shopper, tmp_path: Path, raw: bytes, code: str, content_type: str
) -> None:
    status = 413 if code == "photo_too_large" else 415
    assert (await upload(shopper, raw, content_type, status))["code"] == code
    assert files(tmp_path) == []
    assert gateway.sql("SELECT count(*) FROM photos") == [(0,)]


async def test_nine_and_no_more_at_once_too(
    gateway: Gateway, shopper: Shopper, tmp_path: Path
) -> None:
    async def send(shade: int) -> int:
        headers = {**shopper.headers, "Content-Type": "image/jpeg"}
        data = picture(shade)
        async with shopper.client.post("/api/photos", data=data, headers=headers) as response:
            return response.status

    statuses = await asyncio.gather(*(send(shade) for shade in range(12)))
    assert sorted(statuses) == [201] * 9 + [409] * 3
    assert len(files(tmp_path)) == 9
    other = await gateway.open()
    await upload(other, picture(11))


async def test_only_its_own_conversation_sees_it(
    gateway: Gateway, shopper: Shopper, tmp_path: Path
) -> None:
    photo_id = (await upload(shopper, picture()))["photo_id"]
    stranger = await gateway.open()
    absent = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    answers = [await shown(stranger, one) for one in (photo_id, absent, "..%2F..%2Fshop.db", "x")]
    assert {(r.status, await r.text()) for r in answers} == {(404, await answers[0].text())}
    async with gateway.client.get(f"/api/photos/{photo_id}") as response:
        assert response.status == 401
    async with gateway.client.post("/api/photos", data=picture()) as response:
        assert response.status == 401
    for folder in ("widget", "shop", "media"):
        async with gateway.client.get(f"/{folder}/{photo_id}") as response:
            assert response.status == 404


async def test_a_photo_without_words(gateway: Gateway, shopper: Shopper) -> None:
    photo_id = (await upload(shopper, picture()))["photo_id"]
    tab = await shopper.connect()
    await tab.send(type="say", client_id="p1", photos=[photo_id])
    frames = await tab.turn()
    said = frames[0]["message"]
    assert (said["type"], said["text"]) == ("text", "")
    assert said["data"] == {"photos": [{"photo_id": photo_id}]}
    assert gateway.rasa.heard == [(shopper.conversation_id, "[发来图片]")]
    assert (await shopper.history())[0] == said


async def test_a_photo_with_words_over_http(gateway: Gateway, shopper: Shopper) -> None:
    photo_id = (await upload(shopper, picture()))["photo_id"]
    body = {"text": "鞋子开胶了", "photos": [photo_id, photo_id], "client_id": "c"}
    for _ in range(2):
        status, _ = await shopper.call("POST", "/api/chat", body)
        assert status == 200
    assert gateway.rasa.sentences == ["鞋子开胶了"]
    (said, _) = await shopper.history()
    assert said["data"] == {"photos": [{"photo_id": photo_id}]}


@pytest.mark.parametrize(
    ("photos", "status", "code"),
    [
        (["01ARZ3NDEKTSV4RRFFQ69G5FAV"], 404, "unknown_photo"),
        (["../x"], 404, "unknown_photo"),
        ([7], 404, "unknown_photo"),
        ("all", 400, "bad_field"),
        ({}, 400, "bad_field"),
        (["01ARZ3NDEKTSV4RRFFQ69G5FAV"] * 10, 400, "bad_field"),
        ([], 400, "text_empty"),
    ],
)
async def test_photos_that_cannot_be_sent(
    gateway: Gateway, shopper: Shopper, photos: object, status: int, code: str
) -> None:
    answer = await shopper.call("POST", "/api/chat", {"text": "", "photos": photos})
    assert (answer[0], answer[1]["code"]) == (status, code)
    tab = await shopper.connect()
    await tab.send(type="say", client_id="c", text="", photos=photos)
    frame = await tab.receive()
    assert (frame["type"], frame["code"], frame["client_id"]) == ("error", code, "c")
    assert gateway.rasa.heard == []


async def test_another_s_photo_cannot_be_sent(gateway: Gateway, shopper: Shopper) -> None:
    theirs = (await upload(await gateway.open(), picture()))["photo_id"]
    tab: Tab = await shopper.connect()
    await tab.send(type="say", client_id="c", text="看", photos=[theirs])
    assert (await tab.receive())["code"] == "unknown_photo"
    assert await shopper.history() == []


async def test_a_file_of_nobody_is_swept(
    gateway: Gateway, shopper: Shopper, tmp_path: Path
) -> None:
    kept, lost, young = [await upload(shopper, picture(shade)) for shade in range(3)]
    gateway.sql(f"DELETE FROM photos WHERE photo_id != '{kept['photo_id']}'")
    long_ago = time.time() - 7200
    for photo in (kept, lost):
        os.utime(tmp_path / "photos" / photo["photo_id"], (long_ago, long_ago))
    await gateway.client.app[keys.PHOTOS].sweep()
    assert {file.name for file in files(tmp_path)} == {kept["photo_id"], young["photo_id"]}
    assert (await shown(shopper, lost["photo_id"])).status == 404


async def test_a_lost_file_is_an_unknown_photo(shopper: Shopper, tmp_path: Path) -> None:
    photo_id = (await upload(shopper, picture()))["photo_id"]
    (tmp_path / "photos" / photo_id).unlink()
    assert (await shown(shopper, photo_id)).status == 404


async def test_what_cannot_be_recorded_leaves_no_file(
    gateway: Gateway, shopper: Shopper, tmp_path: Path
) -> None:
    gateway.sql("ALTER TABLE photos RENAME TO hidden")
    await upload(shopper, picture(), code=500)
    assert files(tmp_path) == []
