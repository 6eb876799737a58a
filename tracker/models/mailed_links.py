"""What links in mails have in common: a token of which only the hash is kept, and the session it opens."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import UtcDateTime


class KnownByToken:
    """A row found by the hash of a token that nobody here knows, and good for some time."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MailedLink(KnownByToken):
    """A link that was mailed; it works once."""

    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LinkSession(KnownByToken):
    """What a link opened; the cookie holds its token."""

    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
