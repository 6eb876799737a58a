"""What may not be asked of a candidate, as dated rows by jurisdiction.

A row refuses or warns of questions on one protected matter. Jurisdictions are written "US", "US-CA",
"US-NY-NYC", "EU-DE", "GB"; a row holds for its jurisdiction and all within it, and the strictest row wins.
"*" holds everywhere. The rows guide authors; they are no legal advice and are to be confirmed by counsel.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class QuestionVerdict(StrEnum):
    """What happens to a question that touches a protected matter."""

    WARN = "warn"
    REFUSE = "refuse"


QUESTION_VERDICT_LABELS: dict[QuestionVerdict, str] = {
    QuestionVerdict.WARN: "Think again",
    QuestionVerdict.REFUSE: "May not be asked",
}


class ProtectedMatter(StrEnum):
    """What a question must not be about."""

    AGE = "age"
    FAMILY = "family"
    ORIGIN = "origin"
    RELIGION = "religion"
    HEALTH = "health"
    GENETICS = "genetics"
    ORIENTATION = "orientation"
    ARRESTS = "arrests"
    UNION = "union"
    PAST_PAY = "past_pay"


PROTECTED_MATTER_LABELS: dict[ProtectedMatter, str] = {
    ProtectedMatter.AGE: "age",
    ProtectedMatter.FAMILY: "family, marriage or pregnancy",
    ProtectedMatter.ORIGIN: "origin, citizenship or first language",
    ProtectedMatter.RELIGION: "religion or belief",
    ProtectedMatter.HEALTH: "health or disability",
    ProtectedMatter.GENETICS: "family health history",
    ProtectedMatter.ORIENTATION: "sex, gender or sexual orientation",
    ProtectedMatter.ARRESTS: "arrests or convictions",
    ProtectedMatter.UNION: "union membership or politics",
    ProtectedMatter.PAST_PAY: "present or past pay",
}

# One sign a line. A question is about the candidate: "how old are you", not "how old must a customer be".
_SIGNS_AS_TEXT: dict[ProtectedMatter, str] = {
    ProtectedMatter.AGE: r"""
        \bhow old are you\b
        \byour (?:own )?(?:age|birthday|birth ?date|date of birth|year of birth)\b
        \b(?:when|(?:what|which) year) were you born\b
        \b(?:when|(?:what|which) year) did you (?:graduate|finish|leave)(?: \w+){0,2} school\b
        \b(?:what|which) year did you graduate\b
        \b(?:are|do) you\b.{0,40}\b(?:retir\w+|too (?:old|young)|over \d\d|under \d\d|years old)\b
        """,
    ProtectedMatter.FAMILY: r"""
        \byour (?:own )?(?:\w+ )?(?:husband|wife|spouse|children|kids?|family|marriage|marital status)\b
        \byour (?:own )?partner\b
        \byour (?:own )?(?:\w+ )?(?:pregnanc\w+|child ?care|maiden name)\b
        \b(?:are|were) you (?:\w+ ){0,2}(?:married|single|divorced|engaged to|pregnant|expecting a)\b
        \b(?:are|were) you (?:\w+ ){0,2}a (?:parent|mother|father)\b
        \b(?:do|did|will|would) you (?:\w+ ){0,3}(?:children|kids|a family|get married|get pregnant|a baby)\b
        \b(?:are|do|will|would) you\b.{0,30}\b(?:get(?:ting)? (?:married|pregnant)|start(?:ing)? a family)\b
        \bwho (?:looks after|takes care of|minds) (?:your|the) (?:children|kids)\b
        """,
    ProtectedMatter.ORIGIN: r"""
        \bwhere (?:were (?:you|your \w+) born|are (?:you|your (?:parents|family)) (?:originally )?from)\b
        \bwhere (?:do you come from|did you grow up)\b
        \byour (?:\w+ )?(?:nationality|citizenship|ethnicity|ethnic \w+|race|ancestry|birthplace|accent)\b
        \byour (?:\w+ )?(?:place of birth|native language|mother tongue|first language|skin colou?r)\b
        \byour country of (?:birth|origin)\b
        \bare you (?:an? )?(?:\w+ )?(?:citizen|immigrant|foreigner|native speaker)\b
        """,
    ProtectedMatter.RELIGION: r"""
        \byour (?:own )?(?:religio\w+|faith|church|mosque|synagogue|temple|sabbath|religious beliefs?)\b
        \b(?:do|are|would|which|what)\b.{0,30}\byou\b.{0,30}\b(?:religious|religion|pray|worship|church)\b
        \b(?:do|are|would|which|what)\b.{0,30}\byou\b.{0,30}\b(?:mosque|synagogue|sabbath)\b
        \bare you (?:an? )?(?:\w+ )?(?:christian|muslim|jewish|hindu|catholic|atheist)\b
        \b(?:what|which) (?:religio\w+|church|mosque|synagogue|temple|faith)\b.{0,20}\byou\b
        """,
    ProtectedMatter.HEALTH: r"""
        \byour (?:own )?(?:\w+ )?(?:health|disabilit\w+|illness\w*|injur\w+|handicap)\b
        \byour (?:own )?(?:medications?|diagnosis)\b
        \byour (?:own )?(?:\w+ )?(?:medical (?:history|condition\w*|record\w*)|sick ?(?:days|leave))\b
        \b(?:do|did|have|are|were) you (?:\w+ ){0,4}(?:disab\w+|handicap\w*|medical condition\w*)\b
        \b(?:do|did|have|are|were) you (?:\w+ ){0,4}(?:illness\w*|sick|ill|depress\w+|cancer|in therapy)\b
        \b(?:do|have|are|were) you (?:\w+ ){0,4}(?:medication|hospitali[sz]ed|workers['’]? comp\w*)\b
        \bhow many days\b.{0,30}\byou\b.{0,20}\b(?:sick|ill)\b
        \bhow (?:many|much|often)\b.{0,15}\bsick (?:days?|leave|time)\b
        """,
    ProtectedMatter.GENETICS: r"""
        \byour (?:family|parents?['’]?s?|relatives?['’]?s?) (?:medical|health|illness|history of)\b
        \b(?:does|do|did|has|have) (?:anyone|anybody) in your family\b
        \byour (?:genetic|dna)\b
        """,
    ProtectedMatter.ORIENTATION: r"""
        \byour (?:own )?(?:sexual (?:orientation|preference)|sexuality|gender(?: identity)?|sex)\b
        \bare you (?:\w+ )?(?:gay|lesbian|straight|bisexual|transgender|trans|a man|a woman)\b
        """,
    ProtectedMatter.ARRESTS: r"""
        \b(?:have|were|did|are) you\b.{0,30}\b(?:arrest\w*|convict\w+|charged with|jail\w*|prison|probation)\b
        \b(?:have|were|did|are|do) you\b.{0,30}\bcriminal (?:record|charges?|offen[cs]e\w*)\b
        \byour (?:\w+ )?(?:criminal (?:record|history|background)|arrest\w*|convictions?)\b
        """,
    ProtectedMatter.UNION: r"""
        \b(?:are|were|have|do|did|would) you\b.{0,40}\b(?<!credit )(?<!european )unions?\b
        \b(?:are|were|have|do|did|would) you\b.{0,40}\b(?:unioni[sz]\w+|on strike|political party)\b
        \byour (?:own )?(?:union|political|politics|shop steward)\b
        \b(?:who|which party|what party)\b.{0,15}\b(?:do|did) you vote\b
        """,
    ProtectedMatter.PAST_PAY: r"""
        \byour (?:last|previous|current|present|former|past|old) (?:\w+ )?(?:salary|pay|wages?)\b
        \byour (?:last|previous|current|present|former|past|old) (?:\w+ )?(?:compensation|earnings|income)\b
        \byour (?:salary|pay|wage|compensation) history\b
        \b(?:what|how much) (?:do|did|are|were|have) you (?:\w+ )?(?:earn\w*|paid|being paid|get paid)\b
        \bhow much (?:money )?(?:do|did|have) you (?:\w+ )?ma[dk]e\b
        \bwhat (?:salary|pay|wages?) (?:do|did|were|are) you\b(?!.{0,15}\b(?:expect|want|hop|look))
        """,
}
_SIGNS = {
    matter: re.compile("|".join(line.strip() for line in text.strip().splitlines()), re.IGNORECASE)
    for matter, text in _SIGNS_AS_TEXT.items()
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
        for matter, signs in _SIGNS.items()
        if signs.search(plain)
    ]


def _strictest(matter: ProtectedMatter, jurisdiction: str, on: date | None) -> QuestionRow:
    rows = [
        row
        for row in QUESTION_ROWS
        if row.matter is matter and _holds_in(row, jurisdiction) and (on is None or row.since <= on)
    ]
    return max(rows, key=lambda row: (row.verdict is _REFUSE, len(row.jurisdiction), row.since))


def _holds_in(row: QuestionRow, jurisdiction: str) -> bool:
    asked = jurisdiction.upper()
    return row.jurisdiction == "*" or asked == row.jurisdiction or asked.startswith(f"{row.jurisdiction}-")


def _warning(row: QuestionRow) -> QuestionWarning:
    label = PROTECTED_MATTER_LABELS[row.matter]
    if row.verdict is _REFUSE:
        message = f"This asks about {label}, which may not be asked here ({row.source})."
    else:
        message = f"This seems to ask about {label}: ask about the work instead."
    return QuestionWarning(row.matter, row.verdict, message, row.source)
