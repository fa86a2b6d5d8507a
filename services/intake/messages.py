"""What comes in through the door, and what its sender gets back."""

from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple
from uuid import UUID

from adapters.event_store.ledger import LedgerEntry
from adapters.wire import Refusal
from domain.outcomes import Outcome, Reason

VOUCHING = ("nats:", "http:", "own:")
"""How deliveries begin that come on ways which vouch for their source: the broker, HTTP with a
system's token, and what people record through this service itself."""


class Refuses(Enum):
    """What is refused, and not kept, since its sender is told so at once and can send it anew."""

    NOTHING = auto()
    """It waits, or is put in quarantine for a person to look at."""
    NOT_UNDERSTOOD = auto()
    """What this and any later release cannot understand; all else as above."""
    NOT_ACCEPTED = auto()
    """Whatever would wait or be put in quarantine."""


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
    refusal: Refusal | None = None
    """Why it cannot be understood, where that was found on its way here."""
    refuses: Refuses = Refuses.NOTHING
    """What becomes of it where it is not accepted."""
    expected_version: int | None = None
    """The version at which the case has to be, where its sender acts on what they saw of it."""


class Receipt(NamedTuple):
    """What became of a submission; once given, it is committed.

    That of a duplicate tells, beside its own outcome, how the event that it repeats stands: reason,
    detail, version and position.
    """

    delivery: str
    outcome: Outcome
    reason: Reason | None
    detail: str | None
    case_ref: str | None
    event_id: UUID | None
    version: int | None
    position: int | None = None
    """Place in the global order, for reading one's own writes; once the event is accepted."""
    was_known: bool = False
    """Whether the ledger held the delivery before it was handed in."""
    case_id: UUID | None = None
    remarks: tuple[str, ...] = ()
    """What its sender should look at, by the codes of `Remark`."""


def receipt_of(
    entry: LedgerEntry,
    position: int | None = None,
    *,
    was_known: bool = False,
    first: LedgerEntry | None = None,
) -> Receipt:
    """Return the receipt that a ledger entry stands for; `first` is what a duplicate repeats."""
    told = first or entry
    return Receipt(
        delivery=entry.delivery,
        outcome=entry.outcome,
        reason=told.reason,
        detail=told.detail,
        case_ref=entry.case_ref,
        event_id=entry.event_id,
        version=told.version,
        position=position if told.outcome is Outcome.ACCEPTED else None,
        was_known=was_known,
        case_id=entry.case_id,
        remarks=tuple(entry.remarks.split()) if entry.remarks else (),
    )
