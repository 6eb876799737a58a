"""What protects every answer: the name it was asked under, its headers, and what it may load."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, abort, make_response, request

from tracker.config import Config

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
NUL = "\x00"


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address means this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def asked_host() -> str | None:
    """The name under which the request came, without its port; none if it is no name."""
    try:
        return urlsplit(f"//{request.environ.get('HTTP_HOST', '')}").hostname
    except ValueError:
        return None


def protect(app: Flask, config: Config) -> None:
    """Refuse foreign names and bytes no field holds, and put the protecting headers on every answer."""
    own = urlsplit(config.base_url).hostname

    def refuse_foreign_names() -> Response | None:
        host = asked_host()
        if config.is_demo or config.is_testing or host == own or is_loopback(host):
            return None
        return make_response(
            "The tracker is not reached under this name.\n", 400, {"Content-Type": "text/plain"}
        )

    def refuse_nul() -> None:
        # No text of ours holds it, and one of the databases would fail on it.
        texts = [request.path]
        for given in (request.args, request.form):
            for name, values in given.lists():
                texts += (name, *values)
        if any(NUL in text for text in texts):
            abort(400)

    protecting = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if config.is_secure else {})
    added = [(name.lower(), name, value) for name, value in protecting.items()]

    def add_headers(response: Response) -> Response:
        own = {name.lower() for name, _ in response.headers}
        for key, name, value in added:
            if key not in own:
                response.headers.add(name, value)
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
            response.vary.add("Cookie")
        return response

    app.before_request(refuse_foreign_names)
    app.before_request(refuse_nul)
    app.after_request(add_headers)
