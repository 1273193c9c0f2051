"""The demo catalogue as shipped keeps the promises of its format."""

from collections import defaultdict
from pathlib import Path

import pytest

from shop.demo import catalog
from shop.demo.catalog import DemoCatalog


@pytest.fixture(scope="module")
def shipped() -> DemoCatalog:
    return catalog.read(Path(__file__).parents[3] / "data" / "catalog")


def test_a_word_means_one_category(shipped: DemoCatalog) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for category in shipped.categories:
        for word in (category.name, *category.aliases):
            meanings[word].add(category.name)
    assert not {word: names for word, names in meanings.items() if len(names) > 1}


def test_what_shoppers_want_a_category_for_can_be_had(shipped: DemoCatalog) -> None:
    tags: dict[str, set[str]] = defaultdict(set)
    for product in shipped.products:
        tags[product.category].update(product.tags)
    unmet = {c.name: set(c.purposes.values()) - tags[c.name] for c in shipped.categories}
    assert not {name: missing for name, missing in unmet.items() if missing}


def test_accessories_are_categories_of_the_shop(shipped: DemoCatalog) -> None:
    names = {category.name for category in shipped.categories}
    strange = {c.name: set(c.accessories) - names for c in shipped.categories}
    assert not {name: words for name, words in strange.items() if words}


def test_every_family_gives_a_choice(shipped: DemoCatalog) -> None:
    assert [p.product_id for p in shipped.products if len(p.skus) < 2] == []
