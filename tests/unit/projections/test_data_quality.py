"""How good the record of a case is."""

import pytest

from projections.data_quality import DataQualityRow, data_quality
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Fields,
    Told,
    advocate_involved,
    case_allocated,
    case_closed,
    case_opened,
    case_reopened,
    communication_preference_recorded,
    concern_raised,
    consent_decided,
    consent_overridden,
    event_corrected,
    feedback_received,
    given,
    incident_reported,
    moment,
    person_involved,
    records_merged,
    records_split,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
    risk_assessed,
    the,
    triage_completed,
)
from tests.support.viewing import Seen

CHILD = "person:child"


def quality(*story: Told) -> Seen[DataQualityRow]:
    return given(*story).then(data_quality)


def since_of(what: str, *story: Told) -> object:
    return getattr(quality(*story).row, what)


def test_a_case_of_which_all_is_known_lacks_nothing() -> None:
    quality(
        case_opened("2024-03-01", property_ref="uprn:10001234"),
        case_allocated("2024-03-01"),
        concern_raised("2024-03-01"),
        consent_decided("2024-03-01"),
        person_involved("2024-03-01", role="victim"),
        communication_preference_recorded("2024-03-01"),
        risk_assessed("2024-03-01"),
        triage_completed("2024-03-01", unable_to_protect_self="no"),
    ).has(is_open=True, missing=(), missing_count=0, missing_since=None, corrections=0)


def test_what_is_missing_is_listed_with_since_when() -> None:
    quality(incident_reported("2024-03-01", known="2024-03-02")).has(
        missing=(
            {"what": "owner", "since": "2024-03-02", "count": 1},
            {"what": "authority", "since": "2024-03-02"},
            {"what": "property", "since": "2024-03-02"},
        ),
        missing_count=3,
        missing_since="2024-03-02",
        owner_missing_since="2024-03-02",
        authority_missing_since="2024-03-02",
        property_missing_since="2024-03-02",
        triage_missing_since=None,
        consent_unknown_since=None,
    )


def test_an_opening_that_leaves_the_authority_out_is_since_when() -> None:
    quality(incident_reported("2024-03-01"), case_opened("2024-03-04", authority=None)).has(
        authority_missing_since="2024-03-04", owner_missing_since="2024-03-01"
    )


class TestTriage:
    CONCERN = concern_raised("2024-03-03")
    OPEN = triage_completed("2024-03-08")

    def test_is_missing_since_the_first_concern(self) -> None:
        later = concern_raised("2024-03-06")
        quality(incident_reported("2024-03-01"), later, self.CONCERN).has(
            triage_missing_since="2024-03-03"
        )

    def test_may_leave_the_section_42_test_open(self) -> None:
        quality(self.CONCERN, self.OPEN).has(
            triage_missing_since=None, section_42_unknown_since="2024-03-08"
        )

    def test_answers_it_also_with_one_no(self) -> None:
        answered = triage_completed("2024-03-10", at_risk_of_abuse="no")
        quality(self.CONCERN, self.OPEN, answered).has(section_42_unknown_since=None)

    def test_is_the_one_that_happened_last(self) -> None:
        late = triage_completed("2024-03-05", known="2024-03-12", unable_to_protect_self="no")
        quality(self.CONCERN, self.OPEN, late).has(section_42_unknown_since="2024-03-08")

    def test_of_a_child_is_not_about_section_42(self) -> None:
        concern = concern_raised("2024-03-03", strands=("child",))
        quality(concern, self.OPEN).has(section_42_unknown_since=None)


class TestConsent:
    CONCERN = concern_raised("2024-03-03")

    def test_is_unknown_since_the_first_concern(self) -> None:
        quality(self.CONCERN).has(consent_unknown_since="2024-03-03")

    @pytest.mark.parametrize("told", [consent_decided(state="refused"), consent_overridden()])
    def test_is_known_by_a_decision_of_either_side(self, told: Told) -> None:
        quality(self.CONCERN, told).has(consent_unknown_since=None)

    def test_is_not_needed_where_a_child_alone_is_at_risk(self) -> None:
        child = person_involved(person=CHILD, role="child-at-risk")
        quality(self.CONCERN, child).has(consent_unknown_since=None)
        adult = person_involved(role="victim")
        quality(self.CONCERN, child, adult).has(consent_unknown_since="2024-03-03")


class TestReferrals:
    SENT = referral_sent("2024-03-05")

    def test_without_an_answer_are_counted(self) -> None:
        other = referral_sent("2024-03-04", referral_id="R2")
        quality(self.SENT, other).has(
            feedback_missing_since="2024-03-04", referrals_without_feedback=2
        )

    @pytest.mark.parametrize(
        "told", [referral_decided(), feedback_received(), referral_withdrawn(), case_closed()]
    )
    def test_with_one_taken_back_or_of_a_closed_case_are_not(self, told: Told) -> None:
        quality(self.SENT, told).has(feedback_missing_since=None, referrals_without_feedback=0)

    def test_put_again_wait_from_then_on(self) -> None:
        again = referral_resubmitted("2024-04-02")
        quality(self.SENT, referral_decided("2024-03-20"), again).has(
            feedback_missing_since="2024-04-02"
        )

    def test_whose_feedback_is_dated_roughly_lack_the_day(self) -> None:
        rough = feedback_received(
            "2024-04-01 00:00", known="2024-05-02", occurred_precision="month"
        )
        quality(self.SENT, rough).has(
            feedback_day_unknown_since="2024-05-02", feedback_missing_since=None
        )
        to_the_day = feedback_received("2024-04-01 00:00", occurred_precision="day")
        quality(self.SENT, to_the_day).has(feedback_day_unknown_since=None)


class TestPersons:
    def test_without_a_role_are_counted_since_they_were_first_named(self) -> None:
        quality(
            incident_reported("2024-03-01"),
            risk_assessed("2024-03-04", person=TENANT),
            risk_assessed("2024-03-02", person=TENANT, known="2024-03-03"),
            person_involved(person=NEIGHBOUR, role="unknown-person"),
        ).has(role_unknown_since="2024-03-03", persons_without_role=2)
        quality(risk_assessed(), person_involved(role="witness")).has(
            role_unknown_since=None, persons_without_role=0
        )

    def test_of_two_references_are_one(self) -> None:
        merged = records_merged(survivor=TENANT, retired="person:tenant-old")
        story = (risk_assessed(person="person:tenant-old"), person_involved(role="victim"))
        quality(*story, merged).has(persons_without_role=0)
        quality(*story, merged, records_split()).has(persons_without_role=1)

    def test_who_advocate_without_a_role_are_counted_too(self) -> None:
        quality(advocate_involved(person=None, advocate="person:advocate")).has(
            persons_without_role=1
        )

    def test_that_are_children_at_risk_need_a_date_of_birth(self) -> None:
        child = person_involved("2024-03-04", person=CHILD, role="child-at-risk")
        quality(child).has(birth_date_missing_since="2024-03-04", children_without_birth_date=1)
        quality(child, child.but(date_of_birth="2015-05-05")).has(
            birth_date_missing_since=None, children_without_birth_date=0
        )
        quality(person_involved(role="victim")).has(children_without_birth_date=0)

    def test_at_risk_need_a_way_to_be_reached(self) -> None:
        victim = person_involved("2024-03-04", role="victim")
        quality(victim).has(
            communication_missing_since="2024-03-04", persons_without_communication=1
        )
        quality(victim, communication_preference_recorded()).has(persons_without_communication=0)
        quality(person_involved(role="witness")).has(persons_without_communication=0)


def test_concerns_of_which_the_channel_is_not_known() -> None:
    unknown = concern_raised("2024-03-04", known="2024-03-05", channel="unknown")
    quality(concern_raised("2024-03-03"), unknown).has(channel_unknown_since="2024-03-05")


class TestLateRecording:
    @pytest.mark.parametrize(
        ("recorded", "late", "very_late", "hours"),
        [
            ("2024-03-02 09:00", 0, 0, 24),
            ("2024-03-02 09:01", 1, 0, 24),
            ("2024-03-04 09:00", 1, 0, 72),
            ("2024-03-04 10:00", 1, 1, 73),
        ],
    )
    def test_counts_from_when_the_landlord_knew(
        self, recorded: str, late: int, very_late: int, hours: int
    ) -> None:
        told = incident_reported("2023-01-01", known="2024-03-01", recorded=recorded)
        quality(told).has(
            events=1,
            recorded_late=late,
            recorded_very_late=very_late,
            longest_recording_delay_hours=hours,
        )

    def test_in_good_time_has_no_delay(self) -> None:
        foreseen = incident_reported("2024-03-01", known="2024-03-02", recorded="2024-03-01")
        quality(foreseen).has(longest_recording_delay_hours=0, recorded_late=0)


def test_corrections_are_counted() -> None:
    incident = incident_reported(ref="it")
    quality(incident, event_corrected(target=the("it")), event_corrected(target=the("it"))).has(
        corrections=2
    )


def test_answers_not_known_are_counted_wherever_they_stand() -> None:
    known: Fields = {
        "channel": "tenant",
        "crime_suspected": "no",
        "person_aware": "no",
        "safe_to_contact": "yes",
        "personally_connected": "no",
        "both_sixteen_or_over": "no",
    }
    assert since_of("unknown_codes", concern_raised(**known)) == 0
    assert since_of("unknown_codes", concern_raised(**known | {"channel": "unknown"})) == 1
    within: Fields = {"reporter": {"role": "Caller", "kind": "unknown"}, "severity": "unknown"}
    assert since_of("unknown_codes", concern_raised(**known, **within)) == 2
    kinds = incident_reported(kind="violence", further_kinds=("noise", "unknown"))
    assert since_of("unknown_codes", kinds) == 1


def test_what_was_filled_in_late_was_missing_before() -> None:
    story = given(incident_reported("2024-03-01"), case_allocated("2024-03-02", known="2024-03-09"))
    story.then(data_quality).has(owner_missing_since=None)
    before = story.when_seen(known_on="2024-03-08").then(data_quality)
    before.has(owner_missing_since="2024-03-01", events=1)


def test_what_a_correction_fills_in_is_not_missing() -> None:
    quality(
        case_opened(ref="opened", authority=None),
        event_corrected(target=the("opened"), field="authority", was=None, now="E09000001"),
    ).has(authority_missing_since=None, corrections=1)


def test_a_closed_case_says_so() -> None:
    quality(incident_reported(), case_closed()).has(is_open=False)


class TestAssuranceAtClosing:
    TAKEN_ON = (referral_sent("2024-03-02"), referral_decided("2024-03-05"))
    ASSURED = case_closed("2024-05-01", assurance="confirmed")

    def since(self, *story: Told) -> object:
        return since_of("assurance_unfounded_since", concern_raised("2024-03-01"), *story)

    def test_rests_on_confirmation_by_whoever_took_a_referral_on(self) -> None:
        assert self.since(*self.TAKEN_ON, self.ASSURED) == moment("2024-05-01")
        confirmed = feedback_received("2024-04-01", mitigation_confirmed="yes")
        silent = feedback_received("2024-04-02", mitigation_confirmed="unknown")
        denied = feedback_received("2024-04-03", mitigation_confirmed="no")
        assert self.since(*self.TAKEN_ON, confirmed, silent, self.ASSURED) is None
        assert self.since(*self.TAKEN_ON, confirmed, denied, self.ASSURED) == moment("2024-05-01")

    def test_needs_none_where_no_referral_was_taken_on(self) -> None:
        turned_down = referral_decided("2024-03-05", decision="nfa")
        assert self.since(self.ASSURED) is None
        assert self.since(self.TAKEN_ON[0], self.ASSURED) is None
        assert self.since(self.TAKEN_ON[0], turned_down, self.ASSURED) is None

    @pytest.mark.parametrize("assurance", ["partial", "none"])
    def test_that_is_not_full_has_a_reason(self, assurance: str) -> None:
        closing = case_closed("2024-05-01", assurance=assurance)
        assert self.since(closing) == moment("2024-05-01")
        assert self.since(closing.but(no_assurance_reason="The council did not answer.")) is None

    def test_is_no_question_while_the_case_is_open(self) -> None:
        reopened = case_reopened("2024-06-01")
        assert self.since(case_closed("2024-05-01", assurance="none"), reopened) is None
