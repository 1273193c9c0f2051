"""Gifts: what the catalogue says that a recipient likes comes first. A boost, never a filter, and no guess at a gender."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import CategorySchema, Document
from recsys.text.normalise import normalise

Floats = NDArray[np.float32]


def suits(need: str, documents: Sequence[Document], categories: Sequence[CategorySchema]) -> Floats:
    """1 for products of a category whose `recipients` the need names, else 0."""
    named = {
        category.name
        for category in categories
        if any(normalise(word) in need for word in category.recipients if len(word) > 1)
    }
    return np.array([d.category in named for d in documents], np.float32)
