"""A server of its own process, to be asked, killed and started again on the same home."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds
# Files can grow no further in it, and it lives on when one would: as on a disk that is full.
_LIMITED = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass
class Server:
    """`tracker serve` on a home and a database, in production."""

    home: Path
    database_url: str
    largest_file: int | None = None
    """How many bytes any file of the process may have: what is beyond is a full disk to it."""
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        return kept | {"TRACKER_HOME": str(self.home), "TRACKER_DATABASE_URL": self.database_url}

    def run(self, *words: str, given: str = "") -> str:
        """What a command of the home says."""
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *words],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "tracker", "serve", "--port", str(self.port)]
        if self.largest_file is not None:
            command = [sys.executable, "-c", _LIMITED, str(self.largest_file), *command]
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < deadline, (self.home / "server.log").read_text()
                time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OSError where there is none."""
        data = None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} if data else {}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, data, given, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()


@contextmanager
def serving(home: Path, database_url: str, *, largest_file: int | None = None) -> Iterator[Server]:
    """A server that has started, and is gone afterwards."""
    server = Server(home, database_url, largest_file)
    server.start()
    try:
        yield server
    finally:
        server.kill()
