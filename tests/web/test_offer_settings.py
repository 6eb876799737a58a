"""What HR settles about offers by the pages: who approves them, and templates of their terms."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.factories import join_team, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Stage
from tracker.models.users import User
from tracker.queries.offer_templates import offer_templates
from tracker.queries.offers import offers_of, rules_in_use, steps_of

People = dict[str, int]
PLACE = "/offer-settings"
RULE = {"currency": "GBP", "amount": "60,000", "role": "hr"}
TEMPLATE = {
    "name": "Clerks",
    "department": "Sales",
    "currency": "GBP",
    "period": "month",
    "days_to_answer": "10",
    "benefits": "A pension",
    "conditions": "References",
}


def person(app: Flask, name: str) -> ReadingClient:
    client: ReadingClient = app.test_client()  # type: ignore[assignment]
    return sign_in(client, name)


@pytest.fixture
def path(database: Database, people: People) -> str:
    with database.writing() as session:
        job = make_job(session, department="Sales")
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        return f"/applications/{make_application(session, job, stage=Stage.OFFER).id}/offers"


def test_hr_asks_for_approvals_by_amount_and_the_offer_says_who_is_next(
    app: Flask, database: Database, path: str
) -> None:
    olga, rita, hank = person(app, "olga"), person(app, "rita"), person(app, "hank")
    for changed in ({"role": "hiring_manager", "amount": "0"}, {}):
        assert olga.send(f"{PLACE}/rules/new", RULE | changed).status_code == 303
    page = olga.get(PLACE).text
    assert "every offer in GBP" in page
    assert "from 60,000 GBP" in page
    terms = {"salary": "70000", "currency": "GBP", "period": "year"}
    terms |= {"starts_on": str(clock.today() + timedelta(days=30))}
    terms |= {"expires_at": str(clock.today() + timedelta(days=7))}
    assert rita.send(f"{path}/new", terms).status_code == 303
    with database.reading() as session:
        (offer,) = offers_of(session, int(path.split("/")[2]))
        assert len(steps_of(session, offer)) == 2
    assert "Waits for the hiring manager of the job" in rita.get(path).text
    assert olga.send(f"{path}/{offer.id}/approve").status_code == 403
    assert hank.send(f"{path}/{offer.id}/approve").status_code == 303
    assert "Waits for HR" in rita.get(path).text
    assert hank.send(f"{path}/{offer.id}/approve").status_code == 403
    assert olga.send(f"{path}/{offer.id}/approve").status_code == 303
    assert rita.send(f"{path}/{offer.id}/send").status_code == 303


def test_a_rule_is_removed_and_what_was_drafted_keeps_its_steps(app: Flask, database: Database) -> None:
    olga = person(app, "olga")
    olga.send(f"{PLACE}/rules/new", RULE)
    assert olga.send(f"{PLACE}/rules/1/remove").status_code == 303
    assert olga.send(f"{PLACE}/rules/1/remove").status_code == 404
    with database.reading() as session:
        assert rules_in_use(session) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": ""}, "Enter the amount"),
        ({"amount": "much"}, "Write the amount as 33000"),
        ({"amount": "-5"}, "Write the amount as 33000"),
        ({"amount": "٣"}, "Write the amount as 33000"),
        ({"amount": "60.000"}, "Write the amount as 33000"),
        ({"amount": "60000.50"}, "Write a whole amount"),
        ({"amount": "9" * 25}, "must be 0 or more"),
        ({"currency": "XYZ"}, "Not a valid choice"),
        ({"role": "recruiter"}, "Not a valid choice"),
        ({}, "asked from this amount on already"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_told_at_its_field(
    app: Flask, database: Database, changed: dict[str, str], said: str
) -> None:
    olga = person(app, "olga")
    olga.send(f"{PLACE}/rules/new", RULE)
    answer = olga.send(f"{PLACE}/rules/new", RULE | changed)
    assert answer.status_code == 422
    assert said in answer.text
    with database.reading() as session:
        assert len(rules_in_use(session)) == 1


def test_a_template_fills_the_form_of_an_offer_for_jobs_of_its_department(app: Flask, path: str) -> None:
    olga, rita = person(app, "olga"), person(app, "rita")
    assert olga.send(f"{PLACE}/templates/new", TEMPLATE).status_code == 303
    olga.send(f"{PLACE}/templates/new", TEMPLATE | {"name": "Engineers", "department": "Engineering"})
    olga.send(f"{PLACE}/templates/new", TEMPLATE | {"name": "Everybody", "department": ""})
    page = rita.get(f"{path}/new").text
    assert ["Clerks" in page, "Everybody" in page, "Engineers" in page] == [True, True, False]
    page = rita.get(f"{path}/new?template=1").text
    assert "A pension</textarea>" in page
    assert f'value="{clock.today() + timedelta(days=10)}"' in page
    assert "A pension" not in rita.get(f"{path}/new?template=2").text


def test_a_template_is_changed_under_the_eyes_of_others_and_removed(app: Flask, database: Database) -> None:
    olga = person(app, "olga")
    olga.send(f"{PLACE}/templates/new", TEMPLATE)
    one = f"{PLACE}/templates/1"
    assert "A pension" in olga.get(one).text
    late = olga.send(one, TEMPLATE | {"benefits": "None", "seen": "2020-01-01T00:00:00+00:00"})
    assert (late.status_code, "meanwhile" in late.text) == (422, True)
    with database.reading() as session:
        (template,) = offer_templates(session)
        seen, benefits = template.changed_at.isoformat(), template.benefits
    assert benefits == "A pension"
    assert olga.send(one, TEMPLATE | {"benefits": "A bicycle", "seen": seen}).status_code == 303
    assert "A bicycle" in olga.get(one).text
    assert olga.send(f"{one}/remove").status_code == 303
    assert olga.get(one).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Give the template a name"),
        ({"name": "x" * 81}, "longer than 80"),
        ({"days_to_answer": "0"}, "Between 1 and 365 days"),
        ({"days_to_answer": "9999999999999999999"}, "Between 1 and 365 days"),
        ({"days_to_answer": "soon"}, "Not a valid integer value"),
        ({"currency": "XYZ"}, "Not a valid choice"),
        ({}, "Another template has this name"),
    ],
)
def test_a_template_that_cannot_be_kept_is_told_at_its_field(
    app: Flask, database: Database, changed: dict[str, str], said: str
) -> None:
    olga = person(app, "olga")
    olga.send(f"{PLACE}/templates/new", TEMPLATE)
    answer = olga.send(f"{PLACE}/templates/new", TEMPLATE | changed)
    assert answer.status_code == 422
    assert said in answer.text
    with database.reading() as session:
        assert len(offer_templates(session)) == 1


@pytest.mark.parametrize("name", ["rita", "hank", "ines"])
@pytest.mark.parametrize("page", ["", "/rules/new", "/templates/new"])
def test_only_hr_settles_what_holds_for_all_offers(app: Flask, name: str, page: str) -> None:
    assert person(app, name).get(f"{PLACE}{page}").status_code == 403
