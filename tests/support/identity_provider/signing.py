"""Keys and tokens, written straight from RFC 7515, 7517 and 7518."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

_MAKERS: Mapping[str, Callable[[], PrivateKey]] = {
    "RS256": lambda: rsa.generate_private_key(65537, 2048),
    "PS256": lambda: rsa.generate_private_key(65537, 2048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


@dataclass(frozen=True)
class SigningKey:
    """A private key with the name and algorithm under which its public half is listed."""

    kid: str
    algorithm: str
    private: PrivateKey

    @classmethod
    def generate(cls, kid: str, algorithm: str = "ES256") -> "SigningKey":
        return cls(kid, algorithm, _MAKERS[algorithm]())

    def jwk(self) -> dict[str, Any]:
        """The public half, as a JWKS lists it."""
        named = {"kid": self.kid, "alg": self.algorithm, "use": "sig"}
        return named | public_members(self.private)

    def sign(self, signed: bytes) -> bytes:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(signed)
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            numbers = utils.decode_dss_signature(self.private.sign(signed, ec.ECDSA(SHA256())))
            return b"".join(number.to_bytes(32, "big") for number in numbers)
        if self.algorithm == "PS256":
            return self.private.sign(signed, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
        return self.private.sign(signed, padding.PKCS1v15(), SHA256())

    def token(self, claims: Mapping[str, Any], **header: Any) -> str:
        """A signed token; `header` adds to or replaces members of an access token's header."""
        start = {"alg": self.algorithm, "typ": "at+jwt", "kid": self.kid} | header
        return self.token_of(encoded(start), encoded(claims))

    def token_of(self, header: str, claims: str) -> str:
        """A token of two parts that are written already, however wrongly."""
        signed = f"{header}.{claims}"
        return f"{signed}.{base64url(self.sign(signed.encode()))}"


def public_members(key: PrivateKey) -> dict[str, str]:
    """The members of a JWK that make up a public key."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        raw = key.public_key().public_bytes_raw()
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
    if isinstance(key, ec.EllipticCurvePrivateKey):
        point = key.public_key().public_numbers()
        coordinates = {"x": point.x, "y": point.y}
        written = {name: base64url(at.to_bytes(32, "big")) for name, at in coordinates.items()}
        return {"kty": "EC", "crv": "P-256"} | written
    numbers = key.public_key().public_numbers()
    return {
        "kty": "RSA",
        "n": base64url(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
        "e": base64url(numbers.e.to_bytes(3, "big")),
    }


def encoded(value: object) -> str:
    """One part of a token."""
    return base64url(json.dumps(value).encode())


def base64url(data: bytes) -> str:
    """Bytes as tokens spell them."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()
