"""The Cromwood file, its delivery through the door, and the case that comes of it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from adapters.event_store.application import Cases
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from adapters.wire import source_of_subject, subject_for
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of, event_id_of
from domain.times import in_london
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from projections.time_travel import NOW, PointOfView
from services.intake import Receipt, Submission, Writer
from services.projector import Worker
from services.review import CaseReview
from tests.support.telling import moment
from tests.support.viewing import Seen

R = TypeVar("R", bound=Row)

CASE_REF = "asb:2024-0117"
FILE = Path(__file__).parents[2] / "examples" / "cromwood.ndjson"

_ENTERED_LATE = {"cc-0002": "2024-03-11 09:00", "mash-0004": "2024-04-02 12:00"} | {
    f"sg-00{number}": "2024-04-02 12:30" for number in range(15, 20)
}
"""When, in England, a source came to enter what it had known for longer."""


@dataclass(frozen=True)
class Line:
    """A line of the file: an event as its source publishes it."""

    number: int
    body: bytes
    id: str
    source: str
    published: datetime
    """When its source knew; or when it came to enter it, where that was later."""

    @property
    def delivery(self) -> str:
        return f"nats:CASES:{self.number}"


def _line(number: int, body: bytes) -> Line:
    sent = json.loads(body)
    known = datetime.fromisoformat(sent["knowntime"])
    published = moment(_ENTERED_LATE.get(sent["id"], known)).astimezone(UTC)
    return Line(number, body, sent["id"], sent["source"], published)


LINES = [_line(number, body) for number, body in enumerate(FILE.read_bytes().splitlines(), 1)]


class Publishing:
    """Hands lines to a writer as they come from the broker."""

    def __init__(self, cases: Cases) -> None:
        self._now = min(line.published for line in LINES)
        self._writer = Writer(cases, lambda: self._now)

    def deliver(self, lines: Sequence[Line]) -> list[Receipt]:
        """Deliver `lines` in one batch, no earlier than the last of them was published."""
        self._now = max(self._now, *(line.published for line in lines))
        return self._writer.commit([self._submission(line) for line in lines])

    def _submission(self, line: Line) -> Submission:
        token = source_of_subject(subject_for(line.source))
        return Submission(line.delivery, token, line.body, self._now)


def stored(cases: Cases) -> list[CaseEvent]:
    """The events of the case, as recorded."""
    case_id = case_id_of(CASE_REF)
    return cases.streams([case_id])[case_id]


def id_of(source_event_id: str) -> str:
    """The id of the event that its source calls so."""
    line = next(line for line in LINES if line.id == source_event_id)
    return str(event_id_of(line.source, line.id))


def on(when: datetime | None) -> str | None:
    """A moment on an English wall clock, as the tests write it."""
    return None if when is None else f"{in_london(when):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Case:
    """The case once everything is delivered and the read models have caught up."""

    receipts: list[Receipt]
    cases: Cases
    review: CaseReview
    view: PointOfView = NOW

    def known_on(self, day: str) -> "Case":
        """The case as the landlord knew it by the end of `day`."""
        return replace(self, view=replace(self.view, known_on=date.fromisoformat(day)))

    def recorded_by(self, time: str) -> "Case":
        """The case as it was on record at `time` in England."""
        return replace(self, view=replace(self.view, recorded_by=moment(time)))

    def rows(self, model: ReadModel[R]) -> list[R]:
        """Its rows in `model`."""
        return self.review.rows(model, CASE_REF, self.view)

    def seen(self, model: ReadModel[R]) -> Seen[R]:
        """The same, to say what they hold."""
        return Seen({model.key_of(row): row for row in self.rows(model)})


@contextmanager
def delivered(database_url: str) -> Iterator[Case]:
    """The case, delivered to an empty database line by line in the order of the file."""
    models = READ_MODELS.values()
    with (
        closing(Cases(database_url)) as cases,
        closing(ReadStore(database_url)) as read_store,
        closing(Session(database_url)) as session,
    ):
        publishing = Publishing(cases)
        receipts = [receipt for line in LINES for receipt in publishing.deliver([line])]
        read_store.ensure_tables(models)
        worker = Worker(session, models, lambda: LINES[-1].published)
        worker.rebalance()
        while worker.step():
            pass
        yield Case(receipts, cases, CaseReview(cases, read_store))
