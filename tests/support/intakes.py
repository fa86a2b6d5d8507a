"""An intake on a database of its own, with hands to feed it and eyes to see what it did."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import psycopg
from psycopg.rows import dict_row

from adapters.event_store.application import Cases
from adapters.event_store.ledger import LedgerEntry, entry_of
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from services.intake import Receipt, Submission, Writer
from tests.support.messages import RECEIVED, Message, submission
from tests.support.stories import CASE_REF


@dataclass
class Clock:
    """Says what it is told to say."""

    now: datetime = RECEIVED

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Feeding:
    """A writer, its store, and what came of what it was given."""

    url: str
    cases: Cases
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.writer = Writer(self.cases, self.clock)

    def takes(self, *messages: Message | Submission) -> list[Receipt]:
        """Hand these in together and return their receipts."""
        handed_in = [
            sent if isinstance(sent, Submission) else submission(sent) for sent in messages
        ]
        receipts = self.writer.commit(handed_in)
        assert [receipt.delivery for receipt in receipts] == [sent.delivery for sent in handed_in]
        return receipts

    def takes_one(self, message: Message | Submission) -> Receipt:
        """Hand one in by itself."""
        (receipt,) = self.takes(message)
        return receipt

    def told(self, case_ref: str = CASE_REF) -> list[str]:
        """What a case's source calls its events, in the order in which they were admitted."""
        return [event.source_event_id for event in self.events(case_ref)]

    def events(self, case_ref: str = CASE_REF) -> list[CaseEvent]:
        """The events of a case."""
        case_id = case_id_of(case_ref)
        return self.cases.streams([case_id]).get(case_id, [])

    def ledger(self) -> dict[str, LedgerEntry]:
        """Every entry, by delivery without its prefix."""
        with (
            psycopg.connect(self.url, autocommit=True) as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            rows = cursor.execute("SELECT * FROM case_timeline.intake ORDER BY id").fetchall()
        entries = [entry_of(row) for row in rows]
        return {entry.delivery.rpartition(":")[2]: entry for entry in entries}

    def outcomes(self) -> dict[str, str]:
        """What became of each delivery."""
        return {delivery: str(entry.outcome) for delivery, entry in self.ledger().items()}

    def assert_sound(self) -> None:
        """Every accepted entry has its event and every event its entry; no version is missing."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            events = connection.execute(
                "SELECT originator_id, originator_version FROM case_timeline.case_events"
            ).fetchall()
            accepted = connection.execute(
                "SELECT case_id, version FROM case_timeline.intake WHERE outcome = 'accepted'"
            ).fetchall()
        assert sorted(events) == sorted(accepted)
        for case_id in {case_id for case_id, _ in events}:
            versions = sorted(version for found, version in events if found == case_id)
            assert versions == list(range(1, len(versions) + 1))


@contextmanager
def feeding(url: str) -> Iterator[Feeding]:
    """A writer of its own on this database."""
    with closing(Cases(url)) as cases:
        yield Feeding(url, cases)


def outcomes_of(receipts: Sequence[Receipt]) -> list[str]:
    """The outcomes that receipts tell of."""
    return [str(receipt.outcome) for receipt in receipts]
