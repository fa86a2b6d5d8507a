"""Simulated cases through the real writer: what becomes of them is what the simulation says."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import psycopg
import pytest

from adapters.read_store.session import Session
from domain.identity import case_id_of
from domain.outcomes import Outcome
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from services.intake import Submission
from services.simulation import Simulation
from tests.support.intakes import Feeding
from tests.support.read_stores import MODELS, Stores, caught_up, opened

CASES = 150
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
AT_ONCE = 250


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


def handed_in(stores: Stores, simulation: Simulation) -> Feeding:
    """The intake, once it has had all lines of a simulation."""
    intake = Feeding(stores.url, stores.cases)
    intake.clock.now = NOW
    lines = enumerate(simulation.lines(), 1)
    while batch := list(islice(lines, AT_ONCE)):
        intake.writer.commit(
            [
                Submission(f"line:{place}", "file:simulated", line, NOW, source_is_vouched=False)
                for place, line in batch
            ]
        )
    return intake


def became(stores: Stores) -> Counter[str]:
    with psycopg.connect(stores.url) as connection:
        rows = connection.execute(
            "SELECT outcome::text, count(*) FROM case_timeline.intake GROUP BY 1"
        )
        return Counter(dict(rows.fetchall()))


def test_every_event_is_accepted_once_and_read_models_say_what_the_events_say(
    stores: Stores,
) -> None:
    simulation = Simulation(CASES)
    handed_in(stores, simulation).assert_sound()
    tally = simulation.tally
    assert became(stores) == {
        Outcome.ACCEPTED: tally.events.total(),
        Outcome.DUPLICATE: tally.sent_again,
    }

    with closing(Session(stores.url)) as session:
        caught_up(session, MODELS)
    references = told_references(simulation)
    histories = stores.cases.streams(map(case_id_of, references))
    assert len(histories) == len(references) > CASES
    policy = stores.cases.policy()
    for model in READ_MODELS.values():
        live: dict[str, dict[str, Row]] = {}
        for row in stores.read_store.every_row(model, limit=1_000_000):
            live.setdefault(row.case_ref, {})[model.key_of(row)] = row
        folded = {
            events[0].case_ref: by_key(model, model.fold(events, policy))
            for events in histories.values()
        }
        assert live == {ref: rows for ref, rows in folded.items() if rows}, model.name


def by_key(model: ReadModel[Any], rows: list[Any]) -> dict[str, Row]:
    return {model.key_of(row): row for row in rows}


def told_references(simulation: Simulation) -> set[str]:
    """The references of all files that a simulation tells of."""
    return {line.split(b'"subject":"')[1].split(b'"')[0].decode() for line in simulation.lines()}


def test_damaged_lines_are_quarantined_and_nothing_else_is(stores: Stores) -> None:
    simulation = Simulation(12, seed=5, damage=0.2)
    handed_in(stores, simulation).assert_sound()
    tally = simulation.tally
    assert tally.damaged > 20
    assert became(stores) == {
        Outcome.ACCEPTED: tally.events.total(),
        Outcome.DUPLICATE: tally.sent_again,
        Outcome.QUARANTINED: tally.damaged,
    }
