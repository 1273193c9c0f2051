"""What a rule of the after-sale desk says no with: a stable code, and the facts of the sentence."""

import re
from collections.abc import Mapping
from typing import ClassVar

from shop.domain.errors import ShopError

Fact = str | int


class Refused(ShopError):
    """Base of all refusals; `code` is the name in snake case, `facts` are JSON values."""

    code: ClassVar[str] = "refused"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts: Mapping[str, Fact] = facts


class SignInRequired(Refused):
    """A guest, verified or not, asks for what only a signed-in customer may."""


class NotAllowed(Refused):
    """An agent, or anyone, asks for what is not theirs to do."""


class TooManyTries(Refused):
    """Order number and phone were guessed too often; a human helps."""


class NotVerified(Refused):
    """No order has this number and a phone with these last digits."""


class WrongState(Refused):
    """The order (`status`) or request is past or before the state in which this can be done."""


class NotDelivered(Refused):
    """These goods have not arrived yet."""


class UnknownLine(Refused):
    """The order has no such line."""


class UnknownTicket(Refused):
    """No request of this number, or another's."""


class UnknownParcel(Refused):
    """The order has no such parcel."""


class UnknownPhoto(Refused):
    """A photo that was not sent in this conversation."""


class UnknownOperation(Refused):
    """No confirmation of this id was asked for here."""


class OperationExpired(Refused):
    """The confirmation came too late."""


class OperationChanged(Refused):
    """What was to be confirmed is not what would happen now."""


class TooMany(Refused):
    """More pieces than the line still has (`available`)."""


class WindowClosed(Refused):
    """The time for it ended (`until`, ISO)."""


class NotReturnable(Refused):
    """Goods of this kind (`category`), or in this condition, do not go back without a fault."""


class AlreadyAsked(Refused):
    """It was asked before (`ticket_no`)."""


class NotOverdue(Refused):
    """The promised moment (`promised_at`, ISO) has not come."""


class NotStale(Refused):
    """The parcel moved lately (`last_at`, ISO)."""


class UnknownPromise(Refused):
    """The moment of payment is not known, so no promise can be computed."""


class PaymentConsistent(Refused):
    """The payments recorded by the provider fit the order's state."""


class PaymentUnclear(Refused):
    """The provider has money for an order that is not paid; it must be reconciled first."""


class BadAddress(Refused):
    """Not an address that a parcel can be sent to."""


class NeedsHuman(Refused):
    """A rule that only a person can apply (`why`: a stable word)."""


class NotAVariant(Refused):
    """Not another size or colour of the same product."""


class PriceDiffers(Refused):
    """The wanted variant costs something else (`price`, `paid`)."""


class NotInStock(Refused):
    """Fewer pieces of the wanted variant than asked for (`available`)."""


class NoPriceDrop(Refused):
    """Today's price (`price`) is not below the one paid (`paid`)."""


class UnknownPrice(Refused):
    """The goods are no longer in the catalogue, so there is no price of today."""


class BadTaxNumber(Refused):
    """Not a taxpayer number by GB 32100-2015 (`why`: length, letters, form or check)."""


class BadInvoiceTitle(Refused):
    """An invoice needs a title of 2 to 100 characters."""


class NoInvoice(Refused):
    """There is no invoice to replace."""


class PhotosNeeded(Refused):
    """A claim of this kind needs a photo."""


class BadText(Refused):
    """An empty text, or one longer than `limit` characters."""


class BadRating(Refused):
    """A rating is 1 to 5."""


class InvoiceExists(Refused):
    """There is one already (`invoice_no`); it can be replaced."""


class ReturnFirst(Refused):
    """Goods without a fault that have arrived go back before money does."""


class UnknownWindow(Refused):
    """The shop has no rule for goods of this department, or it is not known; a human helps."""


class AlreadyReviewed(Refused):
    """These goods have been reviewed."""


class NewCustomersOnly(Refused):
    """A coupon for those who have not ordered yet."""


class CouponNotClaimable(Refused):
    """Claimed already, ended, or none of that id."""


class NothingLeft(Refused):
    """Everything of this order has been cancelled or refunded."""


class UnknownRefundChannel(Refused):
    """It is not known how the order was paid, so money cannot go back by itself."""


def codes() -> Mapping[str, type[Refused]]:
    """Every refusal by its code."""
    return {kind.code: kind for kind in Refused.__subclasses__()}
