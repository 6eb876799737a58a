"""The verbs that statements of work open with, and how to get from their other forms to the base form."""


def word_set(text: str) -> frozenset[str]:
    """A list of words written as text."""
    return frozenset(text.split())


_VERBS = """
accelerate accept access accommodate accompany accomplish account accrue achieve acknowledge acquire act
activate adapt add address adhere adjudicate adjust administer admit adopt advance advise advocate agree aid
alert align aliquot allocate allow alter ambulate amortise amortize analyse analyze anchor animate announce
answer anticipate appeal apply appoint appraise approach approve arbitrate architect archive arrange
articulate ascertain ask assemble assess assign assist assume assure attach attain attend attract audit
augment auscultate authenticate author authorise authorize automate avoid award back bag bake balance band
bandage barricade baste bathe begin benchmark bend bid bill bleach bleed blend block boil bolt bond book
bookmark boost bore borrow brace brainstorm braise brake braze break breed brew brief brine bring broadcast
broaden buck budget buff build bundle bus butcher buy cache calculate calendar calibrate call calm calve
cancel capitalise capitalize capture caramelise caramelize care carry carve cast catalog catalogue catch
categorise categorize catheterise catheterize caulk celebrate centralise centralize centrifuge certify chair
challenge champion change charge chart chase check chill choose chop choreograph circulate cite clarify
classify clean cleanse clear climb clip close co-operate co-ordinate coach coat coax code collaborate collate
collect combine come comfort commission commit communicate compare compile complete comply compose compound
comprehend compute concede conceive concentrate conceptualise conceptualize condition condone conduct confer
configure confirm conform connect conserve consider console consolidate construct consult consume contact
contain containerise containerize contribute control convene convert convey convince cook cool cooperate
coordinate copy cordon correct correlate correspond counsel count cover craft crate create crimp critique crop
cross-train crush cultivate curate cure cut date deal debate debone debug deburr decide decline decorate
decrypt dedicate deduce deduct deepen defend defer define defrost deglaze delegate deliver delve demarcate
demo demonstrate demote depart depict deploy depose depreciate derive describe design designate detail detain
detect determine develop devise devote diagnose dial diarise diarize dice differentiate digitise digitize
dilute direct disassemble disburse discern discharge discipline disclose discover discuss disinfect dismantle
dismiss dispatch dispel dispense display dispose disseminate distinguish distribute diversify divert divide do
document draft drain drape draw dredge dress drill drive drop duplicate dust earmark earn ease edit educate
elaborate elect elevate elicit eliminate embed embody embrace emphasise emphasize empower emulsify enable
enclose encode encourage encrypt endeavor endeavour endorse energise energize enforce engage engineer enhance
enlighten enlist enrich enrol enroll ensure enter entertain entrust envision equate equip erect escalate
escort establish estimate evacuate evaluate examine excavate exceed excel exchange execute exemplify exercise
exert exfoliate exhibit exhort expand expedite experiment explain exploit explore expose express extend
extinguish extract fabricate face facilitate fasten fax feed feel fell ferment fertilise fertilize fetch field
file fill film filter finalise finalize finance find fine-tune fingerprint finish fire fit fix flag flatten
float flush fold follow forecast foresee forge forgo form formalise formalize format formulate forward foster
frame free freeze frisk fry fulfil fulfill function fund furnish gain garnish gather gauge generate get give
glaze go govern grade graft grate grease greet grill grind groom groove ground group grout grow guard guide
hand hand-feed handcuff handle hang harden harmonise harmonize harvest haul have headline hear heat hedge heed
help hem hire hoe hoist hold hone honor honour host hydrate hypothesise hypothesize ice ideate identify
illustrate imagine immerse immobilise immobilize immunise immunize impart implement import impound improve
improvise incentivise incentivize incorporate increase index induct infer influence inform infuse initial
initiate inject innovate inoculate input inquire insert inspect inspire install instil instill institute
institutionalise institutionalize instruct instrument insulate insure integrate interact intercept interface
internalise internalize interpret interrogate intervene interview introduce intubate invent inventory invest
investigate invigilate invite invoice involve iron irrigate isolate issue itemise itemize iterate jack join
jot judge julienne jump justify keep key kit knead knit know knurl label land lap launch launder lay lead
learn lend lengthen lessen let level leverage liaise lift light liken limit link lint listen litigate litter
live load load-test locate lock log look lubricate machine mail maintain make manage manicure manufacture map
marinate mark market mash massage master match maximise maximize measure mediate megger memorise memorize mend
mentor merchandise merge mic migrate milk mill mimic mince minimise minimize minister mint minute mitigate mix
mob mobilise mobilize model moderate modernise modernize modify monitor mop mortar motivate mount move mow
mulch multitask mute nail narrow navigate nebulise nebulize negotiate network neutralise neutralize nominate
notarise notarize note notice notify nudge nurture obey oblige observe obtain offboard offer offset onboard
open operate optimise optimize orchestrate order organise organize orient orientate originate outfit outline
outsource overcome overhaul oversee owe own pace pack package page paint pair palletise palletize palpate
paraphrase pare park parse participate partition partner pass patch patrol pave peel penetrate perceive
perform perm permit persevere persist persuade photograph pick pickle pilot pinpoint pioneer pipette pivot
place plan plant plaster plate play plot plough plow plumb poach point polish pool portion portray pose posit
position possess post pour practice practise praise predict preempt preheat prepare prescribe present preserve
preside press prevail prevent price prime print prioritise prioritize probe process procure produce profile
program programme prohibit project promote prompt promulgate pronounce proof proofread prop propagate propose
prosecute protect prototype prove provide provision prune publish pull pump purchase purge pursue push put
qualify quantify quarantine quench query question quiz quote raise rake rank rate ratify reach react read
realise realize ream reap reassess reassign reassure rebase rebook rebuild rebut recall receive recharge
recite reckon recognise recognize recommend reconcile reconfigure reconfirm reconsider reconstitute
reconstruct record recount recover recruit rectify recycle redact redeem redeploy redesign redirect redraw
reduce reel refactor refer reference refill refine reflect reframe refresh refund refurbish refuse regain
register regrade regulate rehabilitate rehang rehearse rehydrate reimburse reinforce reject rejuvenate relate
relay release relieve relinquish relocate rely remediate remedy remind remit remodel remove render renegotiate
renew renounce renovate rent reorder reorganise reorganize repair repay repeat rephrase replace replenish
replicate reply report reposition represent reprimand reproduce repurpose request require requisition reroute
reschedule rescue research resell reserve reset resolve respect respond restate restock restore restrain
restructure resubmit resuscitate retain retest rethink retile retire retool retouch retrain retrieve return
reuse reveal reverse revert review revise revisit revitalise revitalize reward rewire reword rework rewrite
ride rig ring rinse rivet roast rotate rout route run safeguard sample sand sanitise sanitize saute sauté save
scaffold scale scan schedule score scour scout scrape screed screen screw script scrub sculpt seal search
season seat secure sedate see seek seize select self-assess sell send sense separate sequence serve service
set settle sew shadow shampoo shape shard share sharpen shear shelve shift shim shine ship shoot shop shorten
shortlist show shred shrinkwrap shut sift sign signal signpost simmer simplify simulate sit size sketch skid
slice sling slow smell smelt smoke soak soften solder solicit solve soothe sort source sow speak spearhead
specify speed spend splice splint sponsor spot spot-check spray spread square squeeze stabilise stabilize
stack staff stage stagger stain stamp stand standardise standardize start state stay steam steer stencil
sterilise sterilize steward stimulate stipulate stir stitch stock stop store storyboard strain strap
strategise strategize streak streamline strengthen strip strive structure study subcontract submit subpoena
substitute subtract succeed suction suggest summarise summarize summon supervise supply support surmount
survey suspend sustain suture swab swap swear sweep switch synchronise synchronize synthesise synthesize
syringe systematise systematize tabulate tackle tag tailor take talk tally tamp tap taper target taste teach
teammate tell tend tension terminate test testify thank thaw thicken think thread thresh tick ticket tidy tie
tighten tile till time tint titrate toast toilet tolerate torque touch tour tow trace track trade train
transcribe transfer transform transition translate transmit transplant transport trap treat trend triage trim
troubleshoot trowel truss tune turn tutor tweak type typeset unblock unclog uncover underline understand
undertake underwrite undo unfold unify unite unload unlock unpack unroll unscrew unveil unwrap update upgrade
uphold upholster upload upsell use usher utilise utilize vaccinate vacuum validate value varnish vary
ventilate verify vet view virtualise virtualize visit visualise visualize vouch wait waive walk warn wash
watch water wax wean wear weave weed weigh welcome weld wheel whet whip whisk whiteboard widen wipe wire
wireframe withdraw withhold withstand witness work wrap write yard yield zero
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
        "sit": "with in on at",
        "speak": "with to for",
        "succeed": "in",
        "talk": "with to about",
        "tend": "to",
        "test": "for",
        "trade": "in",
        "wait": "for on",
        "walk": "behind along beside through around with to",
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
