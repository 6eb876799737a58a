"""Finding people by the beginnings of words, only among those the actor may know of."""

import pytest

from tests.factories import make_actor, make_application, make_candidate, make_job
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.queries.candidates import search
from tracker.services.candidates import CandidateDetails, add_candidate, edit_candidate

PEOPLE = {
    "Élodie Brûlé": "elodie@example.org",
    "Sean O'Brien": "sob@example.net",
    "Amina Yusuf": "a.yusuf@corp.example.com",
    "张 伟": "zhang@example.org",
    "100% Real Or Not": "near@example.org",
}


@pytest.fixture
def people(session):
    return {
        name: add_candidate(session, CandidateDetails(name, email), actor=SYSTEM)
        for name, email in PEOPLE.items()
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("elodie", ["Élodie Brûlé"]),
        ("ÉLOD", ["Élodie Brûlé"]),
        ("bru elo", ["Élodie Brûlé"]),
        ("o'brien", ["Sean O'Brien"]),
        ("brien", ["Sean O'Brien"]),
        ("a.yusuf@corp", ["Amina Yusuf"]),
        ("yusuf", ["Amina Yusuf"]),
        ("张", ["张 伟"]),
        ("example", ["100% Real Or Not", "Amina Yusuf", "Élodie Brûlé", "Sean O'Brien", "张 伟"]),
        ("usuf", []),
        ("elodie yusuf", []),
        ("NOT real", ["100% Real Or Not"]),
        ("or", ["100% Real Or Not", "Élodie Brûlé", "张 伟"]),
        ("NEAR", ["100% Real Or Not"]),
        *((sign, []) for sign in ('"', "*", "'", "%", "(", "--", "\\", ":*", "!&|", "\x00")),
        ('elodie" OR "yusuf', []),
        ("elodie) | (yusuf", []),
        ("search_text:elodie", []),
    ],
)
def test_words_find_by_their_beginning_and_signs_are_no_language(session, people, words, found):
    names = [row.name for row in search(session, SYSTEM, words).candidates]
    assert sorted(names) == sorted(found)


def test_search_follows_a_corrected_name(session, people):
    row = people["Amina Yusuf"]
    edit_candidate(session, row, CandidateDetails("Amina Okafor", "amina@example.org"), actor=SYSTEM)
    assert search(session, SYSTEM, "yusuf").candidates == ()
    assert search(session, SYSTEM, "okaf").candidates == (row,)


def test_pages_follow_each_other_without_gap_or_repeat(session):
    made = [make_candidate(session, name) for name in ["Bo", "Al", "Bo", "Cy", "Al"]]
    pages, after = [], None
    for _ in range(9):
        page = search(session, SYSTEM, after=after, limit=2)
        pages.append(page.candidates)
        after = page.after
        if after is None:
            break
    flat = [row for page in pages for row in page if row in made]
    assert flat == sorted(made, key=lambda row: (row.sort_name, row.id))
    assert max(map(len, pages)) == 2


def test_search_shows_nobody_whom_the_actor_may_not_know(session, people):
    job = make_job(session)
    application = make_application(session, job, candidate=people["Élodie Brûlé"])
    make_application(session, candidate=people["Amina Yusuf"])
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    assert search(session, hank, "example").candidates == (application.candidate,)
    assert search(session, hank).candidates == (application.candidate,)
    assert search(session, make_actor(session, Role.INTERVIEWER), "example").candidates == ()


def test_who_was_erased_or_merged_is_not_found(session, people):
    people["Amina Yusuf"].merged_into_id = people["Sean O'Brien"].id
    people["Élodie Brûlé"].erased_at = people["Élodie Brûlé"].created_at
    session.flush()
    assert search(session, SYSTEM, "yusuf").candidates == ()
    assert search(session, SYSTEM, "elodie").candidates == ()
