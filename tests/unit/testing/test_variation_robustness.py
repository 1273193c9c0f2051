"""Shares counted by hand on a fake that understands little."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from testing.variation.corpus import Labelled, labelled, searches
from testing.variation.robustness import (
    NotUnderstood,
    conditions,
    robustness,
    understand_over_http,
)

SENTENCES = [Labelled("三千以内的手机", "search_product"), Labelled("便宜点的", "refine")]


async def brittle(text: str) -> tuple[str, Mapping[str, Any]]:
    """Greets whoever is polite, and reads a budget only as it is written in SENTENCES."""
    if text.endswith("谢谢") or "麻烦" in text or "好" in text or "打扰" in text:
        return "greet", {}
    intent = "search_product" if "手机" in text else "refine"
    return intent, {"constraints": {"price_max": 3000, "need": text} if "三千以内" in text else {}}


async def test_what_survives_is_counted_by_kind() -> None:
    report = await robustness(SENTENCES, brittle, ["hesitation", "number"], each=2)
    by_kind = {score.kind: score for score in report.kinds}
    assert report.sentences == 2 and report.right_intent == 1.0
    assert by_kind["hesitation"].tried == 4
    assert by_kind["hesitation"].right_intent == by_kind["hesitation"].same_conditions == 1.0
    assert by_kind["hesitation"].worst == ()
    number = by_kind["number"]
    assert (number.tried, number.right_intent, number.same_conditions) == (2, 1.0, 0.0)
    assert [score.kind for score in report.kinds] == ["number", "hesitation"]


async def test_the_worst_lost_intent_and_conditions_both() -> None:
    report = await robustness(SENTENCES, brittle, ["politeness"], each=3, worst=2)
    (score,) = report.kinds
    assert score.tried == 6 and score.right_intent < 1.0 and len(score.worst) == 2
    assert score.worst[0].variant.original == "三千以内的手机"
    assert score.worst[0].intent == "greet" and score.worst[0].wanted == "search_product"
    assert not score.worst[0].same_conditions


async def test_an_intent_wrong_from_the_start_is_not_the_variants_fault() -> None:
    wrong = [Labelled("便宜点的", "goodbye")]
    (score,) = (await robustness(wrong, brittle, ["hesitation"])).kinds
    assert (score.before, score.right_intent, score.worst) == (0.0, 0.0, ())


def test_conditions_leave_out_free_text_and_order() -> None:
    one = {
        "constraints": {"brands": ["华为", "小米"], "need": "拍照"},
        "sort": None,
        "need": "拍照",
    }
    two = {"constraints": {"brands": ["小米", "华为"], "need": "拍"}, "lifted": [], "need": "拍"}
    assert conditions(one) == conditions(two) == {"brands": ["华为", "小米"]}
    assert conditions({"constraints": {}, "sort": "sales"}) == {"sort": "sales"}


def test_sentences_are_read_without_their_annotations(tmp_path: Path) -> None:
    nlu = tmp_path / "nlu.yml"
    example = '    - [三千以内](price)的[手机]{"entity": "category"}\n    - 你好\n'
    nlu.write_text(f"nlu:\n- intent: search_product\n  examples: |\n{example}", "utf-8")
    assert [s.text for s in labelled(nlu)] == ["三千以内的手机", "你好"]
    judged = tmp_path / "judged.jsonl"
    judged.write_text('{"query": "纯牛奶"}\n', "utf-8")
    assert list(searches([judged])) == [Labelled("纯牛奶", "search_product")]


@pytest.fixture
async def rasa() -> Any:
    async def parse(request: web.Request) -> web.Response:
        text = (await request.json())["text"]
        entities = [
            {"entity": "category", "value": "手机"},
            {"entity": "query", "value": {"constraints": {"category": text}}},
        ]
        return web.json_response({"intent": {"name": "search_product"}, "entities": entities})

    app = web.Application()
    app.router.add_post("/model/parse", parse)
    async with TestServer(app) as server:
        yield server


async def test_rasa_is_asked_over_http(rasa: TestServer) -> None:
    async with understand_over_http(str(rasa.make_url("/"))) as understand:
        read = await understand("手机")
    assert read == ("search_product", {"constraints": {"category": "手机"}})


async def test_a_rasa_without_api_is_reported(rasa: TestServer) -> None:
    async with understand_over_http(str(rasa.make_url("/nowhere"))) as understand:
        with pytest.raises(NotUnderstood, match="--enable-api"):
            await understand("手机")
