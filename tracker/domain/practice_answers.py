"""Sample answers for practising, written by us for the framework that comes with the tracker.

Each was written to show one statement of it and nothing above; no candidate ever said them.
"""

from dataclasses import dataclass

from tracker.domain.frameworks import FrameworkSource, Level

E_, D, P, A = Level.EMERGING, Level.DEVELOPING, Level.PROFICIENT, Level.ADVANCED


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What a made-up candidate says, and why it shows its level and no other."""

    text: str
    why: str


ORDER_CLERKS = "1b4144ac691a7653e864f91638e268c55b073149fea15c4ce4f6cc9f9cb15578"
"""The hash of the framework whose statements the answers show: order clerks, 43-4151.00, v.26.05."""

WRITTEN: dict[tuple[Level, int], WrittenAnswer] = {
    (E_, 8): WrittenAnswer(
        "A woman rang because half her delivery was missing. I said sorry, wrote down her order "
        "number, what was missing and her phone number on the complaint sheet, and read it back "
        "to her. I could not tell her what would happen, so I took the sheet to our senior clerk "
        "straight away, and he called her.",
        "It takes the complaint in with its details and hands it on. Nothing is looked into or settled.",
    ),
    (D, 5): WrittenAnswer(
        "A customer had been charged twice for the same chairs. I looked up both invoices, saw "
        "that the order had been keyed in a second time after a phone call, and cancelled the "
        "copy. Our rule says that we refund to the card within three days, so I did that and told "
        "him the date. Next day I checked that it had gone.",
        "A common case is looked into and settled to the end by the house's rule.",
    ),
    (P, 3): WrittenAnswer(
        "A builder was furious: a late pallet had cost him a day, and he wanted the whole order "
        "free. Our policy had nothing for that. I asked for his site log, worked out that the "
        "carrier was late but he had also changed the address that morning, and offered free "
        "freight on this and the next order instead. He took it. I put the reasoning in the file "
        "so that finance could follow it.",
        "An escalated case beyond the rules is weighed up alone, and the remedy stays within policy.",
    ),
    (A, 4): WrittenAnswer(
        "Every clerk handled complaints differently, so customers rang until they got the answer "
        "they liked. I read three months of cases, wrote down which remedy fits which kind and "
        "from what amount it goes to a manager, agreed it with sales, and trained all nine "
        "clerks. After that I read ten cases a month to see that it was kept, and we changed two "
        "rules in spring.",
        "It sets how everybody handles complaints and sees to it that the rule is kept.",
    ),
    (E_, 1): WrittenAnswer(
        "When my supervisor asked whether we had the blue folders, I opened the stock program, "
        "typed the number from the catalogue and read her what it said: forty in the shop, none "
        "in the store. If I did not find something she showed me where to click.",
        "Stock is looked up when asked, with somebody near to help.",
    ),
    (D, 1): WrittenAnswer(
        "A caller wanted sixty lamps by Friday. While she was on the line I looked in the stock "
        "system, saw thirty-eight here and fifty in the other warehouse, and told her that "
        "thirty-eight could go today and the rest on Thursday. Nobody had to tell me to look; I "
        "do that with every larger order.",
        "The query is the clerk's own, and the customer is told what it means. No trend is read from it.",
    ),
    (P, 2): WrittenAnswer(
        "Each month I pull what left the shelf by item and lay it beside what is on order. In "
        "September I saw that toner went a third faster than the year before and that we would "
        "run dry in two weeks. I called the warehouse and purchasing, we brought the delivery "
        "forward, and I warned sales not to promise the large pack until then.",
        "Data are read as a trend, the shortage is seen before it comes, and others are brought in.",
    ),
    (A, 7): WrittenAnswer(
        "Our counts and the supplier's never matched. I met the three largest suppliers every "
        "quarter, agreed on one item list and a weekly exchange of counts, and gave purchasing a "
        "page on who delivers late and how much that costs us. They moved two contracts on the "
        "strength of it, and empty shelves went from eleven a month to three.",
        "The relationship with suppliers is led, purchasing decides on it, and shortages fall.",
    ),
    (E_, 9): WrittenAnswer(
        "Before the boxes were closed I took the checklist and went through the papers: name, "
        "address, item numbers, amounts. I ticked each one. Once the colour was not the one on "
        "the order, so I put the sheet aside and showed it to the man who ran the shift.",
        "The given list is followed point by point, and what does not fit is shown to somebody else.",
    ),
    (D, 6): WrittenAnswer(
        "I checked what went out against what the customer had asked for, not only the packing "
        "list. One order said metal hinges and the boxes held plastic ones with nearly the same "
        "number. I stopped it, put a note in the system for the warehouse and moved the truck to "
        "the next slot so that nothing wrong left the house.",
        "Work is held against the customer's wish, and the discrepancy is flagged before it "
        "ships. One case, no pattern.",
    ),
    (P, 4): WrittenAnswer(
        "I drew fifty shipped orders a week and compared every line. After a month I could show "
        "that two thirds of the mistakes came from items that differ in the last digit only. I "
        "proposed that the system shows the picture beside the number. They did it, and I "
        "measured again: from eleven mistakes in fifty down to four.",
        "It is a planned audit that finds the pattern behind errors and proposes a remedy.",
    ),
    (A, 6): WrittenAnswer(
        "I was responsible for inspection at both sites. The figures by shift told me that the "
        "risk was not carelessness but that nobody checked part deliveries at all. I had each "
        "team name a person for them, wrote the corrective plan with the two leads, and went "
        "through the results with them every two weeks until the gap was closed.",
        "Inspection as a whole is overseen, a risk in the system is found, and several teams are directed.",
    ),
    (E_, 0): WrittenAnswer(
        "In my first weeks I filled in order forms at the counter: name, street, who pays. My "
        "supervisor sat next to me and looked at each one before I filed it. When somebody wanted "
        "two delivery addresses, I asked her how to write that.",
        "Basic details are entered, with the supervisor beside and every form checked.",
    ),
    (D, 0): WrittenAnswer(
        "On a Monday we get about ninety orders by phone and mail. I take them, ask for what is "
        "missing, the size or the cost centre, and enter numbers and specifications while we "
        "talk. My lead only looks at the list in the evening.",
        "Complete orders are taken and entered in a busy day with hardly any oversight. They are "
        "routine ones.",
    ),
    (P, 0): WrittenAnswer(
        "I had an order for a hospital that nobody could close: the drawing lacked a measure, and "
        "the price on it was from last year. I got the measure from their engineer, had the price "
        "confirmed, split the delivery so that the ward could open, and followed it until the "
        "last invoice was paid. It was mine from the first call to the end.",
        "A complex order is carried through its whole life alone, its odd problems solved on the way.",
    ),
    (A, 0): WrittenAnswer(
        "Orders came in by phone, mail and on paper, and each clerk had a way of their own. I "
        "timed every step for two weeks, designed one intake form that refuses to go on without "
        "the fields that we always had to ask for later, tried it with two clerks and then "
        "brought all twelve over. It took the time from nine minutes to five and halved the "
        "returns.",
        "A new procedure is designed and brought in for the whole team, with its effect measured.",
    ),
}


def written_answer(source: FrameworkSource, level: Level, index: int) -> WrittenAnswer | None:
    """Our answer that shows this statement, by its 0-based place in its level; none where we wrote none."""
    return WRITTEN.get((level, index)) if source.sha256 == ORDER_CLERKS else None
