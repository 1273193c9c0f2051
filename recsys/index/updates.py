"""Live updates of an index: unchanged documents keep their vectors, everything else is cheap to rebuild."""

from __future__ import annotations

from collections.abc import Sequence

from recsys.index.document import Document
from recsys.index.store import Encoder, Index, rebuild


def apply_update(
    index: Index, encoder: Encoder, upsert: Sequence[Document], delete: Sequence[str]
) -> Index:
    """A new index with documents replaced, added and deleted; the given one stays usable."""
    documents = {d.product_id: d for d in index.documents}
    for product_id in delete:
        documents.pop(product_id, None)
    for document in upsert:
        documents[document.product_id] = document
    return rebuild(index, list(documents.values()), encoder)
