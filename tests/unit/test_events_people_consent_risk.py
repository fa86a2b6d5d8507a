"""Events about people, consent and risk: what they need, refuse and say."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from domain.events.consent import (
    ConsentDecisionRecorded,
    ConsentOverridden,
    PersonInformed,
)
from domain.events.enforcement import EnforcementReviewed, WarningIssued
from domain.events.envelope import CaseEvent
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    PersonRoleChanged,
    VulnerabilityRecorded,
)
from domain.events.risk import (
    RiskAssessed,
    VisitControlLifted,
    VisitControlSet,
)
from domain.events.sharing import InformationReceived, InformationShared
from domain.identity import case_id_of, event_id_of
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import (
    Agency,
    ConsentScope,
    ConsentState,
    InformedAbout,
    LegalBasis,
    OnwardSharing,
    OverrideGround,
    SharingMethod,
)
from domain.vocabulary.risk import (
    Confidence,
    EnforcementKind,
    EnforcementOutcome,
    RiskDirection,
    RiskLevel,
    RiskTool,
    VisitControl,
    VisitControlScope,
)
from domain.vocabulary.vulnerability import Amplifier, ContactMethod, VulnerabilityType

Fields = dict[str, Any]
EventType = type[CaseEvent]

SOURCE = "urn:cromwood:asb"
FREE = "Free text\nover two lines"
SHORT = "Free text on one line"
REF = {"source": SOURCE, "id": "e-1"}
OTHER_REF = {"source": SOURCE, "id": "e-2"}
ENVELOPE: Fields = {
    "event_id": event_id_of(SOURCE, "e-9"),
    "case_id": case_id_of("asb:2024-0117"),
    "case_ref": "asb:2024-0117",
    "occurred_at": "2024-03-05T10:00:00Z",
    "known_at": "2024-03-05T10:00:00Z",
    "recorded_at": "2024-03-05T10:05:00Z",
    "source": SOURCE,
    "source_event_id": "e-9",
    "actor": {"id": "staff:12", "role": "Housing officer", "organisation": "Cromwood Homes"},
    "sensitivity": "restricted",
}

MINIMAL: dict[EventType, Fields] = {
    PersonInvolved: {"person": "person:1", "role": "victim", "person_type": "customer"},
    PersonRoleChanged: {
        "person": "person:1",
        "from": "alleged-perpetrator",
        "to": "victim",
        "reason": FREE,
    },
    CommunicationPreferenceRecorded: {
        "person": "person:1",
        "method": "face-to-face",
        "safe_channels": [],
    },
    VulnerabilityRecorded: {
        "person": "person:1",
        "vulnerability_type": "mental-health",
        "since": "2024-03-20",
        "information_source": SHORT,
    },
    ConsentDecisionRecorded: {"scope": "refer", "state": "refused", "sought_by": SHORT},
    ConsentOverridden: {
        "scope": "refer",
        "grounds": ["serious-crime", "others-at-risk"],
        "rationale": FREE,
        "decider": SHORT,
        "risk_of_sharing": FREE,
    },
    PersonInformed: {"about": "override", "informed": True},
    InformationShared: {
        "recipient": {"agency": "gp", "role": SHORT},
        "items": [FREE],
        "legal_basis": "care-act-s45",
        "consent_ref": REF,
        "method": "secure-email",
    },
    InformationReceived: {
        "from_agency": "police",
        "topic": FREE,
        "new_to_us": True,
        "onward_sharing": "ask",
    },
    RiskAssessed: {
        "tool": "visitor",
        "level": "high",
        "rationale": FREE,
        "review_due": "2024-04-05",
    },
    VisitControlSet: {"control": "no-lone-visits", "scope": "both"},
    VisitControlLifted: {"control": "no-lone-visits", "scope": "both", "reason": FREE},
    WarningIssued: {
        "kind": "warning",
        "against": "person:1",
        "proportionality_note": FREE,
        "equality_check": "unknown",
    },
    EnforcementReviewed: {"action": REF, "outcome": "apology", "reason": FREE},
}
"""For each event type the fields it needs, and nothing else."""

OPTIONAL: dict[EventType, Fields] = {
    PersonInvolved: {
        "tenure_role": "tenant",
        "known_to_social_care": "no",
        "name": FREE,
        "unidentified_description": FREE,
    },
    PersonRoleChanged: {"evidence_events": [REF]},
    CommunicationPreferenceRecorded: {
        "language": FREE,
        "interpreter": "yes",
        "unsafe_channels": ["letter"],
        "safe_times": FREE,
        "written_ineffective": True,
    },
    VulnerabilityRecorded: {"amplifiers": ["isolation"], "minimal_instruction": FREE},
    ConsentDecisionRecorded: {"person": "person:1", "how": "phone", "reason_not_sought": FREE},
    ConsentOverridden: {"dissenting_view": FREE},
    PersonInformed: {"person": "person:1", "not_informed_reason": FREE, "method": "phone"},
    InformationShared: {"override_ref": OTHER_REF},
    InformationReceived: {},
    RiskAssessed: {
        "person": "person:1",
        "score": 3,
        "answers": [{"question": FREE, "answer": FREE}],
        "previous": "medium",
        "direction": "worsening",
        "confidence": "low",
    },
    VisitControlSet: {"until": "2024-06-01"},
    VisitControlLifted: {},
    WarningIssued: {"ground": FREE, "capacity_ref": REF},
    EnforcementReviewed: {},
}
"""For each event type the fields it may have besides."""

HEADLINES: dict[EventType, str] = {
    PersonInvolved: "Person involved: victim",
    PersonRoleChanged: "Role changed from alleged perpetrator to victim",
    CommunicationPreferenceRecorded: "Communication preference recorded: face to face",
    VulnerabilityRecorded: (
        "Vulnerability recorded: mental health, including dementia or personality disorder"
    ),
    ConsentDecisionRecorded: "Consent (referral): refused",
    ConsentOverridden: (
        "Consent overridden (referral): serious crime committed or about to be;"
        " other people at risk"
    ),
    PersonInformed: "Person informed: acting without consent",
    InformationShared: "Information shared (GP practice): 1 item",
    InformationReceived: "Information received (Police), new to us",
    RiskAssessed: "Risk assessed (Risk to visitors): high, was medium",
    VisitControlSet: "Visit control set: no lone visits, until 2024-06-01",
    VisitControlLifted: "Visit control lifted: no lone visits",
    WarningIssued: "Enforcement: warning",
    EnforcementReviewed: "Enforcement reviewed: withdrawn with an apology",
}

BOUNDED: list[tuple[EventType, str, object]] = [
    (PersonRoleChanged, "evidence_events", REF),
    (CommunicationPreferenceRecorded, "safe_channels", "phone"),
    (CommunicationPreferenceRecorded, "unsafe_channels", "phone"),
    (VulnerabilityRecorded, "amplifiers", "isolation"),
    (ConsentOverridden, "grounds", "serious-crime"),
    (InformationShared, "items", FREE),
    (RiskAssessed, "answers", {"question": FREE, "answer": FREE}),
]

CODED: list[tuple[EventType, str]] = [
    (PersonInvolved, "role"),
    (PersonInvolved, "person_type"),
    (PersonInvolved, "tenure_role"),
    (PersonInvolved, "known_to_social_care"),
    (PersonRoleChanged, "from"),
    (PersonRoleChanged, "to"),
    (CommunicationPreferenceRecorded, "method"),
    (CommunicationPreferenceRecorded, "interpreter"),
    (VulnerabilityRecorded, "vulnerability_type"),
    (ConsentDecisionRecorded, "scope"),
    (ConsentDecisionRecorded, "state"),
    (ConsentDecisionRecorded, "how"),
    (ConsentOverridden, "scope"),
    (PersonInformed, "about"),
    (PersonInformed, "method"),
    (InformationShared, "legal_basis"),
    (InformationShared, "method"),
    (InformationReceived, "from_agency"),
    (InformationReceived, "onward_sharing"),
    (RiskAssessed, "tool"),
    (RiskAssessed, "level"),
    (RiskAssessed, "previous"),
    (RiskAssessed, "direction"),
    (RiskAssessed, "confidence"),
    (VisitControlSet, "control"),
    (VisitControlSet, "scope"),
    (VisitControlLifted, "control"),
    (VisitControlLifted, "scope"),
    (WarningIssued, "kind"),
    (WarningIssued, "equality_check"),
    (EnforcementReviewed, "outcome"),
]

LISTS: dict[type[CodedList], int] = {
    VulnerabilityType: 7,
    Amplifier: 4,
    ContactMethod: 7,
    ConsentScope: 3,
    ConsentState: 6,
    OverrideGround: 11,
    LegalBasis: 10,
    InformedAbout: 5,
    SharingMethod: 9,
    OnwardSharing: 3,
    Agency: 24,
    RiskTool: 5,
    RiskLevel: 4,
    RiskDirection: 3,
    Confidence: 3,
    VisitControl: 5,
    VisitControlScope: 3,
    EnforcementKind: 5,
    EnforcementOutcome: 4,
}
"""Each coded list with the number of its codes."""


def made(event_type: EventType, **fields: object) -> CaseEvent:
    """The minimal event of this type, with these fields changed or added."""
    return event_type.model_validate({**ENVELOPE, **MINIMAL[event_type], **fields})


def refusals(event_type: EventType, data: Fields) -> list[tuple[str, tuple[int | str, ...]]]:
    """The kind and place of each reason for which the data are no such event."""
    with pytest.raises(ValidationError) as refused:
        event_type.model_validate(data)
    return [(error["type"], error["loc"]) for error in refused.value.errors()]


def refusal(event_type: EventType, **fields: object) -> str:
    """The one reason for which the minimal event, so changed, is refused."""
    [(kind, _)] = refusals(event_type, {**ENVELOPE, **MINIMAL[event_type], **fields})
    return kind


@pytest.mark.parametrize("event_type", MINIMAL)
def test_needs_no_more_than_its_required_fields(event_type: EventType) -> None:
    event = made(event_type)

    assert event.type == event_type.__name__
    assert event.SUMMARY.endswith(".")


@pytest.mark.parametrize(
    ("event_type", "field"), [(event, field) for event in MINIMAL for field in MINIMAL[event]]
)
def test_refuses_the_lack_of_a_required_field(event_type: EventType, field: str) -> None:
    data = {**ENVELOPE, **MINIMAL[event_type]}
    del data[field]
    rests_on_a_decision = event_type is InformationShared and field == "consent_ref"

    expected = ("missing-member", ()) if rests_on_a_decision else ("missing", (field,))
    assert refusals(event_type, data) == [expected]


@pytest.mark.parametrize("event_type", MINIMAL)
def test_survives_the_way_to_json_and_back_with_every_field(event_type: EventType) -> None:
    event = made(event_type, **OPTIONAL[event_type])

    assert event_type.model_validate_json(event.model_dump_json(by_alias=True)) == event
    assert event.model_fields_set - made(event_type).model_fields_set == set(OPTIONAL[event_type])


@pytest.mark.parametrize("event_type", MINIMAL)
def test_headline_is_one_line_of_labels_without_free_text(event_type: EventType) -> None:
    assert made(event_type, **OPTIONAL[event_type]).headline() == HEADLINES[event_type]


@pytest.mark.parametrize(
    ("event_type", "changed", "headline"),
    [
        (
            PersonInformed,
            {"informed": False, "not_informed_reason": FREE},
            "Person not informed: acting without consent",
        ),
        (InformationShared, {"items": [FREE, FREE]}, "Information shared (GP practice): 2 items"),
        (InformationReceived, {"new_to_us": False}, "Information received (Police), already known"),
        (RiskAssessed, {}, "Risk assessed (Risk to visitors): high"),
        (VisitControlSet, {}, "Visit control set: no lone visits"),
    ],
)
def test_headline_follows_the_answers(
    event_type: EventType, changed: Fields, headline: str
) -> None:
    assert made(event_type, **changed).headline() == headline


@pytest.mark.parametrize(("event_type", "field", "item"), BOUNDED)
def test_bounds_the_length_of_lists(event_type: EventType, field: str, item: object) -> None:
    assert len(getattr(made(event_type, **{field: [item] * 100}), field)) == 100
    assert refusal(event_type, **{field: [item] * 101}) == "too_long"


@pytest.mark.parametrize(("event_type", "field"), CODED)
def test_refuses_a_code_that_is_not_in_the_list(event_type: EventType, field: str) -> None:
    assert refusal(event_type, **{field: "no-such-code"}) == "enum"


@pytest.mark.parametrize("sensitivity", ["restricted", "sealed"])
def test_vulnerability_may_be_restricted_or_sealed(sensitivity: str) -> None:
    assert made(VulnerabilityRecorded, sensitivity=sensitivity).sensitivity == sensitivity


def test_vulnerability_is_never_standard() -> None:
    unsaid = {**ENVELOPE, **MINIMAL[VulnerabilityRecorded]}
    del unsaid["sensitivity"]

    assert refusal(VulnerabilityRecorded, sensitivity="standard") == "not-restricted"
    assert refusals(VulnerabilityRecorded, unsaid) == [("not-restricted", ())]


def test_consent_not_sought_needs_a_reason() -> None:
    assert refusal(ConsentDecisionRecorded, state="not-sought") == "missing-member"
    made(ConsentDecisionRecorded, state="not-sought", reason_not_sought=FREE)


def test_override_needs_a_ground() -> None:
    assert refusal(ConsentOverridden, grounds=[]) == "too_short"


def test_not_informing_needs_a_reason() -> None:
    assert refusal(PersonInformed, informed=False) == "missing-member"
    made(PersonInformed, informed=False, not_informed_reason=FREE)


@pytest.mark.parametrize("event_type", [PersonInformed, InformationReceived])
def test_an_answer_is_true_or_false_and_nothing_like_it(event_type: EventType) -> None:
    field = "informed" if event_type is PersonInformed else "new_to_us"

    assert refusal(event_type, **{field: "yes"}) == "bool_type"


def test_sharing_needs_an_item() -> None:
    assert refusal(InformationShared, items=[]) == "too_short"


def test_sharing_needs_consent_or_an_override() -> None:
    assert refusal(InformationShared, consent_ref=None) == "missing-member"


@pytest.mark.parametrize(
    ("event_type", "fields", "ids"),
    [
        (InformationShared, {}, ["e-1"]),
        (InformationShared, {"consent_ref": None, "override_ref": OTHER_REF}, ["e-2"]),
        (InformationShared, {"override_ref": OTHER_REF}, ["e-1", "e-2"]),
        (WarningIssued, {}, []),
        (WarningIssued, {"capacity_ref": OTHER_REF}, ["e-2"]),
        (EnforcementReviewed, {}, ["e-1"]),
    ],
)
def test_refers_to_what_it_rests_on(event_type: EventType, fields: Fields, ids: list[str]) -> None:
    assert [ref.id for ref in made(event_type, **fields).refers_to()] == ids


@pytest.mark.parametrize(
    ("score", "level"),
    [(0, "low"), (9, "low"), (10, "medium"), (13, "medium"), (14, "high"), (24, "high")],
)
def test_dash_score_is_a_floor_that_judgement_may_raise(score: int, level: str) -> None:
    floor = RiskLevel(level)
    below = [other for other in RiskLevel if other.rank < floor.rank]
    raised = [other for other in RiskLevel if other.rank >= floor.rank]

    for other in raised:
        made(RiskAssessed, tool="dash", score=score, level=other)
    for other in below:
        assert refusal(RiskAssessed, tool="dash", score=score, level=other) == "below-tool-score"


def test_risk_levels_rank_from_low_to_critical() -> None:
    ranked = sorted(RiskLevel, key=lambda level: level.rank)

    assert ranked == ["low", "medium", "high", "critical"]


@pytest.mark.parametrize("fields", [{"tool": "dash"}, {"tool": "general", "score": 20}])
def test_only_a_dash_score_is_a_floor(fields: Fields) -> None:
    made(RiskAssessed, level="low", **fields)


@pytest.mark.parametrize("score", [-1, 2.5, "14", True])
def test_score_is_a_whole_number_not_below_nought(score: object) -> None:
    assert refusal(RiskAssessed, score=score) in {"greater_than_equal", "int_type"}


@pytest.mark.parametrize(("coded_list", "size"), LISTS.items())
def test_coded_list_is_complete_labelled_and_sourced(
    coded_list: type[CodedList], size: int
) -> None:
    codes = [member.value for member in coded_list]

    assert len(codes) == size
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)
    assert len({member.label for member in coded_list}) == size
    assert all(member.label.strip() for member in coded_list)
    assert coded_list.source
