"""The recommender process over real HTTP, with its client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from recsys.client import BadRequest, RecommenderClient, RecommenderUnavailable
from recsys.index.store import build
from recsys.search.engine import SearchEngine
from recsys.search.explain import Explainer
from recsys.service.app import build_service
from tests.unit.recsys.conftest import (
    CATEGORIES,
    DOCUMENTS,
    FAQ,
    FAQ_MODEL,
    KNOWLEDGE,
    REASONS,
    WEIGHTS,
    HashedEncoder,
)


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    engine = SearchEngine(
        build(DOCUMENTS, CATEGORIES, KNOWLEDGE, HashedEncoder(), FAQ),
        HashedEncoder(),
        None,
        WEIGHTS,
        Explainer(REASONS),
    )
    async with TestServer(build_service(engine, lambda: False, FAQ_MODEL)) as server:
        yield server


@pytest.fixture
async def client(server: TestServer) -> AsyncIterator[RecommenderClient]:
    async with RecommenderClient(str(server.make_url("/"))) as client:
        yield client


async def test_text_is_parsed_here(client: RecommenderClient) -> None:
    answer = await client.recommend("1000以内的手机")
    assert [i.product_id for i in answer.items] == ["p4"]
    assert answer.constraints == {"category": "手机", "price_max": 1000}


async def test_given_constraints_win_over_the_text(client: RecommenderClient) -> None:
    answer = await client.recommend("手机", {"category": "连衣裙"})
    assert [i.product_id for i in answer.items] == ["p7"]


async def test_understand_gives_the_parsed_query(client: RecommenderClient) -> None:
    answer = await client.understand("便宜点的手机，不要小米")
    assert answer["relative"] == "cheaper"
    assert answer["constraints"] == {"category": "手机", "not_brands": ["小米"]}


async def test_facets_tell_what_there_is_and_what_stands_in_the_way(
    client: RecommenderClient,
) -> None:
    phones = await client.facets({"category": "手机"})
    assert (phones.total, phones.low, phones.high) == (4, 899.0, 5499.0)
    brands = next(facet for facet in phones.facets if facet.kind == "brand")
    assert {answer.label: answer.count for answer in brands.answers}["小米"] == 1
    none = await client.facets({"category": "手机", "price_max": 1})
    assert (none.total, none.ways[0].lifted, none.ways[0].low) == (0, "price", 899.0)


async def test_the_faq_says_which_term_is_asked_about(client: RecommenderClient) -> None:
    found = await client.faq("邮费怎么算")
    assert (found.matches[0].topic, found.matches[0].question) == ("freight", "运费多少钱")
    assert found.confident
    assert [m.probability for m in found.matches] == sorted(
        (m.probability for m in found.matches), reverse=True
    )
    assert not (await client.faq("月亮为什么是圆的")).confident
    with pytest.raises(BadRequest, match="text"):
        await client.faq("  ")


async def test_facets_refuse_bad_constraints(client: RecommenderClient) -> None:
    with pytest.raises(BadRequest):
        await client.facets({"price_max": "cheap"})


async def test_products_can_be_changed_while_serving(client: RecommenderClient) -> None:
    new = {
        "product_id": "n1",
        "title": "诺基亚 新款按键手机",
        "category": "手机",
        "skus": [{"sku": "n1-1", "price": 199, "stock": 3}],
    }
    assert await client.update_products([new], ["p4"]) == {"products": len(DOCUMENTS)}
    answer = await client.recommend("1000以内的手机")
    assert [i.sku for i in answer.items] == ["n1-1"]


async def test_many_at_once_are_all_answered(client: RecommenderClient) -> None:
    texts = [f"{n}00元以上的手机" for n in range(1, 33)]
    answers = await asyncio.gather(*(client.recommend(t) for t in texts))
    assert all(a.items for a in answers)


async def test_bad_requests_are_problems(client: RecommenderClient, server: TestServer) -> None:
    with pytest.raises(BadRequest, match="limit"):
        await client.recommend("手机", limit=0)
    with pytest.raises(BadRequest, match="price_max"):
        await client.recommend("手机", {"price_max": "cheap"})
    with pytest.raises(BadRequest):
        await client.record_events([{"kind": "stare"}])
    with pytest.raises(BadRequest):
        await client.update_products([{"product_id": "x"}])
    async with (
        ClientSession() as session,
        session.post(server.make_url("/internal/recommend"), data=b"{") as response,
    ):
        assert response.status == 400
        assert response.content_type == "application/problem+json"
        assert (await response.json())["code"] == "bad_request"


async def test_events_are_counted_and_metrics_shown(
    client: RecommenderClient, server: TestServer
) -> None:
    assert await client.record_events([{"kind": "click", "sku": "p1-1"}]) == {"accepted": 1}
    await client.recommend("手机")
    async with ClientSession() as session, session.get(server.make_url("/metrics")) as response:
        text = await response.text()
    assert 'daogou_events_total{kind="click"} 1.0' in text
    assert "daogou_search_seconds_count 1.0" in text


async def test_ready_names_the_index_version(client: RecommenderClient) -> None:
    assert (await client.ready())["products"] == len(DOCUMENTS)


async def test_nobody_there_is_one_named_error() -> None:
    async with RecommenderClient("http://127.0.0.1:9", timeout_s=0.5) as client:
        with pytest.raises(RecommenderUnavailable):
            await client.recommend("手机")
