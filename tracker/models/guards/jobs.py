"""Guards of jobs, candidates, the table of moves and the logs."""

from tracker.models.guards.guard import Guard, forbid, taken_openings

_NEVER = "history never changes"
_EDGES = "the table of moves is part of the program"
_LOG = "the log is only added to"
JOB_GUARDS = (
    Guard(
        "jobs_fixed",
        "jobs",
        "UPDATE",
        (
            ("NEW.id <> OLD.id", "a job keeps its number"),
            (
                f"NEW.openings < OLD.openings AND NEW.openings < {taken_openings('NEW.id')}",
                "more openings are taken than that",
            ),
            ("OLD.approved_at IS NOT NULL AND NEW.approved_at IS NULL", "an approval stays on record"),
            (
                "NEW.rubric_id IS NOT NULL AND NEW.rubric_id IS DISTINCT FROM OLD.rubric_id AND NOT EXISTS"
                " (SELECT 1 FROM rubrics r WHERE r.id = NEW.rubric_id AND r.job_id = NEW.id"
                " AND r.status = 'published')",
                "a job pins only its own published rubric",
            ),
        ),
    ),
    Guard(
        "jobs_born",
        "jobs",
        "INSERT",
        (("EXISTS (SELECT 1 FROM jobs j WHERE j.id = NEW.id)", "the job exists"),),
    ),
    forbid("jobs", "DELETE", "a job is closed, never deleted"),
)

LOG_GUARDS = (
    forbid("candidates", "DELETE", "a candidate is erased, never deleted"),
    Guard("legal_edges_born", "legal_edges", "INSERT", (("1 = 1", _EDGES),)),
    forbid("legal_edges", "UPDATE", _EDGES),
    forbid("legal_edges", "DELETE", _EDGES),
    Guard(
        "audit_entries_born",
        "audit_entries",
        "INSERT",
        (("EXISTS (SELECT 1 FROM audit_entries e WHERE e.id = NEW.id)", _LOG),),
    ),
    forbid("audit_entries", "UPDATE", _LOG),
    forbid("audit_entries", "DELETE", _LOG),
    forbid("job_status_changes", "UPDATE", _NEVER),
    forbid("job_status_changes", "DELETE", _NEVER),
)
