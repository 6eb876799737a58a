"""What a question to a candidate must not be about, and the words by which such a question is known.

The signs are of English questions. A question is about the candidate: "how old are you", not "how old must
a customer be"; "have you been arrested", not "have you arrested a suspect".
"""

import re
from enum import StrEnum
from functools import cache


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

# One sign a line. That somebody is of legal age for the work (16, 18, 21) may be asked.
_SIGNS_AS_TEXT: dict[ProtectedMatter, str] = {
    ProtectedMatter.AGE: r"""
        \bhow old are you\b
        \byour (?:own )?(?:age|birthday|birth ?date|date of birth|year of birth)\b
        \b(?:when|(?:what|which|in (?:what|which)) (?:year|decade)) were you born\b
        \b(?:when|(?:what|which) year) did you (?:graduate|finish|leave)(?: \w+){0,2} (?:school|college)\b
        \b(?:what|which) year did you graduate\b
        \bare(?:n['’]t| not)? you\b.{0,40}\b(?:retir(?:ed|ing|ement)|too (?:old|young)|a bit (?:old|young))\b
        \bare you\b.{0,40}\b(?:over|under|above|below|older than|younger than) (?!16|18|21)\d\d\b
        \bare you (?!at least (?:16|18|21)\b).{0,30}\byears old\b
        \b(?:do|will|would) you\b.{0,30}\b(?:too (?:old|young)|retire)\b
        \byou\b.{0,20}\b(?:until|before|till) (?:your )?retirement\b
        \b(?:before|until|till) you retire\b
        \b(?:what|which) generation (?:do|are) you\b
        \byou\b.{0,30}\b(?:a|an) (?:much )?(?:younger|older) (?:manager|boss|supervisor|team)\b
        """,
    ProtectedMatter.FAMILY: r"""
        \byour (?:own )?(?:\w+ )?(?:husband|wife|spouse|children|kids?|marriage|marital status)\b
        \byour (?:own )?(?:\w+ )?family\b(?! (?:medical|health|history|illness))
        \byour (?:own )?partner\b(?! \w+(?:s|ing)\b| (?:company|network|agency|firm|program\w*|team)\b)
        \byour (?:own )?(?:\w+ )?(?:pregnanc\w+|child ?care|maiden name)\b
        \b(?:are|were) you (?:\w+ ){0,2}(?:married|single(?!-)|divorced|engaged to|pregnant|expecting a)\b
        \b(?:are|were) you (?:\w+ ){0,2}a (?:parent|mother|father)\b
        \bdo you (?:have|want|expect) (?:any |small |your own |more |a )*(?:children|kids|family|baby)\b
        \bare you (?:\w+ ){0,3}having a baby\b
        \bhave you got (?:any )?(?:children|kids)\b
        \bdo you have a (?:husband|wife|spouse)\b
        \b(?:did|will|would|do) you (?:\w+ ){0,3}(?:have (?:a |any )?(?:children|kids|family|baby))\b
        \b(?:will|would|do) you (?:\w+ ){0,3}(?:get (?:married|pregnant)|take \w*(?:parental|ternity) leave)\b
        \bare you (?:\w+ ){0,2}planning (?:a|on a|to have a|to start a) (?:family|baby)\b
        \b(?:are|do|will|would) you\b.{0,30}\b(?:get(?:ting)? (?:married|pregnant)|start(?:ing)? a family)\b
        \bhow many (?:children|kids) (?:do|have) you\b(?! (?:teach|look|care|work|supervise|taught|worked))
        \bwho (?:looks after|takes care of|minds) (?:your|the) (?:children|kids)\b
        \bwhen is (?:the|your) baby due\b
        \b(?:do you live (?:alone|with)|who do you live with)\b
        \bare you (?:a )?(?:miss|mrs|ms)\b
        \b(?:anyone|anybody)\b.{0,20}\bdependent on you\b
        """,
    ProtectedMatter.ORIGIN: r"""
        \bwhere (?:were (?:you|your \w+) born|are (?:you|your (?:parents|family)) (?:originally )?from)\b
        \bwhere (?:do you come from|did you grow up)\b
        \b(?:were|was) (?:you|your (?:parents|family)) born (?:here|in|abroad)\b
        \byour (?:\w+ )?(?:nationality|citizenship|ethnicity|ethnic \w+|race|ancestry|heritage|accent)\b
        \byour (?:\w+ )?(?:birthplace|place of birth|native language|mother tongue|first language)\b
        \bis \w+ your (?:first|native) language\b
        \byour (?:country of (?:birth|origin)|skin colou?r)\b
        \bare you (?:an? )?(?:\w+ )?(?:citizen|immigrant|foreigner|native speaker)\b
        \b(?:what kind of name is|where (?:does|is) your (?:last |first |sur)?name|unusual name)\b
        \bhow long have you (?:lived|been) in (?:this|the) (?:country|united|us|uk)\b
        \bwhen did you (?:come|move|immigrate) to (?:this|the) (?:country|united|us|uk)\b
        \bdo you speak at home\b|\bdo you speak \w+ at home\b
        \bhow did you learn (?:to (?:speak|read|write) (?!code|formulas|sql)\w+|your (?:english|language))\b
        \bdo you have a green card\b
        \b(?:which|what) passport\b
        """,
    ProtectedMatter.RELIGION: r"""
        \byour (?:own )?(?:religio\w+|faith|church|mosque|synagogue|temple|sabbath|religious beliefs?)\b
        \b(?:do|are|would) you\b.{0,30}\b(?:religious|religion|pray(?:ing)?|worship|sabbath)\b
        \bdo you\b.{0,20}\b(?:headscarf|hijab|turban|yarmulke)\b
        \b(?:do|would) you (?:\w+ ){0,3}(?:go to|attend) (?:\w+ )?(?:church|mosque|synagogue|temple)\b
        \b(?:which|what) (?:church|mosque|synagogue|temple|religio\w+|faith)(?: \w+)? (?:do|are|did) you\b
        \bare you (?:an? )?(?:\w+ )?(?:christian|muslim|jewish|hindu|catholic|atheist|buddhist|sikh)\b
        \b(?:do|what do) you believe in\b.{0,5}\bgod\b
        """,
    ProtectedMatter.HEALTH: r"""
        \byour (?:own )?(?:\w+ )?health\b(?! (?:and|&) safety| records?| care| education| promotion)
        \byour (?:own )?(?:\w+ )?(?:disabilit(?:y|ies)|illness\w*|injury|injuries|handicap)\b
        \byour (?:own )?(?:medications?|prescriptions?|diagnosis)\b(?! (?:cart|rounds?|room|counts?)\b)
        \byour (?:own )?(?:\w+ )?(?:medical (?:history|condition\w*|record\b)|sick ?(?:days|leave))\b
        \bare you (?:\w+ ){0,2}(?:healthy|disabled|handicapped|sick|ill|in therapy)\b
        \b(?:do|did|have|were) you (?:\w+ ){0,3}(?:disabled|handicap\w*|in therapy|hospitali[sz]ed)\b
        \b(?:do|are) you (?:on any medication|suffer(?:ing)? from)\b|\bare you on (?:any )?medications?\b
        \b(?:do|did|have) you (?:have |had |got |any |ever |a |an )*disabilit(?:y|ies)\b
        \b(?:do|did|have) you (?:have |had |any |ever |a )*(?:health|medical) (?:problem|condition|issue)s?\b
        \bhave you (?:\w+ ){0,2}(?:had|suffered)\b.{0,20}\b(?:injury|illness|surgery|depression|cancer)\b
        \bhave you (?:\w+ ){0,2}(?:been (?:treated for|vaccinated)|seen a (?:psych\w+|therapist))\b
        \bhave you (?:\w+ ){0,2}filed\b.{0,20}\b(?:workers['’]? comp\w*|disability)\b
        \b(?:do|are) you (?:\w+ ){0,2}tak(?:e|ing) (?:any )?(?:drugs|medications?|medicines?|pills)\b
        \b(?:what|which) (?:medications?|prescriptions?|drugs|medicines?) (?:do|are) you (?:on|tak\w+)\b
        \bdo you have (?:any )?(?:physical|mental) (?:limitation|restriction|impairment|problem)s?\b
        \b(?:how tall are you|how much do you weigh)\b(?! \w)
        \b(?:do|how often do|how much do) you (?:smoke|drink(?: alcohol)?)\b(?! (?:meat|fish))
        \b(?:medical|health) reasons?\b.{0,20}\byou\b
        \b(?:do|will|would) you (?:need|require) (?:any |an |special )*accommodations?\b
        \bwere you (?:\w+ ){0,2}(?:ill|sick)\b
        ^(?:any |your )?disabilit(?:y|ies)(?: status)?\W*$|\b(?:disability|disabilities) (?:that )?you have\b
        \b(?:which|what) disabilit(?:y|ies) (?:do|did|have) you\b
        \b(?:consider|identify|regard|describe)\b.{0,10}\byourself\b.{0,20}\bdisab(?:led|ilit(?:y|ies))\b
        \b(?:describe|list|state|name|disclose|tell us (?:of|about)) (?:any |all |your )+disabilit(?:y|ies)\b
        ^(?:do you have )?any (?:known )?(?:health|medical) (?:problem|condition|issue)s?\b
        \b(?:do|will|would) you (?:need|require)\b.{0,40}\bbecause of (?:a |any |your )?disabilit(?:y|ies)\b
        \bhow (?:many|much|often)\b.{0,30}\b(?:you\b.{0,20}\b(?:sick|ill)|sick (?:days?|leave|time))\b
        """,
    ProtectedMatter.GENETICS: r"""
        \byour (?:family|parents?['’]?s?|relatives?['’]?s?) (?:medical|health|illness|history of)\b
        \b(?:does|do|did|has|have) (?:anyone|anybody) in your family\b
        \bruns? in your family\b
        \b(?:did|do|does|has|have|had) your (?:mother|father|parents?|grand\w+)\b.{0,20}\bha(?:ve|d)\b
        \b(?:your (?:genetic|dna)|you\b.{0,20}\b(?:genetic|dna) test)\b
        """,
    ProtectedMatter.ORIENTATION: r"""
        \byour (?:own )?(?:sexual (?:orientation|preference)|sexuality|gender(?: identity)?|sex)\b
        \bare you (?:\w+ ){0,2}(?:gay|lesbian|homosexual|bisexual|queer|a man|a woman)\b
        \bare you (?:\w+ ){0,2}(?:trans|transgender|non-?binary)\b
        \bare you (?:\w+ )?straight\b(?! (?:with|forward|about|from|out))
        \b(?:do you have|is there) a (?:boyfriend|girlfriend)\b
        \bwhat (?:sex|gender) (?:are|were) you\b
        """,
    ProtectedMatter.ARRESTS: r"""
        \b(?:have|were|did|are) you\b.{0,20}\b(?:been|get|got|ever|you) (?:arrested|convicted|jailed)\b
        \bever been (?:arrested|convicted|jailed|in (?:jail|prison))\b
        \b(?:have|got) (?:a|any) (?:police record|(?:previous |prior |past )?convictions?)\b
        \byou any (?:\w+ )?convictions?\b
        \b(?:have|were) you\b.{0,20}\bcharged with (?!\w+ing\b)
        \bhave you\b.{0,20}\b(?:been (?:in|to|sent to)|served (?:time )?in|spent time in) (?:jail|prison)\b
        \b(?:have|were) you (?:ever )?(?:been )?on (?:probation|parole)\b
        \bdo you have (?:\w+ ){0,2}(?:criminal (?:record|history|past)|felon(?:y|ies)|convictions?|arrests?)\b
        \bhave you (?:ever )?(?:had|got) (?:\w+ ){0,2}(?:criminal|arrests?|convictions?)\b
        \byour (?:\w+ )?(?:criminal (?:record|history|background)|arrests?|convictions?)\b
        \b(?:would|will) (?:a|your|the) (?:background|police) check\b
        \btrouble with (?:the law|the police)\b
        """,
    ProtectedMatter.UNION: r"""
        \b(?:are|were|have|did|would|do) you\b.{0,25}\b(?:member|part|join\w*|belong)\b.{0,20}\bunions?\b
        \b(?:are|were) you (?:\w+ ){0,2}(?:unioni[sz]ed|in (?:a|the) union\b|a (?:shop|union) steward)
        \b(?:feel about|think (?:of|about)|opinion (?:of|on)|views? (?:of|on)) (?:\w+ ){0,2}unions?\b
        \bare you a (?:republican|democrat|socialist|communist|conservative|liberal)\b
        \b(?:are|were|have|did|would) you\b.{0,30}\b(?:on strike|political party)\b
        \byour (?:own )?(?:union(?! (?:contract|agreement))|political|politics|shop steward)\b
        \b(?:which|what) (?:political )?party (?:do|did|would|are) you\b
        \bwho (?:do|did|would|will) you vote\b
        """,
    ProtectedMatter.PAST_PAY: r"""
        \byour (?:last|previous|current|present|former|past|old|base) (?:\w+ )?(?:salary|pay|wages?)\b
        \byour (?:last|previous|current|present|former|past|old) (?:\w+ )?(?:compensation|earnings|income)\b
        \byour (?:salary|pay|wage|compensation) history\b
        \b(?:what|how much) (?:do|did|are|were|have) you (?:\w+ )?(?:earn\w*|paid|being paid|get paid)\b
        \b(?:what|how much) (?:money )?are you (?:\w+ )?making (?:now|today|at present|there|currently)\b
        \bhow much (?:money )?(?:do|did|have) you (?:\w+ )?ma[dk]e\b(?! per\b)
        \b(?:what|how much) (?:do|did) (?:they|your (?:last |present |current )?employer) pay you\b
        \bwhat (?:bonus|raise) (?:do|did) you (?:get|receive)\b
        \bwhat (?:salary|pay|wages?) (?:do|did|were|are) you\b(?!.{0,15}\b(?:expect|want|hop|look))
        """,
}


@cache
def signs_of(matter: ProtectedMatter) -> re.Pattern[str]:
    """By which words a question touches the matter; put together when first asked for, as it takes long."""
    text = _SIGNS_AS_TEXT[matter]
    return re.compile("|".join(line.strip() for line in text.strip().splitlines()), re.IGNORECASE)
