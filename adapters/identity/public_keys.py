"""Public keys of a provider, as its JSON Web Key Set lists them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from adapters.identity.caller import RefusalReason, TokenRefused

# The algorithms themselves: asked for by name, the library warns of EdDSA since its name does not
# tell the curve (RFC 9864). Ours is pinned below.
_ALGORITHMS = JWSRegistry.algorithms
_KEY_CLASSES: dict[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_CURVES = {"EC": "P-256", "OKP": "Ed25519"}
_RSA_BITS = range(2048, 8192 + 1)
_RSA_CHARACTERS = range(342, 1366 + 1)  # as many bits in base64url
# Beside these a key set may hold certificates and where to fetch them: nobody looks at those.
_MEMBERS = ("kid", "kty", "alg", "crv", "x", "y", "n", "e")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key of a provider. Equal to another if the provider describes both alike."""

    name: tuple[str, str]
    """What the provider calls it, and its type."""
    description: tuple[tuple[str, Any], ...]
    key: RSAKey | ECKey | OKPKey = field(compare=False)

    def verifies(self, algorithm: str, signed: bytes, signature: bytes) -> bool:
        """Whether the signature was made over these bytes, with this key and algorithm."""
        method = _ALGORITHMS[algorithm]
        try:
            method.check_key(self.key)
            return method.verify(signed, signature, self.key)
        except (JoseError, ValueError):
            return False


class KeySource(Protocol):
    """Where a verifier finds keys. Answers at once."""

    def find(self, kid: str, algorithm: str) -> PublicKey:
        """Return the key of this name for this algorithm; raise `TokenRefused` if there is none."""
        ...


class PublicKeys:
    """The keys of one key set that can verify a signature."""

    def __init__(self, key_set: object) -> None:
        """Read a JSON Web Key Set. What is not a sound public signing key is left out."""
        listed = key_set.get("keys") if isinstance(key_set, dict) else None
        entries = listed if isinstance(listed, list) else []
        keys = [key for entry in entries if (key := _read(entry))]
        # Of two keys with the same name nobody can tell which is meant, so neither counts. Keys of
        # different types may share one: the algorithm tells them apart (RFC 7517, 4.5).
        times = Counter(key.name for key in keys)
        self._keys = {key.name: key for key in keys if times[key.name] == 1}

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, kid: str, algorithm: str) -> PublicKey:
        """Return the key of this name for this algorithm; raise `TokenRefused` if there is none."""
        key = self._keys.get((kid, _ALGORITHMS[algorithm].key_type))
        if key is None:
            raise TokenRefused(RefusalReason.KEY_UNKNOWN)
        return key


def _read(entry: Any) -> PublicKey | None:
    try:
        if not _may_verify(entry):
            return None
        wanted = {name: entry[name] for name in _MEMBERS if name in entry}
        key = _KEY_CLASSES[entry["kty"]].import_key(wanted)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(key, RSAKey) and key.public_key.key_size not in _RSA_BITS:
        return None
    return PublicKey((entry["kid"], key.key_type), tuple(sorted(wanted.items())), key)


def _may_verify(entry: Any) -> bool:
    # A private part that is out in the open makes the key anybody's.
    return (
        isinstance(entry, dict)
        and isinstance(entry["kid"], str)
        and "d" not in entry
        and entry.get("use", "sig") == "sig"
        and "verify" in entry.get("key_ops", ("verify",))
        and entry.get("crv") == _CURVES.get(entry["kty"])
        and (entry["kty"] != "RSA" or len(entry["n"]) in _RSA_CHARACTERS)
    )
