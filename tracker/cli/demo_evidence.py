"""What the interviewers of a demonstration wrote down: evidence for each competency, in several styles."""

import random
from collections.abc import Callable

# What was said or done, by competency, from thin over fair to strong.
_SAID: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "customer-complaints": (
        (
            "Would pass every complaint on at once; could not say what to write down first",
            "Told me about an angry caller and mostly about how unfair the caller was",
        ),
        (
            "Late garden furniture: apologised, noted order and promised day; did not ring back",
            "Listens first and writes the order number down; asks a colleague when money is to be returned",
        ),
        (
            "Broken tiles before a shop opened: found stock elsewhere, rang twice, changed the packing note",
            "In the role play let me finish, named my problem in a sentence, offered two ways out and a time",
        ),
    ),
    "outgoing-orders": (
        (
            "Has sent orders out but never compared them with anything",
            "Skipped the delivery address in the exercise and noticed only when asked",
        ),
        (
            "Went through the sample with the checklist and found the wrong size, not the missing second box",
            "Checks article and quantity on every order; address only when the customer is new",
        ),
        (
            "Found all four slips in the sample in six minutes and put a note on the one that repeats",
            "Kept a list of which articles get mixed up, and brought it to the warehouse each Friday",
        ),
    ),
    "customer-information": (
        (
            "Typed the article number from memory and got two digits wrong",
            "Says the system will complain if something is missing",
        ),
        (
            "Entered the sample customer without slips, slowly; asked what the delivery note field is for",
            "Reads numbers back to the caller; had not thought of spelling the street",
        ),
        (
            "Entered three customers in five minutes, noticed that two were one firm, and asked first",
            "Asked what the tables will stand on before naming a model; looked up the weight it carries",
        ),
    ),
    "office-suite-software": (
        (
            "Has used a phone for mail; the draft letter had no subject and no greeting",
            "Could not sort the list by date without help",
        ),
        (
            "A polite, correct mail in ten minutes, somewhat long",
            "Sorts and filters lists; sums by calculator and types the result",
        ),
        (
            "Three-line answer to an upset customer, friendly, with the date in the first sentence",
            "Built a small table of open orders with a filter per week and explained why it is enough",
        ),
    ),
    "data-entry-quality": (
        (
            "Six slips in forty lines, none noticed",
            "Trusts the first reading; no second look when the total seemed odd",
        ),
        (
            "Two slips in forty lines, found one of them on reading again",
            "Marks doubtful lines and comes back to them at the end",
        ),
        (
            "Forty lines without a slip; stopped at the one price that could not be right and asked",
            "Showed a new colleague to read numbers backwards, and error lists got shorter within a month",
        ),
    ),
    "customer-inquiries": (
        (
            "Answered from the script, also where the question was another one",
            "Promised a delivery day without looking it up",
        ),
        (
            "Finds the answer in the leaflet and reads it out; friendly on the phone",
            "Said plainly what was unknown and when to expect the call",
        ),
        (
            "Answered the question behind the question: not the parcel, the party on Saturday",
            "Turned a caller's three questions into one order and one date, in two minutes",
        ),
    ),
    "inventory-availability": (
        (
            "Would ask the warehouse each time; has not used stock software",
            "Mixed up what is in stock and what is on order",
        ),
        (
            "Looks the article up and reads stock and next delivery; no thought for reserved pieces",
            "Checked stock before every promise at the hardware shop, on paper lists",
        ),
        (
            "Saw from the sample that stock was there but reserved, and offered the sister article",
            "Noticed each spring that hoses run out, and told purchasing in February",
        ),
    ),
    "customer-orders": (
        (
            "Filled in name and article, forgot billing address and wish date",
            "Needed every field explained twice",
        ),
        (
            "Complete order on the second try; asks for the purchase number without being told",
            "Takes orders by phone daily, five lines at most; no experience with part deliveries",
        ),
        (
            "Split an order of thirty lines into two deliveries and told the customer what comes when",
            "Took over the orders of an ill colleague for two weeks, sixty a day, none was late",
        ),
    ),
    "total-charges": (
        (
            "Forgot shipping, then added it twice",
            "Percentages without a calculator and without success; with one, half of them",
        ),
        (
            "Right to the cent with the calculator, the discount only after a hint",
            "Adds up by hand and compares with the screen; tax was new",
        ),
        (
            "Saw that the freight rule changes at 50 kg and that one order more would be cheaper",
            "Found the wrong tax on an invoice in the sample and explained it so that I understood it",
        ),
    ),
    "order-workflow": (
        (
            "Works from the top of the pile",
            "Did not know where a past order had got stuck, and waited for the call",
        ),
        (
            "Looks through open orders every morning; writes to the warehouse when one is late",
            "Keeps a list of promised dates on paper",
        ),
        (
            "Calls the customer before the customer calls; had three late orders in a year",
            "Reads the queue by promised day and moves what cannot wait, with the shift lead's word",
        ),
    ),
    "order-data": (
        (
            "Compared names only; took two branches for one customer",
            "Overwrote an address without asking which one is right",
        ),
        (
            "Compared name and address with the record and flagged the difference",
            "Follows the steps in order; one record took four minutes",
        ),
        (
            "Noticed a postcode that does not belong to the street and rang to ask",
            "Cross-checked with the last three orders and found the old price",
        ),
    ),
    "order-completeness": (
        (
            "Sent the order on without colour and size",
            "Did not use the checklist that lay there",
        ),
        (
            "Found the missing size with the checklist and put the order aside",
            "Sends incomplete orders back with what is missing, to the whole team",
        ),
        (
            "Asked for colour, size and floor in one mail, so that nobody had to write twice",
            "Rewrote the checklist of the holiday job so that returns fell by half, by the manager's count",
        ),
    ),
}
_ON_ANYTHING = (
    (
        "No example of their own on {name}, also after two questions",
        "Spoke in general about {name}; nothing that they did themselves",
    ),
    (
        "One sound example of {name} from the last job, on a quiet day, with help",
        "Does {name} as told; had not met the case where it goes wrong",
    ),
    (
        "Two examples of {name}, with what went wrong and what they changed",
        "Showed {name} on the sample at once and named what is usually forgotten",
    ),
)
_THEIR_WORDS = (
    ("“I would wait until somebody tells me.”", "“That has never come up.”"),
    ("“I wrote it down and asked.”", "“First look, then promise.”", "“I am slow at it, but it is right.”"),
    (
        "“I rang before they had to.”",
        "“I keep a list, or I would do it twice.”",
        "“It was my slip, so I told them.”",
    ),
)
_VERDICTS = (
    ("Not there yet.", "Too thin for me."),
    ("Good enough to start.", "Will learn it.", "Solid."),
    ("Convincing.", "Better than most of us.", "I would leave this to them in week one."),
)
Style = Callable[[str, int, random.Random], str]


def _sentences(said: str, tier: int, chance: random.Random) -> str:
    return f"{said}."


def _short_notes(said: str, tier: int, chance: random.Random) -> str:
    parts = said.replace(", and ", "; ").replace(", ", "; ").split("; ")
    return "\n".join(f"– {part[0].lower()}{part[1:]}" for part in parts)


def _with_their_words(said: str, tier: int, chance: random.Random) -> str:
    return f"{said}. {chance.choice(_THEIR_WORDS[tier])}"


def _with_a_verdict(said: str, tier: int, chance: random.Random) -> str:
    return f"{said}. {chance.choice(_VERDICTS[tier])}"


STYLES: tuple[Style, ...] = (_sentences, _short_notes, _with_their_words, _with_a_verdict)


def evidence(key: str, name: str, above: int, style: Style, chance: random.Random) -> str:
    """Why somebody rated a competency so many levels above its target, in their style."""
    tier = 0 if above < 0 else 1 if above == 0 else 2
    said = chance.choice(_SAID.get(key, _ON_ANYTHING)[tier]).format(name=name.lower())
    return style(said, tier, chance)


_SUMMARIES = (
    ("Friendly, but the desk would carry them for months.", "Not this job; perhaps the warehouse."),
    (
        "Gaps in figures, good with people.",
        "Would start slowly and stay.",
        "Fine on a quiet day; unsure in December.",
    ),
    ("Take them before somebody else does.", "Calm, exact, and easy to talk to.", "Knows what the work is."),
)


def summary(above: float, chance: random.Random) -> str | None:
    """The last line of a card whose ratings lie so far above their targets; some leave it empty."""
    if chance.random() < 0.4:
        return None
    return chance.choice(_SUMMARIES[0 if above < 0 else 1 if above < 0.7 else 2])
