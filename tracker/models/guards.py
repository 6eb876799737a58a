"""What the database refuses by itself: guards as triggers, one definition for SQLite and PostgreSQL.

A move's insert changes its application; nothing else may. The guards hold with foreign keys off, against
INSERT OR REPLACE and UPDATE OR REPLACE (which delete rows past delete triggers, and whose conflict rule also
governs the statements inside triggers, hence no upsert in them), and against TRUNCATE.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, text

from tracker.domain.moves import EDGES, UNDOABLE
from tracker.models.applications import OPENING_TAKEN
from tracker.models.moves import LegalEdge


@dataclass(frozen=True, slots=True)
class Guard:
    """Refusals before an event on a table: (SQL condition, message); the message starts with the guard's name."""

    name: str
    table: str
    event: str
    refusals: tuple[tuple[str, str], ...]
    lock: str = field(default="")
    """A statement that PostgreSQL runs first, to wait for writers of the same job."""


def _forbid(table: str, event: str, message: str, when: str = "1 = 1") -> Guard:
    name = f"{table}_{'kept' if event == 'DELETE' else 'fixed'}"
    return Guard(name, table, event, ((when, message),))


def _taken(job: str) -> str:
    return f"(SELECT count(*) FROM applications t WHERE t.job_id = {job} AND ({OPENING_TAKEN}))"


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
            f"NEW.to_outcome = 'active' AND NOT {_WAS_ACTIVE} AND EXISTS (SELECT 1 {_APPLICATION} AND EXISTS"
            " (SELECT 1 FROM applications o WHERE o.candidate_id = a.candidate_id AND o.job_id = a.job_id"
            " AND o.outcome = 'active' AND o.id <> a.id))",
            "the candidate has another active application on this job",
        ),
        (
            f"{_TAKES_OPENING} AND {_taken(f'(SELECT a.job_id {_APPLICATION})')} >="
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

_CARD_ERASED = (
    "EXISTS (SELECT 1 FROM interviews i JOIN applications a ON a.id = i.application_id"
    " JOIN candidates c ON c.id = a.candidate_id WHERE i.id = OLD.interview_id AND c.erased_at IS NOT NULL)"
)
_SUBMITTED = "EXISTS (SELECT 1 FROM scorecards s WHERE s.id = {}.scorecard_id AND s.submitted_at IS NOT NULL)"
_RATING_ERASED = (
    "EXISTS (SELECT 1 FROM scorecards s JOIN interviews i ON i.id = s.interview_id"
    " JOIN applications a ON a.id = i.application_id JOIN candidates c ON c.id = a.candidate_id"
    " WHERE s.id = OLD.scorecard_id AND c.erased_at IS NOT NULL)"
)
SCORECARD_GUARDS = (
    Guard(
        "scorecards_born",
        "scorecards",
        "INSERT",
        (
            ("EXISTS (SELECT 1 FROM scorecards s WHERE s.id = NEW.id)", "the scorecard exists"),
            (
                "NEW.amends_id IS NULL AND EXISTS (SELECT 1 FROM scorecards s WHERE s.interview_id ="
                " NEW.interview_id AND s.interviewer_id = NEW.interviewer_id AND s.amends_id IS NULL)",
                "the interviewer has a card for this session",
            ),
            (
                "NOT EXISTS (SELECT 1 FROM panel_members p WHERE p.interview_id = NEW.interview_id"
                " AND p.user_id = NEW.interviewer_id)",
                "the interviewer is not on the panel",
            ),
            (
                "NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scorecards s WHERE s.id = NEW.amends_id"
                " AND s.submitted_at IS NOT NULL AND s.amends_id IS NULL AND s.interview_id = NEW.interview_id"
                " AND s.interviewer_id = NEW.interviewer_id)",
                "only one''s own submitted card can be amended",
            ),
            ("NEW.submitted_at IS NOT NULL", "a card begins as a draft"),
        ),
    ),
    Guard(
        "scorecards_fixed",
        "scorecards",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.interview_id <> OLD.interview_id OR NEW.interviewer_id <>"
                " OLD.interviewer_id OR coalesce(NEW.amends_id, 0) <> coalesce(OLD.amends_id, 0)",
                "a card stays with its session and interviewer",
            ),
            (
                "OLD.submitted_at IS NOT NULL AND (NOT "
                + _CARD_ERASED
                + " OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at"
                " OR NEW.recommendation IS DISTINCT FROM OLD.recommendation OR NEW.summary IS NOT NULL)",
                "a submitted card never changes",
            ),
            (
                "NEW.submitted_at IS NOT NULL AND OLD.submitted_at IS NULL AND EXISTS (SELECT 1 FROM ratings r"
                " WHERE r.scorecard_id = NEW.id AND r.value IS NOT NULL AND trim(coalesce(r.evidence, '')) = '')",
                "a rating needs evidence",
            ),
            (
                "NEW.submitted_at IS NOT NULL AND OLD.submitted_at IS NULL AND NOT EXISTS (SELECT 1 FROM ratings r"
                " WHERE r.scorecard_id = NEW.id)",
                "a card needs ratings",
            ),
        ),
    ),
    _forbid("scorecards", "DELETE", "a submitted card is never deleted", "OLD.submitted_at IS NOT NULL"),
    Guard(
        "ratings_born",
        "ratings",
        "INSERT",
        (
            (_SUBMITTED.format("NEW"), "a submitted card never changes"),
            (
                "EXISTS (SELECT 1 FROM ratings r WHERE r.scorecard_id = NEW.scorecard_id"
                " AND r.competency = NEW.competency)",
                "the competency is rated on this card",
            ),
            (
                "NOT EXISTS (SELECT 1 FROM scorecards s WHERE s.id = NEW.scorecard_id)",
                "there is no such card",
            ),
        ),
    ),
    Guard(
        "ratings_fixed",
        "ratings",
        "UPDATE",
        (
            (
                "NEW.scorecard_id <> OLD.scorecard_id OR NEW.competency <> OLD.competency",
                "a rating stays on its card",
            ),
            (
                f"{_SUBMITTED.format('OLD')} AND (NOT {_RATING_ERASED} OR NEW.evidence IS NOT NULL"
                " OR NEW.value IS DISTINCT FROM OLD.value)",
                "a submitted card never changes",
            ),
        ),
    ),
    _forbid("ratings", "DELETE", "a submitted card never changes", _SUBMITTED.format("OLD")),
)

RUBRIC_GUARDS = (
    Guard(
        "rubrics_born",
        "rubrics",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM rubrics r WHERE r.id = NEW.id OR (r.job_id = NEW.job_id"
                " AND r.number = NEW.number))",
                "the rubric version exists",
            ),
            ("NEW.status <> 'draft'", "a rubric begins as a draft"),
        ),
    ),
    Guard(
        "rubrics_fixed",
        "rubrics",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.job_id <> OLD.job_id OR NEW.number <> OLD.number",
                "a rubric stays with its job",
            ),
            (
                "OLD.status <> 'draft' AND (CAST(NEW.content AS TEXT) <> CAST(OLD.content AS TEXT)"
                " OR NEW.title <> OLD.title OR NEW.content_hash IS DISTINCT FROM OLD.content_hash"
                " OR NEW.published_at IS DISTINCT FROM OLD.published_at"
                " OR NEW.published_by_id IS DISTINCT FROM OLD.published_by_id"
                " OR NOT (NEW.status = OLD.status OR NEW.status = 'retired'))",
                "published content never changes",
            ),
        ),
    ),
    _forbid("rubrics", "DELETE", "a published rubric is never deleted", "OLD.status <> 'draft'"),
    Guard(
        "interviews_born",
        "interviews",
        "INSERT",
        (
            (
                "NOT EXISTS (SELECT 1 FROM rubrics r WHERE r.id = NEW.rubric_id AND r.status = 'published')",
                "an interview needs a published rubric",
            ),
            ("EXISTS (SELECT 1 FROM interviews i WHERE i.id = NEW.id)", "the interview exists"),
        ),
    ),
    Guard(
        "interviews_fixed",
        "interviews",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.application_id <> OLD.application_id OR NEW.rubric_id <> OLD.rubric_id",
                "an interview stays with its application and rubric version",
            ),
        ),
    ),
    _forbid("interviews", "DELETE", "an interview is cancelled, never deleted"),
)

OFFER_GUARDS = (
    Guard(
        "offers_fixed",
        "offers",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.application_id <> OLD.application_id OR NEW.number <> OLD.number"
                " OR NEW.drafted_by_id IS DISTINCT FROM OLD.drafted_by_id",
                "an offer stays with its application and drafter",
            ),
            (
                "OLD.approved_at IS NOT NULL AND (NEW.salary_cents <> OLD.salary_cents OR NEW.currency <> OLD.currency"
                " OR NEW.period <> OLD.period OR NEW.starts_on <> OLD.starts_on OR NEW.expires_at <> OLD.expires_at"
                " OR coalesce(NEW.benefits, '') <> coalesce(OLD.benefits, '')"
                " OR coalesce(NEW.conditions, '') <> coalesce(OLD.conditions, '')"
                " OR NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id)",
                "the terms of an approved offer never change",
            ),
        ),
    ),
    Guard(
        "offers_born",
        "offers",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM offers o WHERE o.id = NEW.id OR (o.application_id = NEW.application_id"
                " AND o.number = NEW.number))",
                "the offer exists",
            ),
            (
                "NEW.approved_at IS NOT NULL OR NEW.sent_at IS NOT NULL OR NEW.accepted_at IS NOT NULL",
                "an offer begins as a draft",
            ),
        ),
    ),
    _forbid("offers", "DELETE", "an offer is withdrawn, never deleted"),
)

JOB_GUARDS = (
    Guard(
        "jobs_fixed",
        "jobs",
        "UPDATE",
        (
            ("NEW.id <> OLD.id", "a job keeps its number"),
            (
                f"NEW.openings < OLD.openings AND NEW.openings < {_taken('NEW.id')}",
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
    _forbid("jobs", "DELETE", "a job is closed, never deleted"),
)

_NEVER = "history never changes"
GUARDS: tuple[Guard, ...] = (
    MOVE_CHECKED,
    APPLICATION_MOVED,
    APPLICATION_BORN,
    _forbid("applications", "DELETE", "an application is closed, never deleted"),
    _forbid("candidates", "DELETE", "a candidate is erased, never deleted"),
    _forbid("moves", "UPDATE", _NEVER),
    _forbid("moves", "DELETE", _NEVER),
    MOVE_NOTES_BORN,
    MOVE_NOTES_FIXED,
    _forbid("move_notes", "DELETE", "the text of a move is only ever erased, with its person"),
    Guard(
        "legal_edges_born", "legal_edges", "INSERT", (("1 = 1", "the table of moves is part of the program"),)
    ),
    _forbid("legal_edges", "UPDATE", "the table of moves is part of the program"),
    _forbid("legal_edges", "DELETE", "the table of moves is part of the program"),
    *SCORECARD_GUARDS,
    *RUBRIC_GUARDS,
    *OFFER_GUARDS,
    *JOB_GUARDS,
    Guard(
        "audit_entries_born",
        "audit_entries",
        "INSERT",
        (("EXISTS (SELECT 1 FROM audit_entries e WHERE e.id = NEW.id)", "the log is only added to"),),
    ),
    _forbid("audit_entries", "UPDATE", "the log is only added to"),
    _forbid("audit_entries", "DELETE", "the log is only added to"),
    _forbid("job_status_changes", "UPDATE", _NEVER),
    _forbid("job_status_changes", "DELETE", _NEVER),
)

UNTRUNCATED = (
    "applications", "moves", "move_notes", "legal_edges", "scorecards", "ratings", "rubrics", "interviews",
    "offers", "jobs", "candidates", "audit_entries", "job_status_changes", "stage_counts",
)  # fmt: skip

_SET_PLACE = (
    "UPDATE applications SET stage = NEW.to_stage, outcome = NEW.to_outcome, disposition_reason = NEW.reason,"
    " stage_entered_at = CASE WHEN coalesce(stage, '') = NEW.to_stage THEN stage_entered_at ELSE NEW.at END,"
    " version = NEW.version WHERE id = NEW.application_id"
)
_COUNT_DOWN = (
    "UPDATE stage_counts SET count = count - 1 WHERE job_id ="
    " (SELECT job_id FROM applications WHERE id = NEW.application_id)"
    " AND stage = NEW.from_stage AND outcome = NEW.from_outcome"
)
_COUNT_ROW = (
    "INSERT INTO stage_counts (job_id, stage, outcome, count)"
    " SELECT a.job_id, NEW.to_stage, NEW.to_outcome, 0 FROM applications a WHERE a.id = NEW.application_id"
    " AND NOT EXISTS (SELECT 1 FROM stage_counts c WHERE c.job_id = a.job_id AND c.stage = NEW.to_stage"
    " AND c.outcome = NEW.to_outcome)"
)
_COUNT_UP = (
    "UPDATE stage_counts SET count = count + 1 WHERE job_id ="
    " (SELECT job_id FROM applications WHERE id = NEW.application_id)"
    " AND stage = NEW.to_stage AND outcome = NEW.to_outcome"
)
APPLIED = (_SET_PLACE, _COUNT_DOWN, _COUNT_ROW, _COUNT_UP)


def _sqlite_condition(condition: str) -> str:
    """SQLite writes IS NOT for IS DISTINCT FROM, in every version."""
    return condition.replace("IS DISTINCT FROM", "IS NOT")


def _sqlite_statements() -> list[str]:
    statements = []
    for guard in GUARDS:
        cases = " ".join(
            f"WHEN {_sqlite_condition(condition)} THEN RAISE(ABORT, '{guard.name}: {message}')"
            for condition, message in guard.refusals
        )
        statements.append(
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} BEGIN SELECT CASE {cases} END; END"
        )
    body = "; ".join(APPLIED)
    statements.append(f"CREATE TRIGGER move_applied AFTER INSERT ON moves BEGIN {body}; END")
    return statements


def _postgres_statements() -> list[str]:
    statements = []
    for guard in GUARDS:
        checks = " ".join(
            f"IF {condition} THEN RAISE EXCEPTION '{guard.name}: {message}' USING ERRCODE = 'check_violation'; END IF;"
            for condition, message in guard.refusals
        )
        lock = f"{guard.lock};" if guard.lock else ""
        row = "OLD" if guard.event == "DELETE" else "NEW"
        statements += [
            f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {lock} {checks}"
            f" RETURN {row}; END $$",
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
        ]
    body = "; ".join(APPLIED)
    statements += [
        f"CREATE FUNCTION move_applied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NEW; END $$",
        "CREATE TRIGGER move_applied AFTER INSERT ON moves FOR EACH ROW EXECUTE FUNCTION move_applied()",
        "CREATE FUNCTION not_truncated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'not_truncated: % is never emptied', TG_TABLE_NAME USING ERRCODE = 'check_violation';"
        " END $$",
    ]
    statements += [
        f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} EXECUTE FUNCTION not_truncated()"
        for table in UNTRUNCATED
    ]
    return statements


def install_guards(connection: Connection) -> None:
    """Create every guard on a database that has none."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _sqlite_statements() if is_sqlite else _postgres_statements():
        # No parameters and no text(): colons and percent signs belong to the statement.
        connection.exec_driver_sql(statement if is_sqlite else statement.replace("%", "%%"))


def drop_guards(connection: Connection) -> None:
    """Remove every guard, for a migration that rebuilds tables; SQLite loses a rebuilt table's triggers silently."""
    if connection.dialect.name == "sqlite":
        for name in [*(g.name for g in GUARDS), "move_applied"]:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        return
    for name in [*(g.name for g in GUARDS), "move_applied", "not_truncated"]:
        connection.execute(text(f"DROP FUNCTION IF EXISTS {name}() CASCADE"))


def write_edges(connection: Connection) -> None:
    """Write the table of moves down as the guards read it; only while the guards are off."""
    names = ("kind", "from_stage", "to_stage", "from_outcome", "to_outcome")
    connection.execute(LegalEdge.__table__.delete())  # type: ignore[attr-defined]
    connection.execute(insert(LegalEdge), [dict(zip(names, edge.key, strict=True)) for edge in EDGES])
