"""Rows of a read model looked up by a value over all cases, on real PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from domain.places import place_of
from projections.person_history import PersonHistoryRow, person_history, same_person
from projections.property_history import property_history
from projections.read_model import ReadModel
from services.projector.rebuild import rebuild
from tests.support.read_stores import (
    MODELS,
    Stores,
    assert_live_is_folded,
    caught_up,
    clock,
    opened,
)
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    case_linked,
    contact_attempt_failed,
    incident_reported,
    person_involved,
    records_merged,
)

OLD = "person:tenant-old"
HOME = "uprn:100012345678"
HOMES_FILE = "property:100012345678"


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.fixture
def session(stores: Stores) -> Iterator[Session]:
    with closing(Session(stores.url)) as session:
        yield session


def told(stores: Stores) -> None:
    """A file from before any case, a case linked to it, one under an older reference, another."""
    stores.told(HOMES_FILE, contact_attempt_failed("2023-10-05", person=TENANT))
    stores.told(
        "asb:1",
        incident_reported("2024-03-01", property_ref=HOME),
        person_involved(person=TENANT),
        case_linked(other_ref=HOMES_FILE, relation="history"),
        records_merged(survivor=TENANT, retired=OLD),
    )
    stores.told("asb:2", incident_reported("2022-03-01"), person_involved(person=OLD))
    stores.told("asb:3", incident_reported("2024-03-01"), person_involved(person=NEIGHBOUR))


def streams_of(stores: Stores, *persons: str) -> list[str]:
    rows = stores.read_store.rows_having(person_history, "person", persons)
    return [row.case_ref for row in rows]


def test_a_person_is_found_in_every_case_and_file(stores: Stores, session: Session) -> None:
    told(stores)
    caught_up(session, MODELS)
    assert streams_of(stores, TENANT) == ["asb:1", HOMES_FILE]
    assert streams_of(stores, OLD, NEIGHBOUR) == ["asb:1", "asb:2", "asb:3"]
    assert streams_of(stores) == streams_of(stores, "person:nobody") == []


def test_a_person_is_found_under_every_reference(stores: Stores, session: Session) -> None:
    told(stores)
    caught_up(session, MODELS)

    def having(references: frozenset[str]) -> list[PersonHistoryRow]:
        return stores.read_store.rows_having(person_history, "person", references)

    references = same_person(having(frozenset({OLD})))
    assert references == {OLD, TENANT}
    assert same_person(having(references)) == references
    assert {row.case_ref for row in having(references)} == {"asb:1", "asb:2", HOMES_FILE}


def test_a_property_is_found_in_its_file_and_the_case_linked_to_it(
    stores: Stores, session: Session
) -> None:
    told(stores)
    caught_up(session, MODELS)
    rows = stores.read_store.rows_having(property_history, "place", [place_of(HOME)])
    assert [(row.case_ref, row.is_own_file) for row in rows] == [
        ("asb:1", False),
        (HOMES_FILE, True),
    ]
    assert [link.other_ref for link in rows[0].links] == [HOMES_FILE]


def test_rows_looked_up_are_those_that_the_fold_gives(stores: Stores, session: Session) -> None:
    first = stores.told("asb:1", incident_reported("2024-03-01"), person_involved(person=TENANT))
    worker = caught_up(session, MODELS)
    later = stores.told("asb:1", person_involved(person=NEIGHBOUR), after=len(first))
    while worker.step():
        pass
    assert_live_is_folded(stores, [*first, *later])
    [row] = stores.read_store.rows_having(person_history, "person", [NEIGHBOUR])
    assert row in person_history.fold([*first, *later])


def test_a_column_without_an_index_is_not_looked_up_by(stores: Stores) -> None:
    with pytest.raises(ValueError, match="not looked up by case_ref"):
        stores.read_store.rows_having(person_history, "case_ref", ["asb:1"])


def indexed(stores: Stores, model: ReadModel[Any]) -> tuple[str, ...]:
    """The columns that the indexes of a table begin with, but for its identity."""
    found = stores.ask(
        "SELECT coalesce(array_agg(a.attname::text ORDER BY a.attname), '{}') "
        "FROM pg_index AS i JOIN pg_attribute AS a "
        "ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
        f"WHERE i.indrelid = '{Table(model).name.as_string()}'::regclass AND NOT i.indisprimary"
    )
    return tuple(found[0])


def test_every_read_model_has_the_indexes_it_names(stores: Stores) -> None:
    assert any(model.row.INDEXED for model in MODELS)
    for model in MODELS:
        assert indexed(stores, model) == tuple(sorted(model.row.INDEXED)), model.name


def test_a_rebuilt_table_has_them_too(stores: Stores, session: Session) -> None:
    told(stores)
    caught_up(session, MODELS)
    before = streams_of(stores, TENANT)
    for _ in range(2):
        assert rebuild(session, person_history, clock).same
        assert indexed(stores, person_history) == ("alias_of", "person")
    assert streams_of(stores, TENANT) == before
