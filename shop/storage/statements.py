"""Statements that SQLAlchemy spells differently for each database."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

# Databases limit the number of parameters of a statement.
CHUNK = 500

T = TypeVar("T")


def insert(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def upsert(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that overwrites the row of the same key."""
    statement = insert(connection, table)
    values = {c.name: statement.excluded[c.name] for c in table.columns if not c.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


def insert_new(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that leaves an existing row alone."""
    return insert(connection, table).on_conflict_do_nothing(index_elements=list(table.primary_key))


async def run_many(
    connection: AsyncConnection, statement: Any, rows: Sequence[dict[str, Any]]
) -> None:
    """Execute for every row; no rows is no statement."""
    if rows:
        await connection.execute(statement, rows)


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Lists of at most `size`, in order."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
