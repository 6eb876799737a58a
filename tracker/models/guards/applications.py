"""Guards of applications, their moves and the texts of moves."""

from tracker.domain.moves import UNDOABLE
from tracker.models.guards.guard import Guard, forbid, taken_openings

_APPLICATION = "FROM applications a WHERE a.id = NEW.application_id"
_JOB = "FROM applications a JOIN jobs j ON j.id = a.job_id WHERE a.id = NEW.application_id"
_UNDOABLE = ", ".join(f"'{kind}'" for kind in sorted(UNDOABLE))
_WAS_ACTIVE = "coalesce(NEW.from_outcome, '') = 'active'"
_TAKES_OPENING = (
    "(NEW.to_outcome = 'hired' OR (NEW.to_outcome = 'active' AND NEW.to_stage = 'onboarding'))"
    " AND NOT (coalesce(NEW.from_outcome, '') = 'hired'"
    " OR (coalesce(NEW.from_outcome, '') = 'active' AND coalesce(NEW.from_stage, '') = 'onboarding'))"
)

MOVE_CHECKED = Guard(
    "move_checked",
    "moves",
    "INSERT",
    (
        (f"NOT EXISTS (SELECT 1 {_APPLICATION})", "there is no such application"),
        (
            f"NEW.version <> (SELECT a.version + 1 {_APPLICATION})",
            "the version does not follow the application''s",
        ),
        (
            f"NOT EXISTS (SELECT 1 {_APPLICATION} AND coalesce(a.stage, '') = coalesce(NEW.from_stage, '')"
            " AND coalesce(a.outcome, '') = coalesce(NEW.from_outcome, ''))",
            "the application stands elsewhere",
        ),
        (
            "NOT EXISTS (SELECT 1 FROM legal_edges e WHERE e.kind = NEW.kind"
            " AND e.from_stage = coalesce(NEW.from_stage, '') AND e.to_stage = NEW.to_stage"
            " AND e.from_outcome = coalesce(NEW.from_outcome, '') AND e.to_outcome = NEW.to_outcome)",
            "there is no such move in the table",
        ),
        (
            "NEW.previous_hash <> coalesce((SELECT m.hash FROM moves m WHERE m.application_id ="
            " NEW.application_id AND m.version = NEW.version - 1),"
            " '0000000000000000000000000000000000000000000000000000000000000000')",
            "the chain of hashes is broken",
        ),
        (
            "NEW.kind = 'undo' AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.application_id ="
            f" NEW.application_id AND m.version = NEW.version - 1 AND m.kind IN ({_UNDOABLE})"
            " AND m.from_stage = NEW.to_stage AND m.to_stage = NEW.from_stage"
            " AND m.from_outcome = NEW.to_outcome AND m.to_outcome = NEW.from_outcome)",
            "an undo must reverse the move before it",
        ),
        (
            f"NEW.kind IN ('apply', 'advance', 'reopen') AND NOT EXISTS (SELECT 1 {_JOB} AND j.status = 'open')",
            "the job is not open",
        ),
        (
            f"NEW.kind = 'complete' AND NOT EXISTS (SELECT 1 {_JOB} AND j.status IN ('open', 'filled'))",
            "the job is neither open nor filled",
        ),
        (
            f"NEW.to_outcome = 'active' AND NOT {_WAS_ACTIVE} AND EXISTS (SELECT 1 {_APPLICATION} AND EXISTS"
            " (SELECT 1 FROM applications o WHERE o.candidate_id = a.candidate_id AND o.job_id = a.job_id"
            " AND o.outcome = 'active' AND o.id <> a.id))",
            "the candidate has another active application on this job",
        ),
        (
            f"{_TAKES_OPENING} AND {taken_openings(f'(SELECT a.job_id {_APPLICATION})')} >="
            f" (SELECT j.openings {_JOB})",
            "every opening of the job is taken",
        ),
    ),
    lock=f"PERFORM 1 {_JOB} FOR UPDATE OF j",
)

_MOVED = (
    "(coalesce(NEW.stage, '') <> coalesce(OLD.stage, '') OR coalesce(NEW.outcome, '') <> coalesce(OLD.outcome, '')"
    " OR coalesce(NEW.disposition_reason, '') <> coalesce(OLD.disposition_reason, '')"
    " OR NEW.version <> OLD.version OR NEW.stage_entered_at IS DISTINCT FROM OLD.stage_entered_at)"
)
_ITS_MOVE = (
    "(NEW.version = OLD.version + 1 AND EXISTS (SELECT 1 FROM moves m WHERE m.application_id = NEW.id"
    " AND m.version = NEW.version AND m.to_stage = NEW.stage AND m.to_outcome = NEW.outcome"
    " AND coalesce(m.reason, '') = coalesce(NEW.disposition_reason, '')"
    " AND (CASE WHEN coalesce(OLD.stage, '') = m.to_stage THEN OLD.stage_entered_at ELSE m.at END)"
    " = NEW.stage_entered_at))"
)
APPLICATION_MOVED = Guard(
    "application_moved",
    "applications",
    "UPDATE",
    (
        ("NEW.id <> OLD.id OR NEW.job_id <> OLD.job_id", "an application stays on its job"),
        (f"{_MOVED} AND NOT {_ITS_MOVE}", "an application changes only through a move"),
        (
            "NEW.candidate_id <> OLD.candidate_id AND EXISTS (SELECT 1 FROM applications o WHERE"
            " o.candidate_id = NEW.candidate_id AND o.job_id = NEW.job_id AND o.id <> NEW.id"
            " AND o.outcome = 'active' AND NEW.outcome = 'active')",
            "the candidate has another active application on this job",
        ),
    ),
)
APPLICATION_BORN = Guard(
    "application_born",
    "applications",
    "INSERT",
    (
        (
            "NEW.version <> 0 OR NEW.stage IS NOT NULL OR NEW.outcome IS NOT NULL"
            " OR NEW.disposition_reason IS NOT NULL",
            "an application begins at version 0 without a place",
        ),
        ("EXISTS (SELECT 1 FROM applications o WHERE o.id = NEW.id)", "the application exists"),
        ("NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = NEW.job_id)", "there is no such job"),
        (
            "NOT EXISTS (SELECT 1 FROM candidates c WHERE c.id = NEW.candidate_id)",
            "there is no such candidate",
        ),
    ),
)

_ERASED = "EXISTS (SELECT 1 FROM applications a JOIN candidates c ON c.id = a.candidate_id WHERE a.id = {} AND c.erased_at IS NOT NULL)"
MOVE_NOTES_FIXED = Guard(
    "move_notes_fixed",
    "move_notes",
    "UPDATE",
    (
        (
            f"NOT ({_ERASED.format('OLD.application_id')} AND NEW.application_id = OLD.application_id"
            " AND NEW.version = OLD.version AND NEW.salt IS NULL AND NEW.reason IS NULL"
            " AND NEW.note IS NULL AND NEW.override_reason IS NULL)",
            "the text of a move is only ever erased, with its person",
        ),
    ),
)
MOVE_NOTES_BORN = Guard(
    "move_notes_born",
    "move_notes",
    "INSERT",
    (
        (
            "EXISTS (SELECT 1 FROM move_notes n WHERE n.application_id = NEW.application_id"
            " AND n.version = NEW.version)",
            "the move has its text",
        ),
        (
            "NOT EXISTS (SELECT 1 FROM moves m WHERE m.application_id = NEW.application_id"
            " AND m.version = NEW.version AND m.text_commitment IS NOT NULL)",
            "the move speaks of no text",
        ),
    ),
)

_NEVER = "history never changes"
_ONLY_ERASED = "the text of a move is only ever erased, with its person"
APPLICATION_GUARDS = (
    MOVE_CHECKED,
    APPLICATION_MOVED,
    APPLICATION_BORN,
    forbid("applications", "DELETE", "an application is closed, never deleted"),
    forbid("moves", "UPDATE", _NEVER),
    forbid("moves", "DELETE", _NEVER),
    MOVE_NOTES_BORN,
    MOVE_NOTES_FIXED,
    forbid("move_notes", "DELETE", _ONLY_ERASED),
)
