"""What the database refuses of scorecards by itself: raw SQL attacks, each answered by its own guard."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tests.factories import make_actor, make_application, make_job, make_user
from tests.interviewing import KEYS, SEED, hand_in, publish_rubric, ratings, schedule
from tracker import schema
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Stage
from tracker.models.guards import RATING_GUARDS, drop_guards, drop_rating_guards
from tracker.models.rubrics import RubricStatus
from tracker.services.frameworks import import_framework
from tracker.services.scorecards import save_draft

NOW = "'2026-03-02 09:30:00.000000'"
LATER = "'2026-04-02 09:30:00.000000'"
SUBMIT = f"UPDATE scorecards SET recommendation = 'yes', submitted_at = {NOW} WHERE id = :"
CARD = (
    "INSERT INTO scorecards (interview_id, interviewer_id, created_at, saved_at, draft_version)"
    f" VALUES (:session, %s, {NOW}, {NOW}, 1)"
)
RATING = "INSERT INTO ratings (scorecard_id, competency, value, evidence) VALUES"
REPLACED = RATING.replace("INSERT", "INSERT OR REPLACE")
EVIDENCE = "'Named each step.'"
SESSION = (
    "INSERT INTO interviews (application_id, rubric_id, kind, title, starts_at, minutes, competencies,"
    f" status, created_at, created_by) VALUES (:a, :%s, 'in_person', 'x', {NOW}, 45, '[]', 'scheduled',"
    f" {NOW}, 'system')"
)
FIRST, SECOND, OTHER = KEYS[0], KEYS[1], KEYS[2]


@pytest.fixture
def victim(database: Database) -> Iterator[tuple[Connection, dict[str, int]]]:
    """A raw connection, and the ids of a session of two competencies with one card in and others drafted."""
    with database.writing() as session:
        job, elsewhere = make_job(session), make_job(session)
        framework = import_framework(session, SEED.read_bytes(), actor=SYSTEM)
        old = publish_rubric(session, job)
        rubric = publish_rubric(session, job, number=2)
        old.status = RubricStatus.RETIRED
        foreign = publish_rubric(session, elsewhere)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        olga = make_actor(session, Role.HR)
        names = ("Ines", "Ivan", "Nora", "Left", "Paul", "Uma")
        panel = {name: make_actor(session, Role.INTERVIEWER, name=name) for name in names}
        interview = schedule(session, application, *panel.values(), actor=olga)
        given = {
            "Ivan": ratings(KEYS[:1]),
            "Nora": ratings(KEYS[:2]),
            "Left": ratings(KEYS[:2]),
            "Uma": [],
        }
        drafts = {
            name: save_draft(session, interview, ratings=rows, actor=panel[name]).id
            for name, rows in given.items()
        }
        card = hand_in(session, interview, panel["Ines"])
        ids = {"a": application.id, "session": interview.id, "card": card.id}
        ids |= {"framework": framework.id, "retired": old.id, "rubric": rubric.id, "foreign": foreign.id}
        ids |= {name.lower(): user.id or 0 for name, user in panel.items()}
        ids |= {f"{name.lower()}s_draft": number for name, number in drafts.items()}
        ids["stranger"] = make_user(session, "Stranger").id
        session.execute(
            text("DELETE FROM panel_members WHERE interview_id = :session AND user_id = :left"),
            {"session": ids["session"], "left": ids["left"]},
        )
    with database.engine.connect() as connection:
        yield connection, ids
        connection.rollback()


ATTACKS = [
    # ratings off the scale
    ("value_on_scale", f"{RATING} (:umas_draft, '{FIRST}', 5, {EVIDENCE})"),
    ("value_on_scale", f"{RATING} (:umas_draft, '{FIRST}', -1, {EVIDENCE})"),
    ("value_on_scale", "UPDATE ratings SET value = 5 WHERE scorecard_id = :noras_draft"),
    # ratings of what the session does not rate, and on cards of strangers
    ("ratings_of_session", f"{RATING} (:umas_draft, '{OTHER}', 3, {EVIDENCE})"),
    ("ratings_of_session", f"{RATING} (:umas_draft, 'made up', 3, {EVIDENCE})"),
    ("ratings_of_session: the interviewer", f"{RATING} (:lefts_draft, '{OTHER}', 3, {EVIDENCE})"),
    ("ratings_born: there is no such card", f"{RATING} (999999, '{FIRST}', 3, {EVIDENCE})"),
    ("ratings_born: the competency", f"{RATING} (:noras_draft, '{FIRST}', 3, {EVIDENCE})"),
    ("ratings_fixed", f"UPDATE ratings SET competency = '{OTHER}' WHERE scorecard_id = :ivans_draft"),
    ("ratings_fixed", "UPDATE ratings SET scorecard_id = :umas_draft WHERE scorecard_id = :ivans_draft"),
    # cards
    ("scorecards_born: the interviewer is not", CARD % ":stranger"),
    ("scorecards_born: the interviewer has", CARD % ":ines"),
    ("scorecards_born: the interviewer has", CARD % ":nora"),
    ("scorecards_fixed", "UPDATE scorecards SET interviewer_id = :paul WHERE id = :ivans_draft"),
    ("scorecards_fixed", "UPDATE scorecards SET amends_id = :card WHERE id = :ivans_draft"),
    ("scorecards_fixed: a submitted card", "UPDATE scorecards SET submitted_at = NULL WHERE id = :card"),
    ("ratings_fixed: a submitted card", "UPDATE ratings SET value = 4 WHERE scorecard_id = :card"),
    ("ratings_", f"{RATING} (:card, '{OTHER}', 3, {EVIDENCE})"),
    ("scorecards_kept", "DELETE FROM scorecards WHERE id = :card"),
    ("ratings_kept", "DELETE FROM ratings WHERE scorecard_id = :card"),
    # handing in
    ("scorecards_complete: a competency", f"{SUBMIT}ivans_draft"),
    ("scorecards_complete: the interviewer", f"{SUBMIT}lefts_draft"),
    ("scorecards_", f"{SUBMIT}umas_draft"),
    ("submitted_has_recommendation", f"UPDATE scorecards SET submitted_at = {NOW} WHERE id = :noras_draft"),
    # the session and its panel
    ("interviews_rated", f"""UPDATE interviews SET competencies = '["{FIRST}"]' WHERE id = :session"""),
    ("interviews_fixed", "UPDATE interviews SET rubric_id = :foreign WHERE id = :session"),
    ("interviews_kept: an interview is cancelled", "DELETE FROM interviews WHERE id = :session"),
    ("interviews_born: an interview needs a published rubric", SESSION % "retired"),
    ("interviews_of_job", SESSION % "foreign"),
    ("panel_members_kept", "DELETE FROM panel_members WHERE user_id = :ines"),
    ("panel_members_fixed", "UPDATE panel_members SET user_id = :stranger WHERE user_id = :ines"),
    # published rubrics
    ("rubrics_fixed", "UPDATE rubrics SET content = '{}' WHERE id = :rubric"),
    ("rubrics_fixed", "UPDATE rubrics SET content = '{}' WHERE id = :retired"),
    ("rubrics_fixed", "UPDATE rubrics SET title = 'Other' WHERE id = :rubric"),
    ("rubrics_fixed", "UPDATE rubrics SET content_hash = 'x' WHERE id = :rubric"),
    ("rubrics_fixed", "UPDATE rubrics SET status = 'draft' WHERE id = :rubric"),
    ("rubrics_fixed", "UPDATE rubrics SET status = 'published' WHERE id = :retired"),
    ("rubrics_fixed", f"UPDATE rubrics SET published_at = {LATER} WHERE id = :rubric"),
    ("rubrics_kept", "DELETE FROM rubrics WHERE id = :retired"),
    ("rubrics_sourced", "UPDATE rubrics SET framework_id = :framework WHERE id = :rubric"),
    ("rubrics_sourced", "UPDATE rubrics SET target_set_by = 'user:9' WHERE id = :rubric"),
    ("rubrics_sourced", "UPDATE rubrics SET target_reason = 'Other' WHERE id = :retired"),
    ("rubrics_sourced", "UPDATE rubrics SET created_by = 'user:9' WHERE id = :rubric"),
]

# PostgreSQL rounds to the type of the column by itself.
SQLITE_ATTACKS = [
    ("ratings_of_session: a rating is a whole", f"{RATING} (:umas_draft, '{FIRST}', 2.5, {EVIDENCE})"),
    ("ratings_whole", "UPDATE ratings SET value = 2.5 WHERE scorecard_id = :noras_draft"),
    ("value_on_scale", f"{REPLACED} (:umas_draft, '{FIRST}', 5, {EVIDENCE})"),
    ("ratings_born", f"{REPLACED} (:card, '{FIRST}', 1, {EVIDENCE})"),
    ("scorecards_born", (CARD % ":ines").replace("INSERT", "INSERT OR REPLACE")),
    ("panel_members_fixed", "UPDATE OR REPLACE panel_members SET user_id = :paul WHERE user_id = :ines"),
    ("rubrics_fixed", "UPDATE OR REPLACE rubrics SET content = '{}' WHERE id = :rubric"),
]
POSTGRES_ATTACKS = [
    ("not_truncated", f"TRUNCATE {table} CASCADE") for table in ("panel_members", "ratings", "interviews")
]


def run(connection: Connection, statement: str, ids: dict[str, int]) -> None:
    used = {name: value for name, value in ids.items() if f":{name}" in statement}
    connection.execute(text(statement), used)


def refusal(connection: Connection, statement: str, ids: dict[str, int]) -> str:
    with connection.begin_nested() as savepoint:
        with pytest.raises(DBAPIError) as refused:
            run(connection, statement, ids)
        savepoint.rollback()
    return str(refused.value.orig)


def test_every_attack_on_scorecards_is_refused_by_its_own_guard(
    victim: tuple[Connection, dict[str, int]],
) -> None:
    connection, ids = victim
    own = SQLITE_ATTACKS if connection.dialect.name == "sqlite" else POSTGRES_ATTACKS
    said = [(guard, attack, refusal(connection, attack, ids)) for guard, attack in [*ATTACKS, *own]]
    assert [answer for answer in said if answer[0] not in answer[2] or "locked" in answer[2]] == []


@pytest.mark.parametrize("evidence", ["NULL", "''", "'  '", "'\t\n'", "'\r\n\v\f'", "'\u00a0'"])
def test_no_rating_is_handed_in_without_evidence(
    victim: tuple[Connection, dict[str, int]], evidence: str
) -> None:
    connection, ids = victim
    where = f"WHERE scorecard_id = :noras_draft AND competency = '{SECOND}'"
    run(connection, f"UPDATE ratings SET evidence = {evidence} {where}", ids)
    said = refusal(connection, f"{SUBMIT}noras_draft", ids)
    assert "a rating needs evidence" in said or "blank evidence is none" in said
    run(connection, f"UPDATE ratings SET value = NULL {where}", ids)
    run(connection, f"{SUBMIT}noras_draft", ids)


def test_without_their_guards_the_attacks_go_through(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, ids = victim
    own = SQLITE_ATTACKS if connection.dialect.name == "sqlite" else []
    drop_guards(connection)
    drop_rating_guards(connection)
    guards = {guard.name for guard in RATING_GUARDS}
    guarded = [attack for guard, attack in [*ATTACKS, *own] if guard.split(":")[0] in guards]
    assert len(guarded) >= len(guards)
    for attack in guarded:
        savepoint = connection.begin_nested()
        run(connection, attack, ids)
        savepoint.rollback()


def test_guards_of_what_cards_say_go_and_come_back(database: Database) -> None:
    names = {guard.name for guard in RATING_GUARDS}
    triggers = text(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    schema.downgrade(database, "0061")
    with database.reading() as session:
        assert not names & set(session.scalars(triggers))
    schema.upgrade(database)
    with database.reading() as session:
        assert names <= set(session.scalars(triggers))
