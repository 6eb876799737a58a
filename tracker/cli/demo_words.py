"""What the people of a demonstration write beside the evidence: notes, reasons, calls and references."""

from tracker.domain.stages import Stage

ANSWERS_WHEN = (
    "From the first of next month.",
    "At once.",
    "After four weeks' notice.",
    "In two weeks, after a move.",
)
ANSWERS_SYSTEMS = (
    "A till with stock, and lists in a spreadsheet.",
    "Order entry at a wholesaler for a year and a half; mail and spreadsheets daily.",
    "None for orders. Booking software of a hotel.",
    "Stock by hand scanner, orders on paper.",
    "The web shop of my aunt's bakery, both sides of it.",
)
REVIEW_PASSED = (
    "Meets every minimum.",
    "Short, but all there: counter work with orders, clear letters.",
    "Change of trade; figures and customers daily in the last job.",
)
REVIEW_FAILED = (
    "No work with figures or customers, and none in training.",
    "Wants warehouse work only; told us so in the letter.",
    "Two of the minimum qualifications are missing.",
)
CALLS = {
    "strong": (
        "Knew what we sell. Asked about the busy weeks before I could. Can start in time.",
        "Clear on the phone, spelled the street without being asked, laughs easily.",
    ),
    "sufficient": (
        "Polite, a little quiet. Hours and place are fine. Wants to hear about training.",
        "Right answers, slow start. Pay is within what we can do.",
    ),
    "weak": (
        "Had not read what the job is. Mornings are impossible.",
        "Hard to follow; most answers were about the last manager.",
    ),
    "not_reached": ("Rang twice, left word.",),
}
WAIVED = (
    "Worked here two summers ago; Hank knows the person well.",
    "Spoken with at the career fair for half an hour.",
)
NOTES = {
    Stage.APPLICATION: (
        "Came with a hand-written line from the shop in Mill Lane.",
        "Applied in spring too, for the warehouse. Friendly then.",
        "Résumé reached us twice; this is the newer one.",
    ),
    Stage.SCREENING: (
        "Can be reached after four only.",
        "Asks for part-time in the first month; Hank says that is fine.",
        "Driving licence was not asked for and is not needed.",
    ),
    Stage.INTERVIEW: (
        "Needs the ground floor: booked room 2.",
        "Was early and waited an hour without a word. Offer a coffee next time.",
        "Ines saw them for the first round; I did not read along.",
    ),
    Stage.REFERENCES: (
        "Former supervisor is on leave until Monday.",
        "Prefers that we write before we ring.",
    ),
    Stage.OFFER: (
        "Compares with an offer in town; decides by the end of the week.",
        "Asked twice about Saturdays.",
    ),
    Stage.ONBOARDING: ("Desk by the window, as promised.", "First day begins at nine, not eight."),
}
REJECTION_NOTES = (
    "Told them kindly by phone.",
    "Keep in mind for the season.",
    "Good person, wrong desk.",
)
DEBRIEF_ADVANCE = (
    "Every row at its target or above, and both raters agree on orders and charges.",
    "Thin on charges, strong on customers; the first can be taught in two weeks.",
    "Evidence on every required row. The one low rating was a bad morning by their own account.",
    "The role play settled it. References should tell us about the busy weeks.",
)
DEBRIEF_STOP = (
    "Three required rows without evidence, from different people on different days.",
    "Friendly, but the order exercise failed twice in the same place.",
    "We have two others with more to show on entering orders.",
    "Neither of us could write down an example of their own.",
)
RETURNS = (
    "Two raters lie far apart on entering orders: talk about it once more before we ask referees.",
    "The skills exercise was the old one; look at it again together.",
)
RETURNS_TO_SCREENING = (
    "Start date and notice period contradict each other: ring once more.",
    "The wage they named in the interview is not the one of the call: clear that up first.",
)
REOPENS = (
    "The certificate had gone to another address; it is here and in time.",
    "They rang: the mail asking for the missing page never reached them.",
)
REFEREES = (
    ("Former supervisor", "Came on time for three years. Slips were rare and put right without being asked."),
    ("Shift lead", "Friendly with everybody, also with those who were not. Would need a while with figures."),
    ("Teacher in training", "Among the careful ones. Speaks little, notices much."),
    ("Owner of the shop", "Knew every customer by name. I would take them back tomorrow."),
    ("Former colleague", "Worked side by side for a year; good in a hurry, tidy on the phone."),
    ("Head of accounts", "Invoices were right. Left for the longer way to work, no other reason."),
)
REFEREE_NAMES = (
    "Margit Solheim", "Owen Pryce", "Dalia Shaheen", "Pedro Antunes", "Ingrid Vass", "Kwame Boateng",
    "Lotte Brandt", "Sunil Rao", "Vera Kostić", "Maeve Quinn",
)  # fmt: skip
DECLINES = (
    "Stays with the present employer, who raised the wage.",
    "Took an offer nearer to home.",
    "Saturdays did not fit with the family.",
)
WITHDRAWALS = {
    "other_offer": "Rang to say that another shop was faster. Sorry about it.",
    "salary": "Hoped for more an hour; we parted friendly.",
    "location_or_hours": "The bus does not run that early.",
    "not_interested": None,
    "personal": None,
    "process_too_long": "Four weeks without word were too many.",
}
PLACES_TO_MEET = ("Room 2", "Room 4, first floor", "Video call", "The order desk", "Room 2")
RESCHEDULED = ("Room 4, first floor", "Video call")
CANCELLATIONS = (
    "Ines was ill; a new day is agreed.",
    "The candidate's train did not run.",
    "Double booking of the room.",
)
ASSESSED = "A fine seven years ago, paid, with nothing after it and nothing to do with the work."
BENEFITS = "28 days of leave, bus ticket, staff prices."
CONDITIONS = "Six months on trial; hours as in the posting."
