"""Versions on disk, live updates, filters' edge cases."""

from pathlib import Path

import numpy as np
import pytest

from recsys.index import store
from recsys.index.dense import DenseIndex
from recsys.index.document import BadDocument, Document
from recsys.index.lexical import LexicalIndex
from recsys.index.store import Index, NoIndex
from recsys.index.updates import apply_update
from recsys.search.engine import SearchEngine
from recsys.search.request import SearchRequest
from recsys.text.tokens import lexical_tokens
from tests.unit.recsys.conftest import CATEGORIES, DOCUMENTS, KNOWLEDGE, HashedEncoder, product


def test_written_and_loaded_again_it_is_the_same_index(index: Index, tmp_path: Path) -> None:
    store.write(index, tmp_path, "enc1")
    again = store.load(tmp_path, "enc1")
    assert again.documents == index.documents
    assert again.lexicon_json == index.lexicon_json
    np.testing.assert_allclose(again.vectors, index.vectors)


def test_an_index_of_another_encoder_is_refused(index: Index, tmp_path: Path) -> None:
    store.write(index, tmp_path, "enc1")
    with pytest.raises(NoIndex, match="another encoder"):
        store.load(tmp_path, "enc2")


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="daogou index"):
        store.load(tmp_path)


def test_old_versions_go_and_the_current_one_stays(index: Index, tmp_path: Path) -> None:
    from dataclasses import replace

    for version in ("20260101-000001", "20260101-000002", "20260101-000003"):
        store.write(replace(index, version=version), tmp_path, "e")
    assert store.manifest_of(tmp_path)["version"] == "20260101-000003"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "20260101-000002",
        "20260101-000003",
        "current",
    ]


def test_updates_add_replace_and_delete_at_once(index: Index, engine: SearchEngine) -> None:
    new = product("p11", "手机", "魅族", "魅族21 新机", [2999], sales=10)
    changed = product("p4", "手机", "荣耀", "荣耀畅玩 长辈老人手机", [799])
    engine.index = apply_update(index, HashedEncoder(), [new, changed], ["p2"])
    found = {h.product_id: h.sku for h in engine.search(SearchRequest(text="手机", limit=20)).hits}
    assert set(found) == {"p1", "p3", "p4", "p11"}
    assert engine.search(SearchRequest(text="800以内的手机")).hits[0].product_id == "p4"


def test_an_empty_catalogue_can_be_searched() -> None:
    empty = store.build([], CATEGORIES, KNOWLEDGE, HashedEncoder())
    assert empty.documents == ()
    assert LexicalIndex([]).scores("手机").shape == (0,)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"product_id": "x", "title": "t"},
        {"product_id": "x", "title": "t", "skus": [{"sku": "a", "price": "z"}]},
    ],
)
def test_bad_documents_are_named(data: dict[str, object]) -> None:
    with pytest.raises(BadDocument, match="document"):
        Document.from_json(data)


def test_lexical_tokens_are_characters_bigrams_words_and_numbers() -> None:
    assert lexical_tokens("小米 Pro14 SM-G9 3.5") == [
        "小", "米", "小米", "pro14", "pro", "14", "sm-g9", "sm", "g", "9", "3.5",
    ]  # fmt: skip


def test_dense_search_keeps_to_the_allowed_rows() -> None:
    vectors = np.eye(8, dtype=np.float32)
    allowed = np.array([False] * 4 + [True] * 4)
    rows, _similarities = DenseIndex(vectors).nearest(vectors[0], 3, allowed)
    assert len(rows) == 3 and all(row >= 4 for row in rows)
    assert DenseIndex(vectors).nearest(vectors[5], 1)[0].tolist() == [5]


def test_lexicon_knows_aliases_brands_in_both_scripts_and_groups(index: Index) -> None:
    lexicon = index.lexicon_json
    assert lexicon["categories"]["汗衫"] == "T恤"
    assert lexicon["brands"]["xiaomi"] == "小米"
    assert lexicon["groups"]["鞋"] == ["皮鞋", "跑步鞋"]
    assert lexicon["products"]["iphone"] == {"brand": "苹果", "category": "手机"}
    assert len(DOCUMENTS) == len(index.documents)
