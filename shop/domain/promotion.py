"""What goods cost after promotions (满减), coupons and freight, with every step and every refusal told.

The rules, in the order in which they are applied:

1. goods count at today's price times quantity;
2. an order takes part in at most one promotion; its threshold is measured on the goods in its scope.
   One that repeats (每满) takes `off` for every full threshold, the others once;
3. an order uses at most one coupon; its threshold is measured on what the promotion left of the
   goods in its scope;
4. an offer that does not stack stands alone;
5. no offer takes more than the goods in its scope still cost;
6. freight is charged by the shop's rule, which is measured on what is left to pay;
7. of all that is allowed the cheapest, freight included, is chosen; of equally cheap ones the one
   with fewer offers, then the one whose ids come first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from itertools import product

from shop.domain.coupon import Coupon
from shop.domain.freight import FreightRule
from shop.domain.money import CENT

ZERO = Decimal("0.00")


class Kind(Enum):
    """Who applies an offer: the shop by itself, or the shopper with a coupon."""

    PROMOTION = "promotion"
    COUPON = "coupon"


@dataclass(frozen=True)
class Offer:
    """`off` yuan less from `threshold` yuan on; `scope`: a category, a department, None for all."""

    offer_id: str
    title: str
    kind: Kind
    threshold: Decimal
    off: Decimal
    valid_from: datetime
    valid_until: datetime
    scope: str | None = None
    repeats: bool = False
    stackable: bool = True
    new_customers_only: bool = False

    @classmethod
    def of_coupon(cls, coupon: Coupon) -> "Offer":
        plain = {key: value for key, value in vars(coupon).items() if key != "coupon_id"}
        return cls(offer_id=coupon.coupon_id, kind=Kind.COUPON, **plain)

    def discount(self, base: Decimal) -> Decimal:
        """What it takes off goods that cost `base`."""
        if base < self.threshold or base <= 0:
            return ZERO
        times = int(base // self.threshold) if self.repeats and self.threshold else 1
        return min(self.off * times, base)

    def covers(self, goods: "Goods") -> bool:
        return self.scope is None or self.scope in (goods.category, goods.department)


@dataclass(frozen=True)
class Goods:
    """A line of what is to be bought. Money in yuan."""

    category: str
    department: str
    price: Decimal
    quantity: int

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


class Reason(Enum):
    """Why an offer that concerns these goods is not used."""

    ENDED = "ended"
    NOT_YET = "not yet"
    NEW_CUSTOMERS = "new customers"
    BELOW_THRESHOLD = "below threshold"
    ONE_EACH = "one of a kind each"
    NOT_STACKABLE = "not stackable"
    FREIGHT = "freight"
    NO_EFFECT = "no effect"


@dataclass(frozen=True)
class Applied:
    """An offer and what it took off."""

    offer: Offer
    amount: Decimal


@dataclass(frozen=True)
class Unused:
    """An offer and why it is not used: `missing` yuan to the threshold, `beside` which other offer."""

    offer: Offer
    reason: Reason
    missing: Decimal = ZERO
    beside: Offer | None = None


@dataclass(frozen=True)
class Quote:
    """The cheapest price that is allowed, and how it comes about; without a rule freight is not known."""

    goods: tuple[Goods, ...]
    applied: tuple[Applied, ...]
    unused: tuple[Unused, ...]
    rule: FreightRule | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.goods), ZERO)

    @property
    def freight(self) -> Decimal:
        after = self.total - _off(self.applied)
        return self.rule.charge(after) if self.rule and self.goods else ZERO

    @property
    def payable(self) -> Decimal:
        return self.total - _off(self.applied) + self.freight


def quote(
    goods: Sequence[Goods],
    offers: Iterable[Offer],
    moment: datetime,
    *,
    new_customer: bool,
    rule: FreightRule | None = None,
) -> Quote:
    """Price goods at a moment; an offer for new customers counts for `new_customer` only."""
    concerned = sorted(_concerned(goods, offers), key=lambda offer: offer.offer_id)
    shut = [u for o in concerned if (u := _shut(o, moment, new_customer))]
    open_ = [offer for offer in concerned if offer not in [one.offer for one in shut]]
    choices = (Quote(tuple(goods), _apply(goods, pair), (), rule) for pair in _allowed(open_))
    best = min(choices, key=_rank)
    used = [step.offer for step in best.applied]
    rest = [_passed_over(offer, best) for offer in open_ if offer not in used]
    return replace(best, unused=(*rest, *shut))


def _concerned(goods: Sequence[Goods], offers: Iterable[Offer]) -> list[Offer]:
    return [offer for offer in offers if any(offer.covers(line) for line in goods)]


def _shut(offer: Offer, moment: datetime, new_customer: bool) -> Unused | None:
    if moment >= offer.valid_until:
        return Unused(offer, Reason.ENDED)
    if moment < offer.valid_from:
        return Unused(offer, Reason.NOT_YET)
    if offer.new_customers_only and not new_customer:
        return Unused(offer, Reason.NEW_CUSTOMERS)
    return None


def _allowed(offers: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    """Every choice of one promotion at most and one coupon at most."""
    promotions = [None, *(offer for offer in offers if offer.kind is Kind.PROMOTION)]
    coupons = [None, *(offer for offer in offers if offer.kind is Kind.COUPON)]
    choices = (tuple(filter(None, pair)) for pair in product(promotions, coupons))
    return [c for c in choices if len(c) < 2 or all(offer.stackable for offer in c)]


def _apply(goods: Sequence[Goods], offers: Sequence[Offer]) -> tuple[Applied, ...]:
    """The offers one after the other; one that takes nothing off is left out."""
    amounts = [line.amount for line in goods]
    steps = []
    for offer in offers:
        base = _base(offer, goods, amounts)
        if off := offer.discount(base):
            steps.append(Applied(offer, off))
            amounts = _reduced(offer, goods, amounts, off)
    return tuple(steps)


def _base(offer: Offer, goods: Sequence[Goods], amounts: Sequence[Decimal]) -> Decimal:
    pairs = zip(goods, amounts, strict=True)
    return sum((amount for line, amount in pairs if offer.covers(line)), ZERO)


def _reduced(
    offer: Offer, goods: Sequence[Goods], amounts: Sequence[Decimal], off: Decimal
) -> list[Decimal]:
    """The lines after a discount that is spread by their share; odd fen go to the first that can."""
    base = _base(offer, goods, amounts)
    left, reduced = off, list(amounts)
    for place, line in enumerate(goods):
        if offer.covers(line):
            share = (off * amounts[place] / base).quantize(CENT, ROUND_DOWN)
            reduced[place], left = amounts[place] - share, left - share
    for place, line in enumerate(goods):
        if offer.covers(line):
            odd = min(left, reduced[place])
            reduced[place], left = reduced[place] - odd, left - odd
    return reduced


def _off(steps: Iterable[Applied]) -> Decimal:
    return sum((step.amount for step in steps), ZERO)


def _rank(found: Quote) -> tuple[Decimal, int, list[str]]:
    return found.payable, len(found.applied), [step.offer.offer_id for step in found.applied]


def _passed_over(offer: Offer, best: Quote) -> Unused:
    """Why an offer that counts today is not among the best."""
    goods, steps = best.goods, best.applied
    amounts = [line.amount for line in goods]
    if offer.kind is Kind.COUPON and steps and steps[0].offer.kind is Kind.PROMOTION:
        amounts = _reduced(steps[0].offer, goods, amounts, steps[0].amount)
    base = _base(offer, goods, amounts)
    if base < offer.threshold:
        return Unused(offer, Reason.BELOW_THRESHOLD, offer.threshold - base)
    same = next((step.offer for step in steps if step.offer.kind is offer.kind), None)
    if same is not None:
        return Unused(offer, Reason.ONE_EACH, beside=same)
    if _costs_freight(offer.discount(base), best):
        return Unused(offer, Reason.FREIGHT)
    if not steps:
        return Unused(offer, Reason.NO_EFFECT)
    return Unused(offer, Reason.NOT_STACKABLE, beside=steps[0].offer)


def _costs_freight(off: Decimal, best: Quote) -> bool:
    """Whether so much less would make freight due that is free now."""
    after = best.total - _off(best.applied)
    return best.rule is not None and best.rule.charge(after - off) > best.freight
