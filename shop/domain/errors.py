"""Everything the shop can refuse; translated into an answer once, at the edge."""


class ShopError(Exception):
    """Base of every refusal of the shop."""


class UnknownSku(ShopError):
    """No SKU (and no product) has this id."""


class UnknownConversation(ShopError):
    """No conversation has this id or token."""


class UnknownCustomer(ShopError):
    """No customer has this id."""


class UnknownOrder(ShopError):
    """This customer has no order of this number."""


class UnknownCoupon(ShopError):
    """No coupon of this id can be claimed now."""


class TooManyPhotos(ShopError):
    """A conversation holds MOST_PHOTOS."""


class BadQuantity(ShopError):
    """A cart line holds 1 to 99 pieces."""


class BadMoney(ShopError, ValueError):
    """An amount that is not a number of yuan between 0 and ten million."""


class OutOfStock(ShopError):
    """Fewer pieces in stock than asked for."""

    def __init__(self, sku: str, available: int) -> None:
        super().__init__(f"{sku}: {available} in stock")
        self.sku = sku
        self.available = available


class InStock(ShopError):
    """Nobody needs to be told that this SKU is back."""


class BadTransition(ShopError):
    """An order cannot go from its present state to the one asked for."""


class BadCatalog(ShopError):
    """A catalogue file breaks the format; the text names file and line."""


class BadSizeChart(ShopError, ValueError):
    """A size chart that contradicts itself; the text says where."""


class BadMapping(ShopError):
    """A feed mapping cannot be used; the text says why."""


class BadFeed(ShopError):
    """A feed as a whole cannot be read; the text says why."""


class BadDatabaseUrl(ShopError):
    """A database address that is neither SQLite nor PostgreSQL."""


class BadServiceRules(ShopError):
    """The file of service rules breaks the format; the text says where."""


class BackendDown(ShopError):
    """The shop's own system cannot be reached now; nothing has been lost."""


class BadBackendAnswer(BackendDown):
    """The shop's own system answered what the contract does not know."""
