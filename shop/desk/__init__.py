"""After-sale service: real orders, real effects, and only your own."""

from shop.desk.desk import Desk

__all__ = ["Desk"]
