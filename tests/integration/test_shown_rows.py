"""What the database writes is what `masking.shown` says, for every read model and every mask."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.read_store.reach import reach_of
from adapters.read_store.session import Session
from domain.access.standing import Grant, Standing
from domain.identity import case_id_of
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass
from projections.masking import shown
from projections.timeline import display_order, timeline
from services.intake import Submission
from tests.support.databases import throwaway_database
from tests.support.intakes import Clock, feeding
from tests.support.read_stores import MODELS, Stores, caught_up, opened

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.ndjson"))
EVERYTHING = frozenset(PersonalClass)
MASKS = [frozenset[PersonalClass](), EVERYTHING, *(frozenset({each}) for each in PersonalClass)]
SEES_ALL = Standing(grants=(Grant(Role.PRIVACY, frozenset(), None, None),))


@pytest.fixture(scope="module")
def stores(postgres_url: str, migrated_template: str) -> Iterator[Stores]:
    with throwaway_database(postgres_url, template=migrated_template) as url:
        yield from _told(url)


def _told(url: str) -> Iterator[Stores]:
    with feeding(url) as feed:
        for path in EXAMPLES:
            lines = path.read_bytes().splitlines()
            feed.writer.commit(
                [
                    Submission(f"file:{path.name}:{number}", "tests", line, Clock().now, False)
                    for number, line in enumerate(lines)
                ]
            )
    with opened(url) as found, closing(Session(found.url)) as session:
        caught_up(session, MODELS)
        yield found


def references(stores: Stores) -> list[str]:
    """Every case that the examples tell of."""
    found = stores.cases.recorder.select_notifications(None, 100_000)
    refs = {json.loads(each.state)["case_ref"] for each in found}
    return sorted(ref for ref in refs if not ref.startswith(("organisation:", "authority:")))


def alike(value: Any) -> Any:
    """The same, with moments that are written in different ways made alike."""
    if isinstance(value, dict):
        return {key: alike(each) for key, each in value.items()}
    if isinstance(value, list):
        return [alike(each) for each in value]
    if isinstance(value, str) and value[10:11] == "T":
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


@pytest.mark.parametrize("masked", MASKS, ids=lambda each: "+".join(sorted(each)) or "nothing")
def test_it_is_what_the_rows_say_when_they_are_shown_one_by_one(
    stores: Stores, masked: frozenset[PersonalClass]
) -> None:
    reading = stores.read_store.reading_as(reach_of(SEES_ALL, Clock().now))
    compared = left = 0
    for ref in references(stores):
        case_id = case_id_of(ref)
        told = reading.shown_of_case(MODELS, masked, case_id, ref)
        rows = reading.rows_of_case(MODELS, case_id, ref)
        assert told is not None
        assert rows is not None
        for model in MODELS:
            if (elements := told.elements[model.name]) is None:
                left += 1
                continue
            expected = [alike(shown(row, masked)) for row in rows[model.name]]
            if model is timeline:
                ordered = display_order(rows[model.name])
                expected = [alike(shown(row, masked)) for row in ordered]
                assert alike(json.loads(f"[{elements}]")) == expected
            else:
                key = model.row.KEY or "case_id"
                found = alike(json.loads(f"[{elements}]"))
                assert sorted(found, key=lambda row: str(row[key])) == sorted(
                    expected, key=lambda row: str(row[key])
                )
            compared += len(expected)

    assert compared > 500
    assert left < compared / 2


def test_what_lies_deeper_is_left_to_be_looked_into(stores: Stores) -> None:
    reading = stores.read_store.reading_as(reach_of(SEES_ALL, Clock().now))
    told = [
        reading.shown_of_case(MODELS, EVERYTHING, case_id_of(ref), ref)
        for ref in references(stores)
    ]

    assert any(None in each.elements.values() for each in told if each)
