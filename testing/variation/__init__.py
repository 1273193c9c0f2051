"""Sentences varied without changing what they mean, hostile ones, and random ones."""

from testing.variation.sentence import Reader
from testing.variation.variant import Variant
from testing.variation.variants import RULES, UnknownKind, variants

__all__ = ["RULES", "Reader", "UnknownKind", "Variant", "variants"]
