"""Referrals, meetings, decisions and actions: what their events take, refuse and say."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import EventRef
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionRescheduled,
    DecisionRecorded,
)
from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralSent,
)
from domain.vocabulary.meetings import Attendance
from domain.vocabulary.referral import ReferralDecision

EventType = type[CaseEvent]
Fields = dict[str, Any]

TEXT = "free text that belongs in no headline"
CONSENT = {"source": "urn:cromwood:asb", "id": "consent-1"}
OVERRIDE = {"source": "urn:cromwood:asb", "id": "override-1"}
OFFICER = {"agency": "police", "role": TEXT}
SHA256 = "0123456789abcdef" * 4

ENVELOPE: Fields = {
    "event_id": UUID(int=1),
    "case_id": UUID(int=2),
    "case_ref": "asb:2024-0117",
    "occurred_at": "2024-03-05T10:00:00Z",
    "known_at": "2024-03-05T10:00:00Z",
    "recorded_at": "2024-03-05T10:05:00Z",
    "source": "urn:cromwood:asb",
    "source_event_id": "e-1",
    "actor": {"id": "staff-7", "role": "Housing officer", "organisation": "Cromwood Homes"},
}

# For each type: the fields it cannot do without, and those it may have.
EXAMPLES: dict[EventType, tuple[Fields, Fields]] = {
    ReferralSent: (
        {
            "referral_id": "R1",
            "route": "mash",
            "receiving_org": "Borough Council",
            "content_hash": SHA256,
            "urgency": "same-day",
            "ask": TEXT,
            "feedback_due": "2024-03-12",
        },
        {"consent_ref": CONSENT, "override_ref": OVERRIDE},
    ),
    ReferralAcknowledged: ({"referral_id": "R1"}, {"by": TEXT, "their_ref": "MASH/88"}),
    ReferralDecisionReceived: (
        {"referral_id": "R1", "decision": "accepted-s42"},
        {
            "reason_code": "below-threshold",
            "reasons": TEXT,
            "enquiry_type": "caused-to-housing",
            "their_owner": TEXT,
        },
    ),
    FeedbackChased: ({"referral_id": "R1", "attempt": 1, "to": TEXT, "method": "phone"}, {}),
    FeedbackReceived: (
        {
            "referral_id": "R1",
            "quality": "decision-no-reasons",
            "risk_assessed_confirmed": "yes",
            "mitigation_confirmed": "unknown",
            "onward_sharing": "ask",
        },
        {},
    ),
    MeetingConvened: (
        {
            "meeting_id": "M1",
            "forum": "strategy",
            "at": "2024-03-19T14:00:00Z",
            "convenor": "adult-social-care",
            "housing_invited": "invited-in-time",
        },
        {"invite_basis": "referrer", "invite_received_at": "2024-03-12T09:00:00Z"},
    ),
    StrategyMeetingHeld: (
        {
            "meeting_id": "M1",
            "forum": "strategy",
            "attendees": [OFFICER],
            "invite_state": "asked-to-leave",
        },
        {
            "new_information": TEXT,
            "risks_agreed": TEXT,
            "plan_ref": "P1",
            "minutes_received_at": "2024-03-25T09:00:00Z",
            "dissent": TEXT,
        },
    ),
    DecisionRecorded: (
        {
            "kind": "rehousing",
            "options": [TEXT],
            "chosen": TEXT,
            "rationale": TEXT,
            "decider": TEXT,
        },
        {
            "consulted": [TEXT],
            "privileged": True,
            "review_on": "2024-04-02",
            "policy_refs": [TEXT],
            "dissenting_view": TEXT,
            "proportionality": TEXT,
        },
    ),
    ActionAgreed: (
        {
            "action_id": "A1",
            "text": TEXT,
            "kind": "risk-to-visitors",
            "owner_org": "Cromwood Homes",
            "due": "2024-03-05",
            "safety": True,
            "origin": "meeting",
        },
        {
            "owner": TEXT,
            "origin_ref": "M1",
            "cost_pence": 25_000,
            "scope": ["staff", "tenants", "agencies"],
        },
    ),
    ActionProgressed: ({"action_id": "A1", "note": TEXT}, {}),
    ActionRescheduled: ({"action_id": "A1", "new_due": "2024-04-02", "reason": TEXT}, {}),
    ActionCompleted: (
        {"action_id": "A1"},
        {"evidence_note": TEXT, "findings": TEXT, "impact": TEXT},
    ),
    ActionCancelled: ({"action_id": "A1", "reason": "reclassified"}, {"note": TEXT}),
}

EVERY_TYPE = pytest.mark.parametrize("event_type", EXAMPLES, ids=lambda each: each.__name__)
CHILD = {"subjects": [{"person": "person:1", "role": "child-at-risk"}]}
ADULT = {"subjects": [{"person": "person:1", "role": "adult-at-risk"}]}


def minimal(event_type: EventType, **changes: Any) -> CaseEvent:
    """Build the smallest example of a type, with some fields changed; None leaves one out."""
    subjects = CHILD if event_type is ReferralSent else {}
    fields = ENVELOPE | subjects | EXAMPLES[event_type][0] | changes
    return event_type.model_validate({k: v for k, v in fields.items() if v is not None})


def full(event_type: EventType) -> CaseEvent:
    return minimal(event_type, **EXAMPLES[event_type][1])


def reasons_refused(event_type: EventType, **changes: Any) -> set[tuple[str, str]]:
    """Return (field, kind of error) for each thing wrong with the changed example."""
    with pytest.raises(ValidationError) as refusal:
        minimal(event_type, **changes)
    return {
        (str(error["loc"][0]) if error["loc"] else "", error["type"])
        for error in refusal.value.errors()
    }


@EVERY_TYPE
def test_the_catalogue_fields_are_all_there_and_no_others(event_type: EventType) -> None:
    required, optional = EXAMPLES[event_type]
    assert set(event_type.model_fields) - ENVELOPE_FIELDS == required.keys() | optional.keys()


@EVERY_TYPE
def test_the_smallest_example_is_valid(event_type: EventType) -> None:
    assert minimal(event_type).type == event_type.__name__


@EVERY_TYPE
def test_everything_filled_in_survives_json(event_type: EventType) -> None:
    event = full(event_type)
    assert event_type.model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize(
    ("event_type", "field"),
    [(kind, field) for kind, (required, _) in EXAMPLES.items() for field in required],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_a_required_field_left_out_is_refused(event_type: EventType, field: str) -> None:
    assert reasons_refused(event_type, **{field: None}) == {(field, "missing")}


@EVERY_TYPE
def test_the_headline_is_one_line_without_free_text(event_type: EventType) -> None:
    for event in (minimal(event_type), full(event_type)):
        assert event.headline().strip()
        assert len(event.headline().splitlines()) == 1
        assert TEXT not in event.headline()


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (
            ReferralSent,
            "Referral R1 sent to Borough Council: Multi-agency safeguarding hub (MASH) (same day)",
        ),
        (ReferralAcknowledged, "Referral R1 acknowledged, their reference MASH/88"),
        (
            ReferralDecisionReceived,
            "Decision on referral R1: accepted, section 42 enquiry (below the threshold)",
        ),
        (FeedbackChased, "Feedback on referral R1 chased, attempt 1 (phone)"),
        (FeedbackReceived, "Feedback on referral R1: decision without reasons"),
        (
            MeetingConvened,
            "Meeting M1 called (Strategy meeting) by Adult social care; housing: invited in time",
        ),
        (
            StrategyMeetingHeld,
            "Meeting M1 held (Strategy meeting), 1 attended; housing: asked to leave",
        ),
        (
            DecisionRecorded,
            "Decision recorded: rehousing, legally privileged, to be reviewed on 2024-04-02",
        ),
        (
            ActionAgreed,
            "Action A1 agreed: risk to visitors, safety action; Cromwood Homes, due 2024-03-05",
        ),
        (ActionProgressed, "Action A1 progressed"),
        (ActionRescheduled, "Action A1 now due 2024-04-02"),
        (ActionCompleted, "Action A1 completed"),
        (ActionCancelled, "Action A1 cancelled: case reclassified"),
    ],
    ids=lambda each: None if isinstance(each, str) else each.__name__,
)
def test_the_headline_of_a_full_example(event_type: EventType, headline: str) -> None:
    assert full(event_type).headline() == headline


@pytest.mark.parametrize("subjects", [{"subjects": None}, ADULT], ids=["nobody", "adult"])
def test_a_referral_without_consent_or_override_needs_a_child_at_risk(subjects: Fields) -> None:
    assert reasons_refused(ReferralSent, **subjects) == {("", "missing-member")}
    assert minimal(ReferralSent, **subjects, consent_ref=CONSENT).refers_to()
    assert minimal(ReferralSent, **subjects, override_ref=OVERRIDE).refers_to()


def test_a_referral_waits_for_the_consent_and_the_override_it_names() -> None:
    consent, override = EventRef(**CONSENT), EventRef(**OVERRIDE)
    assert minimal(ReferralSent).refers_to() == ()
    assert minimal(ReferralSent, consent_ref=CONSENT).refers_to() == (consent,)
    assert full(ReferralSent).refers_to() == (consent, override)


def test_an_action_cannot_be_due_before_the_english_day_it_was_agreed() -> None:
    late_evening = {"occurred_at": "2024-07-01T23:30:00Z"}  # already 2 July in London
    assert reasons_refused(ActionAgreed, **late_evening, due="2024-07-01") == {
        ("", "due-before-agreed")
    }
    assert minimal(ActionAgreed, **late_evening, due="2024-07-02")


@pytest.mark.parametrize(
    ("event_type", "field", "value", "reason"),
    [
        (ReferralSent, "content_hash", SHA256.upper(), "string_pattern_mismatch"),
        (ReferralSent, "content_hash", SHA256[1:], "string_pattern_mismatch"),
        (ReferralSent, "route", "front-door", "enum"),
        (ReferralSent, "feedback_due", "12/03/2024", "invalid-date"),
        (FeedbackChased, "attempt", 0, "greater_than_equal"),
        (FeedbackReceived, "onward_sharing", "perhaps", "enum"),
        (MeetingConvened, "at", "2024-03-19T14:00:00", "timestamp-needs-offset"),
        (StrategyMeetingHeld, "attendees", [], "too_short"),
        (StrategyMeetingHeld, "attendees", [OFFICER] * 101, "too_long"),
        (StrategyMeetingHeld, "attendees", [OFFICER, OFFICER | {"agency": "tenants"}], "enum"),
        (DecisionRecorded, "options", [], "too_short"),
        (DecisionRecorded, "options", [TEXT] * 101, "too_long"),
        (DecisionRecorded, "consulted", [TEXT] * 101, "too_long"),
        (ActionAgreed, "safety", "yes", "bool_type"),
        (ActionAgreed, "cost_pence", -1, "greater_than_equal"),
    ],
)
def test_a_wrong_value_is_refused(
    event_type: EventType, field: str, value: object, reason: str
) -> None:
    assert reasons_refused(event_type, **{field: value}) == {(field, reason)}


def test_only_those_who_came_are_counted_as_attending() -> None:
    attendees = [
        {"agency": "police", "role": "Sergeant"},
        {"agency": "gp", "role": "GP", "attendance": "apologies"},
        {"agency": "landlord", "role": "Housing officer", "attendance": "not-invited"},
    ]
    meeting = minimal(StrategyMeetingHeld, attendees=attendees)
    assert isinstance(meeting, StrategyMeetingHeld)
    assert [place.attendance for place in meeting.attendees] == list(Attendance)
    assert ", 1 attended;" in meeting.headline()


def test_a_decision_is_not_privileged_unless_it_says_so() -> None:
    decision = minimal(DecisionRecorded)
    assert isinstance(decision, DecisionRecorded)
    assert decision.privileged is False


def test_a_referral_is_answered_by_any_decision_but_two() -> None:
    assert {decision for decision in ReferralDecision if not decision.is_final} == {
        ReferralDecision.MORE_INFORMATION,
        ReferralDecision.NO_RESPONSE,
    }
