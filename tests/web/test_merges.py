"""Two records of one person become one, and two again; nothing of either is lost."""

import pytest
from sqlalchemy import select

from tests.factories import make_application, make_candidate, make_job
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker.models.candidates import Candidate
from tracker.models.moves import Move
from tracker.queries.history import verify_history


def text_of(response):
    return " ".join("".join(page_of(response).itertext()).split())


def post(client, address):
    token = page_of(client.get(address)).find(".//main//input[@name='csrf_token']").get("value")
    return client.post(address, data={"csrf_token": token})


@pytest.fixture
def two(database, people):
    """Two records of one name, each with an application for another job."""
    with database.writing() as session:
        found = []
        for title, email in (("Order clerk", "amina@example.org"), ("Team lead", "a.yusuf@example.net")):
            candidate = make_candidate(session, "Amina Yusuf", email=email)
            make_application(session, make_job(session, title=title), candidate=candidate)
            found.append(candidate.id)
        return found


def moves(database):
    with database.reading() as session:
        assert verify_history(session)[2] is None
        return session.scalars(select(Move.hash).order_by(Move.application_id, Move.version)).all()


def test_a_recruiter_makes_two_records_one_and_takes_it_back(client, database, two):
    kept, other = two
    before = moves(database)
    rita = sign_in(client, "rita")
    assert f"/candidates/{kept}/merge/{other}" in rita.get(f"/candidates/{kept}").get_data(as_text=True)
    assert "Keep the other one" in text_of(rita.get(f"/candidates/{kept}/merge/{other}"))
    assert post(rita, f"/candidates/{kept}/merge/{other}").status_code == 303
    shown = text_of(rita.get(f"/candidates/{kept}"))
    assert "Order clerk" in shown
    assert "Team lead" in shown
    assert "Perhaps the same person" not in shown
    assert rita.get(f"/candidates/{other}").headers["Location"].endswith(f"/candidates/{kept}")
    assert text_of(rita.get("/candidates")).count("Amina Yusuf") == 1
    assert moves(database) == before
    assert post(rita, f"/candidates/{kept}/separate/{other}").status_code == 303
    assert "Team lead" not in text_of(rita.get(f"/candidates/{kept}"))
    assert "Team lead" in text_of(rita.get(f"/candidates/{other}"))
    assert moves(database) == before


def test_somebody_who_was_merged_meanwhile_is_not_merged_again(client, database, two):
    kept, other = two
    rita = sign_in(client, "rita")
    token = page_of(rita.get(f"/candidates/{kept}/merge/{other}")).find(".//main//input[@name='csrf_token']")
    with database.writing() as session:
        third = make_candidate(session, "Amina Yusuf")
        session.get_one(Candidate, other).merged_into_id = third.id
    answer = rita.post(f"/candidates/{kept}/merge/{other}", data={"csrf_token": token.get("value")})
    assert answer.status_code == 422
    assert "merged meanwhile" in text_of(answer)


@pytest.mark.parametrize("address", ["{0}/merge/{0}", "{0}/merge/77", "77/merge/{0}", "{0}/separate/{1}"])
def test_what_does_not_go_together_is_not_found(client, two, address):
    assert sign_in(client, "rita").get(f"/candidates/{address.format(*two)}").status_code == 404


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_others_merge_nobody(client, two, persona):
    kept, other = two
    assert sign_in(client, persona).get(f"/candidates/{kept}/merge/{other}").status_code in (403, 404)
