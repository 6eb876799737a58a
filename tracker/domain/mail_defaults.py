"""The words of each mail until HR writes its own."""

from tracker.domain.mails import MailEvent

TO_FILL_IN = "…"
"""Stands where whoever writes by hand writes their own words."""
_TO_CANDIDATE = "Dear {{candidate}},\n\n"
_TO_PANEL = "Dear {{interviewer}},\n\n"
_TO_READER = "Dear {{reader}},\n\n"
_KIND_REGARDS = "\n\nKind regards\n{{organisation}}"
_PAGE = (
    "\n\nYour own page, where you see how things stand:\n{{link}}\n"
    "The link works once and for a few days; there you can always ask for a new one."
)
_FACTS = "{{session}}\n{{when}}\nPlace: {{place}}"

DEFAULT_MAILS: dict[MailEvent, tuple[str, str]] = {
    MailEvent.APPLICATION_RECEIVED: (
        "Your application: {{job}}",
        _TO_CANDIDATE + "We have received your application for {{job}}. Thank you.\n\n"
        "We read every application and will write to you about the next step." + _PAGE + _KIND_REGARDS,
    ),
    MailEvent.APPLICATION_REPEATED: (
        "Your application: {{job}}",
        _TO_CANDIDATE + "Somebody, most likely you, has just applied for {{job}} with this address. You have "
        "an application for it already, so nothing was changed and nothing was added.\n\n"
        "If you wanted to add something, you can do so on your own page. If it was not you, there is nothing "
        "you need to do." + _PAGE + _KIND_REGARDS,
    ),
    MailEvent.TRANSFERRED: (
        "We consider you for {{job}}",
        _TO_CANDIDATE + "Your application goes on for another job, {{job}}, because it may suit you better. "
        "What you sent us has gone along; you need not apply again.\n\n"
        "If you would rather not be considered for it, you can withdraw on your own page."
        + _PAGE
        + _KIND_REGARDS,
    ),
    MailEvent.LINK_REQUESTED: (
        "Your link: {{job}}",
        _TO_CANDIDATE + "You asked for a link to your own page:\n{{link}}\n\n"
        "It works once and for an hour. If you did not ask for it, there is nothing you need to do."
        + _KIND_REGARDS,
    ),
    MailEvent.ADDRESS_TO_CONFIRM: (
        "Please confirm your address",
        _TO_CANDIDATE + "You asked us to write to you at this address from now on. Please confirm it:\n"
        "{{link}}\n\n"
        "The link works once and for a day. Until then we write to the address that we had. If you did not "
        "ask for it, there is nothing you need to do." + _KIND_REGARDS,
    ),
    MailEvent.ADDRESS_CHANGED: (
        "Your address was changed",
        _TO_CANDIDATE + "From now on we write to you at another address, as you asked on your own page. This "
        "is our last mail to this one.\n\n"
        "If you did not ask for it, please tell us at once." + _KIND_REGARDS,
    ),
    MailEvent.MOVED_ON: (
        "Your application for {{job}} goes on",
        _TO_CANDIDATE + "Your application for {{job}} has moved on. The next stage is: {{stage}}.\n\n"
        "We will write to you about what happens there." + _PAGE + _KIND_REGARDS,
    ),
    MailEvent.REJECTED: (
        "Your application for {{job}}",
        _TO_CANDIDATE + "Thank you for your interest in {{job}} and for the time you gave us.\n\n"
        "We have decided not to go on with your application. We are sorry to bring you this news, and wish "
        "you well in your search." + _KIND_REGARDS,
    ),
    MailEvent.CANDIDATE_INVITED: (
        "Your interview for {{job}}",
        _TO_CANDIDATE + "We would like to talk with you about {{job}}.\n\n" + _FACTS + "\n\n"
        "The time is in the calendar file with this mail. Please confirm it on your own page, or ask there "
        "for another time:\n{{link}}" + _KIND_REGARDS,
    ),
    MailEvent.CANDIDATE_TIME_CHANGED: (
        "Your interview for {{job}} has changed",
        _TO_CANDIDATE + "Your interview for {{job}} has changed. It is now:\n\n" + _FACTS + "\n\n"
        "The calendar file with this mail replaces the earlier one." + _PAGE + _KIND_REGARDS,
    ),
    MailEvent.CANDIDATE_SESSION_CANCELLED: (
        "Your interview for {{job}} is cancelled",
        _TO_CANDIDATE + "This interview for {{job}} does not take place:\n\n{{session}}\n{{when}}\n\n"
        "We will write to you about what comes next." + _KIND_REGARDS,
    ),
    MailEvent.PANEL_INVITED: (
        "Interview: {{candidate}}, {{job}}",
        _TO_PANEL + "You are asked to interview {{candidate}} for {{job}}.\n\n" + _FACTS + "\n\n"
        "Questions and anchors, and where you confirm or hand over the session:\n{{link}}",
    ),
    MailEvent.PANEL_TIME_CHANGED: (
        "Changed: interview with {{candidate}}, {{job}}",
        _TO_PANEL
        + "The interview with {{candidate}} for {{job}} has changed. It is now:\n\n"
        + _FACTS
        + "\n\n"
        "Please confirm it anew or hand it over:\n{{link}}",
    ),
    MailEvent.PANEL_SESSION_CANCELLED: (
        "Cancelled: interview with {{candidate}}, {{job}}",
        _TO_PANEL + "You no longer have this interview with {{candidate}} for {{job}}:\n\n"
        "{{session}}\n{{when}}\n\nThe calendar file with this mail takes it out of your calendar.",
    ),
    MailEvent.SCORECARD_DUE: (
        "Your scorecard is due: {{candidate}}, {{job}}",
        _TO_PANEL + "You interviewed {{candidate}} for {{job}}, and your scorecard is still to come:\n\n"
        "{{session}}\n{{when}}\n\nIt is easiest while you remember the answers:\n{{link}}",
    ),
    MailEvent.DISCLOSURE_DUE: (
        "Your consent to a background check: {{job}}",
        _TO_CANDIDATE + "For {{job}} we ask for a background check. It begins only if you agree. Please read "
        "what it is about, and say yes or no, on your own page:\n{{link}}\n"
        "The link works once; there you can always ask for a new one." + _KIND_REGARDS,
    ),
    MailEvent.PRE_ADVERSE: (
        "A background report about you: {{job}}",
        _TO_CANDIDATE + "A background report about you has come in, and because of what it says we are "
        "thinking of not going on with your application for {{job}}. Nothing is decided.\n\n"
        "The notice, a copy of the report and the summary of your rights are on your own page:\n{{link}}\n"
        "The link works once; there you can always ask for a new one.\n\n"
        "You may answer until the end of {{until}}." + _KIND_REGARDS,
    ),
    MailEvent.REFERENCE_REQUESTED: (
        "A reference for {{candidate}}",
        "Dear {{referee}},\n\n{{candidate}} has applied for {{job}} and named you as a referee. "
        "We would be glad to hear from you. It takes about ten minutes, by this link:\n{{link}}\n\n"
        "You may say no there, too. The link works once; behind it you can ask for a new one."
        + _KIND_REGARDS,
    ),
    MailEvent.REFERENCE_REMINDER: (
        "Reminder: a reference for {{candidate}}",
        "Dear {{referee}},\n\nSome days ago we asked you for a reference for {{candidate}}, who has applied "
        "for {{job}}. They wait for it: nothing is decided until then. It takes about ten minutes, by this "
        "new link:\n{{link}}\n\n"
        "If you would rather not, please say so there, so that somebody else can be asked." + _KIND_REGARDS,
    ),
    MailEvent.OFFER_SENT: (
        "Our offer: {{job}}",
        _TO_CANDIDATE + "We are happy to make you an offer for {{job}}.\n\n"
        "Read it, and accept or decline it, on your own page:\n{{link}}\n"
        "The link works once; there you can always ask for a new one." + _KIND_REGARDS,
    ),
    MailEvent.OFFER_WITHDRAWN: (
        "Our offer for {{job}} is taken back",
        _TO_CANDIDATE + "The offer that we sent you for {{job}} does not stand any more and cannot be "
        "answered. We will write to you about what comes next." + _PAGE + _KIND_REGARDS,
    ),
    MailEvent.ONBOARDING_STARTED: (
        "Welcome to {{organisation}}",
        _TO_CANDIDATE + "We are glad that you accepted our offer for {{job}}.\n\n"
        "The steps before your first day stand on your own page:\n{{link}}" + _KIND_REGARDS,
    ),
    MailEvent.TASKS_DUE: (
        "What is still open before your first day",
        _TO_CANDIDATE + "Some of your steps for {{job}} are due now or in the next days. They stand on your "
        "own page:\n{{link}}\n"
        "The link works once; there you can always ask for a new one." + _KIND_REGARDS,
    ),
    MailEvent.SAVED_REPORT: (
        "Your report: {{report}}",
        _TO_READER + "your report {{report}} is counted anew when you open it:\n{{link}}\n\n"
        "You asked to be reminded of it {{every}}. To be reminded no longer:\n{{stop_link}}",
    ),
    MailEvent.MENTIONED: (
        "{{writer}} mentions you: {{job}}",
        _TO_READER + "{{writer}} mentions you in a note on an application for {{job}}. It stands here, and "
        "under My work until you have seen it:\n{{link}}\n\n"
        "You asked for these mails; your settings end them.",
    ),
    MailEvent.DIGEST: (
        "What waits for you",
        _TO_READER + "this waits for you today:\n\n{{waiting}}\n\nAll of it:\n{{link}}\n\n"
        "You asked for this mail on mornings on which something waits. To stop it:\n{{stop_link}}",
    ),
    MailEvent.MESSAGE: (
        "About your application: {{job}}",
        _TO_CANDIDATE + TO_FILL_IN + _KIND_REGARDS,
    ),
}
"""Subject and plain text by event."""
