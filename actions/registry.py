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
from actions.smalltalk import (
    ActionAffirm,
    ActionDeny,
    ActionOutOfScope,
    ActionReceivePhoto,
    ActionWait,
)
from actions.welcome import ActionCapabilities, ActionGreet
from actions.which import Which
from recsys.client import RecommenderClient
from shop.storage import Storage


def build_actions(
    storage: Storage, recommender: RecommenderClient, knowledge: Path
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
    actions = [
        *waiting,
        view,
        ActionAffirm(),
        ActionAnswerAttribute(finder, shelf),
        ActionAnswerPolicy(shelf, recommender),
        ActionAnswerStock(finder, shelf),
        ActionCompare(finder, shelf, recommender, Directions.load(knowledge)),
        ActionBundle(finder),
        ActionCapabilities(finder),
        ActionCorrect(finder),
        ActionCountProducts(finder),
        ActionDeny(),
        ActionFallback(finder),
        ActionGreet(finder),
        ActionHandoff(storage),
        ActionIndifferent(finder),
        ActionMoreProducts(finder),
        ActionOutOfScope(),
        ActionProductDetail(finder, shelf),
        ActionQuotePrice(finder, pricing, words),
        ActionReceivePhoto(),
        ActionRefine(finder),
        ActionSearchProducts(finder),
        ActionStartOver(finder),
        ActionWait(),
    ]
    bare = BareNumber(finder, shelf)
    return [Attentive(action, waiting, bare) for action in actions]
