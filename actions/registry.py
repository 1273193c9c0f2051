"""All actions, built with what they need."""

from __future__ import annotations

from pathlib import Path

from rasa_sdk import Action

from actions.abuse import ActionCalm
from actions.add_to_cart import ActionAddToCart
from actions.bare import BareNumber
from actions.bring_back import BringBack
from actions.bundle import ActionBundle
from actions.cart import ActionChangeCart, ActionViewCart
from actions.compare import ActionCompare
from actions.comparison import Directions
from actions.count import ActionCountProducts
from actions.coupons import ActionCoupons
from actions.desk.advising import Advised
from actions.desk.claiming import ClaimForm
from actions.desk.concerns import ADVISED
from actions.desk.hearing import Hearing
from actions.desk.registry import build_forms
from actions.desk.reviewing import ReviewForm
from actions.detail import ActionProductDetail
from actions.finder import Finder
from actions.forward import Forwarded
from actions.human import ActionHandoff, Human
from actions.membership import ActionMembership
from actions.notice import ActionNotifyStock
from actions.options import Options
from actions.pending import Attentive
from actions.photo import ActionReceivePhoto
from actions.policy import ActionAnswerPolicy
from actions.price import ActionQuotePrice
from actions.pricing import PriceWords, Pricing
from actions.questions import ActionAnswerAttribute, ActionAnswerStock
from actions.rating import ActionRateService, partings
from actions.repair import ActionCorrect, ActionIndifferent
from actions.routing import Routed
from actions.service import ActionFallback
from actions.shelf import Shelf
from actions.shopping import (
    ActionMoreProducts,
    ActionRefine,
    ActionSearchProducts,
    ActionStartOver,
)
from actions.size import ActionAdviseSize
from actions.smalltalk import small_talk
from actions.swap import Swap
from actions.terms import Rulebook
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
    rulebook, human = Rulebook(shelf, recommender), Human(desk)
    claim = next(form for form in forms if isinstance(form, ClaimForm))
    rate = ActionRateService(desk, rulebook, next(f for f in forms if isinstance(f, ReviewForm)))
    actions = [
        *waiting,
        *(Advised(form, rulebook, asked=isinstance(form, ADVISED)) for form in forms),
        rate,
        view,
        *small_talk(),
        *partings(),
        ActionAnswerAttribute(finder, shelf),
        ActionAnswerPolicy(rulebook),
        ActionAnswerStock(finder, shelf),
        ActionCompare(finder, shelf, recommender, Directions.load(knowledge)),
        ActionBundle(finder, shelf),
        ActionCalm(human),
        ActionCapabilities(finder),
        ActionCorrect(finder),
        ActionCoupons(desk, claim, rulebook, shelf, pricing),
        ActionCountProducts(finder),
        ActionFallback(finder),
        ActionGreet(finder),
        ActionHandoff(human),
        ActionIndifferent(finder),
        ActionMembership(desk, rulebook),
        ActionMoreProducts(finder),
        ActionProductDetail(finder, shelf),
        ActionQuotePrice(finder, shelf, chooser, pricing, words),
        ActionReceivePhoto(desk),
        ActionRefine(finder),
        ActionSearchProducts(finder),
        ActionStartOver(finder),
    ]
    unasked = (
        Swap(storage, chooser, view), BareNumber(finder, shelf), BringBack(storage, shelf, purchase)
    )  # fmt: skip
    hearing = Hearing(forms)
    others = {action.name(): action for action in actions}
    forwarded = [Forwarded(action, others) for action in actions]
    attentive = [Attentive(action, [*waiting, rate], unasked, hearing) for action in forwarded]
    return [Routed(action, attentive, recommender, shelf, hearing) for action in attentive]
