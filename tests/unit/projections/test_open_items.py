"""Which actions and referrals the state of a case says are open."""

import pytest

from projections.case_state import case_state
from tests.support.stories import (
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    action_reopened,
    given,
    incident_reported,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
)

OPENED = incident_reported("2024-03-01")


class TestActions:
    AGREED = action_agreed("2024-03-02")
    DONE = action_completed("2024-03-04")
    AGAIN = action_reopened("2024-03-06")
    DROPPED = action_cancelled("2024-03-08")

    @pytest.mark.parametrize(
        ("story", "left"),
        [
            ((), ("A1",)),
            ((DONE,), ()),
            ((DONE, AGAIN), ("A1",)),
            ((DONE, AGAIN, DROPPED), ()),
            ((DROPPED, AGAIN), ()),
            ((DROPPED, AGAIN, DONE), ()),
        ],
    )
    def test_are_open_as_what_happened_last_says(
        self, story: tuple[Told, ...], left: tuple[str, ...]
    ) -> None:
        given(OPENED, self.AGREED, *story).then(case_state).has(
            open_action_ids=left, open_actions=len(left)
        )

    def test_each_goes_its_own_way_and_what_is_taken_up_again_comes_last(self) -> None:
        second = action_agreed(action_id="A2")
        given(OPENED, self.AGREED, second, self.DONE, self.AGAIN).then(case_state).has(
            open_action_ids=("A2", "A1")
        )

    def test_of_one_that_is_not_in_view_nothing_is_told(self) -> None:
        given(OPENED, self.DONE, self.AGAIN).then(case_state).has(open_action_ids=())


class TestReferrals:
    SENT = referral_sent("2024-03-02")
    REJECTED = referral_decided("2024-03-04", decision="rejected")
    WITHDRAWN = referral_withdrawn("2024-03-04")
    AGAIN = referral_resubmitted("2024-03-06")

    @pytest.mark.parametrize(
        ("story", "left"),
        [
            ((), ("R1",)),
            ((referral_decided(decision="no-response"),), ("R1",)),
            ((REJECTED,), ()),
            ((WITHDRAWN,), ()),
            ((REJECTED, AGAIN), ("R1",)),
            ((WITHDRAWN, AGAIN), ("R1",)),
            ((AGAIN, REJECTED), ("R1",)),
            ((REJECTED, AGAIN, referral_decided("2024-03-08")), ()),
        ],
    )
    def test_are_open_until_settled_or_withdrawn_and_when_put_again(
        self, story: tuple[Told, ...], left: tuple[str, ...]
    ) -> None:
        given(OPENED, self.SENT, *story).then(case_state).has(
            open_referral_ids=left, open_referrals=len(left)
        )
