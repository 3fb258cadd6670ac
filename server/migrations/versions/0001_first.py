"""The log, the games it belongs to, and who may sit down."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first tables."""
    op.create_table(
        "entry",
        sa.Column("line", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("seat", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("personal", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("line", "seat", "id", name="entry_once"),
    )
    op.create_table(
        "game",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "line",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("game", sa.Text, sa.ForeignKey("game.id"), nullable=False),
        sa.Column("parent", sa.Text, sa.ForeignKey("line.id")),
        sa.Column("parent_seq", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("game", sa.Text, sa.ForeignKey("game.id")),
        sa.Column("seat", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.UniqueConstraint("hash", name="link_hash"),
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("link", sa.Text, sa.ForeignKey("link.id"), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "alive",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
