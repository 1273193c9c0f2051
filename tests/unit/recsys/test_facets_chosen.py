"""Which worded attributes are worth a question: what shoppers choose by, as the shared knowledge says."""

from pathlib import Path

import pytest

from recsys.index.document import CategorySchema
from recsys.index.lexicon import Knowledge
from recsys.index.store import build
from recsys.query import Constraints
from recsys.search.engine import SearchEngine
from recsys.search.explain import Explainer
from recsys.search.overview import overview
from recsys.search.request import SearchRequest
from recsys.training.catalogue import read_catalogue
from tests.unit.recsys.conftest import REASONS, WEIGHTS, HashedEncoder, product

ROOT = Path(__file__).parents[3]
FIELDS = [
    ("产地", "法国", "哑光"),
    ("产地", "中国", "丝绒"),
    ("产地", "日本", "水润"),
    ("产地", "韩国", "镜面"),
]
LIPSTICKS = [
    product(f"l{n}", "口红", "完美日记", f"口红{n}", [99], attributes={"产地": where, "质地": how})
    for n, (_, where, how) in enumerate(FIELDS)
]
WORDED = ({"name": "产地", "type": "text"}, {"name": "质地", "type": "text"})


@pytest.mark.parametrize(
    ("chosen_by", "asked"), [(("质地",), ["质地"]), (("产地",), ["产地"]), ((), [])]
)
def test_only_what_shoppers_choose_by_is_asked(
    chosen_by: tuple[str, ...], asked: list[str]
) -> None:
    knowledge = Knowledge(chosen_by=chosen_by)
    schema = CategorySchema("口红", "美妆护肤", (), {}, WORDED)
    index = build(LIPSTICKS, [schema], knowledge, HashedEncoder())
    engine = SearchEngine(index, HashedEncoder(), None, WEIGHTS, Explainer(REASONS))
    found = overview(engine, SearchRequest(constraints=Constraints(category="口红")))
    assert [facet.name for facet in found.facets if facet.kind == "attribute"] == asked


def test_the_names_are_those_of_worded_attributes() -> None:
    """A name that no category has would never be asked about."""
    _, categories = read_catalogue(ROOT / "data/catalog")
    worded = {
        a["name"] for c in categories for a in c.attributes if a.get("type") in ("text", "list")
    }
    chosen = Knowledge.load(ROOT / "data/knowledge").chosen_by
    assert set(chosen) <= worded and len(chosen) == len(set(chosen))
    assert "产地" not in chosen
