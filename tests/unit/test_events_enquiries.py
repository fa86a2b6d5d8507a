"""Meetings missed, minutes, enquiries, staff allegations: what they hold, say and wait for."""

import pytest

from domain.events.enquiries import (
    EnquiryOutcomeReceived,
    EnquiryReported,
    EnquiryRequested,
    StaffAllegationRaised,
)
from domain.events.envelope import CaseEvent
from domain.events.meetings import MeetingMissedDiscovered, MinutesReceived
from domain.outcomes import Reason
from domain.personal import Personal, personal_fields
from domain.vocabulary.enquiry import (
    AllegationReferral,
    EnquiryCapacity,
    EnquiryRiskResult,
    StaffRelation,
)
from domain.vocabulary.meetings import Forum, InviteState, MissedDiscovery
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass
from tests.support.admitting import CASE, LANDLORD, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    enquiry_outcome_received,
    enquiry_reported,
    enquiry_requested,
    incident_reported,
    meeting_convened,
    meeting_held,
    meeting_missed,
    minutes_received,
    staff_allegation_raised,
    tell,
)

EventType = type[CaseEvent]
OPENED = incident_reported()


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (
            MinutesReceived,
            "meeting_id [from_agency] [new_information] [risks_agreed] [dissent]",
        ),
        (
            MeetingMissedDiscovered,
            "[meeting_id] [forum] [convenor] held_at how [invite_state] [impact]",
        ),
        (
            EnquiryRequested,
            "enquiry_id [referral_id] [requested_by] scope due report_to [support] "
            "[conflict_of_interest]",
        ),
        (EnquiryReported, "enquiry_id findings recommendation"),
        (
            EnquiryOutcomeReceived,
            "enquiry_id [referral_id] [enquiry_type] risk_result [risk_outcome] [capacity] "
            "[supported]",
        ),
        (StaffAllegationRaised, "subject_staff relation [referred_to] [allegation]"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(event_type: EventType, fields: str) -> None:
    assert own_fields(event_type) == fields


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (MinutesReceived, "Minutes of meeting item-7 received from Adult social care"),
        (
            MeetingMissedDiscovered,
            "Meeting item-7 (Strategy meeting) held without housing on 2024-02-28; "
            "housing: asked to leave",
        ),
        (
            EnquiryRequested,
            "Enquiry item-7 asked for by Adult social care, due 2024-12-31; conflict of interest",
        ),
        (EnquiryReported, "Enquiry item-7 reported"),
        (
            EnquiryOutcomeReceived,
            "Outcome of enquiry item-7: risk identified, action taken; risk reduced",
        ),
        (
            StaffAllegationRaised,
            "Allegation against staff (agency worker), referred to: "
            "Local authority designated officer (LADO); Police",
        ),
    ],
)
def test_the_headline_with_everything_filled_in(event_type: EventType, headline: str) -> None:
    assert filled_in(event_type).headline() == headline


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (minutes_received(), "Minutes of meeting M1 received"),
        (
            meeting_missed(meeting_id=None),
            "Meeting (Kind of meeting not known) held without housing on 2024-03-20; "
            "housing: not known",
        ),
        (
            meeting_missed(forum="marac", held_at="2024-04-01T23:30:00Z"),
            "Meeting M1 (MARAC) held without housing on 2024-04-02; housing: not known",
        ),
        (
            enquiry_requested(conflict_of_interest="no"),
            "Enquiry Q1 asked for by Agency not known, due 2024-05-01",
        ),
        (
            enquiry_outcome_received(risk_result="ceased"),
            "Outcome of enquiry Q1: ceased at the individual's request",
        ),
        (
            staff_allegation_raised(),
            "Allegation against staff (employee), referred to: nobody yet",
        ),
    ],
)
def test_the_headline_says_no_more_than_is_known(told: Told, headline: str) -> None:
    assert tell(told)[0].headline() == headline


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (meeting_missed(held_at="2024-03-20"), "held_at", "invalid-timestamp"),
        (meeting_missed(how="by chance"), "how", "enum"),
        (enquiry_requested(due="in a month"), "due", "invalid-date"),
        (enquiry_outcome_received(risk_result="identified"), "risk_result", "enum"),
        (staff_allegation_raised(subject_staff=""), "subject_staff", "string_too_short"),
        (staff_allegation_raised(referred_to=("manager",)), "referred_to", "enum"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


class TestSensitivity:
    @pytest.mark.parametrize("sensitivity", ["standard", "restricted"])
    def test_an_allegation_against_staff_is_never_less_than_sealed(self, sensitivity: str) -> None:
        assert refusals(staff_allegation_raised(sensitivity=sensitivity)) == {("", "not-sealed")}

    def test_whose_name_it_holds_is_the_member_of_staff_it_is_against(self) -> None:
        personal = dict(personal_fields(StaffAllegationRaised))
        theirs = {"whose": "subject_staff"}
        assert personal["subject_staff"] == Personal(PersonalClass.IDENTITY, **theirs)
        assert personal["allegation"] == Personal(PersonalClass.OFFENCE, **theirs)

    def test_what_is_said_of_capacity_is_not_for_everyone(self) -> None:
        lacked = enquiry_outcome_received(capacity="lacked")
        assert refusals(lacked) == {("", "not-restricted")}
        assert tell(lacked.but(sensitivity="restricted"))


class TestLists:
    def test_results_are_those_of_the_national_return_and_not_known(self) -> None:
        assert [result for result in EnquiryRiskResult if result != "unknown"] == [
            "identified-action",
            "identified-no-action",
            "inconclusive-action",
            "inconclusive-no-action",
            "none-action",
            "none-no-action",
            "ceased",
        ]

    def test_capacity_is_told_as_in_the_national_return(self) -> None:
        assert list(EnquiryCapacity) == ["lacked", "did-not-lack", "dont-know", "not-recorded"]

    @pytest.mark.parametrize("result", list(EnquiryRiskResult))
    def test_every_result_can_be_told(self, result: EnquiryRiskResult) -> None:
        headline = tell(enquiry_outcome_received(risk_result=result))[0].headline()
        assert result.label.lower() in headline

    @pytest.mark.parametrize("relation", list(StaffRelation))
    def test_whoever_acts_for_the_landlord_counts_as_staff(self, relation: StaffRelation) -> None:
        headline = tell(staff_allegation_raised(relation=relation))[0].headline()
        assert relation.label.lower() in headline

    @pytest.mark.parametrize("told_to", list(AllegationReferral))
    def test_an_allegation_may_go_to_any_of_these(self, told_to: AllegationReferral) -> None:
        headline = tell(staff_allegation_raised(referred_to=(told_to,)))[0].headline()
        assert headline.endswith(f"referred to: {told_to.label}")

    @pytest.mark.parametrize("how", list(MissedDiscovery))
    def test_a_missed_meeting_comes_to_be_known_in_any_of_these_ways(
        self, how: MissedDiscovery
    ) -> None:
        (event,) = tell(meeting_missed(how=how))
        assert isinstance(event, MeetingMissedDiscovered)
        assert event.how is how

    @pytest.mark.parametrize("forum", list(Forum))
    def test_a_meeting_of_any_kind_can_be_told(self, forum: Forum) -> None:
        assert f"({forum.label})" in tell(meeting_held(forum=forum))[0].headline()

    def test_what_is_not_said_is_not_known(self) -> None:
        missed, asked = tell(meeting_missed(), enquiry_requested())
        assert isinstance(missed, MeetingMissedDiscovered)
        assert missed.invite_state is InviteState.UNKNOWN
        assert isinstance(asked, EnquiryRequested)
        assert asked.conflict_of_interest is YesNoUnknown.UNKNOWN


class TestAdmission:
    @pytest.mark.parametrize(
        "told",
        [
            minutes_received(),
            meeting_missed(),
            enquiry_requested(),
            enquiry_outcome_received(),
            staff_allegation_raised(),
        ],
    )
    def test_they_rest_on_nothing_but_the_case(self, told: Told) -> None:
        on(CASE, OPENED).admits(told)
        on(LANDLORD).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    def test_a_report_waits_for_the_request(self) -> None:
        on(CASE, OPENED).lets_wait(enquiry_reported(), "EnquiryRequested", "enquiry Q1")
        on(CASE, OPENED, enquiry_requested()).admits(enquiry_reported())

    def test_an_enquiry_is_asked_for_once(self) -> None:
        case = on(CASE, OPENED, enquiry_requested())
        case.contradicts(enquiry_requested(), "enquiry Q1", "already")
        case.admits(enquiry_requested(enquiry_id="Q2"))

    def test_of_one_meeting_it_is_found_out_once_that_it_was_missed(self) -> None:
        case = on(CASE, OPENED, meeting_missed())
        case.contradicts(meeting_missed(), "meeting M1", "already")
        case.admits(meeting_missed(meeting_id="M2"))

    def test_of_meetings_without_a_reference_any_number_may_have_been_missed(self) -> None:
        unnamed = meeting_missed(meeting_id=None)
        on(CASE, OPENED, unnamed).admits(unnamed)

    def test_what_is_found_out_of_a_meeting_goes_with_all_else_told_of_it(self) -> None:
        case = on(CASE, OPENED, meeting_convened(), meeting_held())
        case.admits(meeting_missed())
        case.admits(minutes_received())
        on(CASE, OPENED, meeting_missed()).admits(meeting_held())

    def test_minutes_may_come_in_draft_and_again(self) -> None:
        on(CASE, OPENED, minutes_received()).admits(minutes_received())
