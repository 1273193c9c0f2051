"""Alembic's way in; `shop.storage.migrate` hands over an open connection."""

from alembic import context

from shop.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
with context.begin_transaction():
    context.run_migrations()
