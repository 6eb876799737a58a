"""Where a candidate's data lie: the one list that erasure works by, complete by a test.

A row leads to its person by its candidate, application, interview or scorecard. What is cleared keeps its row
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
    "background_checks": {"assessment_reason": None},
    "debriefs": {"reason": None},
    "legal_holds": {"reason": ERASED_NAME},
    "interviews": {"place": None, "cancelled_reason": None},
    "move_notes": {"salt": None, "reason": None, "note": None, "override_reason": None},
    "offers": {"benefits": None, "conditions": None, "decline_reason": None, "withdrawn_reason": None},
    "onboarding_tasks": {"done_by": None, "note": None},
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
    "resume_reviews": {"reason": None, "qualifications": []},
    "scorecards": {"summary": None, "amendment_reason": None},
    "screening_calls": {"notes": None, "waived_reason": None},
    "self_identification_answers": {"value": None},
}

DELETED = ("application_answers", "application_tags", "files")

KEPT: dict[str, frozenset[str]] = {
    "applications": frozenset({"disposition_reason", "source", "consent_notice"}),
    "background_checks": frozenset({"updated_by"}),
    "erasures": frozenset({"actor", "rules", "counts"}),
    "imported_applications": frozenset({"external_key"}),
    "interviews": frozenset({"title", "competencies", "created_by"}),
    "moves": frozenset({"reason", "actor", "overridden", "text_commitment", "previous_hash", "hash"}),
    "offers": frozenset({"currency"}),
    "onboarding_tasks": frozenset({"title"}),
    "outbox_messages": frozenset({"key", "kind", "claim"}),
    "ratings": frozenset({"competency"}),
    "references_given": frozenset({"recorded_by"}),
    "scorecard_reads": frozenset({"place"}),
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
        *("submissions", "users"),
    }
)
"""Tables with words of the organisation alone; the audit log holds keys and numbers."""
