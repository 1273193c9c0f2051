"""All actions, built with what they need."""

from __future__ import annotations

from rasa_sdk import Action

from actions.bundle import ActionBundle
from actions.count import ActionCountProducts
from actions.finder import Finder
from actions.repair import ActionCorrect, ActionIndifferent
from actions.service import ActionFallback, ActionHandoff
from actions.shopping import (
    ActionMoreProducts,
    ActionProductDetail,
    ActionRefine,
    ActionSearchProducts,
    ActionStartOver,
)
from actions.welcome import ActionCapabilities, ActionGreet
from recsys.client import RecommenderClient
from shop.storage import Storage


def build_actions(storage: Storage, recommender: RecommenderClient) -> list[Action]:
    """One instance of every action of the domain."""
    finder = Finder(storage, recommender)
    return [
        ActionBundle(finder),
        ActionCapabilities(finder),
        ActionCorrect(finder),
        ActionCountProducts(finder),
        ActionFallback(finder),
        ActionGreet(finder),
        ActionHandoff(storage),
        ActionIndifferent(finder),
        ActionMoreProducts(finder),
        ActionProductDetail(finder),
        ActionRefine(finder),
        ActionSearchProducts(finder),
        ActionStartOver(finder),
    ]
