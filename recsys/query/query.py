"""What a sentence was read as."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from recsys.query.body import Body
from recsys.query.budget import Change
from recsys.query.conditions import conditions
from recsys.query.constraints import Attribute, Constraints
from recsys.query.price import Price
from recsys.query.purchase import Purchase
from recsys.query.reference import Reference
from recsys.query.span import Scan, Span
from recsys.text.normalise import Normalised


@dataclass(frozen=True)
class Query:
    """A parsed sentence. `keywords` is what a search engine should be asked for; `said` is the same with small talk kept
    (lexical search weighs that by itself, and a stop word may belong to a name).

    `allowed` are values welcome again (苹果也可以吧), `lifted` the kinds of condition that no longer matter (价格无所谓).
    `asked` are the attributes and options that are mentioned (多重: 重量), `reference` tells which of the products shown is meant.
    `purchase`: how many pieces, and what to do to the cart; `asks`: it is a question.
    `counts`: what a 多少 asks for (brands, products). `absent`: goods that the shop does not have, where the sentence
    is about nothing else (钢琴, not 钢琴凳). `wishes`: each wish by itself, where a sentence has several (手机和耳机).
    `recipient`: the need says no more than for whom or what it is (送我爸的; in a running search 打球穿的).
    `body`: measures of a body; `size`: the size of a garment in letters (L码); `sizing`:
    what else is asked of sizes (fit, chart, usual).
    `budget`: how the ceiling said before changes (再加五百).
    `named`: for each name of a product in it, the ids of those that bear it.
    `leaning`: an order that only tells what matters (要噪音小的).
    `part`: a part of a model that points (16的呢); `offers`: it asks for offers.
    `head`: the end of the noun that the goods named only belong to (支架 in 手机支架); `judges`: it says how goods are, and wishes for none.
    `narrows`: its category is part of the group that is talked of.
    `specific`: the category was not named by its own name but by a word that may be narrower (老人机, 辣条).
    """

    text: str
    keywords: str
    constraints: Constraints
    sort: str | None = None
    relative: str | None = None
    ordinals: tuple[int, ...] = ()
    allowed: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    specific: bool = False
    said: str = ""
    asked: tuple[str, ...] = ()
    reference: Reference = field(default_factory=Reference)
    purchase: Purchase = field(default_factory=Purchase)
    asks: bool = False
    counts: str | None = None
    absent: str | None = None
    recipient: bool = False
    wishes: tuple[Constraints, ...] = ()
    body: Body = field(default_factory=Body)
    size: str | None = None
    sizing: str | None = None
    budget: Change | None = None
    named: tuple[tuple[str, ...], ...] = ()
    leaning: str | None = None
    part: str | None = None
    offers: bool = False
    narrows: bool = False
    head: str | None = None
    judges: bool = False

    @property
    def need(self) -> str:
        return self.constraints.need

    def to_json(self) -> dict[str, Any]:
        return {
            "constraints": self.constraints.to_json(), "sort": self.sort, "relative": self.relative,
            "ordinals": list(self.ordinals), "allowed": list(self.allowed), "lifted": list(self.lifted), "need": self.need,
            "asked": list(self.asked), "reference": self._reference(),
            "quantity": self.purchase.quantity, "alone": self.purchase.alone, "edit": self.purchase.edit,
            "whole": self.purchase.whole, "asks": self.asks,
            "counts": self.counts, "absent": self.absent, "recipient": self.recipient,
            "wishes": [wish.to_json() for wish in self.wishes],
            "body": self.body.to_json(), "size": self.size, "sizing": self.sizing,
            "budget": self.budget.to_json() if self.budget else None,
            "leaning": self.leaning, "part": self.part, "offers": self.offers, "cart": self.purchase.cart,
            "narrows": self.narrows, "head": self.head, "judges": self.judges,
            "named": [list(products) for products in self.named],
        }  # fmt: skip

    def _reference(self) -> dict[str, Any]:
        """`described` is what its spans amount to, as constraints."""
        pointed = self.reference
        described = conditions(Scan(self.text, list(pointed.described)), "", {})
        if pointed.price is not None:
            price = Decimal(pointed.price)
            described = replace(described, price_min=price, price_max=price)
        return {
            "batch": pointed.batch, "several": pointed.several,
            "described": described.to_json(), "category": pointed.category, "extremes": list(pointed.extremes),
            "place": pointed.place,
        }  # fmt: skip


def on_original(span: Span, source: Normalised, length: int) -> Span:
    """A span of the normalised text where it stands in what was typed."""
    start, end = source.source_span(span.start, span.end, length)
    return replace(span, start=start, end=end, value=_json_value(span))


def _json_value(span: Span) -> Any:
    if isinstance(span.value, Change):
        return span.value.to_json()
    if isinstance(span.value, Attribute):
        return span.value.to_json()
    if isinstance(span.value, Price):
        bounds = Constraints(price_min=span.value.low, price_max=span.value.high)
        return bounds.to_json()
    return list(span.value) if isinstance(span.value, tuple) else span.value
