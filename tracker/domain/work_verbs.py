"""The verbs that statements of work open with, and how to get from their other forms to the base form."""


def word_set(text: str) -> frozenset[str]:
    """A list of words written as text."""
    return frozenset(text.split())


_VERBS = """
accelerate accept access accommodate accompany accomplish account accrue achieve acknowledge acquire
act activate adapt add address adhere adjudicate adjust administer admit adopt advance advise
advocate aid alert align allocate allow alter ambulate amortise amortize analyse analyze anchor
animate announce answer anticipate appeal apply appoint appraise approach approve arbitrate
architect archive arrange articulate ascertain ask assemble assess assign assist assume assure
attach attain attend attract audit augment auscultate authenticate author authorise authorize
automate avoid award back bake balance band bandage barricade baste bathe begin benchmark bend bid
bill bleach bleed blend block boil bolt bond book bookmark boost bore borrow brace brainstorm braise
brake braze break breed brew brief brine bring broadcast broaden buck budget buff build bundle bus
butcher buy cache calculate calendar calibrate call calm calve cancel capitalise capitalize capture
caramelise caramelize care carry carve cast catalog catalogue catch categorise categorize
catheterise catheterize caulk celebrate centralise centralize certify chair challenge champion
change charge chart chase check chill choose chop choreograph circulate cite clarify classify clean
cleanse clear climb clip close co-operate co-ordinate coach coat coax code collaborate collate
collect combine come comfort commission commit communicate compare compile complete comply compose
comprehend compute conceive concentrate conceptualise conceptualize condition condone conduct confer
configure confirm conform connect conserve consider console consolidate construct consult contact
contain containerise containerize contribute control convert convey cook cool cooperate coordinate
copy cordon correct correlate correspond counsel count cover craft create crimp critique crop cross-
train crush cultivate curate cure cut date deal debone debug deburr decide decorate decrypt dedicate
deduce deepen defend define defrost deglaze delegate deliver delve demo demonstrate demote depict
deploy depose depreciate derive describe design designate detail detain detect determine develop
devise diagnose dial diarise diarize dice differentiate digitise digitize dilute direct disassemble
disburse discharge discipline disclose discover discuss disinfect dismantle dismiss dispatch
dispense display dispose disseminate distinguish distribute diversify divert divide do document
draft drain draw dress drill drive drop duplicate dust earmark earn ease edit educate elaborate
elect elevate elicit eliminate embed embody embrace emphasise emphasize empower emulsify enable
encode encourage encrypt endeavor endeavour energise energize enforce engage engineer enhance enlist
enrich enrol enroll ensure enter entertain equip escalate escort establish estimate evacuate
evaluate examine exceed excel exchange execute exemplify exercise exfoliate exhibit expand expedite
experiment explain explore express extend extinguish extract fabricate face facilitate fasten feed
feel fell ferment fertilise fertilize fetch field file fill film filter finalise finalize finance
find fingerprint finish fire fit fix flag flatten float flush fold follow forecast forge form
formalise formalize format formulate forward foster frame free freeze frisk fry fulfil fulfill
function fund furnish gain garnish gather gauge generate get give glaze go govern grade graft grate
grease greet grill grind groom groove ground group grout grow guard guide hand hand-feed handcuff
handle harden harmonise harmonize harvest haul have headline hear heat hedge help hem hire hoe hoist
hold hone honor honour host hydrate ice ideate identify illustrate imagine immerse immobilise
immobilize immunise immunize impart implement import impound improve improvise incorporate increase
index infer influence inform infuse initiate inject innovate input inquire inspect inspire install
institute institutionalise institutionalize instruct instrument insulate insure integrate interact
intercept interface interpret interrogate intervene interview introduce intubate invent inventory
invest investigate invigilate invite invoice iron irrigate isolate issue itemise itemize iterate
jack join jot judge julienne jump justify keep key kit knead know knurl label lap launch launder lay
lead learn lend lengthen lessen let level leverage liaise lift light limit link lint listen litigate
litter live load load-test locate lock log look lubricate machine mail maintain make manage manicure
manufacture map marinate mark market mash massage master match maximise maximize measure mediate
megger mend mentor merchandise merge mic migrate milk mill mimic mince minimise minimize minister
minute mitigate mix mob mobilise mobilize model moderate modernise modernize modify monitor mop
motivate mount move mow mulch multitask mute nail narrow navigate negotiate network neutralise
neutralize nominate notarise notarize note notice notify nurture obey oblige observe obtain offboard
offer onboard open operate optimise optimize orchestrate order organise organize orient orientate
outline outsource overcome oversee owe own pace pack package page paint pair palletise palletize
palpate paraphrase pare park parse participate partition partner pass patch patrol peel penetrate
perform perm persevere persist persuade photograph pick pilot pinpoint pioneer place plan plant
plaster plate play plot plough plow plumb poach point polish pool portion pose position possess post
pour practice practise praise predict prepare prescribe present preserve preside press prevail
prevent price prime print prioritise prioritize probe process procure produce profile program
programme project promote prompt pronounce proof proofread prop propagate propose protect prototype
prove provide provision prune publish pull pump purchase purge pursue push put qualify quantify
quarantine query question quiz quote raise rake rank rate reach react read realise realize ream
reassure rebase rebook rebuild recall receive recharge recite recognise recognize recommend
reconcile reconfigure reconsider reconstitute record recover recruit rectify recycle redact redeem
redesign redirect reduce refactor refer reference refill refine reflect refresh refund refurbish
refuse regain register regrade regulate rehabilitate rehearse rehydrate reimburse reinforce reject
relate relay release relieve relocate rely remediate remedy remind remit remove render renegotiate
renew rent reorder reorganise reorganize repair repay repeat rephrase replace replenish replicate
reply report reposition represent reprimand reproduce request require requisition reroute reschedule
rescue research resell reserve reset resolve respect respond restate restock restore restrain
restructure resuscitate retain retire retouch retrain retrieve return reuse reverse revert review
revise revitalise revitalize reward reword rework ride rig rinse rivet roast rotate route run
safeguard sample sand sanitise sanitize saute sauté save scaffold scale scan schedule score scour
scout screed screen screw script scrub seal search season seat secure sedate see seek seize select
self-assess sell send sense separate sequence serve service set settle sew shadow shampoo shape
shard share sharpen shear shelve shift shim shine ship shoot shop shorten shortlist show shred
shrinkwrap shut sign signal simmer simplify simulate sit size sketch skid slice sling slow smell
smoke soak soften solder solicit solve soothe sort source sow speak spearhead specify speed spend
splice splint sponsor spot spray spread square stabilise stabilize stack staff stage stagger stain
stamp stand standardise standardize start state stay steam steer sterilise sterilize steward
stimulate stir stitch stock stop store storyboard strain strap strategise strategize streamline
strengthen strip strive structure study subcontract submit subpoena substitute subtract succeed
suction suggest summarise summarize summon supervise supply support survey suspend sustain suture
swab swap swear sweep switch synthesise synthesize systematise systematize tabulate tackle tag
tailor take talk tally tap taper target taste teach teammate tell tend tension terminate test
testify thank thaw thicken think thread tick ticket tidy tie tighten tile till time tint titrate
toast toilet tolerate touch tour tow trace track trade train transcribe transfer transform translate
transmit transplant transport trap treat trend triage trim troubleshoot trowel tune turn tutor tweak
type typeset unblock unclog uncover underline understand undertake underwrite unify unload unlock
unpack unwrap update upgrade uphold upload upsell use usher utilise utilize vaccinate vacuum
validate value varnish ventilate verify view virtualise virtualize visit visualise visualize wait
walk warn wash watch water wax wean weave weed weigh welcome weld wheel whet whip whisk widen wipe
wire wireframe withdraw withhold work wrap write yard yield zero
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
        "pair": "with",
        "park": "in on at",
        "back": "into onto up",
        "drive": "in on through at",
        "ride": "with in on",
        "run": "through",
        "rely": "on",
        "cooperate": "with in on",
        "agree": "on with to",
        "excel": "in at",
        "comment": "on",
        "bid": "for on",
        "preside": "over",
        "persist": "in with",
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


# Particles that belong to the verb before them; "in" and "on" only after the verbs named.
PARTICLES = word_set("along apart around aside away back down forward off out over through up")
_PARTICLES_OF = {
    "in": word_set("fill hand sign log check call turn key put bring phase type fit"),
    "on": word_set("carry pass sign log put turn take call move try"),
    "through": word_set("follow think see"),
}


def takes_particle(verb: str, particle: str) -> bool:
    """Whether the two words are one verb, as "carry out" or "fill in" are."""
    if particle in _PARTICLES_OF:
        return verb in _PARTICLES_OF[particle]
    return particle in PARTICLES


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
