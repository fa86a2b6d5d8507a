"""What comes in through the door, and what its sender gets back."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from adapters.event_store.ledger import LedgerEntry
from domain.outcomes import Outcome, Reason

VOUCHING = ("nats:", "http:", "own:")
"""How deliveries begin that come on ways which vouch for their source: the broker, HTTP with a
system's token, and what people record through this service itself."""


class Submission(NamedTuple):
    """One message as received.

    `delivery` identifies the receipt for ever: the same delivery handed in again is answered, not
    counted again. `source` is who it came from as far as the transport can tell; where
    `source_is_vouched`, an event that claims another source is not understood.
    """

    delivery: str
    source: str
    body: bytes
    received_at: datetime
    source_is_vouched: bool = True
    in_ledger: bool = False
    """Whether the ledger holds it already, waiting or quarantined, to be decided again."""


class Receipt(NamedTuple):
    """What became of a submission; once given, it is committed."""

    delivery: str
    outcome: Outcome
    reason: Reason | None
    detail: str | None
    case_ref: str | None
    event_id: UUID | None
    version: int | None
    position: int | None = None
    """Place in the global order, for reading one's own writes; known for what was just accepted."""
    was_known: bool = False
    """Whether the ledger held the delivery before it was handed in."""


def receipt_of(
    entry: LedgerEntry, position: int | None = None, *, was_known: bool = False
) -> Receipt:
    """Return the receipt that a ledger entry stands for."""
    return Receipt(
        delivery=entry.delivery,
        outcome=entry.outcome,
        reason=entry.reason,
        detail=entry.detail,
        case_ref=entry.case_ref,
        event_id=entry.event_id,
        version=entry.version,
        position=position if entry.outcome is Outcome.ACCEPTED else None,
        was_known=was_known,
    )
