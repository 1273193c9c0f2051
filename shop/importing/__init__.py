"""Catalogues of other shops: feeds in, products out, bad rows reported."""

from shop.importing.importer import import_file
from shop.importing.mapping import FeedMapping, load_mapping
from shop.importing.report import ImportReport, RowError

__all__ = ["FeedMapping", "ImportReport", "RowError", "import_file", "load_mapping"]
