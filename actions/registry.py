"""All actions, built with what they need."""

from __future__ import annotations

from pathlib import Path

from rasa_sdk import Action

from actions.add_to_cart import ActionAddToCart
from actions.bare import BareNumber
from actions.bundle import ActionBundle
from actions.cart import ActionChangeCart, ActionViewCart
from actions.compare import ActionCompare
from actions.comparison import Directions
from actions.count import ActionCountProducts
from actions.desk.hearing import Hearing
from actions.desk.registry import build_forms
from actions.detail import ActionProductDetail
from actions.finder import Finder
from actions.notice import ActionNotifyStock
from actions.options import Options
from actions.pending import Attentive
from actions.policy import ActionAnswerPolicy
from actions.price import ActionQuotePrice
from actions.pricing import PriceWords, Pricing
from actions.questions import ActionAnswerAttribute, ActionAnswerStock
from actions.repair import ActionCorrect, ActionIndifferent
from actions.service import ActionFallback, ActionHandoff
from actions.shelf import Shelf
from actions.shopping import (
    ActionMoreProducts,
    ActionRefine,
    ActionSearchProducts,
    ActionStartOver,
)
from actions.size import ActionAdviseSize
from actions.smalltalk import small_talk
from actions.welcome import ActionCapabilities, ActionGreet
from actions.which import Which
from recsys.client import RecommenderClient
from shop.desk import Desk
from shop.storage import Storage


def build_actions(
    storage: Storage, recommender: RecommenderClient, knowledge: Path, desk: Desk
) -> list[Action]:
    """One instance of every action of the domain; `knowledge` holds the shared shopping words."""
    finder, shelf, chooser = Finder(storage, recommender), Shelf(storage), Options(recommender)
    pricing, words = Pricing(storage), PriceWords()
    view = ActionViewCart(pricing, words)
    purchase = ActionAddToCart(storage, finder, chooser)
    waiting: list[ActionAddToCart | ActionAdviseSize | ActionChangeCart | ActionNotifyStock] = [
        purchase,
        ActionAdviseSize(storage, shelf, Which(finder), purchase),
        ActionChangeCart(storage, view),
        ActionNotifyStock(storage, finder, chooser),
    ]
    forms = build_forms(desk)
    actions = [
        *waiting,
        *forms,
        view,
        *small_talk(),
        ActionAnswerAttribute(finder, shelf),
        ActionAnswerPolicy(shelf, recommender),
        ActionAnswerStock(finder, shelf),
        ActionCompare(finder, shelf, recommender, Directions.load(knowledge)),
        ActionBundle(finder),
        ActionCapabilities(finder),
        ActionCorrect(finder),
        ActionCountProducts(finder),
        ActionFallback(finder),
        ActionGreet(finder),
        ActionHandoff(storage),
        ActionIndifferent(finder),
        ActionMoreProducts(finder),
        ActionProductDetail(finder, shelf),
        ActionQuotePrice(finder, pricing, words),
        ActionRefine(finder),
        ActionSearchProducts(finder),
        ActionStartOver(finder),
    ]
    bare = BareNumber(finder, shelf)
    hearing = Hearing(forms)
    return [Attentive(action, waiting, bare, hearing) for action in actions]
