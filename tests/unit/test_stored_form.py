"""What is stored of an event reads back, and how that is proved without reading it again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent

from adapters.event_store.mapper import CaseEventMapper, UnreadableEvent
from adapters.wire import Decoded, decode
from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES
from tests.support.decoding import noting_decoded
from tests.support.messages import (
    RECEIVED,
    Message,
    body,
    example,
    message,
    vouched_for,
    with_data,
    without,
)
from tests.support.stories import incident_reported

ALL = pytest.mark.parametrize("event_type", EVENT_TYPES.values(), ids=list(EVENT_TYPES))


def decoded(sent: Message) -> Decoded:
    return decode(body(sent), received_at=RECEIVED, sent_as=vouched_for(sent))


def accepted(read: Decoded) -> CaseEvent:
    later = RECEIVED + timedelta(seconds=1, microseconds=7)
    return read.event.model_copy(update={"version": 3, "recorded_at": later})


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[StoredEvent]:
    """What is read back from here on."""
    return noting_decoded(monkeypatch)


@ALL
def test_with_what_was_told_and_without_the_same_is_stored(event_type: type[CaseEvent]) -> None:
    read = decoded(example(event_type))
    event, mapper = accepted(read), CaseEventMapper()
    stored = mapper.to_stored_event(event, read.told)
    assert stored == mapper.to_stored_event(event)
    assert mapper.to_domain_event(stored) == event


@ALL
def test_a_field_left_out_reads_like_its_stored_default(event_type: type[CaseEvent]) -> None:
    """What the cheaper proof rests on, beside the reading of what was told."""
    read = decoded(example(event_type))
    stated = read.event.model_dump(mode="json", by_alias=True)
    told_less = {
        field.alias or name
        for name, field in event_type.model_fields.items()
        if not field.is_required() and getattr(read.event, name) == field.default
    }
    left_out = {name: value for name, value in stated.items() if name not in told_less}
    assert event_type.model_validate(left_out) == event_type.model_validate(stated) == read.event


@ALL
def test_it_reads_back_whenever_it_is_recorded(event_type: type[CaseEvent]) -> None:
    """The version and the moment of recording are set after an event was read."""
    read, mapper = decoded(example(event_type)), CaseEventMapper()
    for recorded_at in (
        RECEIVED,
        datetime(1990, 1, 1, tzinfo=UTC),
        datetime(2200, 12, 31, tzinfo=UTC),
    ):
        event = read.event.model_copy(update={"version": 10**9, "recorded_at": recorded_at})
        assert mapper.to_domain_event(mapper.to_stored_event(event, read.told)) == event


@ALL
def test_what_is_written_as_it_was_told_is_not_read_again(
    readings: list[StoredEvent], event_type: type[CaseEvent]
) -> None:
    read = decoded(example(event_type))
    CaseEventMapper().to_stored_event(accepted(read), read.told)
    assert readings == []


@pytest.mark.parametrize(
    "spelt", ["2024-03-01T23:40:00+01:00", "2024-03-01T22:40:00.000Z", "2024-03-01t22:40:00z"]
)
def test_what_is_written_otherwise_is_read_back(readings: list[StoredEvent], spelt: str) -> None:
    sent = message(incident_reported(), "e-1") | {"time": spelt}
    read = decoded(without(sent, "knowntime"))
    assert CaseEventMapper().to_stored_event(accepted(read), read.told)
    assert [each.topic for each in readings] == ["IncidentReported"]


def test_a_part_with_a_field_left_out_is_read_back(readings: list[StoredEvent]) -> None:
    sent = message(incident_reported(), "e-1")
    actor = without(sent["data"]["actor"], "kind")
    read = decoded(with_data(sent, actor=actor))
    CaseEventMapper().to_stored_event(accepted(read), read.told)
    assert [each.topic for each in readings] == ["IncidentReported"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"narrative": ""},
        {"known_at": datetime(1899, 12, 31, tzinfo=UTC)},
        {"recorded_at": datetime(2024, 3, 1)},  # noqa: DTZ001
        {"recorded_at": datetime(2300, 3, 1, tzinfo=UTC)},
        {"schema_version": 2},
    ],
)
def test_what_was_told_does_not_vouch_for_another_event(spoilt: dict[str, Any]) -> None:
    sent = message(incident_reported(), "e-1")
    for read in (decoded(sent), decoded(without(sent, "knowntime"))):
        event = read.event.model_copy(update=spoilt)
        with pytest.raises(UnreadableEvent):
            CaseEventMapper().to_stored_event(event, read.told)


def test_what_another_event_told_vouches_for_nothing(readings: list[StoredEvent]) -> None:
    read = decoded(message(incident_reported(), "e-1"))
    for told in ({}, {"source": "urn:x"}):
        CaseEventMapper().to_stored_event(accepted(read), told)
    assert len(readings) == 2
