"""People and systems with what is granted to them, and a gate on a database of its own."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import dict_row

from adapters.access_store.store import AccessStore
from domain.access import Action
from domain.events.envelope import OWN_SOURCE
from domain.identity import case_id_of
from services.access import Asking, Gate, Opened, Visitor
from services.intake import Receipt, Submission
from tests.support.intakes import Feeding, feeding
from tests.support.messages import RECEIVED, body, message
from tests.support.stories import CASE_REF, Told, role_granted

LANDLORD = "organisation:cromwood"
ISSUER = "https://id.cromwood.example"


def principal(staff: str) -> str:
    """The principal under which a member of staff, or a system, signs in."""
    return f"{ISSUER}|{staff}"


def visitor(staff: str) -> Visitor:
    """A member of staff who signed in."""
    return Visitor(principal(staff), session="session-1", request="request-1")


@dataclass
class Guarded:
    """A store behind a gate, with hands to grant and eyes to see what was recorded."""

    feed: Feeding
    gate: Gate
    access: AccessStore
    _told: int = field(default=0)

    def own(self, told: Told, case_ref: str = CASE_REF) -> Receipt:
        """Record an event through the service's own door."""
        self._told += 1
        ref = told.ref or f"own-{self._told}"
        sent = message(told, ref, case_ref=case_ref, source=OWN_SOURCE)
        return self.feed.takes_one(
            Submission(f"own:{ref}", OWN_SOURCE, body(sent), self.feed.clock())
        )

    def tells(self, *story: Told, case_ref: str = CASE_REF) -> None:
        """Record a story of a case, as other systems publish it."""
        for told in story:
            self._told += 1
            ref = told.ref or f"t-{self._told}"
            receipt = self.feed.takes_one(message(told, ref, case_ref=case_ref))
            assert receipt.outcome == "accepted", receipt

    def grants(self, staff: str, role: str, **fields: Any) -> str:
        """Grant a role to a member of staff; return the reference of the grant."""
        self._told += 1
        grant = f"G-{self._told}"
        told = role_granted(
            grant_id=grant, principal=principal(staff), role=role, staff=staff, **fields
        )
        receipt = self.own(told, LANDLORD)
        assert receipt.outcome == "accepted", receipt
        return grant

    def opens(
        self, staff: str, action: Action = Action.READ, case_ref: str = CASE_REF, **asked: Any
    ) -> Opened:
        """Have a member of staff ask for a case."""
        asking = Asking(action=action, **asked)
        return self.gate.open(visitor(staff), asking, case_id_of(case_ref))

    def records(self) -> list[dict[str, Any]]:
        """Everything that was recorded of access, in order."""
        with (
            psycopg.connect(self.feed.url, autocommit=True) as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            return cursor.execute(
                "SELECT * FROM case_timeline.access_record ORDER BY id"
            ).fetchall()


@contextmanager
def guarded(url: str) -> Iterator[Guarded]:
    """A gate of its own on this database; its clock begins when messages are received."""
    with feeding(url) as feed, closing(AccessStore(url)) as access:
        feed.clock.now = RECEIVED
        yield Guarded(feed, Gate(access, feed.cases, feed.clock), access)
