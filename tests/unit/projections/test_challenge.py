"""The barrier log and the escalation log."""

import pytest

from projections.barriers import BarrierRow, barriers
from projections.escalations import escalations
from tests.support.stories import (
    barrier_encountered,
    case_opened,
    escalation_raised,
    escalation_responded,
    event_corrected,
    given,
    id_of,
    incident_reported,
    the,
)

AUTHORITY = "authority:E09000001"


class TestBarriers:
    def test_a_barrier_says_what_lay_where_and_when(self) -> None:
        given(
            case_opened("2024-03-01"),
            barrier_encountered(
                "2024-05-20",
                known="2024-05-21",
                ref="it",
                code="previous-response",
                agency="adult-social-care",
                earlier_referral="R-2023-9",
                narrative="The worker said so.",
            ),
        ).then(barriers).at(id_of("it")).has(
            code="previous-response",
            in_aggregate_only=False,
            agency="adult-social-care",
            authority="E09000001",
            quarter="2024-04-01",
            occurred_at="2024-05-20",
            known_at="2024-05-21",
            earlier_referral="R-2023-9",
            sensitivity="standard",
        )

    def test_what_was_written_of_it_is_not_in_the_log(self) -> None:
        columns = BarrierRow.model_fields
        assert not {"narrative", "account", "headline", "recorded_by", "persons"} & set(columns)

    def test_an_attitude_is_told_without_anything_that_leads_to_a_worker(self) -> None:
        given(
            barrier_encountered(
                "2024-03-31 23:30",
                ref="it",
                code="attitude",
                agency="police",
                earlier_referral="R1",
                narrative="Sergeant so-and-so laughed.",
            )
        ).then(barriers).at(id_of("it")).has(
            code="attitude",
            in_aggregate_only=True,
            agency="police",
            quarter="2024-01-01",
            occurred_at=None,
            known_at=None,
            earlier_referral=None,
        )

    @pytest.mark.parametrize(
        ("day", "quarter"),
        [
            ("2024-03-31 23:59", "2024-01-01"),
            ("2024-04-01 00:10", "2024-04-01"),
            ("2024-09-30", "2024-07-01"),
            ("2024-12-31 23:59", "2024-10-01"),
        ],
    )
    def test_quarters_are_of_the_calendar_year_in_england(self, day: str, quarter: str) -> None:
        given(barrier_encountered(day, ref="it")).then(barriers).has(quarter=quarter)

    def test_one_may_lie_on_the_file_of_an_authority(self) -> None:
        given(barrier_encountered(code="multi-authority"), stream=AUTHORITY).then(barriers).has(
            authority="E09000001", agency=None
        )

    def test_without_a_formal_opening_the_authority_is_not_known(self) -> None:
        seen = given(incident_reported(), barrier_encountered(ref="it")).then(barriers)
        seen.has(authority=None)

    def test_one_known_late_is_not_there_before(self) -> None:
        story = given(
            incident_reported("2024-03-01"), barrier_encountered("2024-03-02", known="2024-03-09")
        )
        story.when_seen(known_on="2024-03-08").then(barriers).has_rows()

    def test_one_corrected_to_an_attitude_loses_its_particulars(self) -> None:
        given(
            barrier_encountered("2024-03-02", ref="it", earlier_referral="R1"),
            event_corrected(target=the("it"), field="code", was="threshold", now="attitude"),
        ).then(barriers).has(code="attitude", earlier_referral=None, occurred_at=None)


class TestEscalations:
    RAISED = escalation_raised("2024-03-20", ref="raised", response_due="2024-03-25")

    def test_a_stage_says_what_is_challenged_and_when_an_answer_is_due(self) -> None:
        given(self.RAISED.but(agency="adult-social-care", case_put="He meets it.")).then(
            escalations
        ).at("E1").has(
            about="referral",
            about_ref="R1",
            stage=1,
            ground="threshold",
            to="MASH team manager",
            agency="adult-social-care",
            immediate_danger=False,
            case_put="He meets it.",
            raised_at="2024-03-20",
            known_at="2024-03-20",
            response_due="2024-03-25",
            responded_at=None,
            days_late=None,
            outcome=None,
            resolved=None,
        )

    def test_an_answer_says_what_came_of_it_and_how_late(self) -> None:
        given(
            self.RAISED, escalation_responded("2024-03-27", outcome="changed", resolved=True)
        ).then(escalations).at("E1").has(
            responded_at="2024-03-27",
            days_to_response=7,
            days_late=2,
            outcome="changed",
            outcome_at="2024-03-27",
            resolved=True,
        )

    def test_the_first_answer_counts_and_the_last_word_holds_in_any_order(self) -> None:
        early = escalation_responded(
            "2024-03-22", outcome="explained", response="No.", sensitivity="restricted"
        )
        late = escalation_responded("2024-03-29", outcome="changed", resolved=True, response="Yes.")
        for answers in ((early, late), (late, early)):
            given(self.RAISED, *answers).then(escalations).at("E1").has(
                responded_at="2024-03-22",
                days_late=-3,
                outcome="changed",
                outcome_at="2024-03-29",
                response="Yes.",
                resolved=True,
                sensitivity="restricted",
            )

    def test_before_the_answer_was_known_there_was_none(self) -> None:
        story = given(self.RAISED, escalation_responded("2024-03-22", known="2024-04-02"))
        story.when_seen(known_on="2024-04-01").then(escalations).at("E1").has(resolved=None)

    def test_an_answer_whose_challenge_is_out_of_view_shows_nothing(self) -> None:
        given(escalation_responded()).then(escalations).has_rows()

    def test_stages_stand_side_by_side_also_on_the_file_of_an_authority(self) -> None:
        higher = escalation_raised(escalation_id="E2", stage=2)
        given(self.RAISED, higher, stream=AUTHORITY).then(escalations).has_rows("E1", "E2")

    def test_a_corrected_due_day_holds(self) -> None:
        given(
            self.RAISED,
            escalation_responded("2024-03-27"),
            event_corrected(
                target=the("raised"), field="response_due", was="2024-03-25", now="2024-03-28"
            ),
        ).then(escalations).at("E1").has(response_due="2024-03-28", days_late=-1)
