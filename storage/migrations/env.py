"""Alembic's entry: migrates the database whose connection it is given."""

from typing import Any, Literal

from alembic import context

from storage.tables import Base
from storage.tables.base import JsonDocument, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what the database holds."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is JsonDocument:
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
