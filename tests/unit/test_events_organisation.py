"""The landlord and its authorities: what their events hold, refuse, say and wait for."""

from datetime import date
from typing import Any

import pytest

from domain.events.authorities import (
    AuthorityContactEnded,
    AuthorityContactRecorded,
    FeedbackAgreementMade,
    ForumMeetingAttended,
    ForumSeatEnded,
    ForumSeatRecorded,
    ThresholdPolicyAdopted,
)
from domain.events.envelope import CaseEvent
from domain.events.organisation import (
    ComplianceReported,
    HomesCounted,
    PolicyAdopted,
    PolicyReviewed,
    RuleOverridden,
    RuleOverrideWithdrawn,
)
from domain.events.validity import Ruling
from domain.organisation import homes, in_force, in_force_at
from domain.outcomes import Reason
from domain.personal import Personal, personal_fields
from domain.times import parse_timestamp
from domain.vocabulary.housing import HousingType
from domain.vocabulary.meetings import Forum
from domain.vocabulary.organisation import SeatBasis, ThresholdMode
from domain.vocabulary.record import PersonalClass
from tests.support.admitting import ACCESS, AUTHORITY, CASE, LANDLORD, PERSON, PROPERTY, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    authority_contact_ended,
    authority_contact_recorded,
    compliance_reported,
    feedback_agreement_made,
    forum_meeting_attended,
    forum_seat_ended,
    forum_seat_recorded,
    homes_counted,
    incident_reported,
    moment,
    policy_adopted,
    policy_reviewed,
    rule_overridden,
    rule_override_withdrawn,
    tell,
    threshold_policy_adopted,
)

EventType = type[CaseEvent]

OF_AN_AUTHORITY = [
    threshold_policy_adopted(),
    feedback_agreement_made(),
    authority_contact_recorded(),
    authority_contact_ended(),
    forum_seat_recorded(),
    forum_seat_ended(),
    forum_meeting_attended(),
]
OF_THE_LANDLORD = [homes_counted(), policy_adopted(), policy_reviewed(), compliance_reported()]
OF_EITHER = [rule_overridden(), rule_override_withdrawn()]


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (
            ThresholdPolicyAdopted,
            "valid_from [valid_to] mode policy_source policy_version",
        ),
        (
            FeedbackAgreementMade,
            "valid_from [valid_to] who how [acknowledgement_days] [decision_days] "
            "[feedback_days] agreement_version",
        ),
        (
            AuthorityContactRecorded,
            "contact_id role organisation route [name] [phone] [email] [hours]",
        ),
        (AuthorityContactEnded, "contact_id [reason]"),
        (ForumSeatRecorded, "forum_id forum seat_basis [representative]"),
        (ForumSeatEnded, "forum_id [reason]"),
        (ForumMeetingAttended, "forum_id held_on attended [apologies] [papers]"),
        (HomesCounted, "authority housing_type homes as_of"),
        (PolicyAdopted, "policy_id title policy_version approved_by approved_on [review_due]"),
        (
            PolicyReviewed,
            "policy_id outcome [policy_version] approved_by approved_on [review_due] [findings]",
        ),
        (RuleOverridden, "valid_from rule parameters reason approved_by"),
        (RuleOverrideWithdrawn, "valid_from rule reason"),
        (ComplianceReported, "kind [team] compliant total as_of"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(event_type: EventType, fields: str) -> None:
    assert own_fields(event_type) == fields


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (
            ThresholdPolicyAdopted,
            "Threshold policy item-7 adopted: consult first, from 2024-04-01",
        ),
        (FeedbackAgreementMade, "Feedback agreement item-7 made (secure email), from 2024-04-01"),
        (
            AuthorityContactRecorded,
            "Contact item-7 recorded: Borough council, for Multi-agency safeguarding hub (MASH)",
        ),
        (AuthorityContactEnded, "Contact item-7 ended"),
        (ForumSeatRecorded, "MARAC (item-7): by invitation"),
        (ForumSeatEnded, "Seat in forum item-7 ended"),
        (ForumMeetingAttended, "Forum item-7 met on 2024-03-01: sent apologies"),
        (HomesCounted, "Homes in E09000001, extra care: 3 as of 2024-03-31"),
        (PolicyAdopted, "Policy item-7 adopted, version 3.1; review due 2026-02-28"),
        (PolicyReviewed, "Policy item-7 reviewed: amended; next review due 2026-02-28"),
        (
            RuleOverridden,
            "Rule R5 overridden from 2024-04-01: chase_working_days 7, stage_2_days 0",
        ),
        (RuleOverrideWithdrawn, "Override of rule R5 withdrawn from 2024-04-01"),
        (ComplianceReported, "DBS checks: 3 of 3 as of 2024-03-31"),
    ],
)
def test_the_headline_with_everything_filled_in(event_type: EventType, headline: str) -> None:
    assert filled_in(event_type).headline() == headline


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (forum_meeting_attended(), "Forum F1 met on 2024-05-02: attended"),
        (forum_meeting_attended(attended=False), "Forum F1 met on 2024-05-02: absent"),
        (policy_reviewed(outcome="withdrawn"), "Policy POL-1 reviewed: withdrawn"),
    ],
)
def test_the_headline_says_what_came_of_it(told: Told, headline: str) -> None:
    assert tell(told)[0].headline() == headline


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (threshold_policy_adopted(mode="refer-some"), "mode", "enum"),
        (threshold_policy_adopted(valid_to="2024-03-31"), "", "invalid-range"),
        (threshold_policy_adopted(valid_from="1 April"), "valid_from", "invalid-date"),
        (feedback_agreement_made(valid_to="2024-03-31"), "", "invalid-range"),
        (feedback_agreement_made(decision_days=-1), "decision_days", "greater_than_equal"),
        (feedback_agreement_made(feedback_days="20"), "feedback_days", "int_type"),
        (authority_contact_recorded(route="a friend"), "route", "enum"),
        (forum_seat_recorded(seat_basis="guest"), "seat_basis", "enum"),
        (forum_meeting_attended(apologies=True), "", "attended"),
        (homes_counted(homes=-1), "homes", "greater_than_equal"),
        (homes_counted(housing_type="castle"), "housing_type", "enum"),
        (homes_counted(authority="City of Westham"), "authority", "string_pattern_mismatch"),
        (policy_reviewed(outcome="liked"), "outcome", "enum"),
        (rule_overridden(rule="R100"), "rule", "string_pattern_mismatch"),
        (rule_overridden(rule="r7"), "rule", "string_pattern_mismatch"),
        (rule_overridden(rule="R\u0667"), "rule", "string_pattern_mismatch"),
        (rule_overridden(parameters=()), "parameters", "too_short"),
        (rule_overridden(parameters=({"name": "days", "value": 1},) * 2), "", "given-twice"),
        (rule_override_withdrawn(rule="5"), "rule", "string_pattern_mismatch"),
        (compliance_reported(compliant=41), "", "over-total"),
        (compliance_reported(kind="mood"), "kind", "enum"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("Days!", 1, "string_pattern_mismatch"),
        ("days", 1.5, "int_type"),
        ("days", "1", "int_type"),
        ("days", -1, "greater_than_equal"),
    ],
)
def test_a_parameter_has_a_name_and_a_whole_number(name: str, value: object, error: str) -> None:
    told = rule_overridden(parameters=({"name": name, "value": value},))
    assert ("parameters", error) in refusals(told)


@pytest.mark.parametrize("rule", ["R1", "R42"])
def test_a_rule_goes_by_its_number(rule: str) -> None:
    assert tell(rule_overridden(rule=rule), rule_override_withdrawn(rule=rule))


@pytest.mark.parametrize("authority", ["E09000001", "westham", "St.Kitts-council"])
def test_an_authority_goes_by_its_code_or_a_name_and_has_a_stream(authority: str) -> None:
    on(f"authority:{authority}").admits(forum_seat_recorded())
    on(LANDLORD).admits(homes_counted(authority=authority))


@pytest.mark.parametrize("told", [threshold_policy_adopted(), feedback_agreement_made()])
def test_what_is_valid_for_one_day_is_in_order(told: Told) -> None:
    assert tell(told.but(valid_to="2024-04-01"))


def test_how_to_reach_a_professional_is_personal_data_of_theirs() -> None:
    declared = dict(personal_fields(AuthorityContactRecorded))
    assert {name: declared[name] for name in ("name", "phone", "email")} == {
        "name": Personal(PersonalClass.IDENTITY, whose="contact_id"),
        "phone": Personal(PersonalClass.LOCATION, whose="contact_id"),
        "email": Personal(PersonalClass.LOCATION, whose="contact_id"),
    }
    assert "hours" not in declared


@pytest.mark.parametrize("mode", list(ThresholdMode))
def test_every_mode_can_be_adopted(mode: ThresholdMode) -> None:
    assert mode.label.lower() in tell(threshold_policy_adopted(mode=mode))[0].headline()


@pytest.mark.parametrize("basis", list(SeatBasis))
def test_a_seat_may_be_on_any_footing(basis: SeatBasis) -> None:
    assert basis.label.lower() in tell(forum_seat_recorded(seat_basis=basis))[0].headline()


@pytest.mark.parametrize("forum", list(Forum))
def test_a_seat_may_be_in_any_forum(forum: Forum) -> None:
    assert forum.label in tell(forum_seat_recorded(forum=forum))[0].headline()


class TestWhereTheyBelong:
    @pytest.mark.parametrize("told", OF_AN_AUTHORITY)
    @pytest.mark.parametrize("stream", [CASE, PERSON, PROPERTY, LANDLORD, ACCESS])
    def test_what_is_an_authoritys_lies_with_it_alone(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    @pytest.mark.parametrize("told", OF_THE_LANDLORD)
    @pytest.mark.parametrize("stream", [CASE, PERSON, PROPERTY, AUTHORITY, ACCESS])
    def test_what_is_the_landlords_lies_with_it_alone(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    @pytest.mark.parametrize("told", OF_EITHER)
    @pytest.mark.parametrize("stream", [CASE, PERSON, PROPERTY, ACCESS])
    def test_settings_for_rules_lie_with_either(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)
        on(LANDLORD, rule_overridden()).admits(told)
        on(AUTHORITY, rule_overridden()).admits(told)

    @pytest.mark.parametrize("stream", [LANDLORD, AUTHORITY])
    def test_an_incident_lies_with_neither(self, stream: str) -> None:
        on(stream).contradicts(
            incident_reported(), "IncidentReported", "does not belong", reason=Reason.WRONG_STREAM
        )


class TestBeginningAndEnding:
    @pytest.mark.parametrize(
        ("stream", "begins", "named"),
        [
            (AUTHORITY, threshold_policy_adopted(), "2024-1"),
            (AUTHORITY, feedback_agreement_made(), "2024-1"),
            (AUTHORITY, authority_contact_recorded(), "C1"),
            (AUTHORITY, forum_seat_recorded(), "F1"),
            (LANDLORD, policy_adopted(), "POL-1"),
        ],
    )
    def test_a_reference_or_version_stands_for_one_thing(
        self, stream: str, begins: Told, named: str
    ) -> None:
        on(stream).admits(begins)
        on(stream, begins).contradicts(begins, named, "already")

    def test_a_policy_and_an_agreement_count_their_versions_apart(self) -> None:
        on(AUTHORITY, threshold_policy_adopted()).admits(feedback_agreement_made())

    @pytest.mark.parametrize(
        ("stream", "begins", "follows", "named"),
        [
            (AUTHORITY, authority_contact_recorded(), authority_contact_ended(), "C1"),
            (AUTHORITY, forum_seat_recorded(), forum_seat_ended(), "F1"),
            (AUTHORITY, forum_seat_recorded(), forum_meeting_attended(), "F1"),
            (LANDLORD, policy_adopted(), policy_reviewed(), "POL-1"),
        ],
    )
    def test_what_follows_waits_for_what_began_it(
        self, stream: str, begins: Told, follows: Told, named: str
    ) -> None:
        on(stream).lets_wait(follows, begins.event_type.__name__, named)
        on(stream, begins).admits(follows)

    def test_a_contact_or_seat_ends_once(self) -> None:
        contact = on(AUTHORITY, authority_contact_recorded(), authority_contact_ended())
        contact.contradicts(authority_contact_ended(), "contact C1", "already")
        seat = on(AUTHORITY, forum_seat_recorded(), forum_seat_ended())
        seat.contradicts(forum_seat_ended(), "forum F1", "already")

    def test_each_ends_by_itself(self) -> None:
        told = on(
            AUTHORITY,
            forum_seat_recorded(),
            forum_seat_recorded(forum_id="F2"),
            forum_seat_ended(),
        )
        told.admits(forum_seat_ended(forum_id="F2"))

    def test_a_meeting_from_before_the_end_may_be_told_after_it(self) -> None:
        on(AUTHORITY, forum_seat_recorded(), forum_seat_ended()).admits(forum_meeting_attended())

    def test_only_an_override_can_be_withdrawn(self) -> None:
        on(LANDLORD).lets_wait(rule_override_withdrawn(), "RuleOverridden", "R5")
        on(LANDLORD, rule_overridden(rule="R6")).lets_wait(rule_override_withdrawn(), "R5")
        on(LANDLORD, rule_overridden()).admits(rule_override_withdrawn())

    def test_a_rule_may_be_overridden_again(self) -> None:
        on(LANDLORD, rule_overridden()).admits(rule_overridden(valid_from="2024-06-01"))


def ruling(told: Told) -> Ruling:
    (event,) = tell(told)
    assert isinstance(event, Ruling)
    return event


RULINGS = [
    threshold_policy_adopted,
    feedback_agreement_made,
    rule_overridden,
    rule_override_withdrawn,
]


class TestInForceFrom:
    @pytest.mark.parametrize("told_by", RULINGS)
    def test_the_start_of_its_day_in_england(self, told_by: Any) -> None:
        in_advance = ruling(told_by(recorded="2024-03-05", valid_from="2024-04-01"))
        assert in_advance.in_force_from == parse_timestamp("2024-03-31T23:00:00Z")

    @pytest.mark.parametrize("told_by", RULINGS)
    def test_it_never_acts_backwards(self, told_by: Any) -> None:
        late = ruling(told_by("2024-04-01", recorded="2024-06-03 15:20", valid_from="2024-04-01"))
        assert late.in_force_from == parse_timestamp("2024-06-03T14:20:00Z")

    def test_on_its_first_day_from_when_it_was_recorded(self) -> None:
        that_day = ruling(rule_overridden("2024-04-01", recorded="2024-04-01 11:00"))
        assert that_day.in_force_from == parse_timestamp("2024-04-01T10:00:00Z")

    def test_until_the_end_of_its_last_day(self) -> None:
        limited = ruling(threshold_policy_adopted(recorded="2024-03-05", valid_to="2024-04-30"))
        assert not limited.in_force_at(moment("2024-03-31 23:59"))
        assert limited.in_force_at(moment("2024-04-01 00:00"))
        assert limited.in_force_at(moment("2024-04-30 23:59"))
        assert not limited.in_force_at(moment("2024-05-01 00:00"))

    def test_until_another_takes_its_place_where_no_last_day_is_named(self) -> None:
        assert ruling(rule_overridden()).in_force_until is None
        assert ruling(threshold_policy_adopted()).in_force_until is None
        assert ruling(threshold_policy_adopted()).in_force_at(moment("2199-01-01"))


class TestWhichIsInForce:
    FIRST = threshold_policy_adopted(
        "2024-03-01", ref="first", policy_version="1", valid_from="2024-04-01"
    )
    SECOND = threshold_policy_adopted(
        "2024-05-01", ref="second", policy_version="2", valid_from="2024-07-01"
    )

    @staticmethod
    def version_on(day: str, *story: Told) -> str | None:
        rulings = [each for each in tell(*story) if isinstance(each, ThresholdPolicyAdopted)]
        holds = in_force(rulings, date.fromisoformat(day))
        return holds.policy_version if holds else None

    @pytest.mark.parametrize(
        ("day", "version"),
        [
            ("2024-03-31", None),
            ("2024-04-01", "1"),
            ("2024-06-30", "1"),
            ("2024-07-01", "2"),
            ("2030-01-01", "2"),
        ],
    )
    def test_each_from_its_day(self, day: str, version: str | None) -> None:
        assert self.version_on(day, self.FIRST, self.SECOND) == version

    def test_an_older_one_recorded_late_does_not_replace_a_newer(self) -> None:
        late = self.FIRST.but(policy_version="0", valid_from="2023-04-01")
        late = Told(late.event_type, late.fields, recorded="2024-08-01")
        assert self.version_on("2024-09-01", self.FIRST, self.SECOND, late) == "2"

    def test_of_two_for_one_day_the_one_recorded_last(self) -> None:
        again = self.SECOND.but(policy_version="2b")
        again = Told(again.event_type, again.fields, "2024-05-02")
        assert self.version_on("2024-07-01", self.SECOND, again) == "2b"

    def test_after_one_limited_in_time_the_one_before_counts_again(self) -> None:
        for_july = self.SECOND.but(valid_to="2024-07-31")
        assert self.version_on("2024-07-31", self.FIRST, for_july) == "2"
        assert self.version_on("2024-08-01", self.FIRST, for_july) == "1"

    def test_a_withdrawal_takes_the_place_of_what_it_withdraws(self) -> None:
        rulings = [
            each
            for each in tell(rule_overridden("2024-03-01"), rule_override_withdrawn("2024-09-01"))
            if isinstance(each, Ruling)
        ]
        in_may = in_force_at(rulings, moment("2024-05-01"))
        assert isinstance(in_may, RuleOverridden)
        later = in_force_at(rulings, moment("2024-10-01"))
        assert isinstance(later, RuleOverrideWithdrawn)


class TestHomes:
    def test_the_latest_count_by_authority_and_kind_holds(self) -> None:
        story = tell(
            homes_counted(homes=100, as_of="2024-03-31"),
            homes_counted(homes=30, as_of="2024-03-31", housing_type="sheltered"),
            homes_counted(homes=7, as_of="2024-03-31", authority="westham"),
            homes_counted(homes=120, as_of="2025-03-31"),
        )
        assert homes(story, date(2024, 12, 31)) == {
            ("E09000001", HousingType.GENERAL_NEEDS): 100,
            ("E09000001", HousingType.SHELTERED): 30,
            ("westham", HousingType.GENERAL_NEEDS): 7,
        }
        assert homes(story, date(2025, 3, 31))["E09000001", HousingType.GENERAL_NEEDS] == 120
        assert homes(story, date(2024, 3, 30)) == {}

    def test_an_older_count_told_late_does_not_replace_a_newer(self) -> None:
        story = tell(
            homes_counted(homes=120, as_of="2025-03-31"),
            homes_counted(homes=100, as_of="2024-03-31"),
        )
        assert set(homes(story, date(2025, 12, 31)).values()) == {120}

    def test_of_two_counts_for_one_day_the_one_recorded_last_holds(self) -> None:
        story = tell(homes_counted(homes=100), homes_counted(homes=101))
        assert set(homes(story, date(2025, 12, 31)).values()) == {101}


class TestPolicyCalendar:
    @pytest.mark.parametrize(
        ("approved_on", "review_due", "due"),
        [
            ("2024-02-28", None, date(2027, 2, 28)),
            ("2024-02-29", None, date(2027, 2, 28)),
            ("2024-02-28", "2025-02-28", date(2025, 2, 28)),
        ],
    )
    def test_a_policy_is_reviewed_after_three_years_unless_it_says_otherwise(
        self, approved_on: str, review_due: str | None, due: date
    ) -> None:
        dates = {"approved_on": approved_on, "review_due": review_due}
        adopted, reviewed = tell(policy_adopted(**dates), policy_reviewed(**dates))
        assert isinstance(adopted, PolicyAdopted)
        assert isinstance(reviewed, PolicyReviewed)
        assert adopted.due_for_review == reviewed.due_for_review == due

    def test_a_policy_that_was_withdrawn_is_reviewed_no_more(self) -> None:
        (reviewed,) = tell(policy_reviewed(outcome="withdrawn"))
        assert isinstance(reviewed, PolicyReviewed)
        assert reviewed.due_for_review is None
