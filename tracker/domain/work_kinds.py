"""Kinds of work, told by the verb and the matter of a statement, with the questions that fit each.

A complication belongs to its kind and leaves open how it is solved; a probe asks what happened and leaves
open what should have; a look-for is something that an interviewer can hear or not hear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.statement_words import stem
from tracker.domain.work_verbs import word_set


@dataclass(frozen=True, slots=True)
class WorkKind:
    """What work of one kind is recognised by, and what may be asked about it.

    `matters` are stems of nouns that outweigh the verb: to investigate a complaint is work with people.
    """

    name: str
    verbs: frozenset[str]
    matters: frozenset[str]
    complications: tuple[str, ...]
    probes: tuple[str, ...]
    look_for: str


def _kind(
    name: str,
    verbs: str,
    complications: Sequence[str],
    probes: Sequence[str],
    look_for: str,
    *,
    matters: str = "",
) -> WorkKind:
    stems = frozenset(stem(word) for word in word_set(matters))
    return WorkKind(name, word_set(verbs), stems, tuple(complications), tuple(probes), look_for)


WORK_KINDS: tuple[WorkKind, ...] = (
    _kind(
        "complaints",
        "apologise apologize calm mediate reconsider refund soothe",
        [
            "The other person blames a colleague of yours, whose account is different.",
            "The other person asks for more than you may grant, and others can hear it.",
            "The same thing has gone wrong for the same person before.",
        ],
        [
            "What did the other person want?",
            "What did you know at that moment, and what did you not know?",
            "How did it end?",
        ],
        "Says what the other person wanted, and how it ended for them",
        matters="complaint dispute grievance dissatisfied escalated unhappy",
    ),
    _kind(
        "safety",
        "disinfect evacuate guard isolate patrol protect rescue resuscitate safeguard sanitise sanitize "
        "secure sterilise sterilize",
        [
            "You notice something that does not look right, and nobody else seems worried.",
            "Keeping to the rule would stop work that others are waiting for.",
            "Somebody with more say than you does it in another way.",
        ],
        [
            "What did you notice first?",
            "Who else was concerned, and what did they do?",
            "What happened afterwards?",
        ],
        "Says what the danger was and what was done about it, in which order",
        matters="hazard safety emergency lockout infection evacuation accident incident spill ppe",
    ),
    _kind(
        "teaching",
        "coach educate familiarise familiarize guide instruct mentor onboard redirect remind show teach "
        "train tutor",
        [
            "The other person has a way of their own, and your own work is waiting.",
            "After the third explanation, the same mistake comes back.",
            "One of the people is bored, and another cannot keep up.",
        ],
        [
            "What could the other person do before, and what afterwards?",
            "How did you choose where to begin?",
            "What did you do when it went otherwise than you thought?",
        ],
        "Says what the other person could do afterwards, and how that was seen",
        matters="apprentice trainee mentoring onboarding curriculum",
    ),
    _kind(
        "serving people",
        "accommodate accompany advise answer assist attend care comfort consult counsel engage explain "
        "greet help host inform interview invite listen offer persuade reassure recommend refer reply "
        "respond seat sell suggest support talk usher welcome",
        [
            "The other person wants something that the rules do not allow, and somebody else is waiting.",
            "You do not know the answer, and the other person is in a hurry.",
            "What the other person asks for does not seem to be what would suit them.",
        ],
        [
            "How did you find out what the other person needed?",
            "What did you say, as nearly as you remember?",
            "How did the other person take it?",
        ],
        "Says how the other person's need was found out and what was said",
    ),
    _kind(
        "checking",
        "appraise audit check compare confirm cross-check enforce examine grade inspect judge mark "
        "observe proof proofread review sample screen taste test validate verify weigh",
        [
            "Two sources that you rely on disagree, and others are waiting for your result.",
            "You find a fault that has been let through before, and time is short.",
            "A colleague of longer standing says that what you found does not matter.",
        ],
        ["What did you compare it with?", "What did you find?", "How did you know that you were done?"],
        "Says what was compared with what, and what was done about a difference",
    ),
    _kind(
        "reckoning",
        "balance bill budget calculate compute count estimate invoice measure price quote reconcile "
        "recount tally",
        [
            "Your figure differs from one that somebody else has already passed on.",
            "A small difference remains that nobody seems to miss, and the day is nearly over.",
            "One number that you need can be read in two ways.",
        ],
        [
            "What did you have to start from?",
            "How sure were you of the result, and why?",
            "Who used it, and for what?",
        ],
        "Names the figures that went in, and how the result was checked",
    ),
    _kind(
        "records",
        "administer archive chart collect complete copy document enter file fill format index input jot "
        "keep key log note obtain post print process receive record register scan sort store submit "
        "transcribe type update",
        [
            "Halfway through, part of what you were given does not add up, and the deadline is close.",
            "You see that something from last week was wrong, and others have used it since.",
            "One piece is missing, and the person who has it cannot be reached today.",
        ],
        [
            "What were you given to work from?",
            "Where could it have gone wrong?",
            "Who worked with it afterwards?",
        ],
        "Says how a gap or a mistake was noticed and what became of it",
    ),
    _kind(
        "writing",
        "compile compose draft edit prepare present publish report summarise summarize translate write",
        [
            "The facts are not all in, and the reader wants an answer today.",
            "One reader wants every detail, and another has one minute for it.",
            "The template that you were given does not fit this case.",
        ],
        ["Who was it for?", "What did you leave out, and why?", "What came of it?"],
        "Says for whom it was made, and what that changed in it",
    ),
    _kind(
        "tracking and planning",
        "adjust allocate arrange assign book choose decide distribute follow forecast handle manage "
        "monitor plan prioritise prioritize project re-plan reschedule rotate run schedule select track",
        [
            "Two things become urgent at once, and there is time for one.",
            "All is agreed, and then somebody whom you counted on falls ill.",
            "You see that a date will be missed, and nobody else has noticed.",
        ],
        [
            "What did you know when you began, and what changed?",
            "What did you put first, and what had to wait?",
            "How close did it come to what you had planned?",
        ],
        "Says what was put first, what had to wait, and why",
    ),
    _kind(
        "analysing",
        "analyse analyze anticipate assess benchmark detect determine evaluate explore find identify "
        "interpret investigate notice profile query recognise recognize reproduce research resolve search "
        "study trace",
        [
            "The figures point one way, and the people who do the work say the opposite.",
            "You have half of the information that you wanted, and the decision is due.",
            "What you find is not what the person who asked for it hoped to hear.",
        ],
        [
            "What was the question that you wanted to answer?",
            "What spoke against your conclusion?",
            "What was done with it?",
        ],
        "Names what was looked at, what it showed, and what followed from it",
    ),
    _kind(
        "technical work",
        "adapt assemble automate back bend build calibrate clean code configure connect correct cut debug "
        "deploy diagnose disassemble drive energize expose fabricate fix inject install lubricate machine "
        "maintain mount operate park position program pull rebuild refactor release repair replace solder "
        "troubleshoot tune weld wire",
        [
            "The usual way does not work this time, and others cannot go on until it does.",
            "You can keep it going for now or stop and look closer, and both have a price.",
            "What you find is not what the drawing or the instruction says.",
        ],
        [
            "What did you look at first?",
            "What did you try, and in which order?",
            "How did you know that it worked?",
        ],
        "Names the steps in their order, and how the result was tried",
        matters="machine machinery equipment circuit pump trailer vehicle",
    ),
    _kind(
        "handling goods",
        "bag bake blend boil carve change chill chop cook deliver dispatch dispense fasten feed fetch fry "
        "gather grease grill issue label load mix mop move order pack peel pick place plate portion pour "
        "purchase put refill replenish restock roast scrub season serve ship slice stack stir stock sweep "
        "tension transport turn unload wash wipe",
        [
            "There is less of it than the list says, and it is needed now.",
            "What you are given is not what was ordered, and the next step is waiting.",
            "You are half done when something else comes in that cannot wait either.",
        ],
        [
            "How much was there to do, and in what time?",
            "What slowed you down?",
            "What state did you leave it in?",
        ],
        "Names amounts and times, and what was done when they did not fit",
    ),
    _kind(
        "working across teams",
        "agree align brief co-ordinate collaborate communicate contact contribute coordinate exchange "
        "hand involve liaise link negotiate notify participate partner relay share work",
        [
            "Two people on whom you depend each want something else first, and time is short.",
            "The others say that the delay is yours, and you see it differently.",
            "What was agreed is not being kept, and you need these people again next week.",
        ],
        [
            "Who needed what from whom?",
            "Where did you differ, and how did you notice?",
            "What did you agree on?",
        ],
        "Names the parties, what each wanted, and what was agreed",
        matters="cross-functional liaison coordination interdepartmental partnership vendor carrier supplier",
    ),
    _kind(
        "leading people",
        "appoint chair delegate direct empower foster hire lead motivate oversee recruit supervise",
        [
            "The person with the best results does not go along with it.",
            "Results have fallen for three weeks, and everybody names another cause.",
            "Two people whom you need both ask for the same thing, and there is one of it.",
        ],
        [
            "Who was involved, and what did you leave to them?",
            "What did you hear from people who saw it differently?",
            "What was different afterwards?",
        ],
        "Says what was left to others, and how its success was seen",
    ),
    _kind(
        "designing and changing",
        "advocate author champion conceive create define design develop devise establish formulate "
        "implement improve initiate innovate institute introduce launch model optimise optimize organise "
        "organize pioneer propose redesign reform reinforce set shape spearhead specify standardise "
        "standardize streamline",
        [
            "The people whom it concerns disagree about what matters most, and you cannot please them all.",
            "A month after the start, most people still do it the old way.",
            "What works well in one place makes things worse in another.",
            "You are given half of the time and money that you asked for.",
        ],
        [
            "What was it like before?",
            "Who was against it, and for what reasons?",
            "How did you find out what it changed?",
        ],
        "Says what was different before and after, and how that was measured",
        matters="strategy policy programme program standard governance",
    ),
)
OTHER_WORK = _kind(
    "other work",
    "",
    [
        "Something that you counted on is missing, and the work cannot wait for long.",
        "It takes twice as long as you were told, and others are waiting.",
    ],
    ["What was your own part in it?", "What made it difficult?", "How did it turn out?"],
    "Says what was done first, and why",
)
