"""Where a candidate's data lie: the one list that erasure works by, complete by a test.

A row leads to its person by its candidate, application, interview or scorecard; a submission by its answer,
and only those of applicants go; a file held for an application that was never sent leads to nobody, and goes
when its hour is over. What is cleared keeps its row
and loses its words; what is deleted loses the row; what is kept says nothing of the person by itself.
"""

from typing import Any

ERASED_NAME = "Erased"

CLEARED: dict[str, dict[str, Any]] = {
    "candidates": {
        "name": ERASED_NAME,
        "sort_name": ERASED_NAME.lower(),
        "email": None,
        "phone": None,
        "location": None,
        "profile": None,
        "search_text": "",
    },
    "application_notes": {"text": None},
    "arrivals": {"typed_name": None, "typed_phone": None, "typed_location": None, "links": None},
    "background_checks": {"assessment_reason": None},
    "consents": {"typed_name": None, "address": None},
    "debriefs": {"reason": None},
    "erasure_requests": {"note": None, "answer": ERASED_NAME},
    "pre_adverse_notices": {"text": None},
    "legal_holds": {"reason": ERASED_NAME},
    "interviews": {"place": None, "cancelled_reason": None},
    "move_notes": {"salt": None, "reason": None, "note": None, "override_reason": None},
    "offers": {"benefits": None, "conditions": None, "decline_reason": None, "withdrawn_reason": None},
    "offer_letters": {"document": b""},
    "offer_signatures": {"typed_name": ERASED_NAME, "document": b"", "address": None, "agent": None},
    "onboarding_tasks": {"done_by": None, "done_reason": None, "note": None},
    "outbox_messages": {
        "payload": {},
        "last_error": None,
        "drop_reason": None,
        "to_name": None,
        "to_email": None,
        "subject": None,
        "text": None,
    },
    "panel_replies": {"reason": None},
    "ratings": {"evidence": None},
    "references_given": {
        "referee_name": None,
        "relationship": None,
        "email": None,
        "phone": None,
        "summary": None,
    },
    "resume_reviews": {"reason": None},
    "scorecards": {"summary": None, "amendment_reason": None},
    "screening_calls": {"notes": None, "waived_reason": None, "points": None},
    "self_identification_answers": {"value": None, "codes": None},
}

SHORTENED: dict[str, dict[str, tuple[str, ...]]] = {
    "resume_reviews": {"qualifications": ("qualification", "is_met", "is_preferred")},
}
"""Lists of which each line keeps these words alone: what a job asked and whether it was met, not why."""

DELETED = (
    "answer_files",
    "onboarding_task_files",
    "file_texts",
    "application_answers",
    "application_tags",
    "address_changes",
    "candidate_links",
    "candidate_replies",
    "candidate_sessions",
    "incoming_mail_files",
    "incoming_mails",
    "reply_tokens",
    "referee_answers",
    "referee_links",
    "referee_sessions",
    "submissions",
    "files",
    "held_files",
)
"""In an order in which no row is left pointing at one that is gone."""

KEPT: dict[str, frozenset[str]] = {
    "applications": frozenset({"disposition_reason", "source", "consent_notice"}),
    "background_checks": frozenset({"updated_by"}),
    "consents": frozenset({"version"}),
    "erasure_requests": frozenset({"settled_by"}),
    "erasures": frozenset({"actor", "rules", "counts"}),
    "imported_applications": frozenset({"external_key"}),
    "interviews": frozenset({"title", "competencies", "created_by"}),
    "moves": frozenset({"reason", "actor", "overridden", "text_commitment", "previous_hash", "hash"}),
    "offers": frozenset({"currency"}),
    "offer_letters": frozenset({"document_sha256"}),
    "offer_signatures": frozenset({"document_sha256", "consent_version", "consent_text"}),
    "onboarding_tasks": frozenset({"title"}),
    "outbox_messages": frozenset({"key", "kind", "claim"}),
    "ratings": frozenset({"competency"}),
    "references_given": frozenset({"recorded_by"}),
    "scorecard_reads": frozenset({"place"}),
    "self_identification_answers": frozenset({"form_version"}),
    "self_identification_invitations": frozenset({"token_hash", "form_version"}),
}
"""Columns with words that stay: keys of lists, numbers of other systems, and what staff did."""

OF_NOBODY = frozenset(
    {
        *(
            "api_tokens",
            "audit_entries",
            "frameworks",
            "history_imports",
            "interview_rounds",
            "job_questions",
        ),
        *("job_status_changes", "jobs", "legal_edges", "login_sessions", "mail_templates", "practice_needs"),
        *("practice_ratings", "rate_counts", "rubrics", "saved_views", "self_identification_fields"),
        *("users", "notices", "postings", "source_links"),
        *("saved_reports", "holiday_calendars", "holiday_days", "impact_releases", "source_spends"),
        *("offer_approval_rules", "offer_templates", "onboarding_templates", "list_columns"),
        *("digest_stops", "message_templates", "report_exports", "history_uploads"),
        *("second_steps", "recovery_codes", "course_counts", "rights_summaries", "kept_reports"),
    }
)
"""Tables with words of the organisation alone; the audit log holds keys and numbers, counts name no one."""
