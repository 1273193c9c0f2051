"""All actions, built with what they need."""

from __future__ import annotations

from rasa_sdk import Action

from actions.add_to_cart import ActionAddToCart
from actions.cart import ActionChangeCart, ActionViewCart
from actions.finder import Finder
from actions.notice import ActionNotifyStock
from actions.options import Options
from actions.pending import Attentive
from actions.price import ActionQuotePrice
from actions.pricing import PriceWords, Pricing
from actions.service import ActionFallback, ActionHandoff
from actions.shopping import (
    ActionMoreProducts,
    ActionProductDetail,
    ActionRefine,
    ActionSearchProducts,
    ActionStartOver,
)
from actions.smalltalk import ActionAffirm, ActionDeny, ActionOutOfScope, ActionWait
from recsys.client import RecommenderClient
from shop.storage import Storage


def build_actions(storage: Storage, recommender: RecommenderClient) -> list[Action]:
    """One instance of every action of the domain."""
    finder, chooser = Finder(storage, recommender), Options(recommender)
    pricing, words = Pricing(storage), PriceWords()
    view = ActionViewCart(pricing, words)
    waiting: list[ActionAddToCart | ActionChangeCart | ActionNotifyStock] = [
        ActionAddToCart(storage, finder, chooser),
        ActionChangeCart(storage, view),
        ActionNotifyStock(storage, finder, chooser),
    ]
    actions = [
        *waiting,
        view,
        ActionAffirm(),
        ActionDeny(),
        ActionFallback(finder),
        ActionHandoff(storage),
        ActionMoreProducts(finder),
        ActionOutOfScope(),
        ActionProductDetail(finder),
        ActionQuotePrice(finder, pricing, words),
        ActionRefine(finder),
        ActionSearchProducts(finder),
        ActionStartOver(finder),
        ActionWait(),
    ]
    return [Attentive(action, waiting) for action in actions]
