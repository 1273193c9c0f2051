"""The shop's nouns: frozen, free of storage."""

from shop.domain.cart import Cart, CartItem
from shop.domain.catalog import (
    Attribute,
    Card,
    Category,
    Counts,
    Product,
    ProductDetail,
    Sku,
)
from shop.domain.conversation import Choice, Conversation, Draft, Message, Sender
from shop.domain.coupon import Coupon
from shop.domain.customer import Customer
from shop.domain.event import Event, EventKind, Interest
from shop.domain.handoff import Handoff
from shop.domain.notice import Notice
from shop.domain.order import Order, OrderItem, OrderStatus
from shop.domain.policy import Policy
from shop.domain.promotion import Offer

__all__ = [
    "Attribute",
    "Card",
    "Cart",
    "CartItem",
    "Category",
    "Choice",
    "Conversation",
    "Counts",
    "Coupon",
    "Customer",
    "Draft",
    "Event",
    "EventKind",
    "Handoff",
    "Interest",
    "Message",
    "Notice",
    "Offer",
    "Order",
    "OrderItem",
    "OrderStatus",
    "Policy",
    "Product",
    "ProductDetail",
    "Sender",
    "Sku",
]
