"""Settings, read from environment variables `CASE_TIMELINE_*`."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.broker import BrokerLayout
from adapters.identity.issuer import Issuer, address_fault

Span = Annotated[timedelta, Field(gt=timedelta(0))]
"""A length of time, such as `P7D` or `PT30S`."""


class Settings(BaseSettings):
    """How one installation runs. Addresses may hold passwords: show them `redacted`."""

    model_config = SettingsConfigDict(
        env_prefix="CASE_TIMELINE_",
        env_ignore_empty=True,
        hide_input_in_errors=True,
        frozen=True,
        use_attribute_docstrings=True,
    )

    database_url: SecretStr | None = None
    """PostgreSQL as the services use it; an embedded one where this is not set."""
    migration_database_url: SecretStr | None = None
    """PostgreSQL as the owner of the schema, for `migrate`; `database_url` where not set."""
    nats_url: SecretStr | None = None
    """NATS servers, separated by commas; an embedded one where this is not set."""
    data_dir: Path = Path(".case-timeline")
    """Where embedded servers keep their data."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """From which level on something is logged."""

    broker_monitor_url: str | None = None
    """Where the NATS servers report on themselves over HTTP, to see that they sync to disk."""
    broker_durability_unchecked: bool = False
    """Whether the operator answers for the NATS servers' durability instead."""
    broker_replicas: Annotated[int, Field(ge=1, le=5)] = 1
    """How many NATS servers keep each message."""
    broker_ack_wait: Span = timedelta(seconds=60)
    """After how long what a dead intake had taken is given to another; longer than any commit."""
    broker_check_interval: Span = timedelta(seconds=10)
    """How often a running intake looks whether its stream and consumer are still there."""

    landlord: str = "The landlord"
    """What the landlord is called in what people record here."""
    issuers: tuple[Issuer, ...] = ()
    """The OpenID Connect providers whose tokens count, as a JSON array."""
    demo: bool = False
    """Whether the demonstration's people may sign in; never where a database is named."""
    public_url: Annotated[str | None, Field(validate_default=True)] = None
    """Where people's browsers reach the web application, such as `https://cases.example.org`."""
    session_idle: Span = timedelta(minutes=30)
    """After how long without a page someone has to sign in to the web application again."""
    session_longest: Span = timedelta(hours=12)
    """After how long they have to in any case."""
    http_host: str = "127.0.0.1"
    """On which address HTTP is served."""
    http_port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    """On which port; 0 for any that is free."""
    http_workers: Annotated[int, Field(ge=1, le=64)] = 1
    """How many processes of `serve` share the port; limits below hold for each of them."""
    http_trusted_proxies: tuple[str, ...] = ()
    """Addresses of reverse proxies whose X-Forwarded-For is believed, as a JSON array."""
    http_requests_at_once: Annotated[int, Field(ge=1)] = 100
    """How many requests may be under way; others wait for a second, then they are refused."""
    http_streams_at_once: Annotated[int, Field(ge=0)] = 200
    """How many live streams may be open."""
    http_deadline: Span = timedelta(seconds=10)
    """After how long a request that has no answer yet is given up."""
    http_rate_per_person: Annotated[float, Field(gt=0)] = 100.0
    """How many requests a second one person or system may make, on average over ten seconds."""
    http_rate_per_source: Annotated[float, Field(gt=0)] = 2000.0
    """How many requests a second may publish events of one source, likewise."""
    read_budget: Annotated[int, Field(ge=1)] = 40
    """How many cases one person may read within an hour."""
    ready_within: Span = timedelta(minutes=1)
    """How long events may wait for the read models until the service says it is not ready."""

    waiting_deadline: Span = timedelta(days=7)
    """How long an event may wait for its predecessor before a person has to look at it."""
    waiting_check_interval: Span = timedelta(seconds=30)
    """How often overdue ones are looked for."""

    @field_validator("public_url")
    @classmethod
    def _leads_here(cls, url: str | None, others: ValidationInfo) -> str | None:
        if url is None:
            if any(issuer.client_id for issuer in others.data.get("issuers", ())):
                raise ValueError("providers have to know where to send people back to; name it")
            return None
        if address_fault(url, plain_http=False) or urlsplit(url).path not in ("", "/"):
            raise ValueError("it must be https://, a host and no path; http:// on this machine")
        return url.rstrip("/")

    @property
    def broker_layout(self) -> BrokerLayout:
        """What has to stand on the broker."""
        return BrokerLayout(replicas=self.broker_replicas, ack_wait=self.broker_ack_wait)


def redacted(url: str) -> str:
    """Return where a URL leads, without user, password and options."""
    scheme, is_url, _ = url.partition("://")
    if not is_url:
        return "(a connection string)"
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{scheme}://..."
    host = parts.netloc.rpartition("@")[2]
    # An unescaped character in a password makes the rest of it look like a path.
    if not host or "@" in f"{parts.path}{parts.query}{parts.fragment}":
        return f"{scheme}://..."
    return f"{scheme}://{host}{parts.path}"
