"""What the tests of searching share: a recommender that finds and counts as told."""

from typing import Any

from actions.finder import Finder
from recsys.client import Answer, Facet, Overview, Recommendation
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer

PHONE = {"category": "手机"}
SHOWN = {"frame": PHONE, "shown": [["a", "b", "c"]]}
BRANDS = Facet(
    "brand", "brand", (Answer("华为", {"brands": ["华为"]}, 12), Answer("荣耀", {"brands": ["荣耀"]}, 9)), 10.0
)  # fmt: skip
MANY = Overview(total=30, low=999, high=2999, facets=(BRANDS,))


def of(kind: Any, *answers: Recommendation, overview: Overview | None = None) -> Any:
    recommender = FakeRecommender(*answers)
    recommender.overview = overview or Overview(total=0)
    return kind(Finder(FakeStorage(), recommender)), recommender


def many(*skus: str, **more: Any) -> Recommendation:
    found = answer(*skus, constraints=PHONE, **more)
    return Recommendation(found.items, found.constraints, found.relaxed, 30, found.confident)


def titles(out: Any) -> list[str]:
    return [button["title"] for button in out.messages[0]["buttons"]]
