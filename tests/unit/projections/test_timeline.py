"""The timeline of a case."""

from datetime import timedelta

import pytest

from domain.events.registry import EVENT_TYPES
from projections.timeline import display_order, timeline
from tests.support.stories import (
    NEIGHBOUR,
    TELLERS,
    TENANT,
    Told,
    action_agreed,
    action_completed,
    case_allocated,
    concern_raised,
    event_corrected,
    given,
    id_of,
    incident_reported,
    information_received,
    meeting_held,
    risk_assessed,
    tell,
    the,
    warning_issued,
)


def test_an_entry_says_what_happened_with_its_three_times_and_who_said_so() -> None:
    given(
        incident_reported(
            "2024-03-01",
            known="2024-03-02",
            recorded="2024-03-04",
            ref="asb-77",
            category="asb",
            account="Three men at the door.",
            occurred_precision="day",
            subjects=({"person": TENANT, "role": "alleged-perpetrator"},),
            sensitivity="restricted",
            correlation_id="call-9",
            causation_id="call-8",
        )
    ).then(timeline).at(id_of("asb-77")).has(
        version=1,
        type="IncidentReported",
        headline="Incident reported: violence, recorded as antisocial behaviour",
        narrative="Three men at the door.",
        occurred_at="2024-03-01",
        occurred_precision="day",
        occurred_to=None,
        known_at="2024-03-02",
        recorded_at="2024-03-04",
        late_by=timedelta(days=1),
        actor_id="staff:12",
        actor_role="Housing officer",
        actor_organisation="Cromwood Homes",
        source="urn:cromwood:asb",
        source_event_id="asb-77",
        sensitivity="restricted",
        subjects=({"person": TENANT, "role": "alleged-perpetrator"},),
        correlation_id="call-9",
        causation_id="call-8",
        corrections=(),
    )


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (incident_reported(account="Account", narrative="Envelope"), "Account"),
        (incident_reported(narrative="Envelope"), "Envelope"),
        (incident_reported(), None),
        (information_received(topic="Topic", narrative="What they said"), "What they said"),
        (information_received(topic="Topic"), "Topic"),
        (warning_issued(ground="Ground"), "Ground"),
        (meeting_held(risks_agreed="Risks"), "Risks"),
        (action_completed(findings=None, impact="Impact"), "Impact"),
        (case_allocated(narrative="Envelope"), "Envelope"),
    ],
)
def test_the_text_shown_is_the_first_there_is(told: Told, text: str | None) -> None:
    given(told).then(timeline).has(narrative=text)


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_every_type_of_event_has_its_entry(name: str) -> None:
    story = (incident_reported(), TELLERS[EVENT_TYPES[name]](ref="it"))
    given(*story).then(timeline).at(id_of("it")).has(type=name)


def test_texts_are_looked_for_in_fields_that_exist() -> None:
    for event_type in EVENT_TYPES.values():
        assert set(event_type.ACCOUNT) <= set(event_type.model_fields), event_type


class TestCorrections:
    FIRST = action_agreed("2024-03-05", ref="agreed", due="2024-04-30")
    CORRECTED = event_corrected(
        "2024-03-10",
        ref="correction",
        target=the("agreed"),
        field="due",
        was="2024-04-30",
        now="2024-05-30",
        reason="Read out wrongly.",
        by="staff:7",
    )
    AGAIN = event_corrected(
        "2024-03-20",
        ref="again",
        target=the("correction"),
        field="now",
        was="2024-05-30",
        now="2024-05-31",
    )

    def test_an_entry_reads_as_corrected_beside_what_stood_there_before(self) -> None:
        seen = given(self.FIRST, self.CORRECTED).then(timeline)
        entry = seen.at(id_of("agreed"))
        assert entry.row.headline.endswith("due 2024-05-30")
        entry.has(
            corrections=(
                {
                    "event_id": id_of("correction"),
                    "field": "due",
                    "was": '"2024-04-30"',
                    "now": '"2024-05-30"',
                    "reason": "Read out wrongly.",
                    "by": "staff:7",
                    "known_at": "2024-03-10",
                },
            )
        )
        seen.at(id_of("correction")).has(narrative="Read out wrongly.", corrections=())

    def test_a_correction_can_itself_be_corrected(self) -> None:
        seen = given(self.FIRST, self.CORRECTED, self.AGAIN).then(timeline)
        seen.has_rows(*(str(id_of(ref)) for ref in ("agreed", "correction", "again")))
        agreed = seen.at(id_of("agreed"))
        assert agreed.row.headline.endswith("due 2024-05-31")
        agreed.has(corrections=({"was": '"2024-04-30"', "now": '"2024-05-31"'},))
        seen.at(id_of("correction")).has(
            corrections=({"was": '"2024-05-30"', "now": '"2024-05-31"'},)
        )

    def test_an_entry_reads_as_before_on_the_days_before_it_was_corrected(self) -> None:
        seen = given(self.FIRST, self.CORRECTED).when_seen(known_on="2024-03-09").then(timeline)
        assert seen.row.headline.endswith("due 2024-04-30")
        seen.has(corrections=())

    def test_a_correction_whose_target_is_not_in_view_stands_alone(self) -> None:
        given(self.CORRECTED).then(timeline).has(type="EventCorrected", corrections=())

    def test_a_corrected_moment_moves_the_entry(self) -> None:
        seen = given(
            incident_reported("2024-03-05", ref="incident"),
            concern_raised("2024-03-03", ref="concern"),
            event_corrected(
                "2024-03-10",
                ref="correction",
                target=the("incident"),
                field="occurred_at",
                was="2024-03-05T09:00:00Z",
                now="2024-03-01T09:00:00Z",
            ),
        ).then(timeline)
        order = [row.source_event_id for row in display_order(seen.rows.values())]
        assert order == ["incident", "concern", "correction"]


class TestDisplayOrder:
    def test_is_by_when_things_happened_not_by_when_they_were_recorded(self) -> None:
        seen = given(
            incident_reported("2024-03-05"),
            concern_raised("2024-03-01"),
            case_allocated("2024-03-03"),
        ).then(timeline)
        assert [row.version for row in display_order(seen.rows.values())] == [2, 3, 1]

    def test_of_periods_that_begin_together_the_wider_comes_first(self) -> None:
        widest_first = ["year", "month", "range", "approximate", "day", "instant"]
        begin = "2024-01-01 00:00"
        story = [
            incident_reported(
                begin,
                occurred_precision=precision,
                occurred_to="2024-01-02T00:00:00Z" if precision == "range" else None,
            )
            for precision in reversed(widest_first)
        ]
        rows = given(*story).then(timeline).rows.values()
        assert [row.occurred_precision for row in display_order(rows)] == widest_first

    def test_ties_are_kept_in_the_order_of_recording(self) -> None:
        same = [incident_reported("2024-03-01") for _ in range(3)]
        rows = reversed(timeline.fold(tell(*same)))
        assert [row.version for row in display_order(rows)] == [1, 2, 3]


def test_everyone_an_event_is_about_or_names_is_told() -> None:
    seen = given(incident_reported(), risk_assessed(person=NEIGHBOUR)).then(timeline)
    assert [row.persons for row in seen.rows.values()] == [(), (NEIGHBOUR,)]
