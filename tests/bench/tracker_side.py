"""The tracker as a signed-in recruiter uses it: the same work as the floor's, with all its rules."""

import re
import sqlite3
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.bench.calling import Caller
from tests.bench.floor_data import MEASURED_JOB
from tests.bench.tracker_data import PASSWORD, RITA
from tracker.app import create_app
from tracker.config import load_config
from tracker.db import Database

_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_HOST = {"Host": "127.0.0.1:8000"}


def create_tracker(path: Path) -> Any:
    """The application as it is served, over this database."""
    config = load_config(settings_for(path))
    return create_app(config, Database.at(config.database_url))


def settings_for(path: Path) -> dict[str, str]:
    """The settings of a tracker on this database."""
    return {
        "TRACKER_HOME": str(path.parent / "home"),
        "TRACKER_SECRET_KEY": "a key for measuring",
        "TRACKER_DATABASE_URL": f"sqlite:///{path}",
    }


class TrackerSide:
    """A recruiter with a session of her own and the token that her forms carry."""

    def __init__(self, path: Path) -> None:
        app = create_tracker(path)
        client = app.test_client()
        page = client.get("/sign-in", headers=_HOST)
        form = {"email": RITA, "password": PASSWORD, "csrf_token": _token(page.data)}
        answer = client.post("/sign-in", data=form, headers=_HOST)
        if answer.status_code != 303:
            raise RuntimeError(f"signing in answered {answer.status}")
        # The first page puts the secret of the token into the cookie.
        self.token = _token(client.get(f"/jobs/{MEASURED_JOB}", headers=_HOST).data)
        cookie = client.get_cookie("tracker", domain="127.0.0.1")
        if cookie is None:
            raise RuntimeError("signing in left no cookie")
        self.caller = Caller(app, cookie=f"tracker={cookie.value}", headers=_HOST)

    def mover(self, path: Path) -> "Mover":
        """Moves that this person makes."""
        return Mover(self, path)


class Mover:
    """Moves the measured job's newest applications on to screening and back, round and round."""

    def __init__(self, side: TrackerSide, path: Path) -> None:
        self._side = side
        connection = sqlite3.connect(path)
        rows = connection.execute(
            "SELECT id, stage, version FROM applications WHERE job_id = ? AND outcome = 'active'"
            " AND stage IN ('application', 'screening') ORDER BY id",
            (MEASURED_JOB,),
        )
        self._places = {number: (stage, version) for number, stage, version in rows}
        connection.close()
        self._turns = cycle(self._places)

    def __call__(self) -> int:
        number = next(self._turns)
        stage, version = self._places[number]
        is_first = stage == "application"
        form: dict[str, object] = {
            "csrf_token": self._side.token,
            "move": "advance" if is_first else "return",
            "from": stage,
            "version": version,
            "to": "screening" if is_first else "application",
            "text": "" if is_first else "To be called again",
        }
        answer = self._side.caller.post(f"/applications/{number}/moves", form)
        if answer.status != 303:
            raise RuntimeError(f"the move was refused: {answer.body[:300]!r}")
        self._places[number] = ("screening" if is_first else "application", version + 1)
        return answer.size


def _token(page: bytes) -> str:
    found = _TOKEN.search(page)
    if found is None:
        raise RuntimeError("the page has no form with a token")
    return found.group(1).decode()
