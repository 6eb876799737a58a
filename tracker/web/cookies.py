"""The signed cookie of a browser: what it holds for the next page, and who is signed in."""

import json
from functools import cached_property
from hashlib import sha1
from typing import Any, cast

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

# Below this a cookie is sent as it is: pressing it would take longer than sending it.
_SHORT = 1_000


class _Words:
    """Plain JSON: a cookie holds words, numbers and lists, nothing that needs a mark of its kind."""

    @staticmethod
    def dumps(held: Any) -> str:
        return json.dumps(held, separators=(",", ":"))

    @staticmethod
    def loads(text: str | bytes) -> Any:
        return json.loads(text, object_hook=_without_marks)


def _without_marks(read: dict[str, Any]) -> Any:
    # Cookies that browsers were given before mark their pairs so.
    return read[" t"] if len(read) == 1 and " t" in read else read


class _Signer(URLSafeTimedSerializer):
    """Signs cookies with a key made out once, and presses only the long ones."""

    @cached_property
    def _own(self) -> TimestampSigner:
        return cast(TimestampSigner, super().make_signer(self.salt))

    def make_signer(self, salt: str | bytes | None = None) -> TimestampSigner:
        """What signs the words of a cookie; all have one salt."""
        return self._own

    def dump_payload(self, obj: Any) -> bytes:
        words = self.serializer.dumps(obj)
        return base64_encode(words) if len(words) < _SHORT else super().dump_payload(obj)


class SignedCookies(SecureCookieSessionInterface):
    """The cookies of one application, whose signer is put together once and not twice at every request."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookies and reads them."""
        if self._signer is None and app.secret_key:
            made_out = Signer(app.secret_key, self.salt, key_derivation="hmac", digest_method=sha1)
            # The key of one salt is the same each time.
            self._signer = _Signer(
                made_out.derive_key(),
                salt=self.salt,
                serializer=_Words,
                signer_kwargs={"key_derivation": "none", "digest_method": sha1},
            )
        return self._signer
