"""The verbs that statements of work open with, and how to get from their other forms to the base form."""


def word_set(text: str) -> frozenset[str]:
    """A list of words written as text."""
    return frozenset(text.split())


_VERBS = """
accelerate accept access accommodate accompany accomplish account achieve acknowledge acquire act
activate adapt add address adhere adjust administer adopt advance advise advocate aid alert align
allocate allow alter analyse analyze anchor announce answer anticipate appeal apply appoint appraise
approach approve arbitrate architect archive arrange articulate ascertain ask assemble assess assign
assist assume assure attach attain attend audit augment author authorise authorize automate avoid
award back bake balance bandage bathe begin benchmark bend bill blend block boil bolt book bookmark
boost brainstorm braise brief bring broadcast budget build butcher buy calculate calibrate call calm
capture care carry carve catalog catalogue catch categorise categorize celebrate centralise
centralize certify chair challenge champion change charge chart check chill choose chop circulate
clarify classify clean cleanse clear climb clip close co-ordinate coach code collaborate collate
collect combine commission commit communicate compare compile complete comply compose compute
conceive conceptualise conceptualize conduct confer configure confirm conform connect conserve
consider consolidate construct consult contact contain contribute control convert convey cook cool
coordinate copy correct correlate correspond counsel count cover craft create critique cultivate
curate cut date deal debone debug decide decorate defend define delegate deliver demonstrate depict
deploy derive describe design designate detail detect determine develop devise diagnose dice
differentiate digitise digitize direct disassemble discharge discipline disclose discover discuss
disinfect dismantle dispatch dispense display dispose disseminate distinguish distribute diversify
divide document draft drain draw dress drill drive duplicate earn edit educate elaborate elevate
elicit eliminate embed embody embrace empower enable encourage enforce engage engineer enhance
enlist enrich enrol enroll ensure enter entertain equip escalate escort establish estimate evaluate
examine exceed exchange execute exemplify exercise exhibit expand expedite experiment explain
explore express extend extinguish extract fabricate facilitate fasten feed fertilise fertilize field
file fill filter finalise finalize find finish fit fix flag fold follow forecast forge form
formalise formalize format formulate forward foster frame free fry fulfil fulfill function fund
furnish gain garnish gather gauge generate give govern grade greet grill grind group grow guard
guide handle harden harmonise harmonize harvest heat help hire hold honor honour host identify
illustrate immobilise immobilize immunise immunize implement import improve improvise incorporate
increase index influence inform initiate inject innovate input inquire inspect inspire install
institute institutionalise institutionalize instruct insulate insure integrate interact interpret
intervene interview introduce inventory investigate invite invoice irrigate isolate issue iterate
join judge justify keep know label launch lay lead learn leverage liaise lift limit link listen load
locate lock log look lubricate machine mail maintain make manage manufacture map mark market master
match maximise maximize measure mediate mend mentor merge migrate mill minimise minimize mitigate
mix mobilise mobilize model moderate modernise modernize modify monitor motivate mount move
multitask navigate negotiate network note notify nurture observe obtain offer onboard open operate
optimise optimize orchestrate order organise organize orient orientate outline oversee own pack
package paint participate partner pass patrol peel perform persuade photograph pick pilot pioneer
place plan plant plate play poach polish portion pose position post pour practice practise predict
prepare prescribe present preserve prevent price print prioritise prioritize probe process procure
produce program programme project promote prompt proofread propagate propose protect prototype prove
provide prune publish pull pump purchase purge pursue push qualify quantify query question quote
raise rate reach react read rebuild recall receive recite recognise recognize recommend reconcile
reconfigure record recover recruit rectify recycle redesign redirect reduce refactor refer reference
refill refine reflect refresh refurbish register regulate rehabilitate reinforce reject relate relay
release relocate remediate remind remove render renew reorder reorganise reorganize repair repeat
replace replenish reply report represent reproduce request require requisition rescue research reset
resolve respect respond restock restore restrain restructure retain retrieve return reuse reverse
review revise reward rig rinse roast rotate route run safeguard sanitise sanitize saute sauté scale
scan schedule score scour screen seal search season secure seek select sell send separate sequence
serve service set sew shape share sharpen shift ship shop shut sign simmer simplify simulate sketch
slice solder solicit solve sort source spearhead specify spray spread stabilise stabilize staff
stage standardise standardize start state steam steer sterilise sterilize steward stimulate stir
stock stop store strain strategise strategize streamline strengthen strip structure study submit
substitute succeed suggest summarise summarize supervise supply support survey suspend sustain swab
sweep switch synthesise synthesize systematise systematize tabulate tackle tag tailor take talk
target taste teach teammate tell tend terminate test thaw thicken tie tighten time tolerate trace
track trade train transcribe transfer transform translate transmit transplant transport treat triage
trim troubleshoot tune turn tutor type uncover understand undertake unify unload unpack update
upgrade uphold upload use utilise utilize vaccinate validate value verify view visit visualise
visualize wait walk warn wash watch water weigh welcome weld whip whisk wipe wire withdraw work wrap
write yield zero
"""

VERBS = word_set(_VERBS)
_MADE_VERBS = ("ize", "ise", "ify")

# Verbs that take their object through a preposition, so a preposition after them hides no object.
WITH_PREPOSITION: dict[str, frozenset[str]] = {
    verb: word_set(prepositions)
    for verb, prepositions in {
        "account": "for",
        "act": "as on upon in with",
        "adapt": "to",
        "adhere": "to",
        "advise": "on",
        "advocate": "for",
        "aid": "in with",
        "answer": "to",
        "appeal": "to",
        "apply": "for",
        "assist": "with in at during",
        "attend": "to",
        "begin": "with",
        "build": "on upon",
        "call": "for on",
        "care": "for",
        "check": "in for on with",
        "collaborate": "with across on in",
        "communicate": "with to in across about between",
        "comply": "with",
        "confer": "with on",
        "conform": "to with",
        "connect": "with to",
        "consult": "with on",
        "contribute": "to",
        "coordinate": "with between across among",
        "co-ordinate": "with between across among",
        "correspond": "with",
        "deal": "with",
        "decide": "on",
        "dispose": "of",
        "draw": "on upon from",
        "engage": "in with",
        "experiment": "with",
        "function": "as in",
        "follow": "up through",
        "help": "with in out to",
        "inquire": "about",
        "interact": "with",
        "intervene": "in when to",
        "iterate": "on",
        "keep": "up to",
        "lead": "by through",
        "learn": "about from to",
        "liaise": "with between among across",
        "listen": "to for",
        "look": "for after up into at",
        "mediate": "between in among",
        "multitask": "in during across",
        "navigate": "through to",
        "negotiate": "with for",
        "network": "with",
        "operate": "in within under",
        "participate": "in",
        "partner": "with",
        "plan": "for ahead",
        "prepare": "for to",
        "provide": "for",
        "react": "to",
        "read": "from",
        "refer": "to",
        "reflect": "on upon",
        "relate": "to",
        "rely": "on",
        "reply": "to",
        "report": "to on for",
        "respond": "to with",
        "search": "for",
        "seek": "out",
        "serve": "as on in",
        "shop": "for",
        "sign": "off",
        "speak": "with to for",
        "succeed": "in",
        "talk": "with to about",
        "tend": "to",
        "test": "for",
        "trade": "in",
        "wait": "for on",
        "walk": "through",
        "warn": "of about",
        "watch": "for",
        "work": "with in on within across alongside as to from under through at between",
        "write": "to for about",
    }.items()
}

# Base forms that are nouns as well: before "of" or "for" they are read as nouns.
ALSO_NOUNS = word_set(
    """
    account address advance aid answer audit balance bill budget care challenge chart check code
    control copy cover date deal design detail draft drill focus form function group guide help host
    index influence input interview inventory invoice issue judge label lead link list log machine
    mail map mark market master match measure model monitor network note offer order package pilot
    plan plant plate practice present process produce program programme project purchase query
    question quote rate reach record reference repair report request research respect review run
    sample scale schedule score screen search service ship shop sign source staff stage state stock
    store structure study supply support survey target test time trade transfer transport treat turn
    type update upgrade use value view visit walk water work
    """
)

_IRREGULAR = {"lying": "lie", "tying": "tie", "dying": "die", "has": "have", "does": "do", "is": "be"}


def is_verb(word: str) -> bool:
    """Whether a word can be the base form of a verb of work."""
    low = word.lower()
    return low in VERBS or (low.endswith(_MADE_VERBS) and len(low) > 5) or _is_prefixed(low)


def _is_prefixed(word: str) -> bool:
    for prefix in ("co-", "re-", "pre-", "pre", "re", "over", "out", "under", "cross-"):
        if word.startswith(prefix) and word.removeprefix(prefix) in VERBS:
            return True
    return False


def base_of_third_person(word: str) -> str | None:
    """The base form of "verifies", "processes" or "manages"; none when it is no third person."""
    low = word.lower()
    if is_verb(low) or not low.endswith("s"):
        return None
    candidates = [low[:-1]]
    if low.endswith("ies"):
        candidates.insert(0, f"{low[:-3]}y")
    if low.endswith("es"):
        candidates.append(low[:-2])
    return next((base for base in candidates if is_verb(base)), None)


def base_of_gerund(word: str) -> str | None:
    """The base form of "verifying", "managing" or "planning"; none when it is no gerund of a verb of work."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if not low.endswith("ing") or len(low) < 6:
        return None
    return _base_before_ending(low[:-3])


def base_of_participle(word: str) -> str | None:
    """The base form of "verified", "resolved" or "planned"; none when it is no regular participle."""
    low = word.lower()
    if not low.endswith("ed") or len(low) < 5:
        return None
    if low.endswith("ied") and is_verb(f"{low[:-3]}y"):
        return f"{low[:-3]}y"
    return _base_before_ending(low[:-2])


def _base_before_ending(stem: str) -> str | None:
    candidates = [stem, f"{stem}e"]
    if len(stem) > 3 and stem[-1] == stem[-2]:
        candidates.append(stem[:-1])
    return next((base for base in candidates if is_verb(base)), None)
