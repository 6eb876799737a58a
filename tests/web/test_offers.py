from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.factories import actor_of, join_team, make_application, make_job
from tests.web.conftest import ON_BOTH, PASSWORD, sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.offers import OfferStatus
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.offer_letters import OfferLetter
from tracker.models.users import User
from tracker.queries.offers import offers_of, status_of
from tracker.queries.onboarding import tasks_of
from tracker.services.offer_approvals import add_approval_rule
from tracker.services.users import add_user

pytestmark = ON_BOTH

People = dict[str, int]


@pytest.fixture
def path(database: Database, people: People) -> str:
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        return f"/applications/{make_application(session, job, stage=Stage.OFFER).id}/offers"


def terms(**changed: str) -> dict[str, str]:
    given = {"salary": "31,500", "currency": "EUR", "period": "year"}
    given |= {"starts_on": str(clock.today() + timedelta(days=30))}
    given |= {"expires_at": str(clock.today() + timedelta(days=7))}
    return given | changed


def number_of(path: str) -> int:
    return int(path.split("/")[2])


def latest(database: Database, path: str) -> tuple[str, OfferStatus]:
    """The path of the latest offer, and where it stands."""
    with database.reading() as session:
        offer = offers_of(session, number_of(path))[-1]
        return f"{path}/{offer.id}", status_of(offer, clock.now())


def person(app: Flask, name: str) -> ReadingClient:
    client: ReadingClient = app.test_client()  # type: ignore[assignment]
    return sign_in(client, name)


def sent(app: Flask, database: Database, path: str) -> tuple[str, ReadingClient]:
    rita = person(app, "rita")
    assert rita.send(f"{path}/new", terms()).status_code == 303
    one, _ = latest(database, path)
    assert person(app, "hank").send(f"{one}/approve").status_code == 303
    assert rita.send(f"{one}/send").status_code == 303
    return one, rita


def error_at(response: object, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")  # type: ignore[arg-type]
    return "" if found is None else " ".join("".join(found.itertext()).split())


def version_on(page: object) -> str:
    found = page_of(page).find(".//input[@name='version']")  # type: ignore[arg-type]
    return str(found.get("value"))


def test_acceptance_moves_to_onboarding_and_lays_out_the_checklist(
    app: Flask, database: Database, path: str
) -> None:
    one, rita = sent(app, database, path)
    version = version_on(rita.get(f"{one}/accept"))
    assert rita.send(f"{one}/accept", {"version": version}).status_code == 303
    assert latest(database, path)[1] is OfferStatus.ACCEPTED
    with database.reading() as session:
        assert session.get_one(Application, number_of(path)).stage is Stage.ONBOARDING
        assert tasks_of(session, number_of(path))


def test_acceptance_of_an_application_that_changed_meanwhile_is_asked_again(
    app: Flask, database: Database, path: str
) -> None:
    one, rita = sent(app, database, path)
    answer = rita.send(f"{one}/accept", {"version": "1"})
    assert answer.status_code == 422
    assert latest(database, path)[1] is OfferStatus.SENT
    assert rita.send(f"{one}/accept", {"version": version_on(answer)}).status_code == 303


@pytest.mark.parametrize("drafter", ["rita", "olga"])
def test_nobody_approves_an_offer_they_drafted(
    app: Flask, database: Database, path: str, drafter: str
) -> None:
    client = person(app, drafter)
    assert client.send(f"{path}/new", terms()).status_code == 303
    one, _ = latest(database, path)
    assert f"{one}/approve" not in client.get(path).get_data(as_text=True)
    assert client.send(f"{one}/approve").status_code == 403
    assert latest(database, path)[1] is OfferStatus.DRAFT
    assert f"{one}/approve" in person(app, "hank").get(path).get_data(as_text=True)


def test_offer_is_not_sent_before_it_is_approved(app: Flask, database: Database, path: str) -> None:
    rita = person(app, "rita")
    rita.send(f"{path}/new", terms())
    one, _ = latest(database, path)
    answer = rita.send(f"{one}/send")
    assert answer.status_code == 422
    assert "cannot be sent" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("salary", "plenty"),
        ("salary", "0"),
        ("salary", "sNaN"),
        ("salary", "9e999999"),
        ("salary", "1e5"),
        ("salary", "33.000"),
        ("starts_on", "0001-01-01"),
        ("starts_on", str(clock.today() + timedelta(days=6))),
        ("expires_at", "9999-12-31"),
    ],
)
def test_term_that_makes_no_sense_is_refused_at_its_field(
    app: Flask, database: Database, path: str, field: str, value: str
) -> None:
    answer = person(app, "rita").send(f"{path}/new", terms(**{field: value}))
    assert answer.status_code == 422
    assert error_at(answer, field)
    with database.reading() as session:
        assert not offers_of(session, number_of(path))


@pytest.mark.parametrize(
    ("deed", "status"), [("decline", OfferStatus.DECLINED), ("withdraw", OfferStatus.WITHDRAWN)]
)
def test_offer_ends_with_a_reason(
    app: Flask, database: Database, path: str, deed: str, status: OfferStatus
) -> None:
    one, rita = sent(app, database, path)
    assert error_at(rita.send(f"{one}/{deed}", {"reason": " "}), "reason")
    assert rita.send(f"{one}/{deed}", {"reason": "Another job."}).status_code == 303
    assert latest(database, path)[1] is status
    assert "Another job." in rita.get(path).get_data(as_text=True)


def test_salary_is_read_by_hr_and_the_recruiter_and_hiring_manager_of_the_job_only(
    app: Flask, database: Database, path: str, people: People
) -> None:
    person(app, "rita").send(f"{path}/new", terms())
    one, _ = latest(database, path)
    with database.writing() as session:
        add_user(
            session,
            email="rob@example.org",
            name="Rob",
            roles=[Role.RECRUITER],
            password=PASSWORD,
            actor=SYSTEM,
        )
    for name in ("rita", "hank", "olga"):
        assert "31,500 EUR" in person(app, name).get(path).get_data(as_text=True)
    rob = person(app, "rob")
    assert path not in rob.get(f"/applications/{number_of(path)}").get_data(as_text=True)
    assert rob.get(path).status_code == 404
    assert rob.send(f"{one}/send").status_code == 404
    ines = person(app, "ines")
    assert ines.get(path).status_code == 403
    assert person(app, "hank").send(f"{path}/new", terms()).status_code == 403


def test_reading_an_offer_is_on_record(app: Flask, database: Database, people: People, path: str) -> None:
    one, _ = sent(app, database, path)
    reads = select(AuditEntry.actor, AuditEntry.subject_id, AuditEntry.application_id).where(
        AuditEntry.action == "offer:read"
    )

    def noted() -> list[tuple[str, int, int]]:
        with database.reading() as session:
            return [tuple(row) for row in session.execute(reads.order_by(AuditEntry.id))]

    before = len(noted())
    hank = person(app, "hank")
    for address in (path, f"{one}/letter.pdf"):
        assert hank.get(address).status_code == 200
    offer_id = int(one.rsplit("/", 1)[1])
    [page, letter] = noted()[before:]
    assert page == letter
    assert page[1:] == (offer_id, number_of(path))
    assert page[0] == f"user:{people['hank']}"
    # Who may not read it leaves no mark of having read it.
    assert person(app, "ines").get(path).status_code == 403
    assert len(noted()) == before + 2


def test_a_letter_is_gone_with_the_person_it_was_for(app: Flask, database: Database, path: str) -> None:
    one, _ = sent(app, database, path)
    hank = person(app, "hank")
    assert hank.get(f"{one}/letter.pdf").data.startswith(b"%PDF")
    with database.writing() as session:
        application = session.get_one(Application, number_of(path))
        session.execute(
            update(Candidate).where(Candidate.id == application.candidate_id).values(erased_at=clock.now())
        )
        session.execute(update(OfferLetter).values(document=b""))
    assert hank.get(f"{one}/letter.pdf").status_code == 404


def test_an_offer_in_a_currency_without_a_rule_goes_the_strictest_way_and_says_so(
    app: Flask, database: Database, people: People, path: str
) -> None:
    with database.writing() as session:
        olga = actor_of(session, session.get_one(User, people["olga"]))
        for role in (Role.HIRING_MANAGER, Role.HR):
            add_approval_rule(session, currency="GBP", from_cents=9_000_000_00, role=role, actor=olga)
    rita = person(app, "rita")
    assert rita.send(f"{path}/new", terms(currency="USD")).status_code == 303
    page = rita.get(path).get_data(as_text=True)
    assert "No rule speaks of offers in USD" in page
    one, status = latest(database, path)
    assert status is OfferStatus.DRAFT
    assert person(app, "olga").send(f"{one}/approve").status_code == 403
    assert person(app, "hank").send(f"{one}/approve").status_code == 303
    assert latest(database, path)[1] is OfferStatus.DRAFT
    assert person(app, "olga").send(f"{one}/approve").status_code == 303
    assert latest(database, path)[1] is OfferStatus.APPROVED
