"""Notices that candidates are given, and what they agree to: kinds, our own words, and version names."""

from enum import StrEnum

from tracker.domain.names import clean_text

LONGEST_NOTICE = 20_000  # characters


class NoticeKind(StrEnum):
    """What a notice is about; each has versions, and what somebody agreed to names the version."""

    PRIVACY = "privacy"
    BACKGROUND_CHECK = "background_check"
    OFFER = "offer"
    TALENT_POOL = "talent_pool"


NOTICE_KIND_LABELS = {
    NoticeKind.PRIVACY: "How we use your data",
    NoticeKind.BACKGROUND_CHECK: "Disclosure of the background check",
    NoticeKind.OFFER: "Signing an offer",
    NoticeKind.TALENT_POOL: "Staying in touch",
}

DEFAULT_NOTICES: dict[NoticeKind, str] = {
    NoticeKind.PRIVACY: (
        "We use what you send us to decide about your application, and for nothing else. The people who hire "
        "for this job read it: recruiters, the hiring manager and the interviewers.\n\n"
        "No computer decides about you. We keep your data as long as the law asks for after the job is "
        "filled, then we erase them.\n\n"
        "You may read, correct, take away or have erased what we keep of you, at any time, on the page whose "
        "link we mail to you."
    ),
    NoticeKind.BACKGROUND_CHECK: (
        "In connection with your application, we may obtain a report about you from a company that prepares "
        "background reports. It may hold information about your character, general reputation and record. "
        "We obtain it only if you agree in writing, and use it only to decide about employment."
    ),
    NoticeKind.OFFER: (
        "By typing my name I sign this offer. My typed name has the effect of my signature by hand. I have "
        "read the offer letter, and I accept its terms."
    ),
    NoticeKind.TALENT_POOL: (
        "You may keep my data for other jobs that could suit me, and write to me about them. My consent ends "
        "on the day that I was shown, and I may take it back at any time."
    ),
}
"""Plain text in use until HR writes its own; to be confirmed by counsel where one hires."""


def notice_version(kind: NoticeKind, number: int) -> str:
    """The name of a version, as it is kept with what somebody agreed to: `privacy-3`; 0 is our own words."""
    return f"{kind.value}-{number}"


def checked_notice(text: str) -> str:
    """The words of a notice, trimmed. Raises RuleBroken at `text`."""
    return clean_text(text, "The text", "text", longest=LONGEST_NOTICE, needed=True)
