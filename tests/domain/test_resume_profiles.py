"""What a profile tells of somebody's work, and that it does not tell who they are."""

import pytest

from tracker.domain.resume_profiles import MOST_LINES, profile_lines

PROFILE = {
    "basics": {
        "name": "Amina Yusuf",
        "email": "amina@example.net",
        "phone": "0113 496 0000",
        "image": "https://example.net/amina.jpg",
        "label": "Order clerk",
        "summary": "Ten years of orders.",
    },
    "work": [
        {"name": "Holt & Sons", "position": "Order clerk", "startDate": "2021", "highlights": ["60 a day"]}
    ],
    "education": [{"institution": "Leeds College", "area": "Logistics"}],
    "skills": [{"name": "Forklift", "level": "licensed", "keywords": ["counterbalance"]}],
    "languages": [{"language": "German", "fluency": "some"}],
}


def test_work_skills_and_schooling_are_told_line_by_line():
    assert profile_lines(PROFILE) == (
        "Order clerk",
        "Ten years of orders.",
        "Work: Order clerk, Holt & Sons, 2021",
        "– 60 a day",
        "Education: Logistics, Leeds College",
        "Skills: Forklift, licensed",
        "– counterbalance",
        "Languages: German, some",
    )


def test_name_picture_and_contact_data_are_not_told():
    told = " ".join(profile_lines(PROFILE))
    assert not [word for word in ("Amina", "example.net", "0113") if word in told]


@pytest.mark.parametrize(
    "profile",
    [
        None,
        {},
        [],
        {"basics": []},
        {"work": {"name": "x"}},
        {"work": [None, 3, "x", {"name": 7, "highlights": "x"}]},
        {"skills": [{"keywords": [None, {}, []]}]},
    ],
)
def test_other_shapes_are_left_out(profile):
    assert profile_lines(profile) == ()


def test_endless_profile_ends():
    assert len(profile_lines({"skills": [{"name": "x"}] * 10_000})) == MOST_LINES
