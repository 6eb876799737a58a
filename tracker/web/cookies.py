"""The signed cookie of a browser: what it holds for the next page, and who is signed in."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class SignedCookies(SecureCookieSessionInterface):
    """The cookies of one application, whose signer is put together once and not twice at every request."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookies and reads them."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
