"""The first schema: tables, search index, guards and the table of moves."""

import sqlalchemy as sa
from alembic import op

from tracker.models.guards import drop_guards, install_guards, write_edges

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_application_id", "audit_entries", ["application_id"], unique=False)
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"], unique=False)
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject_type", "subject_id"], unique=False)

    op.create_table(
        "candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=True),
        sa.Column("profile", sa.JSON(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_candidates_email_lower")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["candidates.id"], name=op.f("fk_candidates_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("email", name=op.f("uq_candidates_email")),
    )
    op.create_index("ix_candidates_created_at_id", "candidates", ["created_at", "id"], unique=False)
    op.create_index("ix_candidates_sort_name_id", "candidates", ["sort_name", "id"], unique=False)

    op.create_table(
        "frameworks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("soc", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frameworks")),
        sa.UniqueConstraint("sha256", name=op.f("uq_frameworks_sha256")),
    )
    op.create_index("ix_frameworks_soc", "frameworks", ["soc"], unique=False)

    op.create_table(
        "legal_edges",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_stage", sa.String(length=20), nullable=False),
        sa.Column("to_stage", sa.String(length=20), nullable=False),
        sa.Column("from_outcome", sa.String(length=20), nullable=False),
        sa.Column("to_outcome", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "from_stage", "to_stage", "from_outcome", "to_outcome", name=op.f("pk_legal_edges")
        ),
    )
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_messages_key")),
    )
    op.create_index("ix_outbox_messages_application_id", "outbox_messages", ["application_id"], unique=False)
    op.create_index(
        "ix_outbox_messages_due", "outbox_messages", ["sent_at", "cancelled_at", "not_before"], unique=False
    )

    op.create_table(
        "rate_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("window_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_counts")),
        sa.UniqueConstraint("key", "window_at", name=op.f("uq_rate_counts_key_window_at")),
    )
    op.create_table(
        "self_identification_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_identification_fields")),
        sa.UniqueConstraint("name", name=op.f("uq_self_identification_fields_name")),
    )
    op.create_table(
        "submissions",
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_submissions")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("theme", sa.String(length=10), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "on_hold",
                "filled",
                "closed",
                name="jobstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("references_required", sa.Integer(), nullable=False),
        sa.Column("needs_background_check", sa.Boolean(), nullable=False),
        sa.Column("ratings_required", sa.Integer(), nullable=False),
        sa.Column("soc", sa.String(length=20), nullable=True),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("rubric_id", sa.Integer(), nullable=True),
        sa.Column("seniority", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("minimum_qualifications", sa.JSON(), nullable=False),
        sa.Column("preferred_qualifications", sa.JSON(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status = 'draft' OR (approved_at IS NOT NULL)", name=op.f("ck_jobs_approved_before_open")
        ),
        sa.CheckConstraint("openings >= 1", name=op.f("ck_jobs_openings_positive")),
        sa.CheckConstraint("ratings_required BETWEEN 1 AND 5", name=op.f("ck_jobs_ratings_range")),
        sa.CheckConstraint("references_required BETWEEN 0 AND 10", name=op.f("ck_jobs_references_range")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_jobs_approved_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_jobs_created_by_id")),
        sa.ForeignKeyConstraint(["framework_id"], ["frameworks.id"], name=op.f("fk_jobs_framework_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_status_title", "jobs", ["status", "title"], unique=False)

    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("agent", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_login_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_sessions_token_hash")),
    )
    op.create_index("ix_login_sessions_user_id", "login_sessions", ["user_id"], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user_id", "page", "name", name=op.f("uq_saved_views_user_id_page_name")),
    )
    op.create_table(
        "user_roles",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "recruiter",
                "hiring_manager",
                "interviewer",
                "hr",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_roles_user_id")),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("pk_user_roles")),
    )
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "application",
                "screening",
                "interview",
                "references",
                "offer",
                "onboarding",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "active",
                "hired",
                "rejected",
                "withdrawn",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("disposition_reason", sa.String(length=60), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage_entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("consent_notice", sa.String(length=40), nullable=True),
        sa.Column("recruiter_id", sa.Integer(), nullable=True),
        sa.Column("transferred_from_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(coalesce(outcome, '') IN ('rejected', 'withdrawn')) = (disposition_reason IS NOT NULL)",
            name=op.f("ck_applications_closed_has_reason"),
        ),
        sa.CheckConstraint(
            "(version = 0) = (stage IS NULL) AND (stage IS NULL) = (outcome IS NULL)",
            name=op.f("ck_applications_placed_by_moves"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_applications_candidate_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_applications_job_id")),
        sa.ForeignKeyConstraint(["recruiter_id"], ["users.id"], name=op.f("fk_applications_recruiter_id")),
        sa.ForeignKeyConstraint(
            ["transferred_from_id"], ["applications.id"], name=op.f("fk_applications_transferred_from_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    op.create_index(
        "ix_applications_board",
        "applications",
        ["job_id", "outcome", "stage", "stage_entered_at", "id"],
        unique=False,
    )
    op.create_index("ix_applications_candidate_id", "applications", ["candidate_id"], unique=False)
    op.create_index(
        "ix_applications_job_applied", "applications", ["job_id", "applied_at", "id"], unique=False
    )
    op.create_index(
        "ix_applications_opening_taken",
        "applications",
        ["job_id"],
        unique=False,
        sqlite_where=sa.text("outcome = 'hired' OR (outcome = 'active' AND stage = 'onboarding')"),
        postgresql_where=sa.text("outcome = 'hired' OR (outcome = 'active' AND stage = 'onboarding')"),
    )
    op.create_index(
        "uq_applications_one_active",
        "applications",
        ["candidate_id", "job_id"],
        unique=True,
        sqlite_where=sa.text("outcome = 'active'"),
        postgresql_where=sa.text("outcome = 'active'"),
    )

    op.create_table(
        "history_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_history_imports_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_imports")),
        sa.UniqueConstraint("job_id", "sha256", name=op.f("uq_history_imports_job_id_sha256")),
    )
    op.create_table(
        "interview_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "phone_screen",
                "in_person",
                "virtual",
                "panel",
                "skills_assessment",
                name="interviewkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("competencies", sa.JSON(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_interview_rounds_minutes_range")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_interview_rounds_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_rounds")),
    )
    op.create_index(op.f("ix_interview_rounds_job_id"), "interview_rounds", ["job_id"], unique=False)

    op.create_table(
        "job_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_questions_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_questions")),
    )
    op.create_index("ix_job_questions_job_id", "job_questions", ["job_id"], unique=False)

    op.create_table(
        "job_status_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_status",
            sa.Enum(
                "draft",
                "open",
                "on_hold",
                "filled",
                "closed",
                name="from_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "draft",
                "open",
                "on_hold",
                "filled",
                "closed",
                name="to_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_status_changes_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_status_changes")),
    )
    op.create_index("ix_job_status_changes_job_id", "job_status_changes", ["job_id"], unique=False)

    op.create_table(
        "rubrics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "retired",
                name="rubricstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("generated", sa.JSON(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("target_set_by", sa.String(length=40), nullable=True),
        sa.Column("target_reason", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status = 'draft' OR (published_at IS NOT NULL AND published_by_id IS NOT NULL AND content_hash IS NOT NULL)",
            name=op.f("ck_rubrics_published_is_signed"),
        ),
        sa.ForeignKeyConstraint(["framework_id"], ["frameworks.id"], name=op.f("fk_rubrics_framework_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_rubrics_job_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["users.id"], name=op.f("fk_rubrics_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubrics")),
        sa.UniqueConstraint("job_id", "number", name=op.f("uq_rubrics_job_id_number")),
    )
    op.create_index("ix_rubrics_framework_id", "rubrics", ["framework_id"], unique=False)

    op.create_table(
        "stage_counts",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "application",
                "screening",
                "interview",
                "references",
                "offer",
                "onboarding",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "active",
                "hired",
                "rejected",
                "withdrawn",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_stage_counts_job_id")),
        sa.PrimaryKeyConstraint("job_id", "stage", "outcome", name=op.f("pk_stage_counts")),
    )
    op.create_table(
        "stage_targets",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "application",
                "screening",
                "interview",
                "references",
                "offer",
                "onboarding",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 365", name=op.f("ck_stage_targets_days_range")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_stage_targets_job_id")),
        sa.PrimaryKeyConstraint("job_id", "stage", name=op.f("pk_stage_targets")),
    )
    op.create_table(
        "team_members",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "recruiter",
                "hiring_manager",
                "interviewer",
                name="teamrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_team_members_job_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_team_members_user_id")),
        sa.PrimaryKeyConstraint("job_id", "user_id", "role", name=op.f("pk_team_members")),
    )
    op.create_index("ix_team_members_user_id", "team_members", ["user_id"], unique=False)

    op.create_table(
        "application_answers",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_answers_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["job_questions.id"], name=op.f("fk_application_answers_question_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "question_id", name=op.f("pk_application_answers")),
    )
    op.create_table(
        "application_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_notes_application_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_application_notes_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_notes")),
    )
    op.create_index(
        "ix_application_notes_application_id_at", "application_notes", ["application_id", "at"], unique=False
    )

    op.create_table(
        "background_checks",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("disclosed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_consent", sa.Boolean(), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "clear",
                "consider",
                name="backgroundresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("result_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "assessment",
            sa.Enum(
                "acceptable",
                "adverse",
                name="assessmentresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("assessment_reason", sa.Text(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("pre_adverse_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wait_until", sa.Date(), nullable=True),
        sa.Column("adverse_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "assessment IS NULL OR result = 'consider'",
            name=op.f("ck_background_checks_assessment_needs_report"),
        ),
        sa.CheckConstraint(
            "(consent_at IS NULL) = (has_consent IS NULL)", name=op.f("ck_background_checks_consent_is_dated")
        ),
        sa.CheckConstraint(
            "consent_at IS NULL OR disclosed_at IS NOT NULL",
            name=op.f("ck_background_checks_consent_needs_disclosure"),
        ),
        sa.CheckConstraint(
            "result IS NULL OR coalesce(has_consent, FALSE)",
            name=op.f("ck_background_checks_result_needs_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_background_checks_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"], ["users.id"], name=op.f("fk_background_checks_assessed_by_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_background_checks")),
    )
    op.create_table(
        "debriefs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "advance",
                "stop",
                name="debriefdecision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("at_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_debriefs_application_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_debriefs_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debriefs")),
    )
    op.create_index("ix_debriefs_application_id", "debriefs", ["application_id"], unique=False)

    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "resume",
                "background_report",
                "onboarding",
                "other",
                name="filekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_files_application_id")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_files_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("key", name=op.f("uq_files_key")),
    )
    op.create_index("ix_files_application_id_kind", "files", ["application_id", "kind"], unique=False)
    op.create_index("ix_files_candidate_id", "files", ["candidate_id"], unique=False)

    op.create_table(
        "imported_applications",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("external_key", sa.String(length=200), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_imported_applications_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["history_imports.id"], name=op.f("fk_imported_applications_import_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_imported_applications_job_id")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_imported_applications")),
        sa.UniqueConstraint(
            "job_id", "external_key", name=op.f("uq_imported_applications_job_id_external_key")
        ),
    )
    op.create_table(
        "interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("round_position", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "phone_screen",
                "in_person",
                "virtual",
                "panel",
                "skills_assessment",
                name="interviewkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("competencies", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "held",
                "cancelled",
                name="interviewstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_interviews_minutes_range")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_interviews_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["interview_rounds.id"], name=op.f("fk_interviews_round_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_interviews_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    op.create_index("ix_interviews_application_id", "interviews", ["application_id"], unique=False)
    op.create_index("ix_interviews_starts_at", "interviews", ["starts_at"], unique=False)

    op.create_table(
        "move_notes",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_move_notes_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "version", name=op.f("pk_move_notes")),
    )
    op.create_table(
        "moves",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "apply",
                "advance",
                "complete",
                "return",
                "reject",
                "withdraw",
                "reopen",
                "undo",
                "transfer",
                "import",
                name="movekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_stage",
            sa.Enum(
                "application",
                "screening",
                "interview",
                "references",
                "offer",
                "onboarding",
                name="from_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_stage",
            sa.Enum(
                "application",
                "screening",
                "interview",
                "references",
                "offer",
                "onboarding",
                name="to_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_outcome",
            sa.Enum(
                "active",
                "hired",
                "rejected",
                "withdrawn",
                name="from_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_outcome",
            sa.Enum(
                "active",
                "hired",
                "rejected",
                "withdrawn",
                name="to_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("overridden", sa.Text(), nullable=False),
        sa.Column("text_commitment", sa.String(length=64), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(kind = 'import') = imported", name=op.f("ck_moves_import_is_marked")),
        sa.CheckConstraint(
            "(to_outcome IN ('rejected', 'withdrawn')) = (reason IS NOT NULL)",
            name=op.f("ck_moves_closing_has_reason"),
        ),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(previous_hash) = 64", name=op.f("ck_moves_hash_length")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_moves_version_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_moves_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "version", name=op.f("pk_moves")),
    )
    op.create_index("ix_moves_at", "moves", ["at"], unique=False)

    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("salary_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "year",
                "month",
                "hour",
                name="salaryperiod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_version", sa.Integer(), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name=op.f("ck_offers_approval_is_named")
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR accepted_at <= expires_at", name=op.f("ck_offers_accepted_in_time")
        ),
        sa.CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name=op.f("ck_offers_one_answer")),
        sa.CheckConstraint(
            "accepted_at IS NULL OR sent_at IS NOT NULL", name=op.f("ck_offers_accepted_needs_sent")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> drafted_by_id",
            name=op.f("ck_offers_approver_not_drafter"),
        ),
        sa.CheckConstraint(
            "declined_at IS NULL OR sent_at IS NOT NULL", name=op.f("ck_offers_declined_needs_sent")
        ),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_offers_currency_code")),
        sa.CheckConstraint("salary_cents > 0", name=op.f("ck_offers_salary_positive")),
        sa.CheckConstraint(
            "sent_at IS NULL OR approved_at IS NOT NULL", name=op.f("ck_offers_sent_needs_approval")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_offers_application_id")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_offers_approved_by_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["users.id"], name=op.f("fk_offers_drafted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_offers_application_id_number")),
    )
    op.create_index("ix_offers_application_id", "offers", ["application_id"], unique=False)

    op.create_table(
        "onboarding_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "owner",
            sa.Enum(
                "candidate",
                "manager",
                "hr",
                "it",
                name="taskowner",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_onboarding_tasks_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding_tasks")),
    )
    op.create_index(
        "ix_onboarding_tasks_application_id", "onboarding_tasks", ["application_id"], unique=False
    )

    op.create_table(
        "references_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("referee_name", sa.String(length=200), nullable=True),
        sa.Column("relationship", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "received",
                "refused",
                "unreachable",
                name="referenceresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("result_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_confirmed_employment", sa.Boolean(), nullable=True),
        sa.Column("would_rehire", sa.Boolean(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(result IS NULL) = (result_at IS NULL)", name=op.f("ck_references_given_result_is_dated")
        ),
        sa.CheckConstraint(
            "result IS NULL OR consented_at IS NOT NULL",
            name=op.f("ck_references_given_result_needs_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_references_given_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_references_given")),
    )
    op.create_index(
        "ix_references_given_application_id", "references_given", ["application_id"], unique=False
    )

    op.create_table(
        "resume_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("qualifications", sa.JSON(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_resume_reviews_application_id")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_resume_reviews_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_reviews")),
    )
    op.create_index("ix_resume_reviews_application_id", "resume_reviews", ["application_id"], unique=False)

    op.create_table(
        "screening_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "strong",
                "sufficient",
                "weak",
                "not_reached",
                "waived",
                name="callresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("waived_reason", sa.Text(), nullable=True),
        sa.Column("caller_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(result = 'waived') = (waived_reason IS NOT NULL)",
            name=op.f("ck_screening_calls_waiver_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_screening_calls_application_id")
        ),
        sa.ForeignKeyConstraint(["caller_id"], ["users.id"], name=op.f("fk_screening_calls_caller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_calls")),
    )
    op.create_index("ix_screening_calls_application_id", "screening_calls", ["application_id"], unique=False)

    op.create_table(
        "self_identification_answers",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_self_identification_answers_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["self_identification_fields.id"],
            name=op.f("fk_self_identification_answers_field_id"),
        ),
        sa.PrimaryKeyConstraint("application_id", "field_id", name=op.f("pk_self_identification_answers")),
    )
    op.create_table(
        "panel_members",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_panel_members_interview_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_panel_members_user_id")),
        sa.PrimaryKeyConstraint("interview_id", "user_id", name=op.f("pk_panel_members")),
    )
    op.create_index("ix_panel_members_user_id", "panel_members", ["user_id"], unique=False)

    op.create_table(
        "scorecards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("interviewer_id", sa.Integer(), nullable=False),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("amendment_reason", sa.Text(), nullable=True),
        sa.Column(
            "recommendation",
            sa.Enum(
                "strong_no",
                "no",
                "yes",
                "strong_yes",
                name="recommendation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(amends_id IS NULL) = (amendment_reason IS NULL)",
            name=op.f("ck_scorecards_amendment_has_reason"),
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR recommendation IS NOT NULL",
            name=op.f("ck_scorecards_submitted_has_recommendation"),
        ),
        sa.ForeignKeyConstraint(["amends_id"], ["scorecards.id"], name=op.f("fk_scorecards_amends_id")),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name=op.f("fk_scorecards_interview_id")),
        sa.ForeignKeyConstraint(["interviewer_id"], ["users.id"], name=op.f("fk_scorecards_interviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecards")),
    )
    op.create_index("ix_scorecards_amends_id", "scorecards", ["amends_id"], unique=False)
    op.create_index("ix_scorecards_interviewer_id", "scorecards", ["interviewer_id"], unique=False)
    op.create_index(
        "uq_scorecards_one_original",
        "scorecards",
        ["interview_id", "interviewer_id"],
        unique=True,
        sqlite_where=sa.text("amends_id IS NULL"),
        postgresql_where=sa.text("amends_id IS NULL"),
    )

    op.create_table(
        "ratings",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("competency", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.CheckConstraint("value IS NULL OR value BETWEEN 0 AND 4", name=op.f("ck_ratings_value_on_scale")),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecards.id"], name=op.f("fk_ratings_scorecard_id")),
        sa.PrimaryKeyConstraint("scorecard_id", "competency", name=op.f("pk_ratings")),
    )
    op.create_table(
        "scorecard_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_scorecard_reads_application_id")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["users.id"], name=op.f("fk_scorecard_reads_reader_id")),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name=op.f("fk_scorecard_reads_scorecard_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_reads")),
    )
    op.create_index(
        "ix_scorecard_reads_application_id_reader_id",
        "scorecard_reads",
        ["application_id", "reader_id"],
        unique=False,
    )
    op.create_index("ix_scorecard_reads_scorecard_id", "scorecard_reads", ["scorecard_id"], unique=False)
    _make_search_index()
    write_edges(op.get_bind())
    install_guards(op.get_bind())


def _make_search_index() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE INDEX ix_candidates_search ON candidates USING gin (to_tsvector('simple', search_text))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE candidate_search USING fts5"
        "(search_text, content='candidates', content_rowid='id', tokenize='unicode61', prefix='2 3')"
    )
    gone = "INSERT INTO candidate_search (candidate_search, rowid, search_text) VALUES ('delete', old.id, old.search_text)"
    new = "INSERT INTO candidate_search (rowid, search_text) VALUES (new.id, new.search_text)"
    op.execute(f"CREATE TRIGGER candidates_searchable AFTER INSERT ON candidates BEGIN {new}; END")
    op.execute(
        f"CREATE TRIGGER candidates_researched AFTER UPDATE OF search_text ON candidates BEGIN {gone}; {new}; END"
    )


def downgrade() -> None:
    drop_guards(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER candidates_searchable")
        op.execute("DROP TRIGGER candidates_researched")
        op.execute("DROP TABLE candidate_search")
    else:
        op.execute("DROP INDEX ix_candidates_search")
    op.drop_index("ix_scorecard_reads_scorecard_id", "scorecard_reads")
    op.drop_index("ix_scorecard_reads_application_id_reader_id", "scorecard_reads")

    op.drop_table("scorecard_reads")
    op.drop_table("ratings")
    op.drop_index(
        "uq_scorecards_one_original",
        "scorecards",
        sqlite_where=sa.text("amends_id IS NULL"),
        postgresql_where=sa.text("amends_id IS NULL"),
    )
    op.drop_index("ix_scorecards_interviewer_id", "scorecards")
    op.drop_index("ix_scorecards_amends_id", "scorecards")

    op.drop_table("scorecards")
    op.drop_index("ix_panel_members_user_id", "panel_members")

    op.drop_table("panel_members")
    op.drop_table("self_identification_answers")
    op.drop_index("ix_screening_calls_application_id", "screening_calls")

    op.drop_table("screening_calls")
    op.drop_index("ix_resume_reviews_application_id", "resume_reviews")

    op.drop_table("resume_reviews")
    op.drop_index("ix_references_given_application_id", "references_given")

    op.drop_table("references_given")
    op.drop_index("ix_onboarding_tasks_application_id", "onboarding_tasks")

    op.drop_table("onboarding_tasks")
    op.drop_index("ix_offers_application_id", "offers")

    op.drop_table("offers")
    op.drop_index("ix_moves_at", "moves")

    op.drop_table("moves")
    op.drop_table("move_notes")
    op.drop_index("ix_interviews_starts_at", "interviews")
    op.drop_index("ix_interviews_application_id", "interviews")

    op.drop_table("interviews")
    op.drop_table("imported_applications")
    op.drop_index("ix_files_candidate_id", "files")
    op.drop_index("ix_files_application_id_kind", "files")

    op.drop_table("files")
    op.drop_index("ix_debriefs_application_id", "debriefs")

    op.drop_table("debriefs")
    op.drop_table("background_checks")
    op.drop_index("ix_application_notes_application_id_at", "application_notes")

    op.drop_table("application_notes")
    op.drop_table("application_answers")
    op.drop_index("ix_team_members_user_id", "team_members")

    op.drop_table("team_members")
    op.drop_table("stage_targets")
    op.drop_table("stage_counts")
    op.drop_index("ix_rubrics_framework_id", "rubrics")

    op.drop_table("rubrics")
    op.drop_index("ix_job_status_changes_job_id", "job_status_changes")

    op.drop_table("job_status_changes")
    op.drop_index("ix_job_questions_job_id", "job_questions")

    op.drop_table("job_questions")
    op.drop_index(op.f("ix_interview_rounds_job_id"), "interview_rounds")

    op.drop_table("interview_rounds")
    op.drop_table("history_imports")
    op.drop_index(
        "uq_applications_one_active",
        "applications",
        sqlite_where=sa.text("outcome = 'active'"),
        postgresql_where=sa.text("outcome = 'active'"),
    )
    op.drop_index(
        "ix_applications_opening_taken",
        "applications",
        sqlite_where=sa.text("outcome = 'hired' OR (outcome = 'active' AND stage = 'onboarding')"),
        postgresql_where=sa.text("outcome = 'hired' OR (outcome = 'active' AND stage = 'onboarding')"),
    )
    op.drop_index("ix_applications_job_applied", "applications")
    op.drop_index("ix_applications_candidate_id", "applications")
    op.drop_index("ix_applications_board", "applications")

    op.drop_table("applications")
    op.drop_table("user_roles")
    op.drop_table("saved_views")
    op.drop_index("ix_login_sessions_user_id", "login_sessions")

    op.drop_table("login_sessions")
    op.drop_index("ix_jobs_status_title", "jobs")

    op.drop_table("jobs")
    op.drop_index("ix_api_tokens_user_id", "api_tokens")

    op.drop_table("api_tokens")
    op.drop_table("users")
    op.drop_table("submissions")
    op.drop_table("self_identification_fields")
    op.drop_table("rate_counts")
    op.drop_index("ix_outbox_messages_due", "outbox_messages")
    op.drop_index("ix_outbox_messages_application_id", "outbox_messages")

    op.drop_table("outbox_messages")
    op.drop_table("legal_edges")
    op.drop_index("ix_frameworks_soc", "frameworks")

    op.drop_table("frameworks")
    op.drop_index("ix_candidates_sort_name_id", "candidates")
    op.drop_index("ix_candidates_created_at_id", "candidates")

    op.drop_table("candidates")
    op.drop_index("ix_audit_entries_subject", "audit_entries")
    op.drop_index("ix_audit_entries_at", "audit_entries")
    op.drop_index("ix_audit_entries_application_id", "audit_entries")

    op.drop_table("audit_entries")
