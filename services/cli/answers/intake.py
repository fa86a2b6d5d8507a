"""Answers about the ledger of everything received."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from adapters.event_store.desk import DeskItem, SourceSums
from adapters.event_store.reckoning import StoreSums
from domain.outcomes import Outcome, Reason
from services.cli.answers.base import Answer, Item


class Ledger(Answer):
    """`intake list`: entries, newest first; `next_before` is what `--before` takes to go on."""

    entries: Sequence[DeskItem]
    next_before: int | None


class Entry(Answer):
    """`intake show`: an entry, and others with the same source and id at the source."""

    entry: DeskItem
    same_event: Sequence[DeskItem]
    payload: str | None
    """The original content if asked for and kept, as `payload_encoding` says."""
    payload_encoding: Literal["utf-8", "base64"] | None


class RetriedEntry(Item):
    """What became of an entry decided again."""

    id: int
    outcome: Outcome
    reason: Reason | None
    detail: str | None
    case_ref: str | None
    event_id: UUID | None
    version: int | None


class Retried(Answer):
    """`intake retry`."""

    entries: Sequence[RetriedEntry]
    not_retriable: Sequence[int]
    """Ids asked for that are neither waiting nor quarantined, or were closed."""


class ClosedEntry(Answer):
    """`intake close`."""

    id: int
    """The entry, or the first of several."""
    ids: Sequence[int]
    """All entries that were closed."""
    closed: Literal[True]


class BrokerSums(Item):
    """How ledger and broker compare."""

    stream: str
    first_sequence: int
    last_sequence: int
    messages: int
    not_yet_consumed: int
    unaccounted: int
    """Messages that the intake confirmed, or that are no longer kept, and the ledger lacks."""
    first_unaccounted: Sequence[int]
    """The sequence numbers of the first of them."""


class Reconciled(Answer):
    """`intake reconcile`; `broker` is null where no broker answers for what it holds."""

    ok: bool
    verdict: str
    sources: Sequence[SourceSums]
    store: StoreSums
    broker: BrokerSums | None
