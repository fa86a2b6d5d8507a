"""The meetings of a case."""

import pytest

from projections.meetings import meetings
from tests.support.stories import given, meeting_convened, meeting_held

POLICE = {"agency": "police", "role": "Detective sergeant", "attendance": "attended"}
GP = {"agency": "gp", "role": "Practice manager", "attendance": "apologies"}


def test_a_meeting_is_called() -> None:
    given(
        meeting_convened(
            "2024-03-08",
            meeting_id="M7",
            forum="marac",
            at="2024-03-20T09:00:00Z",
            convenor="police",
            housing_invited="invited-late",
            invite_basis="referrer",
            invite_received_at="2024-03-18T09:00:00Z",
        )
    ).then(meetings).at("M7").has(
        forum="marac",
        status="convened",
        convened_at="2024-03-08",
        scheduled_for="2024-03-20",
        convenor="police",
        invite_state="invited-late",
        invite_basis="referrer",
        invite_received_at="2024-03-18",
        invite_notice_days=2,
        held_at=None,
        attendees=(),
        new_information=False,
    )


def test_a_meeting_is_held_and_tells_how_the_invitation_turned_out() -> None:
    given(
        meeting_convened("2024-03-08", convenor="police", housing_invited="not-invited"),
        meeting_held(
            "2024-03-21",
            attendees=(POLICE, GP),
            invite_state="asked-to-leave",
            new_information="They had been there before.",
            plan_ref="P1",
            minutes_received_at="2024-04-02T08:00:00Z",
        ),
    ).then(meetings).has(
        status="held",
        convened_at="2024-03-08",
        convenor="police",
        invite_state="asked-to-leave",
        held_at="2024-03-21",
        attendees=(POLICE, GP),
        new_information=True,
        plan_ref="P1",
        minutes_received_at="2024-04-02 09:00",
    )


def test_a_meeting_may_be_known_only_from_having_been_held() -> None:
    given(meeting_held("2024-03-21", known="2024-04-15", invite_state="not-invited")).then(
        meetings
    ).has(
        status="held",
        invite_state="not-invited",
        convened_at=None,
        scheduled_for=None,
        convenor=None,
        invite_notice_days=None,
        new_information=False,
    )


def test_learning_late_how_it_was_called_does_not_undo_that_it_was_held() -> None:
    given(
        meeting_held("2024-03-21", forum="strategy", invite_state="not-invited"),
        meeting_convened(
            "2024-03-08", forum="professionals", housing_invited="unknown", convenor="gp"
        ),
    ).then(meetings).has(
        status="held",
        forum="strategy",
        invite_state="not-invited",
        held_at="2024-03-21",
        convened_at="2024-03-08",
        convenor="gp",
    )


@pytest.mark.parametrize(
    ("invited", "held", "notice"),
    [
        ("2024-03-10T10:00:00Z", "2024-03-20 09:00", 10),
        ("2024-03-20T08:00:00Z", "2024-03-20 09:00", 0),
        ("2024-03-22T08:00:00Z", "2024-03-20 09:00", -2),
        ("2024-03-31T23:30:00Z", "2024-04-01 09:00", 0),
        (None, "2024-03-20 09:00", None),
    ],
)
def test_notice_is_counted_in_days_in_england_to_the_day_it_was_held(
    invited: str | None, held: str, notice: int | None
) -> None:
    given(
        meeting_convened("2024-03-01", at="2024-03-15T10:00:00Z", invite_received_at=invited),
        meeting_held(held),
    ).then(meetings).has(invite_notice_days=notice)


def test_before_it_was_held_it_reads_as_called() -> None:
    case = given(
        meeting_convened("2024-03-08", housing_invited="invited-in-time"),
        meeting_held("2024-03-20", invite_state="asked-to-leave"),
    )
    case.when_seen(known_on="2024-03-19").then(meetings).has(
        status="convened", invite_state="invited-in-time", held_at=None
    )
