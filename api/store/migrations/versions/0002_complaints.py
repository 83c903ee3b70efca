"""Reports of people, and who made them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "public_visit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_public_visit"),
    )
    op.create_index("ix_public_visit_key_at", "public_visit", ["key", "at"], unique=False)
    op.create_table(
        "complaint",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=14), nullable=False),
        sa.Column("masked_text", sa.Text(), nullable=False),
        sa.Column("ad_text", sa.Text(), nullable=False),
        sa.Column("ad_url", sa.Text(), nullable=False),
        sa.Column("text_key", sa.String(length=64), nullable=False),
        sa.Column("understanding", _JSON, nullable=False),
        sa.Column("urgency", _JSON, nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("urgency_override", sa.String(length=10), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("override_by", sa.String(length=32), nullable=True),
        sa.Column("categories", _JSON, nullable=False),
        sa.Column("suspicions", _JSON, nullable=False),
        sa.Column("employer_id", sa.String(length=32), nullable=True),
        sa.Column("employer_name", sa.String(length=300), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passphrase_hash", sa.String(length=200), nullable=True),
        sa.Column("assignee_id", sa.String(length=32), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("route_reason", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user_account.id"], name="fk_complaint_assignee_id_user_account"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_complaint_case_id_case_file"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_complaint_employer_id_employer"),
        sa.ForeignKeyConstraint(
            ["override_by"], ["user_account.id"], name="fk_complaint_override_by_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
        sa.UniqueConstraint("number", name="uq_complaint_number"),
    )
    op.create_index("ix_complaint_assignee_id", "complaint", ["assignee_id"], unique=False)
    op.create_index("ix_complaint_case_id", "complaint", ["case_id"], unique=False)
    op.create_index("ix_complaint_due_on", "complaint", ["due_on"], unique=False)
    op.create_index("ix_complaint_employer_id", "complaint", ["employer_id"], unique=False)
    op.create_index("ix_complaint_level", "complaint", ["level"], unique=False)
    op.create_index("ix_complaint_received_at", "complaint", ["received_at"], unique=False)
    op.create_index("ix_complaint_status", "complaint", ["status"], unique=False)
    op.create_index("ix_complaint_text_key", "complaint", ["text_key"], unique=False)
    op.create_table(
        "complaint_event",
        sa.Column("complaint_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", _JSON, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name="fk_complaint_event_complaint_id_complaint",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_complaint_event_user_id_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_event"),
    )
    op.create_index(
        "ix_complaint_event_complaint_id_created_at",
        "complaint_event",
        ["complaint_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "complaint_link",
        sa.Column("complaint_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("target_id", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", _JSON, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name="fk_complaint_link_complaint_id_complaint",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name="fk_complaint_link_decided_by_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_link"),
        sa.UniqueConstraint(
            "complaint_id", "kind", "target_id", name="uq_complaint_link_complaint_id_kind_target_id"
        ),
    )
    op.create_index("ix_complaint_link_target_id", "complaint_link", ["target_id"], unique=False)
    op.create_table(
        "complaint_material",
        sa.Column("complaint_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("picture", _JSON, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name="fk_complaint_material_complaint_id_complaint",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_material"),
        sa.UniqueConstraint("complaint_id", "number", name="uq_complaint_material_complaint_id_number"),
    )
    op.create_table(
        "reporter_identity",
        sa.Column("complaint_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("may_contact", sa.Boolean(), nullable=False),
        sa.Column("may_share", sa.Boolean(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name="fk_reporter_identity_complaint_id_complaint",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("complaint_id", name="pk_reporter_identity"),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("reporter_identity")
    op.drop_table("complaint_material")
    op.drop_index("ix_complaint_link_target_id", table_name="complaint_link")
    op.drop_table("complaint_link")
    op.drop_index("ix_complaint_event_complaint_id_created_at", table_name="complaint_event")
    op.drop_table("complaint_event")
    op.drop_index("ix_complaint_text_key", table_name="complaint")
    op.drop_index("ix_complaint_status", table_name="complaint")
    op.drop_index("ix_complaint_received_at", table_name="complaint")
    op.drop_index("ix_complaint_level", table_name="complaint")
    op.drop_index("ix_complaint_employer_id", table_name="complaint")
    op.drop_index("ix_complaint_due_on", table_name="complaint")
    op.drop_index("ix_complaint_case_id", table_name="complaint")
    op.drop_index("ix_complaint_assignee_id", table_name="complaint")
    op.drop_table("complaint")
    op.drop_index("ix_public_visit_key_at", table_name="public_visit")
    op.drop_table("public_visit")
