"""Who read or exported what: kept on a stream of its own beside each record."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.access import ExportProduced, RecordAccessed
from domain.events.envelope import CaseEvent
from domain.outcomes import Reason
from domain.streams import StreamKind, access_stream_of, stream_kind
from tests.support.admitting import ACCESS, AUTHORITY, CASE, LANDLORD, PERSON, PROPERTY, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    event_corrected,
    export_produced,
    incident_reported,
    record_accessed,
    tell,
    the,
)

EITHER = pytest.mark.parametrize("told", [record_accessed(), export_produced()])
REFERENCE = re.compile(r"[a-z][a-z0-9-]{0,30}:[A-Za-z0-9][A-Za-z0-9._/-]{0,99}\Z")


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (RecordAccessed, "about what why [reason] [break_glass]"),
        (
            ExportProduced,
            "about what why [reason] [break_glass] format sha256 recipient",
        ),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(
    event_type: type[CaseEvent], fields: str
) -> None:
    assert own_fields(event_type) == fields


def test_the_headline_says_what_was_seen_and_whether_the_glass_was_broken() -> None:
    told = tell(record_accessed(), export_produced())
    assert [event.headline() for event in (*told, *map(filled_in, (RecordAccessed,)))] == [
        "Read: asb:2024-0117, timeline, for work on the case",
        "Exported as PDF for Safeguarding Adults Board: "
        "asb:2024-0117, chronology for a review, for review",
        "Read: asb:2024-0117, timeline, for emergency, breaking the glass",
    ]


@EITHER
def test_breaking_the_glass_needs_a_reason(told: Told) -> None:
    assert refusals(told.but(break_glass=True)) == {("", "missing-member")}
    assert tell(told.but(break_glass=True, reason="He had locked himself in."))


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (record_accessed(about="2024-0117"), "about", "string_pattern_mismatch"),
        (record_accessed(what="gossip"), "what", "enum"),
        (record_accessed(why="curiosity"), "why", "enum"),
        (record_accessed(break_glass="no"), "break_glass", "bool_type"),
        (export_produced(format="fax"), "format", "enum"),
        (export_produced(sha256="F" * 64), "sha256", "string_pattern_mismatch"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


class TestWhereTheyBelong:
    @EITHER
    def test_on_the_access_stream_of_what_was_read(self, told: Told) -> None:
        on(ACCESS).admits(told)
        on(access_stream_of(LANDLORD)).admits(told.but(about=LANDLORD))

    @EITHER
    def test_not_on_that_of_another(self, told: Told) -> None:
        on(ACCESS).contradicts(
            told.but(about="asb:2024-0118"),
            "access:asb/2024-0118",
            reason=Reason.WRONG_STREAM,
        )

    @EITHER
    @pytest.mark.parametrize("stream", [CASE, PERSON, PROPERTY, LANDLORD, AUTHORITY])
    def test_on_no_other_kind_of_stream(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    def test_nothing_of_a_case_lies_there(self) -> None:
        on(ACCESS).contradicts(incident_reported(), reason=Reason.WRONG_STREAM)

    def test_what_was_entered_wrongly_is_corrected_there(self) -> None:
        on(ACCESS, record_accessed(ref="read")).admits(
            event_corrected(target=the("read"), field="what", was="timeline", now="risk")
        )


systems = st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True)
own_references = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}", fullmatch=True)
references = st.builds("{}:{}".format, systems, own_references)


class TestAccessStreams:
    def test_is_named_after_what_was_read(self) -> None:
        assert access_stream_of("asb:2024-0117") == "access:asb/2024-0117"
        assert access_stream_of("asb:2024/0117") == "access:asb/2024/0117"

    @given(references)
    def test_is_a_reference_that_names_its_kind(self, reference: str) -> None:
        stream = access_stream_of(reference)
        assert REFERENCE.match(stream)
        assert stream_kind(stream) is StreamKind.ACCESS

    @given(systems, systems, st.lists(st.sampled_from("ab/"), min_size=1, max_size=6))
    def test_no_two_share_one(self, one: str, other: str, rest: list[str]) -> None:
        own = "x" + "".join(rest)
        told = {f"{one}:{own}", f"{other}:{own}", f"{one}:{other}/{own}", f"{other}:{one}/{own}"}
        assert len({access_stream_of(reference) for reference in told}) == len(told)

    def test_nor_do_those_of_long_references(self) -> None:
        longest = "x" * 99
        told = {f"{system}:{longest}{last}" for system in ("asb", "asb-1") for last in "ab"}
        streams = {access_stream_of(reference) for reference in told}
        assert len(streams) == len(told)
        assert all(stream.startswith("access:0/") for stream in streams)

    def test_the_reading_of_an_access_log_has_its_own(self) -> None:
        assert access_stream_of(ACCESS) == "access:access/asb/2024-0117"
