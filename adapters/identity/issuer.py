"""The providers whose tokens count, as an installation names them."""

from ipaddress import ip_address
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

Algorithm = Literal["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
"""How a token may be signed: always with a private key, never with a secret that we share."""

_DISCOVERY = "/.well-known/openid-configuration"


class Issuer(BaseModel):
    """One OpenID Connect provider, and what its access tokens must look like."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    url: Annotated[str, Field(max_length=140, pattern=r"^https?://[!-{}~]+$")]
    """The provider's address, letter by letter as its tokens name it in `iss`. Short enough that,
    with any subject, it makes a principal that events can name."""
    audience: Annotated[str, Field(min_length=1, max_length=500)]
    """What the provider calls this service in `aud`."""
    jwks_url: str | None = None
    """Where its public keys are; where not set, its discovery document says so."""
    algorithms: Annotated[frozenset[Algorithm], Field(min_length=1)] = frozenset(
        {"RS256", "PS256", "ES256", "EdDSA"}
    )
    """Signatures that are accepted."""
    token_types: Annotated[frozenset[str], Field(min_length=1)] = frozenset({"at+jwt"})
    """Values of `typ` that are accepted. Add `JWT` for a provider that marks access tokens no
    better; its ID tokens must then have another audience."""
    plain_http: bool = False
    """Whether its keys may be fetched without TLS from another machine: whoever can change what
    travels between the two can then be anybody."""
    client_id: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    """What the provider calls the web application, where people may sign in to it with this
    provider; its ID tokens have that as their audience."""
    client_secret: SecretStr | None = None
    """What the web application proves itself with to the provider, if it was given something."""
    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    """What people call the provider, for the button they sign in with; its host where not set."""

    @field_validator("token_types")
    @classmethod
    def _in_one_spelling(cls, types: frozenset[str]) -> frozenset[str]:
        return frozenset(media_type(token_type) for token_type in types)

    @model_validator(mode="after")
    def _keys_come_safely(self) -> Self:
        fault = address_fault(self.keys_from, plain_http=self.plain_http)
        if fault:
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _id_tokens_are_no_access_tokens(self) -> Self:
        if self.client_id == self.audience and "jwt" in self.token_types:
            raise ValueError(
                "an ID token could be used as an access token: give the API an audience other"
                " than the client_id, or leave JWT out of token_types"
            )
        return self

    @property
    def keys_from(self) -> str:
        """The address that is asked first: the keys' own, or the discovery document's."""
        return self.jwks_url or self.discovery_url

    @property
    def discovery_url(self) -> str:
        """The address of the provider's discovery document."""
        return self.url.rstrip("/") + _DISCOVERY

    @property
    def called(self) -> str:
        """What people are told that the provider is."""
        return self.name or urlsplit(self.url).netloc


def address_fault(url: str, *, plain_http: bool) -> str | None:
    """Say why keys must not be fetched from an address; None if they may."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "an address of an issuer cannot be read; give one like https://login.example.org"
    if parts.scheme not in ("http", "https") or not host:
        return "an address of an issuer must begin with https:// and name a host"
    if parts.username or parts.password or parts.query or parts.fragment:
        return "an address of an issuer must hold no password, query or fragment"
    if parts.scheme == "http" and not plain_http and not _is_this_machine(host):
        return (
            "keys would be fetched without TLS from another machine; use https://, or set"
            " plain_http within a network that is yours alone"
        )
    return None


def media_type(name: str) -> str:
    """Return a token's type as it is compared: RFC 7515 lets `application/` go unsaid."""
    return name.lower().removeprefix("application/")


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses lead to the same host and port in the same way."""
    return urlsplit(one)[:2] == urlsplit(other)[:2]


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
