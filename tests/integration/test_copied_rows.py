"""Rows that are copied into a table being rebuilt stand as those written one page at a time do."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache

import pytest

from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from domain.events.envelope import CaseEvent
from domain.streams import StreamKind
from projections.read_model import Row
from tests.support.read_stores import MODELS, opened
from tests.support.stories import TELLERS, incident_reported

AT = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with opened(database_url) as stores, closing(Session(stores.url)) as session:
        yield session


@cache
def streams() -> list[list[CaseEvent]]:
    """One stream of each kind for every event of the catalogue."""
    found = []
    for number, told in enumerate(TELLERS.values()):
        for kind in StreamKind:
            ref = f"{'asb' if kind is StreamKind.CASE else kind}:{number}"
            first = incident_reported(ref=f"{ref}/1").placed(1, AT, ref)
            found.append([first, told(ref=f"{ref}/2").placed(2, first.recorded_at, ref)])
    return found


def test_copied_rows_are_those_that_are_written(session: Session) -> None:
    with session.transaction() as transaction:
        for model in MODELS:
            rows: list[Row] = [row for events in streams() for row in model.fold(events)]
            copied, written = Table(model, suffix="_copied"), Table(model, suffix="_written")
            for table in (copied, written):
                transaction.create_bare(table)
            transaction.index(written)
            transaction.fill(copied, rows)
            transaction.write(written, rows)
            digest = transaction.digest(copied)
            assert digest.rows == len(rows) > 0, model.name
            assert digest == transaction.digest(written), model.name
