"""Rows that an interrupted import left behind, and that belong to no game, go."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Removes what nobody could read, nor `erase` reach."""
    op.execute("delete from entry where line not in (select id from line)")
