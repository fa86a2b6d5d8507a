"""What came in and waits or is in quarantine: looked at, decided again and closed, as permitted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from adapters.event_store.desk import DeskItem, IntakeDesk
from adapters.event_store.ledger import LedgerEntry
from adapters.event_store.open_entries import OpenWanted
from adapters.event_store.reckoning import Reckoning
from domain.access import Action
from domain.vocabulary.record import PersonalClass
from services.access.gate import Gate
from services.access.visitor import Asking, NotThere, Visitor
from services.intake import Intake, Receipt
from services.intake.writer import submission_of
from services.review import CaseReview


class Message(NamedTuple):
    """An entry and its content, as it was received."""

    item: DeskItem
    body: bytes
    masked: frozenset[PersonalClass]
    """The classes of personal data that the permit to read messages does not extend to."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Raises `Forbidden` where a visitor may not, and `NotThere` where there is no such entry."""

    gate: Gate
    desk: IntakeDesk
    intake: Intake
    review: CaseReview
    clock: Callable[[], datetime]

    def check(self, visitor: Visitor) -> None:
        """Raise `Forbidden` where the visitor may not look after what came in."""
        self.gate.allow(visitor, Asking(action=Action.RUN_INTAKE))

    def entry(self, visitor: Visitor, entry_id: int) -> DeskItem:
        """Return what is known of an entry."""
        self.check(visitor)
        return self._existing(entry_id)

    def message(self, visitor: Visitor, asking: Asking, entry_id: int) -> Message:
        """Return an entry with its content; `asking` is to read one, and is on record."""
        _, decision = self.gate.allow(visitor, asking)
        item = self._existing(entry_id)
        body = self.desk.payload(entry_id)
        if body is None:
            raise NotThere
        if item.case_ref and self.review.events(item.case_ref):
            # Who has nothing to do with a case has nothing to do with what is said about it.
            self.gate.enter(visitor, asking, item.case_ref)
        return Message(item, body, decision.masked)

    def some(self, visitor: Visitor, wanted: OpenWanted, after: int, limit: int) -> list[int]:
        """Return the numbers of entries that are wanted, above `after`, in order."""
        self.check(visitor)
        return self.desk.open_ids(wanted, after=after, limit=limit)

    def reckoning(self, visitor: Visitor) -> Reckoning:
        """Return what the whole ledger came to last; it is gone through where it never was."""
        self.check(visitor)
        return self.desk.reckoned() or self.desk.reckon(self.clock())

    def undecided(self, visitor: Visitor, entry_ids: Sequence[int]) -> list[LedgerEntry]:
        """Return those of some entries that can be decided again."""
        self.check(visitor)
        return self.desk.undecided(entry_ids)

    async def decide_again(self, entries: Sequence[LedgerEntry]) -> list[Receipt]:
        """Decide again what `undecided` returned; one settled meanwhile stays as it is."""
        if not entries:
            return []
        return await self.intake.submit(list(map(submission_of, entries)), patient=False)

    def close(self, visitor: Visitor, entry_id: int, reason: str) -> DeskItem:
        """Close an entry; one that is not in quarantine, or closed already, stays as it is."""
        self.check(visitor)
        self._existing(entry_id)
        who = self.gate.standing(visitor)
        by = min(who.staff, default=visitor.principal)
        self.desk.close_entry(entry_id, by=by, note=reason, at=self.clock())
        return self._existing(entry_id)

    def _existing(self, entry_id: int) -> DeskItem:
        item = self.desk.entry(entry_id)
        if item is None:
            raise NotThere
        return item
