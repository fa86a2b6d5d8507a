"""The audit trail: who did what to the record."""

import pytest

from domain.events.registry import EVENT_TYPES
from projections.audit import audit
from tests.support.stories import (
    CASE_REF,
    TELLERS,
    TENANT,
    case_allocated,
    event_corrected,
    event_redacted,
    export_produced,
    given,
    id_of,
    incident_reported,
    person_data_erased,
    record_accessed,
    rectification_disputed,
    source_of,
    the,
)

ACCESS = "access:0123"
INCIDENT = incident_reported("2024-03-01", ref="incident")
CORRECTED = event_corrected(
    "2024-03-10",
    ref="correction",
    target=the("incident"),
    field="kind",
    was="violence",
    now="threats",
    reason="Nobody was hit.",
    by="staff:7",
)


class TestEntering:
    def test_says_who_entered_what_when_and_from_which_system(self) -> None:
        given(
            incident_reported(
                "2024-03-01",
                known="2024-03-02 10:30",
                recorded="2024-03-05 12:00",
                ref="asb-77",
                on_behalf_of={"id": "pc:7", "role": "Constable", "organisation": "Police"},
                correlation_id="call-9",
                causation_id="call-8",
                evidence=({"ref": "doc:1", "sha256": "3" * 64, "title": "Log"},),
                sensitivity="restricted",
            )
        ).then(audit).at(id_of("asb-77")).has(
            version=1,
            action="recorded",
            type="IncidentReported",
            schema_version=1,
            headline="Incident reported: violence",
            occurred_at="2024-03-01",
            known_at="2024-03-02 10:30",
            recorded_at="2024-03-05 12:00",
            recorded_by="staff:12",
            actor_role="Housing officer",
            actor_organisation="Cromwood Homes",
            actor_kind="human",
            on_behalf_of="pc:7",
            on_behalf_of_organisation="Police",
            source="urn:cromwood:asb",
            source_event_id="asb-77",
            correlation_id="call-9",
            causation_id="call-8",
            evidence_count=1,
            known_after_hours=25,
            recorded_after_hours=73,
            target=None,
            about=None,
            break_glass=None,
            corrections=(),
            disputes=0,
            is_redacted=False,
            sensitivity="restricted",
        )

    def test_acts_are_numbered_in_the_order_of_recording(self) -> None:
        seen = given(
            incident_reported("2024-03-05", ref="first"),
            incident_reported("2024-03-01", ref="second", known="2024-03-06"),
        ).then(audit)
        seen.at(id_of("first")).has(version=1)
        seen.at(id_of("second")).has(version=2, known_after_hours=120)

    def test_what_was_recorded_later_is_not_there_as_recorded_by_then(self) -> None:
        story = given(INCIDENT, case_allocated("2024-03-02", recorded="2024-03-09"))
        story.when_seen(recorded_by="2024-03-08").then(audit).has_rows(str(id_of("incident")))

    def test_what_was_known_later_is_not_there_as_known_by_then(self) -> None:
        story = given(INCIDENT, case_allocated("2024-03-02", known="2024-03-09"))
        story.when_seen(known_on="2024-03-08").then(audit).has_rows(str(id_of("incident")))

    @pytest.mark.parametrize("name", EVENT_TYPES)
    def test_every_type_of_event_is_an_act_on_any_file(self, name: str) -> None:
        told = TELLERS[EVENT_TYPES[name]](ref="it")
        for stream in (CASE_REF, ACCESS, "authority:E09000001"):
            seen = given(told, stream=stream).then(audit)
            seen.at(id_of("it", source_of(told.event_type))).has(type=name)


class TestChanging:
    def test_a_correction_says_what_it_changed_from_what_to_what(self) -> None:
        seen = given(INCIDENT, CORRECTED).then(audit)
        seen.at(id_of("correction")).has(
            action="corrected",
            target=id_of("incident"),
            field="kind",
            was='"violence"',
            now='"threats"',
            reason="Nobody was hit.",
            said_by="staff:7",
        )
        seen.at(id_of("incident")).has(
            headline="Incident reported: threats",
            corrections=(
                {"event_id": id_of("correction"), "was": '"violence"', "now": '"threats"'},
            ),
        )

    def test_it_is_not_there_before_it_was_known(self) -> None:
        seen = given(INCIDENT, CORRECTED).when_seen(known_on="2024-03-09").then(audit)
        seen.at(id_of("incident")).has(headline="Incident reported: violence", corrections=())

    def test_a_dispute_says_who_disagrees_with_what(self) -> None:
        seen = given(
            INCIDENT,
            rectification_disputed(ref="dispute", target=the("incident"), field="kind"),
        ).then(audit)
        seen.at(id_of("dispute")).has(
            action="disputed", target=id_of("incident"), field="kind", said_by=TENANT
        )
        seen.at(id_of("incident")).has(disputes=1)

    def test_of_a_redacted_correction_the_values_are_gone(self) -> None:
        seen = given(
            INCIDENT, CORRECTED, event_redacted(ref="redaction", target=the("correction"))
        ).then(audit)
        seen.at(id_of("redaction")).has(
            action="redacted",
            target=id_of("correction"),
            lawful_reason="wrong-record",
            approvals=("staff:dpo", "staff:director"),
        )
        seen.at(id_of("correction")).has(
            is_redacted=True, field="kind", was=None, now=None, reason=None, said_by="staff:7"
        )

    def test_what_a_redacted_correction_changed_is_gone_from_its_target(self) -> None:
        seen = given(INCIDENT, CORRECTED, event_redacted(target=the("correction"))).then(audit)
        seen.at(id_of("incident")).has(
            is_redacted=False, corrections=({"field": "kind", "was": '"[redacted]"'},)
        )

    def test_of_a_redacted_event_what_was_corrected_in_it_is_gone_too(self) -> None:
        redacted = event_redacted(target=the("incident"))
        for story in ((INCIDENT, CORRECTED, redacted), (INCIDENT, redacted, CORRECTED)):
            seen = given(*story).then(audit)
            seen.at(id_of("incident")).has(
                is_redacted=True, corrections=({"was": '"[redacted]"', "now": '"[redacted]"'},)
            )
            seen.at(id_of("correction")).has(was=None, now=None, reason="Nobody was hit.")

    def test_an_erasure_says_by_what_right_and_who_approved_it(self) -> None:
        given(person_data_erased(ref="it")).then(audit).at(id_of("it")).has(
            action="erased",
            lawful_reason="retention-ended",
            approvals=("staff:dpo", "staff:director"),
            target=None,
        )

    def test_what_touches_an_event_out_of_view_stands_alone(self) -> None:
        given(CORRECTED).then(audit).has_rows(str(id_of("correction")))


class TestReading:
    def test_says_who_read_what_and_why(self) -> None:
        given(
            record_accessed("2024-03-05", ref="it", break_glass=True, reason="He had to be found."),
            stream=ACCESS,
        ).then(audit).at(id_of("it")).has(
            action="read",
            about=CASE_REF,
            what="timeline",
            why="case-work",
            reason="He had to be found.",
            break_glass=True,
            recorded_by="staff:12",
            format=None,
            case_ref=ACCESS,
        )

    def test_says_what_left_the_system_for_whom(self) -> None:
        given(export_produced(ref="it"), stream=ACCESS).then(audit).at(id_of("it")).has(
            action="exported",
            about=CASE_REF,
            what="chronology",
            why="review",
            break_glass=False,
            format="pdf",
            sha256="0" * 64,
            recipient="Safeguarding Adults Board",
        )
