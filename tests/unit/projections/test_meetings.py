"""The meetings of a case."""

import pytest

from projections.meetings import meetings
from tests.support.stories import (
    Told,
    given,
    id_of,
    meeting_convened,
    meeting_held,
    meeting_missed,
    minutes_received,
)

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


class TestMinutes:
    HELD = meeting_held("2024-03-21", minutes_received_at=None)

    def test_come_later(self) -> None:
        given(self.HELD, minutes_received("2024-04-04", new_information="He was known.")).then(
            meetings
        ).has(minutes_received_at="2024-04-04", new_information=True, status="held")

    def test_the_first_to_come_count(self) -> None:
        given(self.HELD, minutes_received("2024-04-04"), minutes_received("2024-04-02")).then(
            meetings
        ).has(minutes_received_at="2024-04-02", new_information=False)

    def test_may_be_told_before_the_meeting_is(self) -> None:
        given(minutes_received("2024-04-04", new_information="N"), self.HELD).then(meetings).has(
            minutes_received_at="2024-04-04", new_information=True, held_at="2024-03-21"
        )

    def test_may_be_all_there_is(self) -> None:
        given(minutes_received("2024-04-04", meeting_id="M7")).then(meetings).at("M7").has(
            status="held",
            held_at=None,
            forum="unknown",
            invite_state="unknown",
            attendees=(),
            minutes_received_at="2024-04-04",
        )


class TestMissed:
    MISSED = meeting_missed(
        "2024-04-10",
        held_at="2024-03-20T10:00:00Z",
        how="told-by-person",
        forum="case-conference",
        convenor="gp",
        invite_state="asked-to-leave",
    )

    def test_it_was_held_without_housing(self) -> None:
        given(self.MISSED).then(meetings).at("M1").has(
            status="held",
            held_at="2024-03-20 10:00",
            forum="case-conference",
            convenor="gp",
            invite_state="asked-to-leave",
            missed_discovered_at="2024-04-10",
            missed_how="told-by-person",
            attendees=(),
        )

    def test_without_a_reference_it_is_listed_under_the_event_that_tells_of_it(self) -> None:
        unnamed = self.MISSED.but(meeting_id=None)
        seen = given(unnamed, unnamed).then(meetings)
        seen.has_rows(str(id_of("e-1")), str(id_of("e-2")))
        seen.at(id_of("e-2")).has(missed_how="told-by-person")

    CONVENED = meeting_convened(
        "2024-03-08", forum="marac", housing_invited="invited-late", convenor="police"
    )
    VAGUE = meeting_missed("2024-04-10", held_at="2024-03-20T10:00:00Z")
    HELD = meeting_held("2024-03-21", forum="professionals", invite_state="not-invited")

    @pytest.mark.parametrize("story", [(CONVENED, VAGUE), (VAGUE, CONVENED)])
    def test_what_is_not_known_of_it_is_as_it_was_called(self, story: tuple[Told, ...]) -> None:
        given(*story).then(meetings).has(
            forum="marac", invite_state="invited-late", convenor="police", status="held"
        )

    @pytest.mark.parametrize("story", [(CONVENED, MISSED), (MISSED, CONVENED)])
    def test_what_is_found_out_stands_against_how_it_was_called(
        self, story: tuple[Told, ...]
    ) -> None:
        given(*story).then(meetings).has(
            forum="case-conference",
            invite_state="asked-to-leave",
            convenor="police",
            convened_at="2024-03-08",
        )

    @pytest.mark.parametrize("story", [(HELD, MISSED), (MISSED, HELD)])
    def test_whoever_tells_of_it_in_full_knows_better(self, story: tuple[Told, ...]) -> None:
        given(*story).then(meetings).has(
            forum="professionals",
            invite_state="not-invited",
            held_at="2024-03-21",
            missed_discovered_at="2024-04-10",
        )
