"""What a case admits, what it lets wait, and what contradicts it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from domain.case import Admitted, Contradiction, Verdict, Waiting, admit, evolve, fold
from domain.classification import OPENING
from domain.events.consent import (
    ConsentDecisionRecorded,
    ConsentOverridden,
)
from domain.events.enforcement import WarningIssued
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import CaseAllocated
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    VulnerabilityRecorded,
)
from domain.events.plan import DecisionRecorded
from domain.events.risk import RiskAssessed, VisitControlSet
from domain.events.sharing import InformationReceived
from domain.outcomes import Reason
from domain.streams import StreamKind
from tests.support.stories import (
    TELLERS,
    TENANT,
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    action_progressed,
    action_rescheduled,
    case_allocated,
    case_closed,
    case_opened,
    case_reopened,
    concern_raised,
    consent_decided,
    consent_overridden,
    enforcement_reviewed,
    event_corrected,
    feedback_chased,
    feedback_received,
    incident_reported,
    information_shared,
    meeting_convened,
    meeting_held,
    person_informed,
    person_involved,
    reclassified,
    referral_acknowledged,
    referral_decided,
    referral_sent,
    risk_assessed,
    role_changed,
    tell,
    the,
    visit_control_lifted,
    visit_control_set,
    warning_issued,
)

OTHER_CASE = "asb:2024-0999"
BUILDING_ON_AN_OPENING = [
    event_type
    for event_type in TELLERS
    if event_type not in OPENING and StreamKind.CASE in event_type.STREAMS
]


@dataclass(frozen=True)
class Case:
    """A case as told so far, and what is known of other cases."""

    events: Sequence[CaseEvent]
    elsewhere: Sequence[CaseEvent] = ()

    def but_elsewhere(self, *story: Told) -> "Case":
        """The same, when another case says this."""
        previously = self.events[-1].recorded_at
        others = [told.placed(place, previously, OTHER_CASE) for place, told in enumerate(story, 1)]
        return replace(self, elsewhere=others)

    def when(self, told: Told) -> "Decided":
        """The case's verdict on what happens next."""
        told = replace(told, ref=told.ref or "new")
        previously = self.events[-1].recorded_at if self.events else tell(told)[0].recorded_at
        event = told.placed(len(self.events) + 1, previously)
        exists = {known.event_id: known for known in (*self.events, *self.elsewhere)}
        found: dict[UUID, CaseEvent] = {
            ref.event_id: exists[ref.event_id]
            for ref in event.refers_to()
            if ref.event_id in exists
        }
        return Decided(admit(fold(self.events), event, found))


@dataclass(frozen=True)
class Decided:
    """A verdict, to be compared with the one expected."""

    verdict: Verdict

    def then_admitted(self) -> None:
        assert self.verdict == Admitted()

    def then_waits_for(self, *words: str, reason: Reason = Reason.AWAITING_PREDECESSOR) -> None:
        assert isinstance(self.verdict, Waiting), self.verdict
        assert self.verdict.reason is reason
        for word in words:
            assert word in self.verdict.what_for

    def then_contradicts(self, *words: str, reason: Reason = Reason.CONTRADICTION) -> None:
        assert isinstance(self.verdict, Contradiction), self.verdict
        assert self.verdict.reason is reason
        for word in words:
            assert word in self.verdict.why


def given(*story: Told) -> Case:
    return Case(tell(*story))


def given_open(*story: Told) -> Case:
    """A case opened by an incident badged as antisocial behaviour, and what followed."""
    return given(incident_reported(category="asb"), *story)


class TestTheFourExamples:
    def test_completing_an_action_not_yet_agreed_waits(self) -> None:
        given_open().when(action_completed(action_id="A7")).then_waits_for("ActionAgreed", "A7")

    def test_reclassifying_from_what_the_case_is_not_names_both(self) -> None:
        given_open().when(reclassified(from_="child", to="adult")).then_contradicts("child", "asb")

    def test_correcting_an_event_of_another_case_contradicts(self) -> None:
        case = given_open().but_elsewhere(incident_reported(ref="theirs"))
        case.when(event_corrected(target=the("theirs"), was=None, now="x")).then_contradicts(
            "theirs", OTHER_CASE, "asb:2024-0117", reason=Reason.CROSS_CASE
        )

    @pytest.mark.parametrize("event_type", BUILDING_ON_AN_OPENING)
    def test_before_the_first_concern_or_incident_anything_else_waits(
        self, event_type: type[CaseEvent]
    ) -> None:
        told = TELLERS[event_type]()
        if event_type is EventCorrected:
            told = told.but(target=the("e-1"))
        given().when(told).then_waits_for(
            "ConcernRaised", "IncidentReported", reason=Reason.UNKNOWN_CASE
        )


class TestOpening:
    @pytest.mark.parametrize("opening", [incident_reported(), concern_raised(), case_opened()])
    def test_a_case_begins_with_any_of_them(self, opening: Told) -> None:
        given().when(opening).then_admitted()

    def test_a_case_may_be_opened_more_than_once(self) -> None:
        given_open().when(concern_raised()).then_admitted()
        given(concern_raised()).when(incident_reported()).then_admitted()

    def test_a_late_concern_reaches_a_closed_case(self) -> None:
        given_open(case_closed()).when(concern_raised()).then_admitted()


class TestReclassified:
    def test_from_what_the_case_is_treated_as(self) -> None:
        given_open().when(reclassified(from_="asb", to="adult")).then_admitted()

    def test_from_what_it_was_reclassified_to(self) -> None:
        case = given_open(reclassified(from_="asb", to="adult"))
        case.when(reclassified(from_="adult", to="domestic-abuse")).then_admitted()
        case.when(reclassified(from_="asb", to="domestic-abuse")).then_contradicts("asb", "adult")

    def test_from_the_strand_of_the_concern_that_opened_the_case(self) -> None:
        case = given(concern_raised(strands=("child",)))
        case.when(reclassified(from_="child", to="adult")).then_admitted()

    def test_from_what_the_first_to_happen_was_whichever_was_recorded_first(self) -> None:
        case = given(
            concern_raised("2024-03-05", strands=("child",)),
            incident_reported("2024-03-01", category="asb"),
        )
        case.when(reclassified(from_="asb", to="adult")).then_admitted()
        case.when(reclassified(from_="child", to="adult")).then_contradicts("child", "asb")

    def test_from_unclassified_where_nothing_was_said(self) -> None:
        case = given(incident_reported(category=None))
        case.when(reclassified(from_="unclassified", to="adult")).then_admitted()

    def test_to_the_same_says_nothing(self) -> None:
        given_open().when(reclassified(from_="asb", to="asb")).then_contradicts("asb", "same")


class TestClosing:
    def test_an_open_case_with_nothing_left_to_do(self) -> None:
        given_open().when(case_closed()).then_admitted()

    def test_a_closed_case_contradicts(self) -> None:
        closed = given_open(case_closed("2024-03-05"))
        closed.when(case_closed("2024-03-05")).then_contradicts("closed already")
        closed.when(case_closed("2024-03-04")).then_contradicts("closed already")

    def test_a_later_closing_waits_for_the_reopening_between(self) -> None:
        closed = given_open(case_closed("2024-03-05"))
        closed.when(case_closed("2024-03-06")).then_waits_for("CaseReopened")

    def test_a_reopened_case(self) -> None:
        given_open(case_closed(), case_reopened()).when(case_closed()).then_admitted()

    def test_waits_for_open_safety_actions(self) -> None:
        case = given_open(
            action_agreed(action_id="A1", safety=True),
            action_agreed(action_id="A2", safety=True),
            action_agreed(action_id="A3", safety=False),
        )
        case.when(case_closed()).then_waits_for("A1, A2")
        case.when(case_closed(residual_actions=["A2"])).then_waits_for("A1")
        case.when(case_closed(residual_actions=["A1", "A2"])).then_admitted()

    def test_does_not_wait_for_what_was_agreed_only_afterwards(self) -> None:
        case = given_open(action_agreed("2024-04-02", safety=True))
        case.when(case_closed("2024-04-01")).then_admitted()
        case.when(case_closed("2024-04-03")).then_waits_for("A1")

    @pytest.mark.parametrize("ended", [action_completed(), action_cancelled()])
    def test_does_not_wait_for_what_has_ended(self, ended: Told) -> None:
        given_open(action_agreed(safety=True), ended).when(case_closed()).then_admitted()

    @pytest.mark.parametrize(("level", "admitted"), [("high", False), ("medium", True)])
    def test_at_high_risk_the_lead_cannot_approve(self, level: str, admitted: bool) -> None:
        case = given_open(case_allocated(lead="staff:12"), risk_assessed(level=level))
        by_lead = case.when(case_closed(approved_by="staff:12"))
        by_lead.then_admitted() if admitted else by_lead.then_contradicts(level, "lead")
        case.when(case_closed(approved_by="staff:1")).then_admitted()

    def test_the_lead_and_the_risk_are_the_latest_to_have_happened(self) -> None:
        case = given_open(
            case_allocated("2024-04-02", lead="staff:12"),
            case_allocated("2024-04-01", lead="staff:1"),
            risk_assessed("2024-04-02", level="high"),
            risk_assessed("2024-04-01", level="low"),
        )
        case.when(case_closed(approved_by="staff:12")).then_contradicts("high", "lead")
        case.when(case_closed(approved_by="staff:1")).then_admitted()

    def test_the_risk_to_visitors_is_another_matter(self) -> None:
        case = given_open(case_allocated(lead="staff:12"), risk_assessed(tool="visitor"))
        case.when(case_closed(approved_by="staff:12")).then_admitted()

    def test_at_critical_risk_the_lead_cannot_approve(self) -> None:
        case = given_open(case_allocated(lead="staff:12"), risk_assessed(level="critical"))
        case.when(case_closed(approved_by="staff:12")).then_contradicts("critical")

    def test_without_a_lead_or_an_approver_nothing_clashes(self) -> None:
        given_open(risk_assessed(level="high")).when(case_closed()).then_admitted()

    def test_reopening_waits_for_the_closing(self) -> None:
        given_open().when(case_reopened()).then_waits_for("CaseClosed")
        given_open(case_closed()).when(case_reopened()).then_admitted()
        given_open(case_closed(), case_reopened()).when(case_reopened()).then_waits_for(
            "CaseClosed"
        )


class TestRoles:
    def test_a_change_waits_for_the_person(self) -> None:
        given_open().when(role_changed()).then_waits_for("PersonInvolved", TENANT)

    def test_a_change_from_a_role_the_person_has(self) -> None:
        given_open(person_involved()).when(role_changed()).then_admitted()

    def test_a_change_from_the_role_an_event_gave_its_subject(self) -> None:
        subject = {"person": TENANT, "role": "alleged-perpetrator"}
        given_open(risk_assessed(subjects=(subject,))).when(role_changed()).then_admitted()

    def test_a_change_to_a_role_already_held(self) -> None:
        case = given_open(person_involved(role="victim"))
        case.when(role_changed(from_="alleged-perpetrator", to="victim")).then_admitted()

    def test_a_change_from_a_role_not_held_waits_for_it(self) -> None:
        case = given_open(person_involved(role="witness"))
        case.when(role_changed()).then_waits_for("alleged-perpetrator", TENANT)

    def test_a_change_follows_a_change(self) -> None:
        case = given_open(person_involved(), role_changed())
        case.when(role_changed(from_="victim", to="witness")).then_admitted()


class TestConsent:
    def test_informing_a_person_waits_for_something_to_tell(self) -> None:
        given_open().when(person_informed()).then_waits_for("ConsentOverridden", "ReferralSent")

    @pytest.mark.parametrize("about", ["sharing", "decision", "other"])
    def test_informing_a_person_of_anything_else_waits_for_nothing(self, about: str) -> None:
        given_open().when(person_informed(about=about)).then_admitted()

    def test_informing_a_person_of_an_override(self) -> None:
        given_open(consent_overridden()).when(person_informed()).then_admitted()

    def test_informing_a_person_of_a_referral(self) -> None:
        case = given_open(consent_decided(ref="consent"), referral_sent())
        case.when(person_informed()).then_admitted()

    def test_sharing_waits_for_what_it_rests_on(self) -> None:
        given_open().when(information_shared()).then_waits_for("consent")
        given_open(consent_decided(ref="consent")).when(information_shared()).then_admitted()

    def test_sharing_on_the_consent_of_another_case_contradicts(self) -> None:
        case = given_open().but_elsewhere(consent_decided(ref="consent"))
        case.when(information_shared()).then_contradicts("consent", reason=Reason.CROSS_CASE)


class TestVisitControls:
    def test_lifting_waits_for_the_same_control_and_scope(self) -> None:
        case = given_open(visit_control_set(control="two-person", scope="property"))
        other_control = visit_control_lifted(control="no-lone-visits", scope="property")
        other_scope = visit_control_lifted(control="two-person", scope="person")
        case.when(other_control).then_waits_for("no-lone-visits")
        case.when(other_scope).then_waits_for("two-person", "person")
        case.when(visit_control_lifted(control="two-person", scope="property")).then_admitted()

    def test_lifting_waits_for_a_setting_from_before(self) -> None:
        case = given_open(visit_control_set("2024-04-02"))
        case.when(visit_control_lifted("2024-04-01")).then_waits_for("VisitControlSet")
        case.when(visit_control_lifted("2024-04-03")).then_admitted()

    def test_each_setting_is_lifted_though_the_later_one_was_first(self) -> None:
        case = given_open(
            visit_control_set("2024-04-01"),
            visit_control_set("2024-04-03"),
            visit_control_lifted("2024-04-04"),
        )
        case.when(visit_control_lifted("2024-04-02")).then_admitted()

    def test_lifting_again_waits_for_it_to_be_set_again(self) -> None:
        case = given_open(visit_control_set(), visit_control_lifted())
        case.when(visit_control_lifted()).then_waits_for("VisitControlSet")


class TestEnforcement:
    def test_a_review_waits_for_the_warning(self) -> None:
        given_open().when(enforcement_reviewed()).then_waits_for("warning")

    def test_a_review_of_the_warning(self) -> None:
        given_open(warning_issued(ref="warning")).when(enforcement_reviewed()).then_admitted()

    def test_a_review_of_something_else_contradicts(self) -> None:
        case = given_open(case_allocated(ref="warning"))
        case.when(enforcement_reviewed()).then_contradicts("CaseAllocated", "WarningIssued")


class TestReferrals:
    SENT = (consent_decided(ref="consent"), referral_sent())

    def test_waits_for_the_consent_it_rests_on(self) -> None:
        given_open().when(referral_sent()).then_waits_for("consent")

    def test_rests_on_consent(self) -> None:
        given_open(consent_decided(ref="consent")).when(referral_sent()).then_admitted()

    def test_rests_on_an_override(self) -> None:
        case = given_open(consent_overridden(ref="override"))
        case.when(referral_sent(consent_ref=None, override_ref=the("override"))).then_admitted()

    def test_does_not_rest_on_an_override_that_is_none(self) -> None:
        case = given_open(case_allocated(ref="override"))
        case.when(referral_sent(consent_ref=None, override_ref=the("override"))).then_contradicts(
            "CaseAllocated", "ConsentOverridden"
        )

    def test_for_a_child_at_risk_it_rests_on_nothing(self) -> None:
        child = {"person": "person:9", "role": "child-at-risk"}
        given_open().when(referral_sent(consent_ref=None, subjects=(child,))).then_admitted()

    def test_is_not_sent_twice(self) -> None:
        given_open(*self.SENT).when(referral_sent()).then_contradicts("R1", "already")
        given_open(*self.SENT).when(referral_sent(referral_id="R2")).then_admitted()

    @pytest.mark.parametrize(
        "told",
        [referral_acknowledged(), referral_decided(), feedback_chased(), feedback_received()],
    )
    def test_what_follows_waits_for_it(self, told: Told) -> None:
        given_open().when(told).then_waits_for("ReferralSent", "R1")
        given_open(*self.SENT).when(told).then_admitted()

    def test_is_decided_for_good_once(self) -> None:
        case = given_open(*self.SENT, referral_decided(decision="accepted-s42"))
        case.when(referral_decided(decision="rejected")).then_contradicts(
            "accepted-s42", "rejected", "R1"
        )

    @pytest.mark.parametrize("answer", ["more-information", "no-response"])
    def test_is_not_decided_by_a_question_or_by_silence(self, answer: str) -> None:
        case = given_open(*self.SENT, referral_decided(decision=answer))
        case.when(referral_decided(decision="nfa")).then_admitted()

    @pytest.mark.parametrize("answer", ["more-information", "no-response"])
    def test_stays_decided_when_a_question_or_silence_comes_to_be_known(self, answer: str) -> None:
        decided = given_open(*self.SENT, referral_decided(decision="rejected"))
        late = referral_decided(decision=answer)
        decided.when(late).then_admitted()
        and_then = given_open(*self.SENT, referral_decided(decision="rejected"), late)
        and_then.when(referral_decided(decision="nfa")).then_contradicts("rejected", "nfa")


class TestMeetings:
    def test_is_convened_once(self) -> None:
        given_open().when(meeting_convened()).then_admitted()
        given_open(meeting_convened()).when(meeting_convened()).then_contradicts("M1", "already")
        given_open(meeting_convened()).when(meeting_convened(meeting_id="M2")).then_admitted()

    def test_is_held_once(self) -> None:
        given_open(meeting_held()).when(meeting_held()).then_contradicts("M1", "already")
        given_open(meeting_held()).when(meeting_held(meeting_id="M2")).then_admitted()

    def test_may_be_held_without_having_been_convened_and_the_other_way_round(self) -> None:
        given_open().when(meeting_held()).then_admitted()
        given_open(meeting_held()).when(meeting_convened()).then_admitted()
        given_open(meeting_convened()).when(meeting_held()).then_admitted()


class TestActions:
    def test_is_agreed_once(self) -> None:
        given_open(action_agreed()).when(action_agreed()).then_contradicts("A1", "already")
        given_open(action_agreed()).when(action_agreed(action_id="A2")).then_admitted()

    @pytest.mark.parametrize(
        "told",
        [action_progressed(), action_rescheduled(), action_completed(), action_cancelled()],
    )
    def test_what_follows_waits_for_it(self, told: Told) -> None:
        given_open().when(told).then_waits_for("ActionAgreed", "A1")
        given_open(action_agreed(action_id="A2")).when(told).then_waits_for("A1")
        given_open(action_agreed()).when(told).then_admitted()

    @pytest.mark.parametrize("ended", [action_completed(), action_cancelled()])
    def test_ends_once(self, ended: Told) -> None:
        case = given_open(action_agreed(), ended)
        case.when(action_completed()).then_contradicts("A1", "already")
        case.when(action_cancelled()).then_contradicts("A1", "already")

    @pytest.mark.parametrize("note", [action_progressed(), action_rescheduled()])
    def test_a_note_from_before_the_end_may_come_after_it(self, note: Told) -> None:
        given_open(action_agreed(), action_completed()).when(note).then_admitted()


class TestCorrections:
    def test_waits_for_its_target(self) -> None:
        case = given_open()
        case.when(event_corrected(target=the("e-7"), was=None, now="x")).then_waits_for("e-7")

    def test_fits_its_target(self) -> None:
        given_open().when(
            event_corrected(target=the("e-1"), field="kind", was="violence", now="noise")
        ).then_admitted()

    def test_that_does_not_fit_contradicts(self) -> None:
        given_open().when(
            event_corrected(target=the("e-1"), field="kind", was="threats", now="noise")
        ).then_contradicts("IncidentReported.kind")

    def test_must_fit_the_target_as_corrected_so_far(self) -> None:
        first = event_corrected(target=the("e-1"), field="kind", was="violence", now="noise")
        second = event_corrected(target=the("e-1"), field="kind", was="noise", now="threats")
        given_open(first).when(second).then_admitted()
        given_open(first).when(first).then_contradicts("IncidentReported.kind")

    def test_must_fit_the_target_as_corrections_of_corrections_make_it_read(self) -> None:
        story = (
            event_corrected(target=the("e-1"), field="kind", was="violence", now="noise"),
            event_corrected(target=the("e-1"), field="kind", was="noise", now="threats"),
            event_corrected(target=the("e-2"), field="now", was="noise", now="nuisance"),
        )
        given_open(*story).when(
            event_corrected(target=the("e-1"), field="kind", was="threats", now="drugs")
        ).then_admitted()

    def test_of_a_correction(self) -> None:
        first = event_corrected(target=the("e-1"), field="kind", was="violence", now="noise")
        given_open(first).when(
            event_corrected(target=the("e-2"), field="now", was="noise", now="threats")
        ).then_admitted()

    def test_makes_the_case_read_otherwise(self) -> None:
        case = given(incident_reported(category="asb"))
        assert fold(case.events).classification == "asb"
        corrected = given(
            incident_reported(category="asb"),
            event_corrected(target=the("e-1"), field="category", was="asb", now="hate-crime"),
        )
        corrected.when(reclassified(from_="asb", to="adult")).then_contradicts("hate-crime")
        corrected.when(reclassified(from_="hate-crime", to="adult")).then_admitted()


RESTING_ON_NOTHING = (
    CaseAllocated,
    PersonInvolved,
    CommunicationPreferenceRecorded,
    VulnerabilityRecorded,
    ConsentDecisionRecorded,
    ConsentOverridden,
    InformationReceived,
    RiskAssessed,
    VisitControlSet,
    WarningIssued,
    DecisionRecorded,
)


@pytest.mark.parametrize("event_type", RESTING_ON_NOTHING)
def test_what_rests_on_nothing_is_admitted_to_an_open_or_closed_case(
    event_type: type[CaseEvent],
) -> None:
    told = TELLERS[event_type]()
    given_open().when(told).then_admitted()
    given_open(case_closed()).when(told).then_admitted()


def test_a_story_told_in_order_advances_the_case_one_version_an_event() -> None:
    events = tell(incident_reported(), person_involved(), action_agreed(), action_completed())
    state = fold(events)
    assert state.version == 4
    assert state.last_recorded_at == events[-1].recorded_at
    assert state.is_open
    assert evolve(state, case_closed().placed(5, events[-1].recorded_at)).is_open is False
