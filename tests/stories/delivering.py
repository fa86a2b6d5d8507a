"""Brings a story through the door into a database, and its read models up to date."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from adapters.event_store.application import Cases
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from projections.catalogue import READ_MODELS
from services.intake import Receipt, Submission, Writer
from services.projector import Worker
from services.review import CaseReview
from tests.stories.story import Line


def deliver(cases: Cases, lines: Sequence[Line]) -> list[Receipt]:
    """Hand in line after line, each when it is published; return what became of them."""
    now = min(line.published for line in lines)
    writer = Writer(cases, lambda: now)
    receipts = []
    for number, line in enumerate(lines, 1):
        now = max(now, line.published)
        receipts += writer.commit([Submission(f"file:{number}", "import", line.body, now, False)])
    return receipts


@dataclass(frozen=True)
class Delivered:
    """What became of a story in a database of its own."""

    cases: Cases
    review: CaseReview
    receipts: list[Receipt]


@contextmanager
def delivered(database_url: str, lines: Sequence[Line]) -> Iterator[Delivered]:
    """The cases of an empty database to which `lines` were delivered."""
    models = READ_MODELS.values()
    with (
        closing(Cases(database_url)) as cases,
        closing(ReadStore(database_url)) as read_store,
        closing(Session(database_url)) as session,
    ):
        receipts = deliver(cases, lines)
        worker = Worker(session, models, lambda: lines[-1].published)
        worker.rebalance()
        while worker.step():
            pass
        yield Delivered(cases, CaseReview(cases, read_store), receipts)
