"""Settings: read from the environment once, each with a default that suits one machine."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.domain.incoming_mails import check_reply_pattern
from tracker.domain.kept_reports import MOST_AT_ONCE
from tracker.domain.retention import LONGEST_OWN, OWN_MONTHS, SHORTEST_OWN, Employer, RetentionPolicy
from tracker.domain.rules import RuleBroken

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder of templates, migrations or seeds: inside an installed package, else at the top of a
    checkout.
    """
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


class BadSetting(Exception):
    """A setting that cannot be used: one sentence that names it."""


SETTINGS: dict[str, str] = {
    "TRACKER_DATABASE_URL": "address of the database; a SQLite file under the home unless set",
    "TRACKER_REPLICA_URL": "address of a read-only copy of the database, for reports",
    "TRACKER_HOME": "folder of database, files and secret; `./var` unless set",
    "TRACKER_SECRET_KEY": "key that signs cookies; made and kept under the home at first start unless set",
    "TRACKER_BASE_URL": "address under which people reach the tracker; links in mail begin with it",
    "TRACKER_MAIL_URL": "address of the mail server, such as "
    "`smtp://user:password@host:587?from=hiring@example.org`; without it, mail stays in the outbox where HR "
    "sees it",
    "TRACKER_REPLY_TO": "address for answers of candidates, such as `reply+{token}@example.org`, which "
    "`tracker mail receive` takes in; without it mails name none",
    "TRACKER_FILES_URL": "folder of uploaded files; `files` under the home unless set",
    "TRACKER_ORGANISATION": "name of the organisation; `Our organisation` unless set",
    "TRACKER_TIMEZONE": "time zone of dates on pages and reports, such as `Europe/London`; `UTC` unless set",
    "TRACKER_JURISDICTION": "whose rules on questions and waits hold where a job has none; `us` unless set",
    "TRACKER_RETENTION_MONTHS": "the organisation's own period for records of applicants, in months "
    "after the closing, where no law sets one; `24` unless set, and told to candidates",
    "TRACKER_EMPLOYER": "`private`, `public` (state, local government, school) or `contractor` (of the "
    "federal government of the US), where the law treats them differently; `private` unless set",
    "TRACKER_COUNT_AT_ONCE": "over how many moves a page of measured times is counted while its reader "
    f"waits; `{MOST_AT_ONCE}` unless set, and beyond it the worker counts",
    "TRACKER_PROXY": "address of a proxy in front whose word on who asks is believed; none unless set",
}


@dataclass(frozen=True, slots=True)
class Config:
    """How this tracker runs."""

    home: Path
    database_url: str
    replica_url: str | None
    secret_key: str
    base_url: str
    mail_url: str | None
    files_folder: Path
    organisation: str
    time_zone: str
    jurisdiction: str
    retention: RetentionPolicy
    proxy: str | None = None
    reply_to: str = ""
    most_at_once: int = MOST_AT_ONCE
    is_demo: bool = False
    is_testing: bool = False

    @property
    def is_secure(self) -> bool:
        """Whether people reach the tracker by TLS, so that cookies travel by TLS only."""
        return self.base_url.startswith("https://")


def _secret(home: Path) -> str:
    """The key kept under the home, made at the first start, readable by its owner only."""
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _files_folder(value: str | None, home: Path) -> Path:
    if not value:
        return home / "files"
    if "://" in value and not value.startswith("file://"):
        raise BadSetting("TRACKER_FILES_URL must be a folder, as a path or as file://…")
    return Path(value.removeprefix("file://")).resolve()


def _proxy(value: str | None) -> str | None:
    if not value:
        return None
    try:
        return str(ip_address(value.strip()))
    except ValueError:
        raise BadSetting("TRACKER_PROXY must be the address of one proxy, such as 10.0.0.4") from None


def _retention(values: Mapping[str, str], jurisdiction: str) -> RetentionPolicy:
    months, kind = values.get("TRACKER_RETENTION_MONTHS") or "", values.get("TRACKER_EMPLOYER") or "private"
    if months and not (months.isdecimal() and SHORTEST_OWN <= int(months[:9]) <= LONGEST_OWN):
        raise BadSetting(f"TRACKER_RETENTION_MONTHS must be {SHORTEST_OWN} to {LONGEST_OWN} months")
    if kind not in set(Employer):
        raise BadSetting(f"TRACKER_EMPLOYER must be one of {', '.join(Employer)}")
    return RetentionPolicy(jurisdiction, int(months or OWN_MONTHS), Employer(kind))


def _reply_to(value: str | None) -> str:
    if not value:
        return ""
    try:
        return check_reply_pattern(value.strip())
    except RuleBroken as broken:
        raise BadSetting(f"TRACKER_REPLY_TO: {broken.message}") from None


def _number(value: str | None) -> int:
    if not value:
        return MOST_AT_ONCE
    if not (value.isascii() and value.isdigit() and len(value) <= 12):
        raise BadSetting("TRACKER_COUNT_AT_ONCE must be a number of moves, such as 100000")
    return int(value)


def load_config(environ: Mapping[str, str] | None = None, *, is_demo: bool = False) -> Config:
    """The settings of the environment with their defaults. Raises BadSetting for one that cannot be used."""
    values = os.environ if environ is None else environ
    home = Path(values.get("TRACKER_HOME") or "var").resolve()
    zone = values.get("TRACKER_TIMEZONE") or "UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting(f"TRACKER_TIMEZONE is no time zone: {zone}") from None
    where = (values.get("TRACKER_JURISDICTION") or "us").lower()
    key = values.get("TRACKER_SECRET_KEY") or _secret(home)
    if len(key) < 16:
        raise BadSetting("TRACKER_SECRET_KEY must have at least 16 characters")
    return Config(
        home=home,
        database_url=values.get("TRACKER_DATABASE_URL") or f"sqlite:///{home / 'tracker.db'}",
        replica_url=values.get("TRACKER_REPLICA_URL") or None,
        secret_key=key,
        base_url=(values.get("TRACKER_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
        mail_url=values.get("TRACKER_MAIL_URL") or None,
        files_folder=_files_folder(values.get("TRACKER_FILES_URL"), home),
        organisation=values.get("TRACKER_ORGANISATION") or "Our organisation",
        time_zone=zone,
        jurisdiction=where,
        retention=_retention(values, where),
        proxy=_proxy(values.get("TRACKER_PROXY")),
        reply_to=_reply_to(values.get("TRACKER_REPLY_TO")),
        most_at_once=_number(values.get("TRACKER_COUNT_AT_ONCE")),
        is_demo=is_demo,
    )
