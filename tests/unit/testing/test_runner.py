"""Dialogues are talked through, side by side, and a wrong answer ends its dialogue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from testing.conversation.model import Dialogue, Place, Setup, Turn
from testing.running import runner
from testing.running.lane import CannotPrepare, LiveLane
from testing.running.results import RunResult

PLACE = Place(Path("a.yml"), 1)


def card(number: int) -> dict[str, Any]:
    return {
        "sku": f"S{number}",
        "product_id": f"P{number}",
        "title": "手机",
        "price": number,
        "reasons": [],
    }


def messages(said: str) -> list[dict[str, Any]]:
    """A bot that lists two cards for 手机, and otherwise says the words back."""
    if said == "手机":
        data, choices = {"items": [card(1), card(2)]}, [{"title": "便宜", "value": "便宜点的"}]
        return [
            {"from": "bot", "type": "products", "text": "看看：", "data": data, "choices": choices}
        ]
    return [{"from": "bot", "type": "text", "text": said, "data": {}, "choices": []}]


class Bot:
    """Counts who talks at once."""

    def __init__(self) -> None:
        self.talking = self.most = 0
        self.photos: list[bytes] = []

    async def session(self, request: web.Request) -> web.Response:
        return web.json_response({"token": "t", "conversation_id": "C1"})

    async def chat(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer t"
        self.talking += 1
        self.most = max(self.most, self.talking)
        await asyncio.sleep(0.01)
        self.talking -= 1
        body = await request.json()
        said = " ".join([body["text"], *body.get("photos", ())]).strip()
        if said == "太长":
            return web.json_response({"detail": "内容太长了"}, status=400)
        return web.json_response({"messages": messages(said)})

    async def photo(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer t"
        self.photos.append(await request.read())
        if len(self.photos) > 2:
            return web.json_response({"detail": "照片太多了"}, status=409)
        return web.json_response({"photo_id": f"photo{len(self.photos)}"}, status=201)


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def url(bot: Bot) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(
        [
            web.post("/api/session", bot.session),
            web.post("/api/chat", bot.chat),
            web.post("/api/photos", bot.photo),
        ]
    )
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def dialogue(*turns: Mapping[str, Any], name: str = "d", setup: Setup | None = None) -> Dialogue:
    made = (Turn(PLACE, **{"expect": {}, **turn}) for turn in turns)
    return Dialogue(PLACE, name, tuple(made), setup or Setup())


async def run(url: str, *dialogues: Dialogue, lanes: int = 1, **more: Any) -> RunResult:
    return await runner.run(dialogues, [LiveLane(url)] * lanes, **more)


async def test_a_dialogue_remembers_what_was_shown(url: str) -> None:
    talk = dialogue(
        {"say": "手机", "expect": {"count": 2}},
        {"say": "要 ${item2.sku}，不要 ${item_last.price} 元的 ${conversation}"},
    )
    (result,) = (await run(url, talk)).dialogues
    assert result.passed and result.turns[1].said == "要 S2，不要 2 元的 C1"


async def test_the_data_of_the_last_answer_can_be_said(url: str) -> None:
    good = dialogue({"say": "手机"}, {"say": "就要${last.items.1.sku}"})
    bad = dialogue({"say": "手机"}, {"say": "${last.ticket_no}"}, name="bad")
    first, second = (await run(url, good, bad)).dialogues
    assert first.turns[1].said == "就要S2"
    assert second.error == "${last.ticket_no}：上一个回答的数据里没有"


async def test_a_choice_is_pressed_by_its_title(url: str) -> None:
    good = dialogue({"say": "手机"}, {"click": "便宜", "expect": {"text": "便宜点的"}})
    bad = dialogue({"say": "手机"}, {"click": "贵"}, name="bad")
    first, second = (await run(url, good, bad)).dialogues
    assert first.passed
    assert not second.passed and second.error == '没有「贵」这个选项，给出的是 ["便宜"]'


async def test_photos_are_uploaded_and_sent_with_their_words(url: str, bot: Bot) -> None:
    talk = dialogue(
        {"photo": "", "expect": {"text": "photo1"}},
        {"photo": "杯子 ${conversation}", "expect": {"text": "杯子 C1 photo2"}},
        {"photo": "再来一张"},
    )
    (result,) = (await run(url, talk)).dialogues
    assert [turn.said for turn in result.turns] == ["[照片]", "[照片] 杯子 C1"]
    assert result.error == "状态码 409 照片太多了"
    assert len(set(bot.photos)) == 3
    assert {Image.open(BytesIO(sent)).format for sent in bot.photos} == {"PNG"}


async def test_a_wrong_answer_ends_the_dialogue(url: str) -> None:
    talk = dialogue({"say": "你好", "expect": {"type": "products"}}, {"say": "手机"})
    (result,) = (await run(url, talk)).dialogues
    assert [len(turn.failures) for turn in result.turns] == [1]


async def test_a_refused_message_and_a_dead_system_are_told(url: str) -> None:
    (refused,) = (await run(url, dialogue({"say": "太长"}))).dialogues
    assert refused.error == "状态码 400 内容太长了"
    (dead,) = (await run("http://127.0.0.1:9", dialogue({"say": "手机"}))).dialogues
    assert dead.error and "POST /api/session" in dead.error


async def test_a_live_system_has_no_setup(url: str) -> None:
    (result,) = (await run(url, dialogue({"say": "手机"}, setup=Setup(stock={"s": 1})))).dialogues
    assert result.error == "线上系统不能预设客户、库存、订单或日期"


async def test_lanes_talk_at_once_and_results_keep_their_order(url: str, bot: Bot) -> None:
    talks = [dialogue(*[{"say": "你好"}] * (1 + n % 3), name=f"d{n}") for n in range(12)]
    result = await run(url, *talks, lanes=4)
    assert [d.title for d in result.dialogues] == [f"d{n}" for n in range(12)]
    assert bot.most == 4 and not result.failed


async def test_it_can_stop_at_the_first_failure(url: str) -> None:
    wrong = dialogue({"say": "a"}, {"say": "b", "expect": {"type": "order"}}, name="wrong")
    rest = [dialogue({"say": "c"}, name=f"r{n}") for n in range(5)]
    result = await run(url, *rest, wrong, stop_at_failure=True)
    assert [d.title for d in result.dialogues] == ["wrong"]


def test_dialogues_are_selected_by_words() -> None:
    one, two = dialogue({"say": "x"}, name="预算之后"), dialogue({"say": "x"}, name="换一批")
    assert runner.select([one, two], "预算 a.yml") == [one]
    assert runner.select([one, two], "") == [one, two]


async def test_results_are_kept_as_json(url: str, tmp_path: Path) -> None:
    result = await run(url, dialogue({"say": "手机"}), dialogue({"click": "x"}, name="bad"))
    result.write(tmp_path / "r.json")
    assert RunResult.read(tmp_path / "r.json") == result


def test_a_lane_that_cannot_sign_in_says_so() -> None:
    lanes: Sequence[LiveLane] = [LiveLane("http://x")]
    with pytest.raises(CannotPrepare):
        lanes[0].customer_token("c1")
