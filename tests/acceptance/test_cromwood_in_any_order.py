"""The Cromwood lines come to the same read models whatever order they arrive in.

Anything may come before what it builds on, in batches of any size. The reclassification alone does
not wait: where a concern has opened the case as something else, it contradicts that until the
incident comes, which happened before.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date

import pytest

from adapters.event_store.application import Cases
from domain.identity import case_id_of
from projections.time_travel import PointOfView
from tests.acceptance.cromwood import CASE_REF, LINES, Line, Publishing, stored
from tests.support.arrivals import Folds, folds
from tests.support.databases import throwaway_database

SEEDS = range(20)
ON_5_MARCH = PointOfView(known_on=date(2024, 3, 5))

INCIDENT, RECLASSIFICATION = "cc-0001", "hm-0006"


def batches(lines: Sequence[Line], sizes: random.Random) -> Iterator[Sequence[Line]]:
    """`lines` cut into batches of one to eight."""
    start = 0
    while start < len(lines):
        end = start + sizes.randint(1, 8)
        yield lines[start:end]
        start = end


def seen(cases: Cases) -> list[Folds]:
    """The case today, and as known on 5 March."""
    events = stored(cases)
    return [folds(events), folds(ON_5_MARCH.visible(events))]


@pytest.fixture(scope="module")
def in_order(postgres_url: str, migrated_template: str) -> Iterator[list[Folds]]:
    """What the lines come to in the order of the file, one by one."""
    with (
        throwaway_database(postgres_url, template=migrated_template) as url,
        closing(Cases(url)) as cases,
    ):
        publishing = Publishing(cases)
        for line in LINES:
            publishing.deliver([line])
        yield seen(cases)


@pytest.fixture
def cases(database_url: str) -> Iterator[Cases]:
    with closing(Cases(database_url)) as cases:
        yield cases


def test_all_at_once(cases: Cases, in_order: list[Folds]) -> None:
    Publishing(cases).deliver(LINES)
    assert_all_admitted(cases)
    assert seen(cases) == in_order


def test_in_reverse(cases: Cases, in_order: list[Folds]) -> None:
    publishing = Publishing(cases)
    for line in reversed(LINES):
        publishing.deliver([line])
    assert_all_admitted(cases)
    assert seen(cases) == in_order


@pytest.mark.parametrize("seed", SEEDS)
def test_shuffled(cases: Cases, in_order: list[Folds], seed: int) -> None:
    chance = random.Random(seed)
    shuffled = chance.sample(LINES, len(LINES))
    publishing = Publishing(cases)
    for batch in batches(shuffled, chance):
        publishing.deliver(batch)
    assert_all_admitted(cases)
    assert seen(cases) == in_order


def test_the_reclassification_is_taken_once_the_incident_has_come(cases: Cases) -> None:
    by_id = {line.id: line for line in LINES}
    publishing = Publishing(cases)
    opened, changed = publishing.deliver([by_id["hm-0001"], by_id[RECLASSIFICATION]])
    assert (opened.outcome, changed.outcome) == ("accepted", "quarantined")
    assert changed.detail == "it reclassifies from asb, but the case is classified adult"
    publishing.deliver([by_id[INCIDENT]])
    order = [event.source_event_id for event in stored(cases)]
    assert order == ["hm-0001", INCIDENT, RECLASSIFICATION]


def assert_all_admitted(cases: Cases) -> None:
    ledger = cases.seen([line.delivery for line in LINES])
    outcomes = Counter(entry.outcome for entry in ledger.values())
    assert outcomes == {"accepted": len(LINES) - 1, "duplicate": 1}
    assert cases.waiting([case_id_of(CASE_REF)]) == []
    assert [event.version for event in stored(cases)] == list(range(1, len(LINES)))
