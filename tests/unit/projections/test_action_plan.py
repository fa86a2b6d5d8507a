"""The action plan of a case."""

from datetime import date

import pytest

from projections.action_plan import action_plan, is_overdue
from tests.support.stories import (
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    action_progressed,
    action_reopened,
    action_rescheduled,
    case_closed,
    event_corrected,
    given,
    the,
)

AGREED = action_agreed("2024-03-05", ref="agreed", due="2024-04-30")


def test_an_action_is_listed_as_agreed() -> None:
    given(
        action_agreed(
            "2024-03-05",
            action_id="A7",
            text="Take legal advice.",
            kind="legal-advice",
            owner_org="Borough council",
            owner="staff:90",
            due="2024-04-30",
            safety=True,
            origin="meeting",
            origin_ref="M1",
        )
    ).then(action_plan).at("A7").has(
        text="Take legal advice.",
        kind="legal-advice",
        owner_org="Borough council",
        owner="staff:90",
        first_due="2024-04-30",
        due="2024-04-30",
        due_set_at="2024-03-05",
        safety=True,
        origin="meeting",
        origin_ref="M1",
        status="agreed",
        agreed_at="2024-03-05",
        reschedules=0,
        carried_over=False,
    )


def test_an_action_may_say_whom_it_looks_at_and_what_it_costs() -> None:
    scope = ("staff", "tenants", "agencies")
    given(action_agreed(kind="impact-assessment", scope=scope, cost_pence=25_000)).then(
        action_plan
    ).has(kind="impact-assessment", scope=scope, cost_pence=25_000)
    given(action_agreed()).then(action_plan).has(scope=(), cost_pence=None)


def test_each_action_has_its_own_row() -> None:
    seen = given(
        action_agreed(action_id="A1"), action_agreed(action_id="A2"), action_completed()
    ).then(action_plan)
    seen.has_rows("A1", "A2")
    seen.at("A1").has(status="completed")
    seen.at("A2").has(status="agreed")


def test_progress_keeps_the_latest_note() -> None:
    given(
        AGREED,
        action_progressed("2024-03-20", note="Out for comment."),
        action_progressed("2024-03-10", note="Started."),
    ).then(action_plan).has(
        status="in-progress", last_note="Out for comment.", last_note_at="2024-03-20"
    )


def test_rescheduling_keeps_the_first_due_day_and_counts() -> None:
    given(
        AGREED,
        action_rescheduled("2024-04-20", new_due="2024-06-30"),
        action_rescheduled("2024-04-10", new_due="2024-05-31"),
    ).then(action_plan).has(
        first_due="2024-04-30", due="2024-06-30", due_set_at="2024-04-20", reschedules=2
    )


def test_completion_keeps_what_came_of_it() -> None:
    given(
        AGREED,
        action_progressed(),
        action_completed("2024-04-02", findings="F", evidence_note="E", impact="I"),
    ).then(action_plan).has(
        status="completed",
        completed_at="2024-04-02",
        findings="F",
        evidence_note="E",
        impact="I",
        cancelled_at=None,
    )


def test_cancellation_keeps_its_reason() -> None:
    given(AGREED, action_cancelled("2024-04-02", reason="reclassified", note="N")).then(
        action_plan
    ).has(
        status="cancelled",
        cancelled_at="2024-04-02",
        cancellation_reason="reclassified",
        cancellation_note="N",
        completed_at=None,
    )


def test_a_note_that_arrives_after_the_end_does_not_open_the_action_again() -> None:
    given(AGREED, action_completed("2024-04-02"), action_progressed("2024-04-01")).then(
        action_plan
    ).has(status="completed", last_note="A draft is with the team.")


def test_closing_the_case_carries_over_what_it_names() -> None:
    seen = given(
        action_agreed(action_id="A1"),
        action_agreed(action_id="A2"),
        case_closed(residual_actions=("A2", "A9")),
    ).then(action_plan)
    seen.has_rows("A1", "A2")
    seen.at("A1").has(carried_over=False)
    seen.at("A2").has(carried_over=True, status="agreed")


@pytest.mark.parametrize(
    "told",
    [
        action_progressed(),
        action_rescheduled(),
        action_completed(),
        action_cancelled(),
        action_reopened(),
    ],
)
def test_nothing_is_listed_of_an_action_whose_agreement_is_not_in_view(told: Told) -> None:
    given(told).then(action_plan).has_rows()


@pytest.mark.parametrize(
    ("story", "today", "overdue"),
    [
        ([AGREED], "2024-04-30", False),
        ([AGREED], "2024-05-01", True),
        ([AGREED, action_progressed()], "2024-05-01", True),
        ([AGREED, action_rescheduled(new_due="2024-06-30")], "2024-05-01", False),
        ([AGREED, action_completed()], "2024-05-01", False),
        ([AGREED, action_cancelled()], "2024-05-01", False),
    ],
)
def test_an_open_action_is_overdue_from_the_day_after_it_is_due(
    story: list[Told], today: str, overdue: bool
) -> None:
    row = given(*story).then(action_plan).row
    assert is_overdue(row, date.fromisoformat(today)) is overdue


class TestCorrections:
    CORRECTED = event_corrected(
        "2024-03-10",
        ref="correction",
        target=the("agreed"),
        field="due",
        was="2024-04-30",
        now="2024-05-30",
    )
    AGAIN = event_corrected(
        "2024-03-20", target=the("correction"), field="now", was="2024-05-30", now="2024-05-31"
    )

    def test_a_corrected_due_day_is_due(self) -> None:
        given(AGREED, self.CORRECTED).then(action_plan).has(
            due="2024-05-30", first_due="2024-05-30", reschedules=0
        )

    def test_a_corrected_correction_too(self) -> None:
        given(AGREED, self.CORRECTED, self.AGAIN).then(action_plan).has(due="2024-05-31")

    @pytest.mark.parametrize(
        ("known_on", "due"),
        [("2024-03-09", "2024-04-30"), ("2024-03-19", "2024-05-30"), ("2024-03-20", "2024-05-31")],
    )
    def test_each_day_sees_the_corrections_known_by_then(self, known_on: str, due: str) -> None:
        given(AGREED, self.CORRECTED, self.AGAIN).when_seen(known_on=known_on).then(
            action_plan
        ).has(due=due)

    def test_rescheduling_goes_on_from_the_corrected_day(self) -> None:
        given(AGREED, action_rescheduled(new_due="2024-06-30"), self.CORRECTED).then(
            action_plan
        ).has(first_due="2024-05-30", due="2024-06-30", reschedules=1)


class TestOpenedAgain:
    DONE = action_completed("2024-03-10", findings="F", evidence_note="E", impact="I")
    AGAIN = action_reopened("2024-03-12", reason="Only half was done.")
    DROPPED = action_cancelled("2024-03-14", reason="superseded", note="N")

    def test_it_is_open_and_tells_no_end(self) -> None:
        given(AGREED, self.DONE, self.AGAIN).then(action_plan).has(
            status="agreed",
            completed_at=None,
            findings=None,
            evidence_note=None,
            impact=None,
            reopenings=1,
            reopened_at="2024-03-12",
            reopened_reason="Only half was done.",
            due="2024-04-30",
        )

    def test_what_was_begun_is_in_progress(self) -> None:
        given(AGREED, action_progressed(), self.DONE, self.AGAIN).then(action_plan).has(
            status="in-progress"
        )

    def test_it_ends_again(self) -> None:
        given(AGREED, self.DONE, self.AGAIN, self.DROPPED).then(action_plan).has(
            status="cancelled",
            cancelled_at="2024-03-14",
            cancellation_reason="superseded",
            completed_at=None,
            findings=None,
            reopenings=1,
        )

    @pytest.mark.parametrize(
        "story",
        [(DONE, AGAIN, DROPPED), (DROPPED, AGAIN, DONE), (DONE, DROPPED, AGAIN)],
    )
    def test_what_happened_last_holds_whenever_it_arrives(self, story: tuple[Told, ...]) -> None:
        given(AGREED, *story).then(action_plan).has(
            status="cancelled", cancelled_at="2024-03-14", completed_at=None, reopenings=1
        )

    def test_it_may_be_due_on_another_day(self) -> None:
        with_day = action_reopened("2024-03-12", new_due="2024-06-30")
        given(AGREED, self.DONE, with_day).then(action_plan).has(
            due="2024-06-30", due_set_at="2024-03-12", first_due="2024-04-30", reschedules=0
        )
        since = action_rescheduled("2024-03-13", new_due="2024-07-31")
        given(AGREED, since, self.DONE, with_day).then(action_plan).has(due="2024-07-31")

    def test_it_is_overdue_like_any_other(self) -> None:
        row = given(AGREED, self.DONE, self.AGAIN).then(action_plan).row
        assert is_overdue(row, date(2024, 5, 1))

    def test_on_a_day_before_it_reads_as_done(self) -> None:
        case = given(AGREED, self.DONE, self.AGAIN)
        case.when_seen(known_on="2024-03-11").then(action_plan).has(
            status="completed", findings="F", reopenings=0
        )
