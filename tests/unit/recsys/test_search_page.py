"""A search page goes on after what meets every condition, and says what is not met; a chat does not go on."""

from __future__ import annotations

import pytest

from recsys.index.document import Document
from recsys.search.engine import SearchEngine
from recsys.search.request import SearchRequest, SearchResult


def found(engine: SearchEngine, text: str, context: str) -> SearchResult:
    return engine.search(SearchRequest(text=text, context=context, limit=50))


def document_of(engine: SearchEngine, product_id: str) -> Document:
    return engine.index.documents[engine.index.row_of[product_id]]


@pytest.mark.parametrize("text", ["黑色的手机", "黑色手机 256G以上"])
def test_what_meets_the_conditions_leads(engine: SearchEngine, text: str) -> None:
    chat = [h.product_id for h in found(engine, text, "chat").hits]
    page = found(engine, text, "search")
    assert {h.product_id for h in page.hits[: len(chat)]} == set(chat)
    assert len(page.hits) > len(chat)
    assert page.total == len(chat)


def test_what_is_not_met_is_said(engine: SearchEngine) -> None:
    page = found(engine, "黑色的手机", "search")
    rest = page.hits[page.total :]
    phones = [hit for hit in rest if document_of(engine, hit.product_id).category == "手机"]
    assert phones
    for hit in phones:
        assert hit.reasons and hit.reasons[0].startswith("没有黑色"), hit


def test_price_brand_and_refusals_stay_hard(engine: SearchEngine) -> None:
    for hit in found(engine, "三千以内的手机 不要小米", "search").hits:
        document = document_of(engine, hit.product_id)
        assert document.brand != "小米"
        assert min(sku.price for sku in document.skus) <= 3000
