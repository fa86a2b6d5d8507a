"""History read with its corrections: nothing is edited, and each correction must fit its target."""

from typing import Any

import pytest

from domain.corrections import (
    NotCorrectable,
    apply_correction,
    correctable_fields,
    corrected,
    has_corrections,
)
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import ConcernRaised, IncidentReported, Reclassified
from domain.events.people import VulnerabilityRecorded
from domain.events.registry import EVENT_TYPES
from tests.support.stories import (
    CASE_REF,
    Told,
    action_agreed,
    concern_raised,
    event_corrected,
    incident_reported,
    reclassified,
    referral_sent,
    tell,
    the,
    vulnerability_recorded,
)


def correction(of: str, field: str, was: object, now: object, ref: str | None = None) -> Told:
    return event_corrected(target=the(of), field=field, was=was, now=now, ref=ref)


def reading(*story: Told) -> dict[str, dict[str, Any]]:
    """How the events of a story read with its corrections, by their names."""
    return {event.source_event_id: on_the_wire(event) for event in corrected(tell(*story))}


def on_the_wire(event: CaseEvent) -> dict[str, Any]:
    return event.model_dump(mode="json", by_alias=True)


def fitted(target: Told, field: str, was: object, now: object) -> CaseEvent:
    """The target as a correction makes it read, if that fits."""
    event, fix = tell(target, correction("e-1", field, was, now))
    assert isinstance(fix, EventCorrected)
    return apply_correction(event, fix)


class TestReading:
    def test_without_corrections_nothing_changes(self) -> None:
        events = tell(incident_reported(), action_agreed())
        assert not has_corrections(events)
        assert corrected(events) == events

    def test_takes_a_correction_in_and_keeps_it_in_its_place(self) -> None:
        events = tell(incident_reported(), correction("e-1", "kind", "violence", "threats"))
        assert has_corrections(events)
        read = corrected(events)
        assert on_the_wire(read[0])["kind"] == "threats"
        assert read[1] == events[1]
        assert on_the_wire(events[0])["kind"] == "violence"

    def test_takes_in_two_corrections_of_different_fields(self) -> None:
        read = reading(
            incident_reported(),
            correction("e-1", "kind", "violence", "threats"),
            correction("e-1", "narrative", None, "He shouted."),
        )
        assert (read["e-1"]["kind"], read["e-1"]["narrative"]) == ("threats", "He shouted.")

    def test_of_two_corrections_of_one_field_the_later_holds(self) -> None:
        read = reading(
            incident_reported(),
            correction("e-1", "kind", "violence", "threats"),
            correction("e-1", "kind", "threats", "harassment"),
        )
        assert read["e-1"]["kind"] == "harassment"

    def test_a_correction_of_a_correction_changes_what_it_says(self) -> None:
        read = reading(
            incident_reported(),
            correction("e-1", "kind", "violence", "threats"),
            correction("e-2", "now", "threats", "harassment"),
        )
        assert read["e-1"]["kind"] == "harassment"
        assert read["e-2"]["now"] == "harassment"

    def test_a_chain_of_corrections_is_read_to_its_end(self) -> None:
        read = reading(
            incident_reported(),
            correction("e-1", "kind", "violence", "threats"),
            correction("e-2", "now", "threats", "harassment"),
            correction("e-3", "now", "harassment", "noise"),
        )
        assert read["e-1"]["kind"] == "noise"

    def test_a_correction_may_turn_out_to_be_of_another_field(self) -> None:
        read = reading(
            incident_reported(narrative="threats"),
            correction("e-1", "kind", "violence", "threats"),
            correction("e-2", "field", "kind", "narrative"),
        )
        assert (read["e-1"]["kind"], read["e-1"]["narrative"]) == ("violence", "threats")

    def test_a_correction_never_turns_out_to_be_of_what_identifies_an_event(self) -> None:
        read = reading(
            incident_reported(),
            correction("e-1", "narrative", None, "asb:2024-9999"),
            correction("e-2", "field", "narrative", "case_ref"),
        )
        assert read["e-1"]["case_ref"] == CASE_REF

    def test_a_correction_that_came_before_its_target_was_known_changes_nothing_else(self) -> None:
        events = tell(incident_reported(), correction("e-9", "kind", "violence", "threats"))
        assert corrected(events) == events

    def test_a_correction_whose_value_no_longer_fits_changes_nothing(self) -> None:
        read = reading(
            concern_raised(),
            correction("e-1", "severity", None, "low"),
            correction("e-2", "now", "low", "dreadful"),
        )
        assert read["e-1"]["severity"] is None

    def test_times_and_parts_can_be_corrected(self) -> None:
        was = on_the_wire(tell(incident_reported())[0])["actor"]
        now = {**was, "id": "staff:9", "role": "Neighbourhood officer"}
        read = reading(
            incident_reported("2024-03-01"),
            correction("e-1", "occurred_at", "2024-03-01T09:00:00Z", "2024-02-01T09:00:00Z"),
            correction("e-1", "actor", was, now),
        )
        assert read["e-1"]["occurred_at"] == "2024-02-01T09:00:00Z"
        assert read["e-1"]["actor"] == now


class TestFitting:
    def test_was_may_be_written_otherwise_than_it_is_kept(self) -> None:
        event = fitted(
            incident_reported("2024-07-01 12:00"),
            "occurred_at",
            was="2024-07-01T12:00:00.000+01:00",
            now="2024-07-01T13:00:00Z",
        )
        assert on_the_wire(event)["occurred_at"] == "2024-07-01T13:00:00Z"

    def test_a_field_is_named_as_on_the_wire(self) -> None:
        event = fitted(reclassified(), "from", was="asb", now="welfare")
        assert isinstance(event, Reclassified)
        assert event.from_ == "welfare"
        with pytest.raises(NotCorrectable, match="no field 'from_'"):
            fitted(reclassified(), "from_", was="asb", now="welfare")

    def test_an_absent_value_was_null(self) -> None:
        event = fitted(incident_reported(), "category", was=None, now="asb")
        assert isinstance(event, IncidentReported)
        assert event.category == "asb"

    def test_a_value_can_be_taken_away(self) -> None:
        event = fitted(concern_raised(strands=("adult",)), "strands", was=["adult"], now=[])
        assert isinstance(event, ConcernRaised)
        assert event.strands == ()

    @pytest.mark.parametrize("was", ["threats", None, 7, "no such kind"])
    def test_refuses_a_was_that_is_not_what_the_field_holds(self, was: object) -> None:
        with pytest.raises(NotCorrectable) as refused:
            fitted(incident_reported(), "kind", was=was, now="noise")
        assert "kind" in str(refused.value)
        assert str(was) not in str(refused.value)

    @pytest.mark.parametrize("now", ["no such kind", None, 7, ["noise"]])
    def test_refuses_a_value_that_the_field_cannot_hold(self, now: object) -> None:
        with pytest.raises(NotCorrectable, match="kind cannot hold the value given"):
            fitted(incident_reported(), "kind", was="violence", now=now)

    @pytest.mark.parametrize(
        ("target", "field", "was", "now"),
        [
            (referral_sent(), "consent_ref", the("consent"), None),
            (action_agreed(), "due", "2024-12-31", "2020-01-01"),
            (vulnerability_recorded(), "sensitivity", "restricted", "standard"),
            (incident_reported(), "occurred_precision", "instant", "range"),
        ],
    )
    def test_refuses_what_would_break_a_rule_of_the_event(
        self, target: Told, field: str, was: object, now: object
    ) -> None:
        with pytest.raises(NotCorrectable, match="cannot hold"):
            fitted(target, field, was=was, now=now)

    @pytest.mark.parametrize(
        "field",
        [
            "event_id",
            "case_id",
            "case_ref",
            "version",
            "schema_version",
            "recorded_at",
            "source",
            "source_event_id",
            "shoe_size",
            "new_due",
        ],
    )
    def test_refuses_a_field_that_is_not_correctable(self, field: str) -> None:
        event = tell(incident_reported())[0]
        was = on_the_wire(event).get(field)
        with pytest.raises(NotCorrectable, match=f"no field '{field}' that can be corrected"):
            fitted(incident_reported(), field, was=was, now=was)

    def test_refuses_to_point_a_correction_at_another_event(self) -> None:
        first = correction("e-0", "kind", "violence", "threats")
        with pytest.raises(NotCorrectable, match="no field 'target'"):
            fitted(first, "target", was=the("e-0"), now=the("e-7"))


@pytest.mark.parametrize(
    ("field", "headline"),
    [
        ("source_of_risk", "Correction of source of risk in an earlier event"),
        ("now", "Correction of an earlier correction"),
        ("was", "Correction of an earlier correction"),
    ],
)
def test_says_what_it_corrects(field: str, headline: str) -> None:
    assert tell(correction("target", field, "x", "y"))[0].headline() == headline


@pytest.mark.parametrize("event_type", EVENT_TYPES.values())
def test_all_that_an_event_says_of_its_own_is_correctable(event_type: type[CaseEvent]) -> None:
    own = set(event_type.model_fields) - set(CaseEvent.model_fields)
    said = {event_type.model_fields[name].alias or name for name in own} - {"target"}
    times = {"occurred_at", "occurred_precision", "occurred_to", "known_at"}
    assert correctable_fields(event_type) >= said | times


def test_a_vulnerability_stays_restricted_through_corrections() -> None:
    event = fitted(vulnerability_recorded(), "sensitivity", was="restricted", now="sealed")
    assert isinstance(event, VulnerabilityRecorded)
    assert event.sensitivity == "sealed"
