"""`tracker serve`: the web server."""

import ipaddress
import logging

import click
from waitress import create_server

from tracker.app import create_app
from tracker.cli.home import open_home
from tracker.cli.refusals import Refused

_THREADS = 8
_LARGEST_BODY = 16 * 1024 * 1024  # bytes; the application itself refuses earlier and says why


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demo", is_flag=True, help="One-click sign-in as anybody; on this machine only.")
def serve(host: str, port: int, demo: bool) -> None:
    """Serve the tracker until it is stopped."""
    if demo and not _is_loopback(host):
        raise Refused("Demo mode lets anybody in, so it listens on this machine only: use --host 127.0.0.1.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with open_home(is_demo=demo) as home:
        app = create_app(home.config, home.database)
        try:
            server = create_server(
                app, host=host, port=port, threads=_THREADS, ident="", max_request_body_size=_LARGEST_BODY
            )
        except OSError as failure:
            raise Refused(f"Cannot listen on {host}, port {port}: {failure.strerror}.") from failure
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"The tracker is at http://{shown}:{port}")
        server.run()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
