"""Made-up applicants of a demonstration and how they fared; the same seed gives the same people."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tracker.domain.event_logs import Case, LoggedEvent, LoggedOutcome
from tracker.domain.names import fold
from tracker.domain.stages import STAGES, Stage

# Given names and family names of one language go together.
_NAMES: tuple[tuple[str, str], ...] = (
    ("Amina Chidi Ngozi Tunde Folake Emeka", "Okafor Adeyemi Balogun Eze Nwosu"),
    ("Mateo Lucía Diego Valentina Inés Joaquín", "García Fernández Ruiz Moreno Castillo"),
    ("Anneli Juhani Aino Eero Sanna Mikko", "Korhonen Virtanen Mäkinen Laine Heikkinen"),
    ("Priya Arjun Kavya Rohan Meera Vikram", "Sharma Iyer Patel Banerjee Reddy"),
    ("Wei Mei Jun Xiu Hao Lan", "Zhang Chen Liu Huang Lin"),
    ("Haruto Yui Sora Aoi Ren Hina", "Sato Tanaka Watanabe Kobayashi Mori"),
    ("Zofia Jakub Hanna Piotr Maja Tomasz", "Kowalska Nowak Wójcik Lewandowska Zieliński"),
    ("Élodie Mathieu Camille Théo Manon Hugo", "Lefèvre Moreau Girard Rousseau Dubois"),
    ("Leila Omar Yasmin Khalid Salma Tarek", "Haddad Mansour Khoury Saleh Nasser"),
    ("Ayşe Mehmet Elif Emre Zeynep Can", "Yılmaz Kaya Demir Şahin Öztürk"),
    ("Grace Daniel Ruth Samuel Hannah Peter", "Walker Bennett Hughes Campbell Foster"),
    ("Linh Minh Thu Quang Mai Duc", "Nguyen Tran Pham Le Hoang"),
    ("Beatriz João Mariana Tiago Inês Rui", "Silva Almeida Carvalho Rocha Teixeira"),
    ("Siobhan Cormac Niamh Declan Aoife Eoin", "Murphy Byrne Gallagher Doyle Nolan"),
)
PLACES = ("Riverside", "Old Town", "Harbour Road", "Northfield", "Mill Lane", "Station Quarter")
_SOURCES = (
    *("job board", "job board", "job board", "website", "website", "referral", "referral", "agency"),
    *("social media", "career fair", "college", "internal"),
)
_DAYS = {
    Stage.APPLICATION: 3.0,
    Stage.SCREENING: 6.0,
    Stage.INTERVIEW: 11.0,
    Stage.REFERENCES: 6.0,
    Stage.OFFER: 4.0,
    Stage.ONBOARDING: 30.0,
}
_GOES_ON = {
    Stage.APPLICATION: 0.62,
    Stage.SCREENING: 0.5,
    Stage.INTERVIEW: 0.38,
    Stage.REFERENCES: 0.85,
    Stage.OFFER: 0.8,
    Stage.ONBOARDING: 0.95,
}
_REJECTED = {
    Stage.APPLICATION: ("minimum_qualifications", "less_qualified", "incomplete"),
    Stage.SCREENING: ("screening_call", "not_reachable", "less_qualified"),
    Stage.INTERVIEW: ("interview_score", "skills_assessment", "no_show"),
    Stage.REFERENCES: ("less_qualified", "position_filled"),
    Stage.OFFER: ("position_filled",),
    Stage.ONBOARDING: ("no_show",),
}
_WITHDRAWN = ("other_offer", "salary", "location_or_hours", "not_interested", "process_too_long")
_WITHDRAWS = 0.22
_LONGEST_AGO, _LATELY = 150, 14  # days
_LATELY_SHARE = 0.5


def make_cases(count: int, chance: random.Random, now: datetime, jobs: Sequence[str]) -> Iterator[Case]:
    """So many applications on these jobs, each with what happened to it until now."""
    for number in range(1, count + 1):
        given, family = (chance.choice(names.split()) for names in chance.choice(_NAMES))
        address = ".".join("".join(filter(str.isascii, fold(part))) for part in (given, family))
        yield Case(
            key=f"D{number:05}",
            candidate=f"{given} {family}",
            email=f"{address}{number}@example.net",
            job=chance.choice(jobs),
            source=chance.choice(_SOURCES),
            events=_events(chance, now),
        )


def _events(chance: random.Random, now: datetime) -> list[LoggedEvent]:
    # Many began lately, so that every stage has somebody to act on.
    longest = _LATELY if chance.random() < _LATELY_SHARE else _LONGEST_AGO
    at = now - timedelta(days=chance.uniform(0.2, longest))
    events: list[LoggedEvent] = []

    def note(activity: str, actor: str, reason: str | None = None) -> None:
        events.append(LoggedEvent(len(events), at, activity, actor, reason))

    for stage in STAGES:
        note(stage.value, "Rita" if stage.place else "the candidate")
        at += timedelta(days=chance.expovariate(1 / _DAYS[stage]) + 0.3)
        if at > now:
            return events
        if chance.random() < _GOES_ON[stage]:
            continue
        if stage is Stage.OFFER:
            note(LoggedOutcome.OFFER_DECLINED, "the candidate")
        elif chance.random() < _WITHDRAWS:
            note(LoggedOutcome.WITHDRAWN, "the candidate", chance.choice(_WITHDRAWN))
        else:
            note(LoggedOutcome.REJECTED, "Rita", chance.choice(_REJECTED[stage]))
        return events
    note(LoggedOutcome.HIRED, "Rita")
    return events
