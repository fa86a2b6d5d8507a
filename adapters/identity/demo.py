"""The issuer of the demonstration: it takes everyone at their word, and must never be real.

Its tokens are signed and verified like any other, with a key that lies beside the demonstration's
own database. It cannot be had where a database was named.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

from adapters.identity.issuer import Issuer
from adapters.identity.public_keys import PublicKey, PublicKeys

DEMO_URL = "https://demo.case-timeline.invalid"
"""Marks a principal as one of the demonstration. No provider can have an address in `.invalid`."""

DEMO_CALLERS = MappingProxyType(
    {
        "officer": "Frontline officer",
        "safeguarding": "Designated safeguarding officer",
        "manager": "Manager",
        "reviewer": "Reviewer",
        "analyst": "Analyst",
        "administrator": "Administrator",
        "privacy": "Privacy officer",
        "housing-system": "Housing management system",
        "asb-system": "Anti-social behaviour system",
    }
)
"""Who there is in the demonstration: the subject of their tokens, and what they are."""

_AUDIENCE = "case-timeline"
_LIFETIME = timedelta(hours=1)
_ALGORITHM = "ES256"


class DemoNotAllowedError(Exception):
    """The demonstration's issuer was asked for where real cases may be."""


class DemoIssuer:
    """Mints tokens for the demonstration's people and systems, and holds the key to verify them."""

    issuer = Issuer(url=DEMO_URL, audience=_AUDIENCE, algorithms=frozenset({"ES256"}))

    def __init__(
        self, data_dir: Path, clock: Callable[[], datetime], *, database_url_configured: bool
    ) -> None:
        """Refuse if a database was named; otherwise read the key in `data_dir`, or make one."""
        if database_url_configured:
            raise DemoNotAllowedError(
                "The demonstration's people cannot sign in where CASE_TIMELINE_DATABASE_URL is set:"
                " unset it, or name a provider in CASE_TIMELINE_ISSUERS."
            )
        self._clock = clock
        self._key = _kept_key(data_dir / "demo-signing-key.pem")
        self._public = PublicKeys({"keys": [self._key.as_dict(private=False, use="sig")]})

    def find(self, kid: str, algorithm: str) -> PublicKey:
        """Return the key that verifies this issuer's tokens, as a `KeySource`."""
        return self._public.find(kid, algorithm)

    def token_for(self, name: str) -> str:
        """Return an access token that counts for an hour; `name` is one of `DEMO_CALLERS`."""
        if name not in DEMO_CALLERS:
            known = ", ".join(DEMO_CALLERS)
            raise KeyError(f"Nobody of that name is in the demonstration; there are: {known}.")
        issued_at = int(self._clock().timestamp())
        claims = {
            "iss": DEMO_URL,
            "aud": _AUDIENCE,
            "sub": name,
            "client_id": "demo",
            "iat": issued_at,
            "exp": issued_at + int(_LIFETIME.total_seconds()),
            "jti": uuid4().hex,
        }
        header = {"alg": _ALGORITHM, "typ": "at+jwt", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key)


def _kept_key(path: Path) -> ECKey:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whole before it gets its name, and readable to us alone from the first byte on. Of those
        # who start at the same time one comes first, and all read that one's key.
        with NamedTemporaryFile(dir=path.parent) as draft, suppress(FileExistsError):
            draft.write(ECKey.generate_key("P-256").as_pem(private=True))
            draft.flush()
            path.hardlink_to(draft.name)
    key = ECKey.import_key(path.read_bytes())
    key.ensure_kid()
    return key
