"""`tracker serve`: the web server."""

import gc
import ipaddress
import logging
import threading
import time
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy.exc import SQLAlchemyError
from waitress import create_server

from tracker import clock
from tracker.app import create_app
from tracker.cli.home import Home, open_home
from tracker.cli.refusals import Refused
from tracker.cli.report_exports import keep_making_exports
from tracker.cli.scrubbing import scrub_erased
from tracker.cli.worker import keep_delivering, server_of
from tracker.domain.actors import SYSTEM
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.logs import kind_of, write_log
from tracker.services.files import sweep_orphans

_log = logging.getLogger(__name__)

_THREADS = 8
_SWEEP_EVERY = 3600  # seconds
_LARGEST_BODY = 16 * 1024 * 1024  # bytes; the application itself refuses earlier and says why


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demo", is_flag=True, help="One-click sign-in as anybody; on this machine only.")
def serve(host: str, port: int, demo: bool) -> None:
    """Serve the tracker until it is stopped."""
    if demo and not _is_loopback(host):
        raise Refused("Demo mode lets anybody in, so it listens on this machine only: use --host 127.0.0.1.")
    write_log()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with open_home(is_demo=demo) as home:
        app = create_app(home.config, home.database)
        mails_by = server_of(home.config)
        try:
            server = create_server(
                app,
                host=host,
                port=port,
                threads=_THREADS,
                ident="",
                max_request_body_size=_LARGEST_BODY,
                **behind(home.config.proxy),
            )
        except OSError as failure:
            raise Refused(f"Cannot listen on {host}, port {port}: {failure.strerror}.") from failure
        # Daemonic: it ends with the server, and what it has not removed waits for the next time.
        threading.Thread(target=_keep_swept, args=(home,), name="sweep", daemon=True).start()
        mail = threading.Thread(
            target=keep_delivering, args=(home, mails_by, threading.Event()), name="outbox", daemon=True
        )
        mail.start()
        making = (home.config, home.database, threading.Event())
        threading.Thread(target=keep_making_exports, args=making, name="exports", daemon=True).start()
        # What is loaded by now stays: without this, every few pages look through all of it for rubbish.
        gc.collect()
        gc.freeze()
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"The tracker is at http://{shown}:{port}")
        server.run()


def behind(proxy: str | None) -> dict[str, Any]:
    """What the server believes of a proxy in front: who asks, and by which scheme."""
    if proxy is None:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _keep_swept(home: Home) -> None:
    """Clear away, once an hour, bytes that belong to nobody: lists checked and not imported, and what a crash
    left behind.
    """
    clock.keep_days_of(ZoneInfo(home.config.time_zone))
    store = FileStore(home.config.files_folder)
    while True:
        try:
            with home.database.reading() as session:
                number = sweep_orphans(session, store, actor=SYSTEM)
            if number:
                _log.info("cleared away %s stored files that belong to nobody", number)
            if not scrub_erased(home.database):
                _log.info("what erased people left behind is overwritten later: somebody reads it")
        except (RuleBroken, SQLAlchemyError, OSError) as failure:
            _log.warning("stored files were not swept: %s", kind_of(failure))
        time.sleep(_SWEEP_EVERY)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
