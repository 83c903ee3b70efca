"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("actor_name", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object_type", sa.String(length=30), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entry"),
        sa.UniqueConstraint("hash", name="uq_audit_entry_hash"),
    )
    op.create_index("ix_audit_entry_actor_id", "audit_entry", ["actor_id"], unique=False)
    op.create_index(
        "ix_audit_entry_object_type_object_id", "audit_entry", ["object_type", "object_id"], unique=False
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "employer",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("normalised", sa.String(length=300), nullable=False),
        sa.Column("merged_into_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["employer.id"],
            name="fk_employer_merged_into_id_employer",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_employer"),
        sa.UniqueConstraint("normalised", name="uq_employer_normalised"),
    )
    op.create_index("ix_employer_merged_into_id", "employer", ["merged_into_id"], unique=False)
    op.create_table(
        "failed_login",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_login"),
    )
    op.create_index("ix_failed_login_key_at", "failed_login", ["key", "at"], unique=False)
    op.create_table(
        "finding_fold",
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("disposition", sa.String(length=12), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("ads", sa.Integer(), nullable=False),
        sa.Column("unreviewed", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("last_found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finding_fold"),
    )
    op.create_index(
        "ix_finding_fold_queue",
        "finding_fold",
        ["priority", "id", "unreviewed", "disposition", "category", "direction", "severity"],
        unique=False,
    )
    op.create_table(
        "organisation",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
    )
    op.create_table(
        "publisher",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("normalised", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publisher"),
        sa.UniqueConstraint("normalised", name="uq_publisher_normalised"),
    )
    op.create_table(
        "setup_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setup_link"),
        sa.UniqueConstraint("token_sha256", name="uq_setup_link_token_sha256"),
    )
    op.create_table(
        "ad",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("employer_id", sa.String(length=32), nullable=True),
        sa.Column("publisher_id", sa.String(length=32), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_ad_employer_id_employer"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_ad_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name="fk_ad_publisher_id_publisher"),
        sa.PrimaryKeyConstraint("id", name="pk_ad"),
        sa.UniqueConstraint("key", name="uq_ad_key"),
    )
    op.create_index("ix_ad_employer_id", "ad", ["employer_id"], unique=False)
    op.create_index("ix_ad_group_id", "ad", ["group_id"], unique=False)
    op.create_index("ix_ad_organisation_id", "ad", ["organisation_id"], unique=False)
    op.create_index("ix_ad_publisher_id", "ad", ["publisher_id"], unique=False)
    op.create_index("ix_ad_region", "ad", ["region"], unique=False)
    op.create_table(
        "user_account",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_user_account_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("name", name="uq_user_account_name"),
    )
    op.create_table(
        "ad_version",
        sa.Column("ad_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["ad.id"], name="fk_ad_version_ad_id_ad", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_ad_version"),
        sa.UniqueConstraint("ad_id", "number", name="uq_ad_version_ad_id_number"),
    )
    op.create_table(
        "api_token",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("scopes", _JSON, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_api_token_user_id_user_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_sha256", name="uq_api_token_token_sha256"),
    )
    op.create_index("ix_api_token_user_id", "api_token", ["user_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_bytes", sa.BigInteger(), nullable=False),
        sa.Column("options", _JSON, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_failed", sa.Integer(), nullable=False),
        sa.Column("ads_flagged", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=8), nullable=False),
        sa.Column("error_message", sa.Text(), nullable=False),
        sa.Column("notes", _JSON, nullable=False),
        sa.Column("rows_before", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name="fk_batch_created_by_user_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_batch_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_organisation_id", "batch", ["organisation_id"], unique=False)
    op.create_index("ix_batch_status", "batch", ["status"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_login_session_user_id_user_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_login_session"),
    )
    op.create_index("ix_login_session_user_id", "login_session", ["user_id"], unique=False)
    op.create_table(
        "near_band",
        sa.Column("bucket", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["ad.id"], name="fk_near_band_group_id_ad", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bucket", name="pk_near_band"),
    )
    op.create_index("ix_near_band_group_id", "near_band", ["group_id"], unique=False)
    op.create_table(
        "opening_rule",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("categories", _JSON, nullable=False),
        sa.Column("dispositions", _JSON, nullable=False),
        sa.Column("severities", _JSON, nullable=False),
        sa.Column("min_ads", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name="fk_opening_rule_created_by_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opening_rule"),
    )
    op.create_table(
        "rule_draft",
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("test", _JSON, nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name="fk_rule_draft_decided_by_user_account"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["user_account.id"], name="fk_rule_draft_proposed_by_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule_draft"),
    )
    op.create_index("ix_rule_draft_rule_id", "rule_draft", ["rule_id"], unique=False)
    op.create_index("ix_rule_draft_status_created_at", "rule_draft", ["status", "created_at"], unique=False)
    op.create_table(
        "batch_error",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("source_file", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name="fk_batch_error_batch_id_batch", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_batch_error"),
        sa.UniqueConstraint("batch_id", "row", name="uq_batch_error_batch_id_row"),
    )
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ad_id", sa.String(length=32), nullable=False),
        sa.Column("version_id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.String(length=32), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("source_file", sa.String(length=500), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("employer_name", sa.Text(), nullable=False),
        sa.Column("publisher_name", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["ad.id"], name="fk_capture_ad_id_ad", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_capture_batch_id_batch"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["ad_version.id"], name="fk_capture_version_id_ad_version", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_capture"),
        sa.UniqueConstraint("batch_id", "row", name="uq_capture_batch_id_row"),
    )
    op.create_index("ix_capture_ad_id", "capture", ["ad_id"], unique=False)
    op.create_index("ix_capture_version_id", "capture", ["version_id"], unique=False)
    op.create_table(
        "case_file",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("employer_id", sa.String(length=32), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("assignee_id", sa.String(length=32), nullable=True),
        sa.Column("opened_by", sa.String(length=32), nullable=True),
        sa.Column("opening_rule_id", sa.String(length=32), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("labels", _JSON, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user_account.id"], name="fk_case_file_assignee_id_user_account"
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_case_file_employer_id_employer"),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user_account.id"], name="fk_case_file_opened_by_user_account"
        ),
        sa.ForeignKeyConstraint(
            ["opening_rule_id"], ["opening_rule.id"], name="fk_case_file_opening_rule_id_opening_rule"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_file"),
        sa.UniqueConstraint("number", name="uq_case_file_number"),
    )
    op.create_index("ix_case_file_assignee_id", "case_file", ["assignee_id"], unique=False)
    op.create_index("ix_case_file_employer_id", "case_file", ["employer_id"], unique=False)
    op.create_index("ix_case_file_group_id", "case_file", ["group_id"], unique=False)
    op.create_index("ix_case_file_status", "case_file", ["status"], unique=False)
    op.create_table(
        "finding",
        sa.Column("version_id", sa.String(length=32), nullable=False),
        sa.Column("ad_id", sa.String(length=32), nullable=False),
        sa.Column("fold_id", sa.String(length=32), nullable=False),
        sa.Column("finding_key", sa.String(length=200), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("subtype", sa.String(length=60), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("disposition", sa.String(length=12), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("payload", _JSON, nullable=False),
        sa.Column("versions", _JSON, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["ad.id"], name="fk_finding_ad_id_ad", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["fold_id"], ["finding_fold.id"], name="fk_finding_fold_id_finding_fold"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["ad_version.id"], name="fk_finding_version_id_ad_version", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("version_id", "finding_key", name="uq_finding_version_id_finding_key"),
    )
    op.create_index("ix_finding_ad_id_fold_id", "finding", ["ad_id", "fold_id"], unique=False)
    op.create_index(
        "ix_finding_counted",
        "finding",
        ["created_at", "id", "ad_id", "disposition", "category", "direction", "severity"],
        unique=False,
    )
    op.create_index("ix_finding_disposition_severity", "finding", ["disposition", "severity"], unique=False)
    op.create_index("ix_finding_fold_id_created_at", "finding", ["fold_id", "created_at"], unique=False)
    op.create_table(
        "lexicon_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("drafts", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name="fk_lexicon_version_created_by_user_account"
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["rule_draft.id"], name="fk_lexicon_version_draft_id_rule_draft"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_lexicon_version"),
    )
    op.create_index("ix_lexicon_version_draft_id", "lexicon_version", ["draft_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("added_by", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name="fk_attachment_added_by_user_account"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name="fk_attachment_case_id_case_file", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_case_id", "attachment", ["case_id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", _JSON, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name="fk_case_event_case_id_case_file", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_case_event_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_case_event"),
    )
    op.create_index("ix_case_event_case_id_created_at", "case_event", ["case_id", "created_at"], unique=False)
    op.create_table(
        "case_finding",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("finding_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name="fk_case_finding_case_id_case_file", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_case_finding_finding_id_finding"),
        sa.PrimaryKeyConstraint("case_id", "finding_id", name="pk_case_finding"),
    )
    op.create_table(
        "finding_rule",
        sa.Column("rule_id", sa.String(length=100), nullable=False),
        sa.Column("finding_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_finding_rule_finding_id_finding", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rule_id", "finding_id", name="pk_finding_rule"),
    )
    op.create_index("ix_finding_rule_finding_id", "finding_rule", ["finding_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("finding_id", sa.String(length=32), nullable=False),
        sa.Column("fold_id", sa.String(length=32), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("act_id", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_review_finding_id_finding", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fold_id"], ["finding_fold.id"], name="fk_review_fold_id_finding_fold"),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["user_account.id"], name="fk_review_reviewer_id_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_act_id", "review", ["act_id"], unique=False)
    op.create_index("ix_review_finding_id_reviewer_id", "review", ["finding_id", "reviewer_id"], unique=False)
    op.create_index("ix_review_fold_id_reviewer_id", "review", ["fold_id", "reviewer_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_review_fold_id_reviewer_id", table_name="review")
    op.drop_index("ix_review_finding_id_reviewer_id", table_name="review")
    op.drop_index("ix_review_act_id", table_name="review")
    op.drop_table("review")
    op.drop_index("ix_finding_rule_finding_id", table_name="finding_rule")
    op.drop_table("finding_rule")
    op.drop_table("case_finding")
    op.drop_index("ix_case_event_case_id_created_at", table_name="case_event")
    op.drop_table("case_event")
    op.drop_index("ix_attachment_case_id", table_name="attachment")
    op.drop_table("attachment")
    op.drop_index("ix_lexicon_version_draft_id", table_name="lexicon_version")
    op.drop_table("lexicon_version")
    op.drop_index("ix_finding_fold_id_created_at", table_name="finding")
    op.drop_index("ix_finding_disposition_severity", table_name="finding")
    op.drop_index("ix_finding_counted", table_name="finding")
    op.drop_index("ix_finding_ad_id_fold_id", table_name="finding")
    op.drop_table("finding")
    op.drop_index("ix_case_file_status", table_name="case_file")
    op.drop_index("ix_case_file_group_id", table_name="case_file")
    op.drop_index("ix_case_file_employer_id", table_name="case_file")
    op.drop_index("ix_case_file_assignee_id", table_name="case_file")
    op.drop_table("case_file")
    op.drop_index("ix_capture_version_id", table_name="capture")
    op.drop_index("ix_capture_ad_id", table_name="capture")
    op.drop_table("capture")
    op.drop_table("batch_error")
    op.drop_index("ix_rule_draft_status_created_at", table_name="rule_draft")
    op.drop_index("ix_rule_draft_rule_id", table_name="rule_draft")
    op.drop_table("rule_draft")
    op.drop_table("opening_rule")
    op.drop_index("ix_near_band_group_id", table_name="near_band")
    op.drop_table("near_band")
    op.drop_index("ix_login_session_user_id", table_name="login_session")
    op.drop_table("login_session")
    op.drop_index("ix_batch_status", table_name="batch")
    op.drop_index("ix_batch_organisation_id", table_name="batch")
    op.drop_table("batch")
    op.drop_index("ix_api_token_user_id", table_name="api_token")
    op.drop_table("api_token")
    op.drop_table("ad_version")
    op.drop_table("user_account")
    op.drop_index("ix_ad_region", table_name="ad")
    op.drop_index("ix_ad_publisher_id", table_name="ad")
    op.drop_index("ix_ad_organisation_id", table_name="ad")
    op.drop_index("ix_ad_group_id", table_name="ad")
    op.drop_index("ix_ad_employer_id", table_name="ad")
    op.drop_table("ad")
    op.drop_table("setup_link")
    op.drop_table("publisher")
    op.drop_table("organisation")
    op.drop_index("ix_finding_fold_queue", table_name="finding_fold")
    op.drop_table("finding_fold")
    op.drop_index("ix_failed_login_key_at", table_name="failed_login")
    op.drop_table("failed_login")
    op.drop_index("ix_employer_merged_into_id", table_name="employer")
    op.drop_table("employer")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_object_type_object_id", table_name="audit_entry")
    op.drop_index("ix_audit_entry_actor_id", table_name="audit_entry")
    op.drop_table("audit_entry")
