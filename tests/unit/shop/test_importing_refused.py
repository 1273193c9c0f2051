"""Files and mappings that are refused, and whatever else may be in a file."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.domain.errors import BadFeed, BadMapping
from shop.importing import import_file, load_mapping
from shop.storage import Storage
from tests.unit.shop.feeds import PLAIN, Shop


@pytest.mark.parametrize("name", ["feed", "feed.docx", "gone.csv"])
def test_a_file_that_is_no_feed_is_refused(tmp_path: Path, name: str) -> None:
    storage = Storage("sqlite:///unused.db")
    with pytest.raises(BadFeed, match=name):
        asyncio.run(import_file(tmp_path / name, PLAIN, storage, dry_run=True))


def test_an_empty_table_is_refused(shop: Shop) -> None:
    with pytest.raises(BadFeed, match="names no columns"):
        shop.pour("", "feed.csv")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "neither JSON nor YAML"),
        ("product_id: id", "title: Field required"),
        ("product_id: id\ntitle: t\nskus: {price: p}\ncolour: c", "colour: Extra inputs"),
    ],
)
def test_a_bad_mapping_says_why(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    with pytest.raises(BadMapping, match=why):
        load_mapping(path)


def test_an_unknown_mapping_is_refused() -> None:
    with pytest.raises(BadMapping, match="nosuch"):
        load_mapping("nosuch")


_any_value = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


_FIELDS = ["id", "name", "kind", "now", "price", "was", "left", "link", "stars", "sold", "tags"]


_rows = st.dictionaries(st.sampled_from([*_FIELDS, "since", "sku"]), _any_value)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.fixed_dictionaries({}, optional={}) | _rows, max_size=5))
def test_whatever_the_values_every_row_is_imported_or_reported(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    _accounts_for_all(tmp_path_factory, "\n".join(map(json.dumps, rows)).encode(), "x.jsonl")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.tsv", "x.jsonl", "x.xml"]))
def test_whatever_the_bytes_every_row_is_imported_or_reported(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    _accounts_for_all(tmp_path_factory, b"id,name,now\n" + content, name)


def _accounts_for_all(factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = factory.getbasetemp() / name
    path.write_bytes(content)
    storage = Storage("sqlite:///unused.db")
    try:
        report = asyncio.run(import_file(path, PLAIN, storage, dry_run=True))
    except BadFeed:
        return
    assert report.read == report.imported + report.skipped
