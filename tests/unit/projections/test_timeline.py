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
    event_redacted,
    given,
    id_of,
    incident_reported,
    information_received,
    meeting_held,
    person_data_erased,
    rectification_disputed,
    risk_assessed,
    source_of,
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
    it = id_of("it", source_of(EVENT_TYPES[name]))
    given(*story).then(timeline).at(it).has(type=name)


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
        agreed.has(
            corrections=(
                {
                    "was": '"2024-04-30"',
                    "now": '"2024-05-31"',
                    "by": "staff:7",
                    "known_at": "2024-03-10",
                    "corrections": (
                        {
                            "event_id": id_of("again"),
                            "field": "now",
                            "was": '"2024-05-30"',
                            "now": '"2024-05-31"',
                            "reason": "It was entered wrongly.",
                            "by": "staff:12",
                            "known_at": "2024-03-20",
                            "corrections": (),
                        },
                    ),
                },
            )
        )
        seen.at(id_of("correction")).has(
            corrections=({"was": '"2024-05-30"', "now": '"2024-05-31"'},)
        )

    def test_a_chain_of_any_length_stands_whole_in_the_entry_it_corrects(self) -> None:
        third = event_corrected(
            "2024-03-25",
            ref="third",
            target=the("again"),
            field="now",
            was="2024-05-31",
            now="2024-06-01",
        )
        seen = given(self.FIRST, self.CORRECTED, self.AGAIN, third).then(timeline)
        agreed = seen.at(id_of("agreed")).row
        assert agreed.headline.endswith("due 2024-06-01")
        first = agreed.corrections[0]
        second = first.corrections[0]
        stages = (first, second, *second.corrections)
        assert [stage.event_id for stage in stages] == [
            id_of(ref) for ref in ("correction", "again", "third")
        ]
        assert [stage.was for stage in stages] == [
            '"2024-04-30"',
            '"2024-05-30"',
            '"2024-05-31"',
        ]

    def test_a_chain_is_as_long_as_was_known(self) -> None:
        story = given(self.FIRST, self.CORRECTED, self.AGAIN)
        seen = story.when_seen(known_on="2024-03-19").then(timeline)
        seen.at(id_of("agreed")).has(corrections=({"now": '"2024-05-30"', "corrections": ()},))

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


class TestDisputes:
    INCIDENT = incident_reported("2024-03-05", ref="disputed", account="He shouted.")
    DISPUTED = rectification_disputed("2024-04-02", ref="dispute", field="account")

    def test_a_disputed_fact_stays_and_carries_the_statement_of_disagreement(self) -> None:
        seen = given(self.INCIDENT, self.DISPUTED).then(timeline)
        seen.at(id_of("disputed")).has(
            narrative="He shouted.",
            disputes=(
                {
                    "event_id": id_of("dispute"),
                    "field": "account",
                    "statement": "I shouted for help.",
                    "by": TENANT,
                    "at": "2024-04-02",
                },
            ),
        )
        seen.at(id_of("dispute")).has(narrative="I shouted for help.", disputes=())

    def test_several_stand_in_the_order_of_recording(self) -> None:
        again = rectification_disputed(statement="I was not there.", by=NEIGHBOUR)
        seen = given(self.INCIDENT, self.DISPUTED, again).then(timeline)
        seen.at(id_of("disputed")).has(disputes=({"by": TENANT}, {"by": NEIGHBOUR}))

    def test_one_is_not_there_before_it_was_known(self) -> None:
        seen = given(self.INCIDENT, self.DISPUTED).when_seen(known_on="2024-04-01")
        seen.then(timeline).has(disputes=())

    def test_a_corrected_statement_is_carried_as_corrected(self) -> None:
        fixed = event_corrected(
            target=the("dispute"),
            field="statement",
            was="I shouted for help.",
            now="I called for help.",
        )
        seen = given(self.INCIDENT, self.DISPUTED, fixed).then(timeline)
        seen.at(id_of("disputed")).has(disputes=({"statement": "I called for help."},))

    def test_one_whose_target_is_not_in_view_stands_alone(self) -> None:
        given(self.DISPUTED).then(timeline).has(type="RectificationDisputed", disputes=())


class TestRedactions:
    INCIDENT = incident_reported("2024-03-05", ref="wrong", account="Another man's health.")
    CORRECTED = event_corrected(
        "2024-03-10",
        ref="correction",
        target=the("wrong"),
        field="account",
        was="Another man's health.",
        now="His health.",
    )
    AGAIN = event_corrected(
        "2024-03-11", target=the("correction"), field="now", was="His health.", now="Health."
    )
    REDACTED = event_redacted("2024-04-02", ref="redaction")

    def test_mark_an_entry_and_take_its_text_away(self) -> None:
        seen = given(self.INCIDENT, self.REDACTED).then(timeline)
        seen.at(id_of("wrong")).has(
            headline="Incident reported: violence",
            narrative=None,
            redacted={
                "event_id": id_of("redaction"),
                "lawful_reason": "wrong-record",
                "approvals": ("staff:dpo", "staff:director"),
                "at": "2024-04-02",
            },
        )
        seen.at(id_of("redaction")).has(redacted=None)

    def test_count_from_the_earliest_decision_whichever_was_recorded_first(self) -> None:
        earlier = event_redacted("2024-04-01", ref="earlier")
        for decided in ((earlier, self.REDACTED), (self.REDACTED, earlier)):
            seen = given(self.INCIDENT, *decided).then(timeline)
            seen.at(id_of("wrong")).has(redacted={"event_id": id_of("earlier")})

    def test_take_away_what_stood_there_before_corrections_too(self) -> None:
        gone = {"was": '"[redacted]"', "now": '"[redacted]"'}
        for story in (
            (self.INCIDENT, self.CORRECTED, self.AGAIN, self.REDACTED),
            (self.INCIDENT, self.REDACTED, self.CORRECTED, self.AGAIN),
        ):
            seen = given(*story).then(timeline)
            seen.at(id_of("wrong")).has(
                narrative=None, corrections=({**gone, "corrections": (gone,)},)
            )

    def test_of_a_statement_of_disagreement_take_its_words_away(self) -> None:
        disputed = rectification_disputed(ref="dispute", target=the("wrong"))
        redacted = event_redacted(target=the("dispute"))
        seen = given(self.INCIDENT, disputed, redacted).then(timeline)
        seen.at(id_of("wrong")).has(
            narrative="Another man's health.", disputes=({"by": TENANT, "statement": None},)
        )

    def test_of_a_correction_take_its_values_away_wherever_they_stand(self) -> None:
        redacted = event_redacted(target=the("correction"))
        seen = given(self.INCIDENT, self.CORRECTED, self.AGAIN, redacted).then(timeline)
        gone = {"was": '"[redacted]"', "now": '"[redacted]"'}
        seen.at(id_of("wrong")).has(
            narrative="Health.", corrections=({**gone, "corrections": (gone,)},)
        )
        seen.at(id_of("correction")).has(narrative=None, corrections=(gone,))

    def test_are_not_there_before_they_were_known(self) -> None:
        seen = given(self.INCIDENT, self.REDACTED).when_seen(known_on="2024-04-01")
        seen.then(timeline).has(redacted=None, narrative="Another man's health.")

    def test_of_a_persons_data_stand_in_the_timeline_themselves(self) -> None:
        given(person_data_erased(ref="erased")).then(timeline).at(id_of("erased")).has(
            headline="Personal data of one person erased: retention period ended",
            persons=(TENANT,),
        )


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
