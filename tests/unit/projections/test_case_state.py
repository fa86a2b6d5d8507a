"""The state of a case."""

import pytest

from projections.case_state import case_state
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    case_allocated,
    case_closed,
    case_opened,
    case_reopened,
    concern_raised,
    consent_decided,
    consent_overridden,
    enforcement_reviewed,
    event_corrected,
    given,
    id_of,
    incident_reported,
    information_received,
    meeting_held,
    reclassified,
    referral_decided,
    referral_sent,
    risk_assessed,
    role_changed,
    the,
    visit_control_lifted,
    visit_control_set,
    warning_issued,
)

OPENED = incident_reported("2024-03-01 10:00", category="asb")


def test_a_case_starts_with_what_opens_it() -> None:
    given(incident_reported("2024-02-27", known="2024-03-01", category="asb")).then(case_state).has(
        status="open",
        classification="asb",
        first_classification="asb",
        opened_at="2024-02-27",
        opened_known_at="2024-03-01",
        classified_at="2024-03-01",
        reclassified_at=None,
        reclassifications=0,
        misbadged_days=None,
        immediate_danger=None,
        lead=None,
        version=1,
    )


def test_nothing_is_said_of_a_case_before_it_is_opened() -> None:
    given(risk_assessed(), action_agreed()).then(case_state).has_rows()


def test_a_part_of_a_case_is_seen_from_what_opens_it() -> None:
    case = given(
        concern_raised("2024-03-07"),
        case_closed("2024-03-06"),
        incident_reported("2024-03-01", category="asb"),
    )
    case.when_seen(known_on="2024-03-06").then(case_state).has(
        classification="asb", status="closed", closed_at="2024-03-06"
    )


class TestOpening:
    CONCERN = concern_raised("2024-03-07", known="2024-03-08", strands=("adult",))
    INCIDENT = incident_reported("2024-03-01", known="2024-03-02", category="asb")
    CHANGED = reclassified("2024-03-12", from_="asb", to="adult")

    @pytest.mark.parametrize("story", [(CONCERN, INCIDENT), (INCIDENT, CONCERN)])
    def test_what_happened_first_opens_the_case(self, story: tuple[Told, ...]) -> None:
        given(*story).then(case_state).has(
            classification="asb",
            classified_at="2024-03-02",
            first_classification="asb",
            opened_at="2024-03-01",
            opened_known_at="2024-03-02",
            strands=("adult",),
        )
        given(*story, self.CHANGED).then(case_state).has(misbadged_days=10)

    def test_dated_so_roughly_that_it_may_have_happened_since_it_does_not(self) -> None:
        some_time_in_march = incident_reported(
            "2024-03-01 00:00", category="asb", occurred_precision="month"
        )
        given(self.CONCERN, some_time_in_march).then(case_state).has(
            first_classification="adult", opened_at="2024-03-07"
        )

    def test_what_the_case_was_reclassified_from_stands(self) -> None:
        changed = reclassified("2024-03-12", from_="adult", to="child")
        given(self.CONCERN, changed, self.INCIDENT).then(case_state).has(
            classification="child", first_classification="adult", opened_at="2024-03-07"
        )

    def test_of_two_alike_the_first_to_have_happened_opens_a_reclassified_case_too(self) -> None:
        second = incident_reported("2024-03-05", known="2024-03-05", category="asb")
        given(second, self.CHANGED, self.INCIDENT).then(case_state).has(
            classification="adult",
            opened_at="2024-03-01",
            opened_known_at="2024-03-02",
            misbadged_days=10,
        )


class TestFormalOpening:
    REPORTED = incident_reported("2024-03-01", known="2024-03-02", category="asb")
    OPENED = case_opened(
        "2024-03-06",
        initial_classification="adult",
        authority="E09000001",
        housing_type="sheltered",
    )

    @pytest.mark.parametrize("story", [(REPORTED, OPENED), (OPENED, REPORTED)])
    def test_says_what_the_case_is_treated_as_and_where_it_lies(
        self, story: tuple[Told, ...]
    ) -> None:
        given(*story).then(case_state).has(
            classification="adult",
            classified_at="2024-03-06",
            first_classification="adult",
            opened_at="2024-03-01",
            opened_known_at="2024-03-02",
            formally_opened_at="2024-03-06",
            authority="E09000001",
            housing_type="sheltered",
            strands=("adult",),
        )

    def test_is_not_there_before_it_was_known(self) -> None:
        seen = given(self.REPORTED, self.OPENED).when_seen(known_on="2024-03-05")
        seen.then(case_state).has(
            classification="asb", formally_opened_at=None, authority=None, housing_type=None
        )

    def test_opens_a_case_by_itself(self) -> None:
        given(self.OPENED).then(case_state).has(
            status="open", classification="adult", opened_at="2024-03-06"
        )

    def test_leaves_what_the_case_was_reclassified_from(self) -> None:
        changed = reclassified("2024-03-05", from_="asb", to="child")
        given(self.REPORTED, changed, self.OPENED).then(case_state).has(
            classification="child",
            first_classification="asb",
            formally_opened_at="2024-03-06",
            authority="E09000001",
        )


def test_reclassification_shows_from_the_day_it_was_known() -> None:
    case = given(
        OPENED,
        reclassified("2024-03-07", from_="asb", to="adult"),
        reclassified("2024-03-20", from_="adult", to="hate-crime"),
    )
    case.when_seen(known_on="2024-03-05").then(case_state).has(
        classification="asb", reclassified_at=None, misbadged_days=None, version=1
    )
    case.then(case_state).has(
        classification="hate-crime",
        classified_at="2024-03-20",
        first_classification="asb",
        reclassified_at="2024-03-07",
        reclassifications=2,
        misbadged_days=6,
        strands=("adult", "hate-crime"),
    )


@pytest.mark.parametrize(
    ("known", "changed", "days"),
    [
        ("2024-03-30 23:30", "2024-03-31 00:30", 1),
        ("2024-03-30 23:30", "2024-04-01 00:15", 2),
        ("2024-03-30 01:00", "2024-03-30 23:00", 0),
        ("2024-03-30 09:00", "2024-03-29 09:00", 0),
    ],
)
def test_misbadged_days_are_days_in_england(known: str, changed: str, days: int) -> None:
    given(incident_reported(known, category="asb"), reclassified(changed)).then(case_state).has(
        misbadged_days=days
    )


def test_strands_add_up_in_the_order_in_which_they_are_named() -> None:
    given(
        concern_raised(strands=("hoarding",)),
        concern_raised(strands=("adult", "hoarding")),
    ).then(case_state).has(strands=("hoarding", "adult"), classification="hoarding")


def test_danger_is_what_the_latest_concern_says_not_the_one_recorded_last() -> None:
    given(
        OPENED,
        concern_raised("2024-03-05", immediate_danger=True),
        concern_raised("2024-03-02", immediate_danger=False),
    ).then(case_state).has(immediate_danger=True, concern_raised_at="2024-03-05")


def test_risk_is_what_the_latest_assessment_says_and_that_of_visitors_stands_apart() -> None:
    given(
        OPENED,
        risk_assessed("2024-03-05", tool="dash", level="critical", review_due="2024-03-19"),
        risk_assessed("2024-03-02", tool="general", level="low", review_due="2024-05-01"),
        risk_assessed("2024-03-06", tool="visitor", person=None, level="medium"),
    ).then(case_state).has(
        risk_level="critical",
        risk_assessed_at="2024-03-05",
        risk_review_due="2024-03-19",
        visitor_risk_level="medium",
        visitor_risk_assessed_at="2024-03-06",
    )


def test_a_late_assessment_of_visitors_does_not_replace_a_newer_one() -> None:
    given(
        OPENED,
        risk_assessed("2024-03-06", tool="visitor", person=None, level="high"),
        risk_assessed("2024-03-02", tool="visitor", person=None, level="low"),
    ).then(case_state).has(visitor_risk_level="high", risk_level=None)


def test_the_latest_allocation_holds() -> None:
    given(
        OPENED,
        case_allocated("2024-03-05", lead="staff:2", team=("staff:3",)),
        case_allocated("2024-03-02", lead="staff:1"),
    ).then(case_state).has(lead="staff:2", team=("staff:3",), allocated_at="2024-03-05")


def test_a_visit_control_is_in_force_until_it_is_lifted() -> None:
    case = given(
        OPENED,
        visit_control_set(control="police"),
        visit_control_set(control="no-lone-visits"),
        visit_control_set(control="police", until="2024-06-01"),
        visit_control_lifted(control="no-lone-visits"),
    )
    police = {"control": "police", "scope": "property", "until": "2024-06-01"}
    case.then(case_state).has(visit_controls=(police,))


def test_open_actions_and_referrals_are_counted_and_named() -> None:
    given(
        OPENED,
        action_agreed(action_id="A1"),
        action_agreed(action_id="A2"),
        action_agreed(action_id="A3"),
        action_completed(action_id="A1"),
        action_cancelled(action_id="A3"),
        referral_sent(referral_id="R1"),
        referral_sent(referral_id="R2"),
        referral_decided(referral_id="R1", decision="nfa"),
        referral_decided(referral_id="R2", decision="more-information"),
    ).then(case_state).has(
        open_actions=1,
        open_action_ids=("A2",),
        open_referrals=1,
        open_referral_ids=("R2",),
    )


def test_an_end_without_its_beginning_counts_nothing() -> None:
    given(OPENED, action_completed(), referral_decided()).then(case_state).has(
        open_actions=0, open_referrals=0
    )


def test_meetings_news_from_partners_and_corrections_are_counted() -> None:
    given(
        OPENED,
        meeting_held(meeting_id="M1"),
        meeting_held(meeting_id="M2"),
        information_received(new_to_us=True),
        information_received(new_to_us=False),
        event_corrected(target=the("e-1"), field="account", was=None, now="They came at night."),
    ).then(case_state).has(meetings_held=2, known_from_partners=1, corrections=1)


def test_closing_and_reopening() -> None:
    case = given(
        OPENED,
        case_closed("2024-04-01", reason="person-moved", assurance="partial"),
        case_reopened("2024-05-01"),
    )
    case.when_seen(known_on="2024-04-15").then(case_state).has(
        status="closed",
        closed_at="2024-04-01",
        closure_reason="person-moved",
        assurance="partial",
        risk_outcome="reduced",
        reopenings=0,
    )
    case.then(case_state).has(
        status="open",
        closed_at=None,
        closure_reason=None,
        assurance=None,
        risk_outcome=None,
        reopenings=1,
    )


def test_a_closing_that_happened_last_holds_whichever_is_recorded_last() -> None:
    closed, reopened = case_closed("2024-04-01"), case_reopened("2024-05-01")
    again = case_closed("2024-06-01", reason="person-moved")
    for story in ((closed, reopened, again), (again, reopened, closed)):
        given(OPENED, *story).then(case_state).has(
            status="closed",
            closed_at="2024-06-01",
            closure_reason="person-moved",
            reopenings=1,
            reopened_at="2024-05-01",
        )


def test_last_event_and_last_recording_are_told_apart() -> None:
    given(
        OPENED,
        concern_raised("2024-03-09", recorded="2024-03-10"),
        information_received("2024-03-02", recorded="2024-03-12"),
    ).then(case_state).has(last_event_at="2024-03-09", last_recorded_at="2024-03-12", version=3)


class TestConsent:
    def test_stands_for_each_person_and_scope(self) -> None:
        given(
            OPENED,
            consent_decided(person=TENANT, scope="refer", state="refused"),
            consent_decided(person=NEIGHBOUR, scope="refer", state="given"),
            consent_decided(person=TENANT, scope="share", state="given"),
        ).then(case_state).has(
            consent=(
                {"person": TENANT, "scope": "refer", "state": "refused", "overridden": False},
                {"person": NEIGHBOUR, "scope": "refer", "state": "given"},
                {"person": TENANT, "scope": "share", "state": "given"},
            )
        )

    def test_the_latest_decision_holds(self) -> None:
        given(
            OPENED,
            consent_decided("2024-03-05", state="withdrawn"),
            consent_decided("2024-03-02", state="given"),
        ).then(case_state).has(consent=({"state": "withdrawn", "at": "2024-03-05"},))

    def test_an_override_goes_by_scope_and_ends_with_a_new_decision(self) -> None:
        case = given(
            OPENED,
            consent_decided("2024-03-02", scope="refer", state="refused"),
            consent_decided("2024-03-02", scope="support", state="refused"),
            consent_overridden("2024-03-03", scope="refer"),
            consent_decided("2024-03-08", scope="refer", state="given"),
        )
        case.when_seen(known_on="2024-03-03").then(case_state).has(
            consent=(
                {"scope": "refer", "state": "refused", "overridden": True},
                {"scope": "support", "overridden": False, "overridden_at": None},
            )
        )
        case.then(case_state).has(
            consent=(
                {"scope": "support", "state": "refused", "overridden": False},
                {"scope": "refer", "state": "given", "overridden": False},
            )
        )

    def test_an_override_without_a_decision_is_shown(self) -> None:
        given(OPENED, consent_overridden("2024-03-03")).then(case_state).has(
            consent=({"person": None, "state": None, "at": None, "overridden": True},)
        )

    def test_a_refusal_recorded_after_its_override_is_still_overridden(self) -> None:
        given(
            OPENED,
            consent_overridden("2024-03-03"),
            consent_decided("2024-03-02", state="refused"),
        ).then(case_state).has(
            consent=({"state": "refused", "overridden": True, "overridden_at": "2024-03-03"},)
        )

    def test_an_override_recorded_late_does_not_touch_a_newer_decision(self) -> None:
        given(
            OPENED,
            consent_decided("2024-03-08", state="given"),
            consent_overridden("2024-03-03"),
        ).then(case_state).has(consent=({"state": "given", "overridden": False},))


class TestEnforcementToReview:
    WARNED = warning_issued("2024-03-02", ref="warning")
    OWED = (str(id_of("warning")),)

    def test_nothing_is_owed_while_nobody_is_seen_anew(self) -> None:
        given(OPENED, self.WARNED).then(case_state).has(enforcement_to_review=())

    @pytest.mark.parametrize(
        "role",
        [
            "victim",
            "additional-victim",
            "intended-target",
            "adult-at-risk",
            "child-at-risk",
            "family-at-risk",
            "perpetrator-also-at-risk",
        ],
    )
    def test_is_owed_once_the_person_is_seen_as_harmed_or_at_risk(self, role: str) -> None:
        given(OPENED, self.WARNED, role_changed(to=role)).then(case_state).has(
            enforcement_to_review=self.OWED
        )

    def test_is_owed_once_reclassification_says_so(self) -> None:
        change = {"person": TENANT, "was": "alleged-perpetrator", "now": "victim"}
        given(OPENED, self.WARNED, reclassified(role_changes=(change,))).then(case_state).has(
            enforcement_to_review=self.OWED
        )

    def test_is_owed_for_a_warning_that_is_recorded_late(self) -> None:
        given(OPENED, role_changed("2024-03-05"), self.WARNED).then(case_state).has(
            enforcement_to_review=self.OWED
        )

    @pytest.mark.parametrize(
        "unrelated",
        [
            role_changed(to="witness"),
            role_changed(person=NEIGHBOUR, from_="witness", to="victim"),
        ],
    )
    def test_is_not_owed_for_another_role_or_person(self, unrelated: Told) -> None:
        given(OPENED, self.WARNED, unrelated).then(case_state).has(enforcement_to_review=())

    def test_is_no_longer_owed_once_reviewed(self) -> None:
        given(
            OPENED, self.WARNED, role_changed(), enforcement_reviewed(action=the("warning"))
        ).then(case_state).has(enforcement_to_review=(), warnings_unreviewed=())

    def test_is_no_longer_owed_once_the_role_is_taken_back(self) -> None:
        seen_anew = role_changed("2024-03-05", from_="alleged-perpetrator", to="victim")
        taken_back = role_changed("2024-03-10", from_="victim", to="witness")
        for story in ((seen_anew, taken_back), (taken_back, seen_anew)):
            given(OPENED, self.WARNED, *story).then(case_state).has(
                enforcement_to_review=(), now_at_risk=()
            )
