"""What sending an order costs, by the shop's rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class FreightRule:
    """`fee` yuan below `free_from` yuan, which None means never to reach; for addresses that name one of `regions`, or
    everywhere else where there are none."""

    rule_id: str
    fee: Decimal
    free_from: Decimal | None = None
    regions: tuple[str, ...] = ()

    def charge(self, payable: Decimal) -> Decimal:
        """Yuan for an order of which so much is to be paid after all offers."""
        return ZERO if self.free_from is not None and payable >= self.free_from else self.fee


@dataclass(frozen=True)
class Destination:
    """The rule where an order goes; `elsewhere` are the regions that other rules name, while it is not known where."""

    rule: FreightRule
    elsewhere: tuple[str, ...] = ()


def destination(rules: Sequence[FreightRule], address: str | None) -> Destination | None:
    """By the region that an address begins with; None where no rule covers it, and so nothing can be said."""
    usual = next((rule for rule in rules if not rule.regions), None)
    special = [rule for rule in rules if rule.regions]
    if address is None:
        regions = tuple(region for rule in special for region in rule.regions)
        return Destination(usual, regions) if usual else None
    place = address.strip().removeprefix("中国")
    near = next((rule for rule in special if place.startswith(rule.regions)), usual)
    return Destination(near) if near else None
