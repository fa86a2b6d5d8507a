"""Everything that is counted: one fact each, as docs/dashboard.md says."""

from collections.abc import Iterator

from tests.support.recomputing import (
    actions,
    cases,
    landlord,
    meetings,
    people,
    referrals,
    reports,
)
from tests.support.recomputing.case import Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.places import Places
from tests.support.recomputing.record import Record


def facts_of(record: Record) -> Iterator[Fact]:
    """Yield all facts of a record."""
    places = Places(record)
    told = {ref: Case(ref, events, places) for ref, events in record.cases().items()}
    for case in told.values():
        yield from cases.facts(case)
        yield from people.facts(case)
        yield from referrals.facts(case, record.today)
        yield from meetings.facts(case)
    yield from reports.facts(record, told, places)
    yield from actions.facts(record, told, places)
    yield from landlord.facts(record, told)
