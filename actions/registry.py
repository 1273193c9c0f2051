"""All actions, built with what they need."""

from __future__ import annotations

from pathlib import Path

from rasa_sdk import Action

from actions.compare import ActionCompare
from actions.comparison import Directions
from actions.detail import ActionProductDetail
from actions.finder import Finder
from actions.questions import ActionAnswerAttribute, ActionAnswerStock
from actions.service import ActionFallback, ActionHandoff
from actions.shelf import Shelf
from actions.shopping import (
    ActionMoreProducts,
    ActionRefine,
    ActionSearchProducts,
    ActionStartOver,
)
from recsys.client import RecommenderClient
from shop.storage import Storage


def build_actions(
    storage: Storage, recommender: RecommenderClient, knowledge: Path
) -> list[Action]:
    """One instance of every action of the domain; `knowledge` holds the shared shopping words."""
    finder, shelf = Finder(storage, recommender), Shelf(storage)
    return [
        ActionAnswerAttribute(finder, shelf),
        ActionAnswerStock(finder, shelf),
        ActionCompare(finder, shelf, recommender, Directions.load(knowledge)),
        ActionFallback(finder),
        ActionHandoff(storage),
        ActionMoreProducts(finder),
        ActionProductDetail(finder, shelf),
        ActionRefine(finder),
        ActionSearchProducts(finder),
        ActionStartOver(finder),
    ]
