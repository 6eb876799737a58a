"""What may not be asked of a candidate, as dated rows by jurisdiction.

A row refuses or warns of questions on one protected matter. Jurisdictions are written "US", "US-CA",
"US-NY-NYC", "EU-DE", "GB"; a row holds for its jurisdiction and all within it, and the strictest row wins.
"*" holds everywhere. The rows guide authors; they are no legal advice and are to be confirmed by counsel.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.jurisdictions import holds_in
from tracker.domain.protected_matters import PROTECTED_MATTER_LABELS, ProtectedMatter, signs_of

__all__ = [
    "PROTECTED_MATTER_LABELS",
    "QUESTION_ROWS",
    "QUESTION_VERDICT_LABELS",
    "ProtectedMatter",
    "QuestionRow",
    "QuestionVerdict",
    "QuestionWarning",
    "check_question",
]


class QuestionVerdict(StrEnum):
    """What happens to a question that touches a protected matter."""

    WARN = "warn"
    REFUSE = "refuse"


QUESTION_VERDICT_LABELS: dict[QuestionVerdict, str] = {
    QuestionVerdict.WARN: "Think again",
    QuestionVerdict.REFUSE: "May not be asked",
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One row of the table: from `since` on, questions on a matter are warned of or refused there."""

    matter: ProtectedMatter
    jurisdiction: str
    verdict: QuestionVerdict
    source: str
    since: date = date.min


_REFUSE, _WARN = QuestionVerdict.REFUSE, QuestionVerdict.WARN
QUESTION_ROWS: tuple[QuestionRow, ...] = (
    *(
        QuestionRow(matter, "*", _WARN, "asks for what has no bearing on the work")
        for matter in ProtectedMatter
    ),
    QuestionRow(ProtectedMatter.AGE, "US", _WARN, "29 CFR 1625.4 and 1625.5", date(1981, 9, 29)),
    QuestionRow(ProtectedMatter.AGE, "US-CA", _REFUSE, "Cal. Gov. Code 12940(d)"),
    QuestionRow(ProtectedMatter.AGE, "US-NY", _REFUSE, "N.Y. Exec. Law 296(1)(d)"),
    QuestionRow(
        ProtectedMatter.FAMILY,
        "US",
        _REFUSE,
        "Title VII as amended in 1978; 29 CFR 1604.7",
        date(1978, 10, 31),
    ),
    QuestionRow(ProtectedMatter.ORIGIN, "US", _REFUSE, "Title VII; 8 USC 1324b", date(1986, 11, 6)),
    QuestionRow(ProtectedMatter.RELIGION, "US", _REFUSE, "Title VII", date(1965, 7, 2)),
    QuestionRow(ProtectedMatter.HEALTH, "US", _REFUSE, "42 USC 12112(d)(2)", date(1992, 7, 26)),
    QuestionRow(ProtectedMatter.GENETICS, "US", _REFUSE, "42 USC 2000ff-1(b)", date(2009, 11, 21)),
    QuestionRow(
        ProtectedMatter.ORIENTATION, "US", _REFUSE, "Title VII; Bostock v. Clayton County", date(2020, 6, 15)
    ),
    QuestionRow(
        ProtectedMatter.ARRESTS,
        "US-CA",
        _REFUSE,
        "Cal. Gov. Code 12952; Cal. Lab. Code 432.7",
        date(2018, 1, 1),
    ),
    QuestionRow(ProtectedMatter.ARRESTS, "US-IL", _REFUSE, "775 ILCS 5/2-103", date(2015, 1, 1)),
    QuestionRow(ProtectedMatter.ARRESTS, "US-MA", _REFUSE, "M.G.L. c. 151B s. 4(9)", date(2010, 11, 4)),
    QuestionRow(ProtectedMatter.ARRESTS, "US-NJ", _REFUSE, "N.J.S.A. 34:6B-14", date(2015, 3, 1)),
    QuestionRow(
        ProtectedMatter.ARRESTS, "US-NY-NYC", _REFUSE, "N.Y.C. Admin. Code 8-107(11-a)", date(2015, 10, 27)
    ),
    QuestionRow(ProtectedMatter.UNION, "US", _REFUSE, "29 USC 158(a)(1) and (3)", date(1935, 7, 5)),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-CA", _REFUSE, "Cal. Lab. Code 432.3", date(2018, 1, 1)),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-CO", _REFUSE, "C.R.S. 8-5-102(2)", date(2021, 1, 1)),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-IL", _REFUSE, "820 ILCS 112/10(b-5)", date(2019, 9, 29)),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-MA", _REFUSE, "M.G.L. c. 149 s. 105A(c)(2)", date(2018, 7, 1)),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-NJ", _REFUSE, "N.J.S.A. 34:6B-20", date(2020, 1, 1)),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-NY", _REFUSE, "N.Y. Lab. Law 194-a", date(2020, 1, 6)),
    QuestionRow(
        ProtectedMatter.PAST_PAY, "US-NY-NYC", _REFUSE, "N.Y.C. Admin. Code 8-107(25)", date(2017, 10, 31)
    ),
    QuestionRow(ProtectedMatter.PAST_PAY, "US-WA", _REFUSE, "RCW 49.58.100", date(2019, 7, 28)),
    QuestionRow(
        ProtectedMatter.PAST_PAY, "EU", _REFUSE, "Directive (EU) 2023/970, Article 5(2)", date(2026, 6, 7)
    ),
    *(
        QuestionRow(
            matter, "EU", _REFUSE, "Directives 2000/43/EC, 2000/78/EC and 2006/54/EC", date(2006, 8, 15)
        )
        for matter in (
            ProtectedMatter.AGE,
            ProtectedMatter.FAMILY,
            ProtectedMatter.ORIGIN,
            ProtectedMatter.RELIGION,
            ProtectedMatter.HEALTH,
            ProtectedMatter.GENETICS,
            ProtectedMatter.ORIENTATION,
            ProtectedMatter.UNION,
        )
    ),
    QuestionRow(ProtectedMatter.HEALTH, "GB", _REFUSE, "Equality Act 2010, s. 60", date(2010, 10, 1)),
    QuestionRow(ProtectedMatter.GENETICS, "GB", _REFUSE, "Equality Act 2010, s. 60", date(2010, 10, 1)),
    QuestionRow(ProtectedMatter.UNION, "GB", _REFUSE, "Trade Union and Labour Relations Act 1992, s. 137"),
)


@dataclass(frozen=True, slots=True)
class QuestionWarning:
    """Why a question should or may not be asked."""

    matter: ProtectedMatter
    verdict: QuestionVerdict
    message: str
    source: str


def check_question(text: str, jurisdiction: str, *, on: date | None = None) -> list[QuestionWarning]:
    """The protected matters that a question touches, by the rows of a jurisdiction; empty when there is none.

    `on` is the day that counts; without it every row of the table holds.
    """
    plain = " ".join(text.split())
    return [
        _warning(_strictest(matter, jurisdiction, on))
        for matter in ProtectedMatter
        if signs_of(matter).search(plain)
    ]


NEVER_BEFORE_AN_OFFER = frozenset({ProtectedMatter.HEALTH, ProtectedMatter.GENETICS})
"""What applicants are not asked anywhere: they may say it on the voluntary page, apart from all else."""


def why_not_of_applicants(text: str, jurisdiction: str) -> str:
    """Why a question may not be put to applicants, in a sentence; empty where it may.

    What the law refuses there, and health and heredity everywhere: before an offer nothing of it has a use.
    """
    for warning in check_question(text, jurisdiction):
        if warning.verdict is QuestionVerdict.REFUSE:
            return warning.message
        if warning.matter in NEVER_BEFORE_AN_OFFER:
            label = PROTECTED_MATTER_LABELS[warning.matter]
            return (
                f"Applicants are not asked about {label} before an offer. Where they are invited to say it of"
                " themselves, that has a page of its own, apart from their application."
            )
    return ""


def _strictest(matter: ProtectedMatter, jurisdiction: str, on: date | None) -> QuestionRow:
    rows = [
        row
        for row in QUESTION_ROWS
        if row.matter is matter
        and holds_in(row.jurisdiction, jurisdiction)
        and (on is None or row.since <= on)
    ]
    return max(rows, key=lambda row: (row.verdict is _REFUSE, len(row.jurisdiction), row.since))


def _warning(row: QuestionRow) -> QuestionWarning:
    label = PROTECTED_MATTER_LABELS[row.matter]
    if row.verdict is _REFUSE:
        message = f"This asks about {label}, which may not be asked here ({row.source})."
    else:
        message = f"This seems to ask about {label}: ask about the work instead."
    return QuestionWarning(row.matter, row.verdict, message, row.source)
