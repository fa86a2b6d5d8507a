"""The referral tracker of a case."""

from datetime import date

import pytest

from projections.referral_answers import ReferralAssurance
from projections.referrals import is_overdue, referrals
from tests.support.stories import (
    Told,
    feedback_chased,
    feedback_received,
    given,
    referral_acknowledged,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
)

SENT = referral_sent("2024-03-05", feedback_due="2024-03-19")
EVERYTHING = ("acknowledgement", "decision", "feedback", "mitigation")


def test_a_referral_is_listed_with_everything_unanswered() -> None:
    given(
        referral_sent(
            "2024-03-05",
            referral_id="R7",
            route="mash",
            receiving_org="Borough council",
            urgency="immediate",
            feedback_due="2024-03-19",
        )
    ).then(referrals).at("R7").has(
        route="mash",
        receiving_org="Borough council",
        urgency="immediate",
        sent_at="2024-03-05",
        feedback_due="2024-03-19",
        acknowledged_at=None,
        decision=None,
        feedback_quality=None,
        chases=0,
        assurance="none",
        unanswered=EVERYTHING,
    )


def test_the_first_acknowledgement_counts_and_their_reference_is_kept() -> None:
    given(
        SENT,
        referral_acknowledged("2024-03-08", their_ref="MASH-31"),
        referral_acknowledged("2024-03-06"),
        referral_acknowledged("2024-03-10"),
    ).then(referrals).has(
        acknowledged_at="2024-03-06",
        their_ref="MASH-31",
        assurance="acknowledged",
        unanswered=("decision", "feedback", "mitigation"),
    )


def test_a_decision_is_known_with_its_reason() -> None:
    given(
        SENT, referral_decided("2024-03-08", decision="rejected", reason_code="below-threshold")
    ).then(referrals).has(
        decision="rejected",
        decision_at="2024-03-08",
        decision_reason_code="below-threshold",
        assurance="decision-known",
        unanswered=("feedback", "mitigation"),
    )


@pytest.mark.parametrize(
    ("decision", "assurance", "unanswered"),
    [
        ("more-information", "acknowledged", ("decision", "feedback", "mitigation")),
        ("no-response", "none", EVERYTHING),
    ],
)
def test_what_settles_nothing_leaves_the_decision_open(
    decision: str, assurance: str, unanswered: tuple[str, ...]
) -> None:
    given(SENT, referral_decided(decision=decision)).then(referrals).has(
        decision=decision, assurance=assurance, unanswered=unanswered
    )


def test_a_settled_decision_stands_against_what_settles_nothing() -> None:
    given(
        SENT,
        referral_decided("2024-03-08", decision="nfa"),
        referral_decided("2024-03-12", decision="no-response"),
    ).then(referrals).has(decision="nfa", decision_at="2024-03-08", assurance="decision-known")


def test_a_settled_decision_replaces_an_open_one_even_if_dated_earlier() -> None:
    given(
        SENT,
        referral_decided("2024-03-12", decision="no-response"),
        referral_decided("2024-03-08", decision="s47"),
    ).then(referrals).has(decision="s47", decision_at="2024-03-08")


def test_of_two_decisions_alike_the_newer_stands() -> None:
    given(
        SENT,
        referral_decided("2024-03-12", decision="more-information"),
        referral_decided("2024-03-08", decision="no-response"),
    ).then(referrals).has(decision="more-information", decision_at="2024-03-12")


def test_chases_are_counted() -> None:
    given(
        SENT, feedback_chased("2024-03-12", attempt=2), feedback_chased("2024-03-10", attempt=1)
    ).then(referrals).has(chases=2, last_chased_at="2024-03-12", unanswered=EVERYTHING)


@pytest.mark.parametrize(
    ("quality", "assessed", "mitigated", "assurance", "unanswered"),
    [
        ("none", "unknown", "unknown", "none", EVERYTHING),
        (
            "acknowledgement-only",
            "unknown",
            "unknown",
            "acknowledged",
            ("decision", "feedback", "mitigation"),
        ),
        ("decision-no-reasons", "unknown", "unknown", "decision-known", ("mitigation",)),
        ("decision-with-reasons", "unknown", "no", "decision-known", ("mitigation",)),
        ("decision-with-reasons", "yes", "unknown", "risk-assessed", ("mitigation",)),
        ("risk-and-mitigation-confirmed", "yes", "yes", "mitigation-confirmed", ()),
        ("risk-and-mitigation-confirmed", "unknown", "unknown", "decision-known", ("mitigation",)),
        ("acknowledgement-only", "yes", "unknown", "risk-assessed", ("mitigation",)),
    ],
)
def test_feedback_assures_as_far_as_it_confirms(
    quality: str, assessed: str, mitigated: str, assurance: str, unanswered: tuple[str, ...]
) -> None:
    given(
        SENT,
        feedback_received(
            "2024-03-20",
            quality=quality,
            risk_assessed_confirmed=assessed,
            mitigation_confirmed=mitigated,
        ),
    ).then(referrals).has(
        feedback_quality=quality,
        feedback_at="2024-03-20",
        risk_assessed_confirmed=assessed,
        mitigation_confirmed=mitigated,
        assurance=assurance,
        unanswered=unanswered,
    )


def test_the_furthest_stage_reached_is_kept() -> None:
    given(
        SENT,
        feedback_received("2024-03-20", mitigation_confirmed="yes"),
        feedback_received("2024-03-25", mitigation_confirmed="no"),
        referral_acknowledged(),
    ).then(referrals).has(
        assurance="mitigation-confirmed", mitigation_confirmed="no", unanswered=()
    )


def test_feedback_that_says_nothing_does_not_replace_feedback_that_does() -> None:
    given(
        SENT,
        feedback_received("2024-03-20", quality="decision-no-reasons"),
        feedback_received("2024-03-25", quality="none"),
        feedback_received("2024-03-15", quality="decision-with-reasons"),
    ).then(referrals).has(feedback_quality="decision-no-reasons", feedback_at="2024-03-20")


def test_stages_follow_one_another() -> None:
    assert [stage.rank for stage in ReferralAssurance] == [0, 1, 2, 3, 4]
    assert list(ReferralAssurance)[-1] is ReferralAssurance.MITIGATION_CONFIRMED


@pytest.mark.parametrize(
    ("story", "today", "overdue"),
    [
        ([SENT], "2024-03-19", False),
        ([SENT], "2024-03-20", True),
        ([SENT, referral_acknowledged(), referral_decided()], "2024-03-20", True),
        ([SENT, feedback_received(quality="acknowledgement-only")], "2024-03-20", True),
        ([SENT, feedback_received()], "2024-03-20", False),
    ],
)
def test_feedback_is_overdue_from_the_day_after_it_is_due(
    story: list[Told], today: str, overdue: bool
) -> None:
    row = given(*story).then(referrals).row
    assert is_overdue(row, date.fromisoformat(today)) is overdue


def test_the_tracker_shows_what_was_unanswered_on_a_day() -> None:
    case = given(SENT, referral_acknowledged("2024-03-06"), referral_decided("2024-03-12"))
    case.when_seen(known_on="2024-03-05").then(referrals).has(unanswered=EVERYTHING)
    case.when_seen(recorded_by="2024-03-11").then(referrals).has(decision=None)


@pytest.mark.parametrize(
    "told",
    [
        referral_acknowledged(),
        referral_decided(),
        referral_withdrawn(),
        referral_resubmitted(),
        feedback_chased(),
        feedback_received(),
    ],
)
def test_nothing_is_listed_of_a_referral_whose_sending_is_not_in_view(told: Told) -> None:
    given(told).then(referrals).has_rows()


class TestPutAgain:
    REJECTED = referral_decided("2024-03-10", decision="rejected", reason_code="below-threshold")
    HEARD = (
        referral_acknowledged("2024-03-06", their_ref="MASH-31"),
        REJECTED,
        feedback_received("2024-03-11", mitigation_confirmed="yes"),
    )
    AGAIN = referral_resubmitted("2024-03-14", feedback_due="2024-04-05")
    ACCEPTED = referral_decided("2024-03-20", decision="accepted-s42")

    def test_everything_is_unanswered_anew(self) -> None:
        given(SENT, *self.HEARD, self.AGAIN).then(referrals).has(
            sent_at="2024-03-05",
            resubmissions=1,
            resubmitted_at="2024-03-14",
            feedback_due="2024-04-05",
            acknowledged_at=None,
            their_ref=None,
            decision=None,
            decision_at=None,
            decision_reason_code=None,
            feedback_quality=None,
            feedback_at=None,
            risk_assessed_confirmed=None,
            mitigation_confirmed=None,
            assurance="none",
            unanswered=EVERYTHING,
        )

    @pytest.mark.parametrize(
        "story",
        [
            (REJECTED, AGAIN, ACCEPTED),
            (AGAIN, REJECTED, ACCEPTED),
            (ACCEPTED, AGAIN, REJECTED),
        ],
    )
    def test_the_answer_to_what_was_last_asked_counts_whenever_it_arrives(
        self, story: tuple[Told, ...]
    ) -> None:
        given(SENT, *story).then(referrals).has(
            decision="accepted-s42",
            decision_at="2024-03-20",
            assurance="decision-known",
            unanswered=("feedback", "mitigation"),
        )

    def test_an_earlier_time_that_is_told_later_changes_only_the_count(self) -> None:
        earlier = referral_resubmitted("2024-03-12", feedback_due="2024-03-30")
        given(SENT, self.AGAIN, self.ACCEPTED, earlier).then(referrals).has(
            resubmissions=2,
            resubmitted_at="2024-03-14",
            feedback_due="2024-04-05",
            decision="accepted-s42",
        )

    def test_how_often_it_was_chased_is_counted_on(self) -> None:
        given(SENT, feedback_chased("2024-03-10"), self.AGAIN, feedback_chased()).then(
            referrals
        ).has(chases=2)

    def test_on_a_day_before_it_reads_as_it_did(self) -> None:
        case = given(SENT, *self.HEARD, self.AGAIN, self.ACCEPTED)
        case.when_seen(known_on="2024-03-13").then(referrals).has(
            decision="rejected", assurance="mitigation-confirmed", unanswered=(), resubmissions=0
        )


class TestWithdrawn:
    WITHDRAWN = referral_withdrawn("2024-03-10")

    @pytest.mark.parametrize(
        "story",
        [
            (WITHDRAWN,),
            (WITHDRAWN, referral_acknowledged("2024-03-12")),
            (referral_acknowledged("2024-03-12"), WITHDRAWN),
        ],
    )
    def test_nothing_is_owed(self, story: tuple[Told, ...]) -> None:
        row = given(SENT, *story).then(referrals).has(withdrawn_at="2024-03-10", unanswered=()).row
        assert not is_overdue(row, date(2024, 5, 1))

    def test_what_is_heard_all_the_same_is_told(self) -> None:
        given(SENT, self.WITHDRAWN, referral_decided("2024-03-12", decision="nfa")).then(
            referrals
        ).has(decision="nfa", assurance="decision-known", unanswered=())

    def test_put_again_everything_is_owed(self) -> None:
        given(SENT, self.WITHDRAWN, referral_resubmitted("2024-03-14")).then(referrals).has(
            withdrawn_at=None, unanswered=EVERYTHING
        )

    @pytest.mark.parametrize("reverse", [False, True])
    def test_withdrawn_after_it_was_put_again_nothing_is(self, reverse: bool) -> None:
        told = [referral_resubmitted("2024-03-08"), self.WITHDRAWN]
        given(SENT, *(told[::-1] if reverse else told)).then(referrals).has(
            withdrawn_at="2024-03-10", resubmitted_at="2024-03-08", unanswered=()
        )


@pytest.mark.parametrize(
    ("decided", "decision"), [("2024-03-14 00:00", "rejected"), ("2024-03-13 00:00", None)]
)
def test_a_decision_dated_by_the_day_and_told_later_may_answer_what_was_asked_that_day(
    decided: str, decision: str | None
) -> None:
    by_the_day = referral_decided(decided, decision="rejected", occurred_precision="day")
    given(SENT, referral_resubmitted("2024-03-14"), by_the_day).then(referrals).has(
        decision=decision
    )


def test_one_told_before_it_was_put_again_that_day_does_not() -> None:
    by_the_day = referral_decided("2024-03-14 00:00", occurred_precision="day")
    given(SENT, by_the_day, referral_resubmitted("2024-03-14")).then(referrals).has(decision=None)
