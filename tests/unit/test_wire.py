"""CloudEvents to case events and back: what maps to what, and what makes two messages the same."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from adapters import upcasting
from adapters.broker import BrokerLayout
from adapters.wire import Refusal, decode, encode, source_of_subject, subject_for
from domain.events.consent import ConsentDecisionRecorded
from domain.events.envelope import OWN_SOURCE, UNRECORDED, CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import IncidentReported, Reclassified
from domain.events.people import CommunicationPreferenceRecorded
from domain.events.registry import EVENT_TYPES
from domain.identity import case_id_of, event_id_of
from domain.outcomes import Reason
from domain.vocabulary.record import Precision
from tests.support.histories import histories
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
from tests.support.stories import (
    SOURCE,
    communication_preference_recorded,
    event_corrected,
    the,
)

ALL_TYPES = list(EVENT_TYPES.values())
BY_SERVICE = [each for each in ALL_TYPES if each.BY_SERVICE]


def decoded(sent: Message) -> CaseEvent:
    return decode(body(sent), received_at=RECEIVED, sent_as=vouched_for(sent)).event


def hash_of(sent: Message) -> bytes:
    return decode(body(sent), received_at=RECEIVED).content_hash


def refused(sent: object, sent_as: str | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        decode(body(sent), received_at=RECEIVED, sent_as=sent_as)
    return caught.value


@pytest.mark.parametrize("event_type", ALL_TYPES)
def test_a_message_of_each_type_becomes_its_event(event_type: type[CaseEvent]) -> None:
    event = decoded(example(event_type))
    assert type(event) is event_type
    assert event.version == UNRECORDED


@given(histories())
@settings(max_examples=25, deadline=None)
def test_what_is_encoded_decodes_to_the_same_event(events: list[CaseEvent]) -> None:
    for event in events:
        again = decode(body(encode(event)), received_at=event.recorded_at).event
        assert again == event.model_copy(update={"version": UNRECORDED})


@pytest.mark.parametrize("empty", [[], {}, "", 0, False])
def test_a_correction_to_something_empty_stays_one(empty: object) -> None:
    told = event_corrected(target=the("e-1"), field="strands", was=["adult"], now=empty)
    event = decoded(message(told, "e-2"))
    assert isinstance(event, EventCorrected)
    assert event.now == empty
    assert type(event.now) is type(empty)


def test_a_list_that_must_be_stated_travels_though_empty() -> None:
    sent = message(communication_preference_recorded(safe_channels=()), "e-1")
    assert sent["data"]["safe_channels"] == []
    event = decoded(sent)
    assert isinstance(event, CommunicationPreferenceRecorded)
    assert event.safe_channels == ()


def test_attributes_become_the_envelope() -> None:
    event = decoded(
        example(IncidentReported)
        | {
            "time": "2024-03-01T10:00:00+01:00",
            "timeprecision": "range",
            "timeend": "2024-03-02T09:30:00.25Z",
            "knowntime": "2024-03-03T09:00:00Z",
            "correlationid": "import-7",
            "causationid": "call-3",
        }
    )
    assert event.event_id == event_id_of(SOURCE, "e-1")
    assert event.case_id == case_id_of("asb:2024-0117")
    assert event.case_ref == "asb:2024-0117"
    assert event.occurred_at == datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert event.occurred_precision is Precision.RANGE
    assert event.occurred_to == datetime(2024, 3, 2, 9, 30, 0, 250_000, tzinfo=UTC)
    assert event.known_at == datetime(2024, 3, 3, 9, tzinfo=UTC)
    assert event.recorded_at == RECEIVED
    assert (event.correlation_id, event.causation_id) == ("import-7", "call-3")


def test_what_is_not_said_to_be_known_earlier_is_known_on_receipt() -> None:
    assert decoded(without(example(IncidentReported), "knowntime")).known_at == RECEIVED


def test_members_are_called_on_the_wire_as_the_catalogue_says() -> None:
    sent = example(Reclassified)
    assert (sent["data"]["from"], sent["data"]["to"]) == ("asb", "adult")
    spelled_as_in_python = sent | {"data": without(sent["data"], "from") | {"from_": "asb"}}
    assert refused(spelled_as_in_python).reason is Reason.MISSING_MEMBER


@pytest.mark.parametrize(
    "text",
    [
        '{"_type_": "uuid_hex", "_data_": "zz"}',
        "'; DROP TABLE case_events; --",
        "{{7*7}} ${jndi:x}",
        '\r\n{"level": "error"}',
        '=HYPERLINK("http://x")',
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "\u202eturned\u200b z\u0301a\u0301l",
        "e\u0301" * 10_000,
    ],
)
def test_text_is_kept_as_it_came(text: str) -> None:
    assert decoded(with_data(example(IncidentReported), account=text, narrative=text)) == decoded(
        example(IncidentReported)
    ).model_copy(update={"account": text, "narrative": text})


def test_foreign_json_in_a_correction_is_kept_as_it_came() -> None:
    value = {"_type_": "nope", "_data_": {"__class__": ["os.system"]}, "__proto__": 1.5}
    event = decoded(with_data(example(EventCorrected), now=value))
    assert isinstance(event, EventCorrected)
    assert event.now == value


class TestTheSameContent:
    def test_hashes_alike_in_any_order_and_spacing(self) -> None:
        sent = example(ConsentDecisionRecorded)
        reordered = dict(reversed(sent.items())) | {"data": dict(reversed(sent["data"].items()))}
        spaced = json.dumps(reordered, indent=3, ensure_ascii=True).encode()
        assert decode(spaced, received_at=RECEIVED).content_hash == hash_of(sent)

    def test_hashes_alike_whatever_the_transport_adds(self) -> None:
        sent = example(ConsentDecisionRecorded)
        added = {
            "recordedtime": "2024-03-01T12:00:00Z",
            "traceparent": "00-1",
            "tracestate": "a=b",
            "datacontenttype": "application/cloudevents+json",
            "dataschema": "urn:x",
        }
        assert hash_of(sent | added) == hash_of(sent)

    def test_hashes_alike_whenever_it_is_received(self) -> None:
        sent = body(without(example(ConsentDecisionRecorded), "knowntime"))
        later = decode(sent, received_at=RECEIVED + timedelta(days=1))
        assert later.content_hash == decode(sent, received_at=RECEIVED).content_hash

    @pytest.mark.parametrize(
        "change",
        [
            {"time": "2024-03-01T12:00:01Z"},
            {"knowntime": "2024-03-02T12:00:00Z"},
            {"subject": "asb:2024-0118"},
            {"correlationid": "c-1"},
        ],
    )
    def test_another_attribute_is_other_content(self, change: dict[str, str]) -> None:
        sent = example(ConsentDecisionRecorded)
        assert hash_of(sent | change) != hash_of(sent)

    def test_another_member_of_its_data_is_other_content(self) -> None:
        sent = example(ConsentDecisionRecorded)
        assert hash_of(with_data(sent, narrative="More.")) != hash_of(sent)


class TestTheSource:
    @pytest.mark.parametrize("source", [SOURCE, "https://asb.cromwood/v1.2", "crm"])
    def test_is_read_back_off_the_subject_it_is_sent_on(self, source: str) -> None:
        sent_as = source_of_subject(subject_for(source))
        sent = example(IncidentReported) | {"source": source}
        event = decode(body(sent), received_at=RECEIVED, sent_as=sent_as).event
        assert event.source == source

    def test_has_one_token_of_a_subject(self) -> None:
        assert subject_for("https://asb.cromwood/v1.2") == "cases.in.https://asb_cromwood/v1_2"

    def test_cannot_be_another_than_that_of_its_subject(self) -> None:
        refusal = refused(example(IncidentReported), sent_as="urn:cromwood:repairs")
        assert refusal.reason is Reason.SOURCE_MISMATCH

    def test_is_taken_as_said_where_nothing_vouches_for_it(self) -> None:
        assert decoded(example(IncidentReported) | {"source": "crm"}).source == "crm"


class TestWhatThisServiceRecords:
    """What people record through it, and what nobody else may record at all."""

    FROM_THE_BROKER = BrokerLayout().source_of(subject_for(OWN_SOURCE))

    @pytest.mark.parametrize("event_type", ALL_TYPES)
    def test_is_taken_from_its_own_door(self, event_type: type[CaseEvent]) -> None:
        sent = example(event_type) | {"source": OWN_SOURCE}
        event = decode(body(sent), received_at=RECEIVED, sent_as=OWN_SOURCE).event
        assert (type(event), event.source) == (event_type, OWN_SOURCE)

    @pytest.mark.parametrize("sent_as", [None, SOURCE, FROM_THE_BROKER, f"{OWN_SOURCE}:rules"])
    @pytest.mark.parametrize("event_type", ALL_TYPES)
    def test_is_taken_from_nowhere_else(
        self, event_type: type[CaseEvent], sent_as: str | None
    ) -> None:
        """Neither from a file, nor from another source, nor on its subject of the broker."""
        refusal = refused(example(event_type) | {"source": OWN_SOURCE}, sent_as)
        assert refusal.reason is Reason.SOURCE_MISMATCH
        assert refusal.detail == "source: is that of this service itself"

    @pytest.mark.parametrize("sent_as", [None, SOURCE])
    @pytest.mark.parametrize("event_type", BY_SERVICE)
    def test_is_not_taken_as_of_another_source(
        self, event_type: type[CaseEvent], sent_as: str | None
    ) -> None:
        refusal = refused(example(event_type) | {"source": SOURCE}, sent_as)
        assert refusal.reason is Reason.SOURCE_MISMATCH
        assert refusal.detail == "type: only this service records such events"

    @pytest.mark.parametrize("event_type", [IncidentReported, *BY_SERVICE])
    def test_no_other_source_is_taken_from_its_own_door(self, event_type: type[CaseEvent]) -> None:
        refusal = refused(example(event_type) | {"source": SOURCE}, OWN_SOURCE)
        assert refusal.reason is Reason.SOURCE_MISMATCH

    @pytest.mark.parametrize("spoilt", [{"data": {}}, {"type": "uk.casetimeline.RoleGranted.v9"}])
    def test_is_told_to_others_no_more_than_that(self, spoilt: Message) -> None:
        refusal = refused(example(EVENT_TYPES["RoleGranted"]) | spoilt)
        assert refusal.reason is Reason.SOURCE_MISMATCH


class TestSchemaVersions:
    @pytest.fixture
    def second_version(self, monkeypatch: pytest.MonkeyPatch) -> type[CaseEvent]:
        """`IncidentReported` as a later release may have it: `kind` was called `sort` before."""

        class Later(IncidentReported):
            schema_version: int = 2

        Later.__name__ = "IncidentReported"
        monkeypatch.setitem(EVENT_TYPES, "IncidentReported", Later)
        monkeypatch.setitem(upcasting.UPCASTERS, ("IncidentReported", 1), _sort_became_kind)
        return Later

    def test_an_older_one_is_lifted(self, second_version: type[CaseEvent]) -> None:
        sent = example(IncidentReported)
        older = sent | {"data": without(sent["data"], "kind") | {"sort": "violence"}}
        event = decoded(older)
        assert type(event) is second_version
        assert event.schema_version == 2
        assert event.model_dump()["kind"] == "violence"

    def test_the_current_one_is_not(self, second_version: type[CaseEvent]) -> None:
        current = example(IncidentReported) | {"type": "uk.casetimeline.IncidentReported.v2"}
        assert type(decoded(current)) is second_version

    def test_a_newer_one_is_refused_and_says_what_is_known(self) -> None:
        refusal = refused(
            example(IncidentReported) | {"type": "uk.casetimeline.IncidentReported.v2"}
        )
        assert refusal.reason is Reason.SCHEMA_NEWER
        assert "version 1" in refusal.detail

    @pytest.mark.parametrize("name", ["v0", "v01", "v10000", "v1.0", "v", "v\u0661"])
    def test_what_is_no_version_is_no_type(self, name: str) -> None:
        sent = example(IncidentReported) | {"type": f"uk.casetimeline.IncidentReported.{name}"}
        assert refused(sent).reason is Reason.UNKNOWN_TYPE


def _sort_became_kind(raw: dict[str, Any]) -> dict[str, Any]:
    return without(raw, "sort") | {"kind": raw["sort"]}


class TestTheFuture:
    LATEST = RECEIVED + timedelta(hours=24)

    @pytest.mark.parametrize("name", ["time", "timeend", "knowntime"])
    def test_begins_after_24_hours(self, name: str) -> None:
        decoded(self.dated(name, self.LATEST))
        refusal = refused(self.dated(name, self.LATEST + timedelta(seconds=1)))
        assert refusal.reason is Reason.FUTURE_EVENT

    def dated(self, name: str, at: datetime) -> Message:
        """A range of time in which one of the moments is this one, and none is later."""
        dates = {"timeend": (at if name == "time" else RECEIVED).isoformat(), name: at.isoformat()}
        return example(IncidentReported) | {"timeprecision": "range"} | dates

    def test_is_no_matter_for_a_meeting_that_is_called_for_it(self) -> None:
        sent = with_data(example(EVENT_TYPES["MeetingConvened"]), at="2027-01-01T10:00:00Z")
        assert decoded(sent).type == "MeetingConvened"


def test_abuse_forty_years_ago_is_taken_in() -> None:
    event = decoded(example(IncidentReported) | {"time": "1986-01-05T00:00:00Z"})
    assert event.occurred_at.year == 1986


class TestWhatAMessageClaims:
    def test_is_told_even_if_it_cannot_be_understood(self) -> None:
        claims = refused(with_data(example(IncidentReported), kind="nonsense")).claims
        assert claims.source_event_id == "e-1"
        assert claims.case_ref == "asb:2024-0117"
        assert claims.type == "uk.casetimeline.IncidentReported.v1"

    @pytest.mark.parametrize("value", [7, None, {"a": 1}, "", "two words", "line\nfeed", "x" * 201])
    def test_is_not_told_where_it_is_not_presentable(self, value: object) -> None:
        assert refused(example(IncidentReported) | {"id": value}).claims.source_event_id is None

    def test_is_nothing_where_there_is_no_object(self) -> None:
        claims = refused([example(IncidentReported)]).claims
        assert (claims.source_event_id, claims.case_ref, claims.type) == (None, None, None)


def test_the_names_of_the_envelope_are_not_taken_from_data() -> None:
    for name in ("event_id", "case_id", "version", "recorded_at", "known_at", "schema_version"):
        refusal = refused(with_data(example(IncidentReported), **{name: 1}))
        assert refusal.reason is Reason.UNKNOWN_MEMBER
        assert name in refusal.detail
