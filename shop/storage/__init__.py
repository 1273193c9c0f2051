"""The shop in a database: SQLite or PostgreSQL."""

from shop.storage.migrate import migrate
from shop.storage.unit import Storage, Unit

__all__ = ["Storage", "Unit", "migrate"]
