"""The interviews of a demonstration: sessions with their panels, scorecards, and the debrief."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import mean

from tracker import clock
from tracker.cli.demo_cases import Case, Chapter, Scene, together
from tracker.cli.demo_days import Story, at_work
from tracker.cli.demo_evidence import STYLES, evidence, summary
from tracker.cli.demo_words import (
    CANCELLATIONS,
    DEBRIEF_ADVANCE,
    DEBRIEF_STOP,
    PLACES_TO_MEET,
    RESCHEDULED,
    RETURNS_TO_SCREENING,
)
from tracker.domain.actors import Actor
from tracker.domain.moves import MoveKind
from tracker.domain.scorecards import Rating, Recommendation
from tracker.domain.stages import Stage
from tracker.models.debriefs import DebriefDecision
from tracker.models.interviews import Interview
from tracker.models.jobs import InterviewRound
from tracker.queries.scorecards import debrief_score, session_rows
from tracker.services.debriefs import decide_debrief
from tracker.services.interviews import cancel_interview, reschedule_interview, schedule_interview
from tracker.services.scorecards import read_others_cards, save_draft, submit_scorecard

_LENIENCE = (0.0, -0.35, 0.3, 0.1, -0.15, 0.45)
"""How much milder or stricter than the others each interviewer rates, in levels."""


def interviewing(case: Case) -> Chapter:
    """The rounds of the plan, the cards of their panels, and hank's decision."""
    days_ago = {Scene.CARD_DUE: 3, Scene.DEBRIEF_DUE: 9}.get(case.scene) if case.scene else None
    yield case.lately(days_ago) if days_ago else case.lapse(0.8)
    if case.happens(0.03):
        text = case.chance.choice(RETURNS_TO_SCREENING)
        case.move(MoveKind.RETURN, case.recruiter, to=Stage.SCREENING, text=text)
        yield case.lapse(1.5)
        case.advance(case.recruiter)
        yield case.lapse(0.5)
    planned = _schedule_all(case)
    if case.scene is Scene.CARD_DUE:
        return False
    yield from together([_session(case, interview, panel) for interview, panel in planned])
    if case.happens(0.05):
        yield case.lapse(0.5)
        return case.withdraw()
    yield case.lapse(1)
    if case.scene is Scene.DEBRIEF_DUE:
        return False
    if not decide(case):
        yield case.lapse(0.4)
        return case.reject("interview_score", case.world.hank)
    yield case.lapse(0.3)
    return case.advance(case.world.hank)


def decide(case: Case) -> bool:
    """Hank reads the cards and decides; answers whether the application goes on."""
    session, hank = case.world.session, case.world.hank
    read_others_cards(session, case.application, actor=hank, place="debrief")
    score = debrief_score(session, case.application)
    reaches = score is not None and (score.overall or 0) >= (score.target or 0)
    # Now and then the table speaks against the score.
    goes_on = reaches is not case.happens(0.06)
    decide_debrief(
        session,
        case.application,
        decision=DebriefDecision.ADVANCE if goes_on else DebriefDecision.STOP,
        reason=case.chance.choice(DEBRIEF_ADVANCE if goes_on else DEBRIEF_STOP),
        knows_score=True,
        actor=hank,
    )
    return goes_on


def _schedule_all(case: Case) -> list[tuple[Interview, Sequence[Actor]]]:
    """All rounds at once, a day or two apart; rounds that rate the same rows have different panels."""
    case.world.session.refresh(case.job, ["rounds"])
    free = case.chance.sample(case.world.interviewers, k=len(case.world.interviewers))
    if case.scene is Scene.CARD_DUE:
        free.remove(case.world.ines)
        free.append(case.world.ines)
    planned: list[tuple[Interview, Sequence[Actor]]] = []
    earliest = clock.now() + timedelta(days=1)
    apart = timedelta(days=0.3 if case.scene is Scene.DEBRIEF_DUE else 1)
    for place, round_ in enumerate(case.job.rounds):
        panel = [free.pop()] if free else [case.world.hank]
        if place == 1:
            panel.append(case.world.hank)
        starts_at = case.world.diary.book([person.id or 0 for person in panel], earliest)
        if place == 0 and case.scene is Scene.CARD_DUE:
            starts_at = _earlier_today(case.world.now)
        planned.append((_schedule(case, round_, panel, starts_at), panel))
        earliest = starts_at + apart * case.chance.uniform(0.5, 1.5)
    return planned


def _earlier_today(now: datetime) -> datetime:
    """The first hour of the working day, or the last one before now if it is too early for that."""
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0)
    return nine if nine + timedelta(hours=1) <= now else now - timedelta(minutes=50)


def _schedule(case: Case, round_: InterviewRound, panel: Sequence[Actor], starts_at: datetime) -> Interview:
    return schedule_interview(
        case.world.session,
        case.application,
        kind=round_.kind,
        starts_at=starts_at,
        minutes=round_.minutes,
        panel=[person.id for person in panel if person.id is not None],
        competencies=round_.competencies,
        title=round_.title,
        place=case.chance.choice(PLACES_TO_MEET),
        round_position=round_.position,
        actor=case.recruiter,
    )


def _session(case: Case, interview: Interview, panel: Sequence[Actor]) -> Story:
    """One session as it goes: sometimes at another time, and now and then only at the second try."""
    session, diary = case.world.session, case.world.diary
    people = [person.id or 0 for person in panel]
    day_before = at_work(max(interview.starts_at - timedelta(days=1), clock.now()), case.chance)
    if day_before < interview.starts_at and case.happens(0.1):
        yield day_before
        starts_at = diary.book(people, interview.starts_at + timedelta(hours=20))
        place = case.chance.choice(RESCHEDULED)
        reschedule_interview(
            session,
            interview,
            starts_at=starts_at,
            minutes=interview.minutes,
            place=place,
            actor=case.recruiter,
        )
    elif case.happens(0.03):
        yield max(interview.starts_at - timedelta(hours=2), clock.now())
        reason = case.chance.choice(CANCELLATIONS)
        cancel_interview(session, interview, reason=reason, actor=case.recruiter)
        round_ = next(r for r in case.job.rounds if r.position == interview.round_position)
        starts_at = diary.book(people, interview.starts_at + timedelta(days=1))
        interview = _schedule(case, round_, panel, starts_at)
    yield from together([_card(case, interview, person) for person in panel])


def _card(case: Case, interview: Interview, person: Actor) -> Story:
    """A member of the panel writes the card up: mostly the same day, sometimes days later."""
    yield interview.ends_at + timedelta(minutes=case.chance.randint(5, 50))
    place = case.world.interviewers.index(person) if person in case.world.interviewers else 0
    ratings = _ratings(case, interview, person, place)
    targets = {row.key: row.target_level.rank for row in session_rows(interview)}
    above = mean(rating.value - targets[rating.competency] for rating in ratings if rating.value is not None)
    if case.happens(0.08):
        save_draft(case.world.session, interview, ratings=ratings[:2], actor=person)
        yield case.lapse(2)
    elif case.happens(0.5):
        yield case.lapse(0.4)
    submit_scorecard(
        case.world.session,
        interview,
        ratings=ratings,
        recommendation=_recommendation(above),
        summary=summary(above, case.chance),
        actor=person,
    )


def _ratings(case: Case, interview: Interview, person: Actor, place: int) -> list[Rating]:
    style = STYLES[place % len(STYLES)]
    leans = _LENIENCE[place % len(_LENIENCE)]
    found = []
    for row in session_rows(interview):
        if not row.is_required and case.happens(0.2):
            found.append(Rating(row.key, None))
            continue
        target = row.target_level.rank
        level = target + 2.4 * (case.person.ability - 0.45) + leans + case.chance.gauss(0, 0.6)
        value = min(max(round(level), target if case.scene else 0), 4)
        said = evidence(row.key, row.name, value - target, style, case.chance)
        found.append(Rating(row.key, value, said))
    return found


def _recommendation(above: float) -> Recommendation:
    if above >= 1:
        return Recommendation.STRONG_YES
    if above >= 0.1:
        return Recommendation.YES
    return Recommendation.NO if above >= -0.6 else Recommendation.STRONG_NO
