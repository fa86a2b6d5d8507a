"""Hypothesis strategies for case histories: any order of recording that a case would admit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from domain.case import Admitted, CaseState, admit, evolve, fold
from domain.corrections import corrected
from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.enforcement import EnforcementActionTaken, WarningIssued
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.plan import ActionAgreed
from domain.events.protection import WarningMarkerPlaced
from domain.events.reviews import ReviewNotified
from domain.events.support import SupportOffered
from domain.vocabulary.challenge import BarrierCode
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import Agency, ConsentScope, ConsentState, Direction
from domain.vocabulary.hoarding import HoardingLevel
from domain.vocabulary.housing import HousingChange
from domain.vocabulary.meetings import Forum, InviteState
from domain.vocabulary.people import PersonRole, PersonType, Relationship, YesNoUnknown
from domain.vocabulary.plan import PlanReviewOutcome
from domain.vocabulary.protection import MarkerOutcome
from domain.vocabulary.record import Precision
from domain.vocabulary.referral import FeedbackQuality, ReferralDecision
from domain.vocabulary.reviews import Significance
from domain.vocabulary.risk import EnforcementOutcome, RiskLevel, RiskTool, VisitControl
from domain.vocabulary.safeguarding import Classification, Strand
from domain.vocabulary.support import SupportResponse
from domain.vocabulary.voice import OutcomesAsked
from tests.support import stories as tell
from tests.support.stories import NEIGHBOUR, TENANT, Fields, Teller, Told, moment, the

Telling = st.SearchStrategy[Told]

START = moment("2024-03-01")
LONGEST = 24

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Settings for tests that draw histories: long ones take their time, the more on a busy machine."""


def _codes(codes: type[CodedList]) -> st.SearchStrategy[CodedList]:
    return st.sampled_from(list(codes))


_persons = st.sampled_from([TENANT, NEIGHBOUR, "person:unknown-1"])
_roles = _codes(PersonRole)
_subject = st.fixed_dictionaries({"person": _persons, "role": _roles})
_role_change = st.fixed_dictionaries({"person": _persons, "was": _roles, "now": _roles})
_subjects = st.lists(_subject, max_size=2)
_actions = st.sampled_from(["A1", "A2", "A3"])
_referrals = st.sampled_from(["R1", "R2"])
_meetings = st.sampled_from(["M1", "M2"])
_escalations = st.sampled_from(["E1", "E2"])
# Few, so that one is set, lifted or assessed again.
_controls = st.sampled_from([VisitControl.POLICE, VisitControl.OFFICE_ONLY])
_tools = st.sampled_from([RiskTool.GENERAL, RiskTool.VISITOR])
_relationships = st.sampled_from([Relationship.SIBLING, Relationship.CARER])
_other_files = st.sampled_from([TENANT, "asb:2023-0042"])
_homes = st.sampled_from(["uprn:1", "uprn:2"])
_offers = st.sampled_from(["S1", "S2"])
_markers = st.sampled_from(["W1", "W2"])
_requests = st.sampled_from(["Q1", "Q2"])
_reviews = st.sampled_from(["SAR-1", "SAR-2"])
_holds = st.sampled_from(["H1", "H2"])
_due = st.dates(date(2024, 9, 1), date(2025, 3, 1)).map(str)
_texts = st.sampled_from(["He was afraid.", "Nobody answered.", "“Nothing”, he said.\nTwice."])


def _told(teller: Teller, **fields: st.SearchStrategy[Any]) -> Telling:
    # Deferred, as most of what could come next is never drawn.
    return st.deferred(lambda: st.builds(teller, subjects=_subjects, **fields))


OPENINGS: tuple[Telling, ...] = (
    _told(tell.incident_reported, category=st.none() | _codes(Classification)),
    _told(
        tell.concern_raised,
        strands=st.lists(_codes(Strand), max_size=2),
        immediate_danger=st.booleans(),
    ),
    _told(tell.case_opened, initial_classification=_codes(Classification)),
)
"""What a case may begin with."""

ANY_TIME: tuple[Telling, ...] = (
    *OPENINGS,
    _told(tell.case_allocated, lead=st.sampled_from(["staff:12", "staff:13"])),
    _told(
        tell.person_involved,
        person=_persons,
        role=_roles,
        person_type=_codes(PersonType),
        name=st.none() | st.sampled_from(["A. Tenant", "B. Tenant"]),
    ),
    _told(tell.communication_preference_recorded, person=_persons),
    _told(tell.vulnerability_recorded, person=_persons),
    _told(tell.vulnerability_ended, person=_persons),
    _told(tell.relationship_recorded, relationship=_relationships),
    _told(tell.relationship_ended, relationship=_relationships),
    _told(tell.housing_changed, kind=_codes(HousingChange), person=st.none() | _persons),
    _told(tell.case_linked, other_ref=_other_files),
    _told(tell.monitoring_scheduled, next_date=_due),
    _told(
        tell.consent_decided,
        scope=_codes(ConsentScope),
        person=st.none() | _persons,
        state=_codes(ConsentState),
        reason_not_sought=st.just("There was no time."),
    ),
    _told(tell.consent_overridden, scope=_codes(ConsentScope), person=st.none() | _persons),
    _told(
        tell.information_received,
        new_to_us=st.booleans(),
        narrative=_texts,
        request_id=st.none() | _requests,
    ),
    _told(
        tell.risk_assessed,
        person=st.none() | _persons,
        tool=_tools,
        level=_codes(RiskLevel),
        previous=st.none() | _codes(RiskLevel),
    ),
    _told(tell.visit_control_set, control=_controls, until=st.none() | _due),
    _told(tell.warning_issued, against=_persons),
    _told(tell.enforcement_action_taken, against=_persons),
    _told(tell.meeting_convened, meeting_id=_meetings),
    _told(tell.meeting_held, meeting_id=_meetings, new_information=st.none() | _texts),
    _told(tell.minutes_received, meeting_id=_meetings, new_information=st.none() | _texts),
    _told(
        tell.meeting_missed,
        meeting_id=st.none() | _meetings,
        forum=st.sampled_from([Forum.MARAC, Forum.UNKNOWN]),
        convenor=st.sampled_from([Agency.POLICE, None]),
        invite_state=_codes(InviteState),
    ),
    _told(tell.escalation_raised, escalation_id=_escalations, stage=st.integers(1, 2)),
    _told(tell.decision_recorded),
    _told(tell.action_agreed, action_id=_actions, due=_due, safety=st.booleans()),
    _told(tell.records_merged),
    _told(tell.records_split),
    _told(tell.capacity_considered, person=_persons),
    _told(tell.desired_outcomes_recorded, person=st.none() | _persons, asked=_codes(OutcomesAsked)),
    _told(tell.advocate_involved, person=st.none() | _persons),
    _told(
        tell.hoarding_level_assessed,
        person=st.none() | _persons,
        property_ref=st.none() | _homes,
        level=_codes(HoardingLevel),
        animals=_codes(YesNoUnknown),
    ),
    _told(tell.exploitation_indicator_observed, person=st.none() | _persons),
    _told(tell.marker_placed, marker_id=_markers, review_due=st.just("2024-12-01")),
    _told(tell.support_offered, offer_id=_offers, to=_persons),
    _told(tell.support_measure_provided, completed_on=st.none() | _due),
    _told(
        tell.housing_offer_made,
        housing_offer_id=st.none() | st.just("H1"),
        adopted=_codes(YesNoUnknown),
    ),
    _told(tell.contact_made, person=st.none() | _persons, seen=_codes(YesNoUnknown)),
    _told(tell.contact_attempt_failed, person=st.none() | _persons),
    _told(tell.advice_sought, identities_disclosed=st.just(True), person=st.none() | _persons),
    _told(tell.information_requested, request_id=_requests, direction=_codes(Direction)),
    _told(tell.barrier_encountered, code=_codes(BarrierCode)),
    _told(tell.enquiry_requested, enquiry_id=_requests),
    _told(tell.enquiry_outcome_received, enquiry_id=_requests),
    _told(tell.plan_agreed, review_due=_due),
    _told(tell.oversight_recorded),
    _told(tell.recommendation_accepted),
    _told(tell.learning_disseminated, recommendation_ids=st.just(("REC-1",))),
    _told(tell.subject_access_received, requester=_persons),
    _told(tell.review_notified, review_id=_reviews),
    _told(tell.hold_placed, hold_id=_holds),
    _told(tell.person_data_erased, person=_persons),
)
"""What needs nothing before it but the opening."""


@st.composite
def histories(draw: st.DrawFn, *, corrections: bool = True, exact: bool = False) -> list[CaseEvent]:
    """The events of a case in their order of recording, each of them admitted by it.

    They happen in any order, come to be known late, and are dated more or less exactly; where
    `exact`, to the second, and no two of them alike.
    """
    events: list[CaseEvent] = []
    state, previously = CaseState(), START
    for _ in range(draw(st.sampled_from(range(1, LONGEST + 1)))):
        # Twice what builds on the case, so that histories go on and do not only begin.
        tellings = [*ANY_TIME, *2 * list(_building_on(state, events))] if events else OPENINGS
        if corrections and events:
            tellings = [*tellings, *3 * [_correction_in(events)], _redaction_in(events)]
        told = draw(draw(st.sampled_from(tellings)))
        recorded = previously + timedelta(hours=draw(st.integers(1, 120)))
        version = len(events) + 1
        dated = (
            _to_the_second(draw, told, recorded, version) if exact else _dated(draw, told, recorded)
        )
        event = dated.placed(version, previously)
        found = {earlier.event_id: earlier for earlier in events}
        if isinstance(admit(state, event, found), Admitted):
            events.append(event)
            previously = recorded
            corrects = isinstance(event, EventCorrected)
            state = fold(events) if corrects else evolve(state, event)
    return events


def _building_on(state: CaseState, events: Sequence[CaseEvent]) -> Iterator[Telling]:
    yield _told(
        tell.reclassified,
        from_=st.just(state.classification),
        to=_codes(Classification),
        role_changes=st.lists(_role_change, max_size=1),
    )
    if state.is_closed:
        yield _told(tell.case_reopened)
    else:
        carried = sorted(key for key, action in state.actions.items() if action.is_open)
        yield _told(tell.case_closed, residual_actions=st.just(carried))
    for person, held in sorted(state.roles.items()):
        was = st.sampled_from(sorted(held))
        yield _told(tell.role_changed, person=st.just(person), from_=was, to=_roles)
    for other_ref, relation in sorted(state.links):
        its_link = {"other_ref": st.just(other_ref), "relation": st.just(relation)}
        yield _told(tell.case_unlinked, **its_link)
    if state.any_risk_assessed:
        yield _told(tell.triage_completed, at_risk_of_abuse=_codes(YesNoUnknown))
    for control, scope in sorted(state.visit_controls):
        its_control = {"control": st.just(control), "scope": st.just(scope)}
        yield _told(tell.visit_control_lifted, **its_control)
        yield _told(tell.visit_control_acknowledged, **its_control)
    yield from _on_actions(state)
    yield from _on_referrals(state)
    yield from _on_markers_and_offers(state)
    yield from _on_earlier_events(events)
    yield from _on_what_began(state)
    yield from _on_the_record(state, events)


def _on_actions(state: CaseState) -> Iterator[Telling]:
    if state.actions:
        any_action = st.sampled_from(sorted(state.actions))
        yield _told(tell.action_progressed, action_id=any_action, note=_texts)
        yield _told(tell.action_rescheduled, action_id=any_action, new_due=_due)
    if still_open := sorted(key for key, action in state.actions.items() if action.is_open):
        yield _told(tell.action_completed, action_id=st.sampled_from(still_open))
        yield _told(tell.action_cancelled, action_id=st.sampled_from(still_open))
    if ended := sorted(key for key, action in state.actions.items() if not action.is_open):
        yield _told(
            tell.action_reopened, action_id=st.sampled_from(ended), new_due=st.none() | _due
        )


def _on_what_began(state: CaseState) -> Iterator[Telling]:
    for began, reference in sorted(state.items):
        match began:
            case "EscalationRaised":
                its_id = {"escalation_id": st.just(reference)}
                yield _told(tell.escalation_responded, resolved=st.booleans(), **its_id)
            case "EnquiryRequested":
                yield _told(tell.enquiry_reported, enquiry_id=st.just(reference), findings=_texts)
            case "SafeguardingPlanAgreed":
                yield _told(tell.plan_reviewed, outcome=_codes(PlanReviewOutcome))
            case "RecommendationAccepted":
                yield _told(tell.recommendation_implemented, evidence_note=_texts)
            case "SubjectAccessReceived":
                yield _told(tell.subject_access_fulfilled)
            case "ReviewNotified":
                versions = st.integers(1, 3)
                its_review = {"review_id": st.just(reference), "chronology_version": versions}
                yield _told(tell.chronology_submitted, **its_review)


def _on_referrals(state: CaseState) -> Iterator[Telling]:
    if state.referrals or state.consent_overridden:
        yield _told(tell.person_informed, person=st.none() | _persons)
    for referral_id in sorted(state.referrals):
        its_id = st.just(referral_id)
        yield _told(tell.referral_acknowledged, referral_id=its_id)
        yield _told(tell.feedback_chased, referral_id=its_id)
        yield _told(tell.referral_decided, referral_id=its_id, decision=_codes(ReferralDecision))
        yield _told(tell.referral_withdrawn, referral_id=its_id)
        yield _told(tell.referral_resubmitted, referral_id=its_id, feedback_due=_due)
        yield _told(
            tell.feedback_received,
            referral_id=its_id,
            quality=_codes(FeedbackQuality),
            risk_assessed_confirmed=_codes(YesNoUnknown),
            mitigation_confirmed=_codes(YesNoUnknown),
        )


def _on_markers_and_offers(state: CaseState) -> Iterator[Telling]:
    for begun_by, reference in sorted(state.items):
        if begun_by == WarningMarkerPlaced.__name__:
            yield _told(
                tell.marker_reviewed,
                marker_id=st.just(reference),
                outcome=_codes(MarkerOutcome),
                next_review=st.just("2024-12-15"),
            )
            yield _told(tell.marker_removed, marker_id=st.just(reference))
        if begun_by == SupportOffered.__name__:
            yield _told(
                tell.support_responded,
                offer_id=st.just(reference),
                response=_codes(SupportResponse),
            )


def _on_earlier_events(events: Sequence[CaseEvent]) -> Iterator[Telling]:
    if warnings := _refs(events, WarningIssued, EnforcementActionTaken):
        yield _told(
            tell.enforcement_reviewed,
            action=st.sampled_from(warnings),
            outcome=_codes(EnforcementOutcome),
        )
    for field, basis in (
        ("consent_ref", ConsentDecisionRecorded),
        ("override_ref", ConsentOverridden),
    ):
        if refs := _refs(events, basis):
            rests_on = {"consent_ref": st.none(), field: st.sampled_from(refs)}
            yield _told(tell.information_shared, **rests_on)
            yield _told(tell.referral_sent, referral_id=_referrals, feedback_due=_due, **rests_on)


def _on_the_record(state: CaseState, events: Sequence[CaseEvent]) -> Iterator[Telling]:
    any_event = st.sampled_from([the(event.source_event_id) for event in events])
    yield _told(tell.rectification_disputed, target=any_event, by=_persons)
    if state.holds:
        yield _told(tell.hold_lifted, hold_id=st.sampled_from(sorted(state.holds)))
    if any(isinstance(event, ReviewNotified) for event in events):
        yield _told(
            tell.chronology_entry_curated,
            review_id=_reviews,
            event=any_event,
            include=st.booleans(),
            significance=_codes(Significance),
        )


def _refs(events: Sequence[CaseEvent], *event_types: type[CaseEvent]) -> list[dict[str, str]]:
    return [the(event.source_event_id) for event in events if isinstance(event, event_types)]


def _redaction_in(events: Sequence[CaseEvent]) -> Telling:
    any_event = st.sampled_from([the(event.source_event_id) for event in events])
    return _told(tell.event_redacted, target=any_event)


@st.composite
def _correction_in(draw: st.DrawFn, events: Sequence[CaseEvent]) -> Told:
    """A correction of some event as it reads by now; also of an earlier correction."""
    reading = corrected(events)
    earlier = [event for event in reading if isinstance(event, EventCorrected)]
    target = draw(st.sampled_from([*reading, *5 * earlier]))
    field, now = "narrative", draw(_texts)
    if isinstance(target, ActionAgreed) and draw(st.booleans()):
        field, now = "due", draw(_due)
    if draw(st.booleans()):
        # By whole hours, so that what is dated to the second stays apart from all else.
        field = draw(st.sampled_from(["occurred_at", "known_at"]))
        shift = timedelta(hours=draw(st.integers(-240, 240)))
        now = (getattr(target, field) + shift).isoformat()
    if (
        isinstance(target, EventCorrected)
        and target.field in ("due", "narrative")
        and draw(st.booleans())
    ):
        field, now = "now", draw(_due if target.field == "due" else _texts)
    was = target.model_dump(mode="json", by_alias=True)[field]
    return tell.event_corrected(target=the(target.source_event_id), field=field, was=was, now=now)


def _dated(draw: st.DrawFn, told: Told, recorded: datetime) -> Told:
    known, happened = _known_and_happened(draw, recorded)
    precision = draw(_codes(Precision))
    fields: Fields = {"occurred_precision": precision}
    if precision is Precision.RANGE:
        fields["occurred_to"] = happened + timedelta(hours=6)
    if precision is Precision.DAY:
        happened = datetime.combine(happened.date(), time.min, happened.tzinfo)
    return replace(told.but(**fields), happened=happened, known=known, recorded=recorded)


def _to_the_second(draw: st.DrawFn, told: Told, recorded: datetime, version: int) -> Told:
    known, happened = _known_and_happened(draw, recorded)
    # All else is a matter of whole hours.
    happened -= timedelta(seconds=version)
    return replace(told, happened=happened, known=known, recorded=recorded)


def _known_and_happened(draw: st.DrawFn, recorded: datetime) -> tuple[datetime, datetime]:
    known = recorded - timedelta(hours=draw(st.integers(0, 240)))
    return known, known - timedelta(hours=draw(st.integers(0, 960)))
