"""Events of protection: risk, hoarding, exploitation, markers, visit controls, enforcement."""

from dataclasses import replace

import pytest

from domain.events.enforcement import EnforcementActionTaken, WarningIssued
from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.protection import (
    ExploitationIndicatorObserved,
    ImmediateProtectionTaken,
    WarningMarkerPlaced,
    WarningMarkerRemoved,
    WarningMarkerReviewed,
)
from domain.events.registry import EVENT_TYPES
from domain.events.risk import VisitControlAcknowledged
from domain.outcomes import Reason
from domain.vocabulary.hoarding import HoardingLevel
from domain.vocabulary.protection import ExploitationIndicator, ImmediateProtection, MarkerType
from domain.vocabulary.risk import MaracCriterion
from tests.support.admitting import CASE, PERSON, PROPERTY, on
from tests.support.shaping import headline, made, needed, refusal
from tests.support.stories import (
    Fields,
    Told,
    capacity_considered,
    case_allocated,
    concern_raised,
    enforcement_action_taken,
    enforcement_reviewed,
    exploitation_indicator_observed,
    hoarding_level_assessed,
    immediate_protection_taken,
    incident_reported,
    marker_placed,
    marker_removed,
    marker_reviewed,
    risk_assessed,
    the,
    visit_control_acknowledged,
    visit_control_lifted,
    visit_control_set,
    warning_issued,
)


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (ImmediateProtectionTaken, {"kind"}),
        (
            HoardingLevelAssessed,
            {"level", "fire_risk", "access_blocked", "structure_at_risk", "repairs_blocked"},
        ),
        (ExploitationIndicatorObserved, {"indicator", "observed_by"}),
        (
            WarningMarkerPlaced,
            {
                "marker_id",
                "subject",
                "marker_type",
                "instruction",
                "incident",
                "approved_by",
                "disclosed",
                "review_due",
            },
        ),
        (WarningMarkerReviewed, {"marker_id", "outcome", "reason", "disclosed"}),
        (WarningMarkerRemoved, {"marker_id", "reason"}),
        (VisitControlAcknowledged, {"consumer", "control", "scope"}),
        (EnforcementActionTaken, {"kind", "against", "proportionality_note", "equality_check"}),
    ],
)
def test_needs_no_more_than(event_type: type[CaseEvent], fields: set[str]) -> None:
    assert needed(event_type) == fields


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (immediate_protection_taken(), "Immediate protection: 999 call"),
        (
            exploitation_indicator_observed(),
            "Sign of exploitation: unfamiliar people coming and going",
        ),
        (hoarding_level_assessed(rooms=()), "Hoarding assessed: medium"),
        (
            hoarding_level_assessed(
                level="high", rooms=[{"room": "Hall", "rating": 9}, {"room": "Bath", "rating": 2}]
            ),
            "Hoarding assessed: high; clutter image rating up to 9",
        ),
        (
            marker_placed("2024-04-01"),
            "Warning marker W1 placed on the person: risk to staff; review due 2025-03-01",
        ),
        (
            marker_reviewed("2024-04-01", outcome="renew", next_review="2025-04-01"),
            "Warning marker W1 reviewed: renewed, next review 2025-04-01",
        ),
        (marker_reviewed(), "Warning marker W1 reviewed: to be ended"),
        (marker_removed(), "Warning marker W1 removed"),
        (
            visit_control_acknowledged(),
            "Visit control acknowledged: no lone visits (urn:cromwood:repairs)",
        ),
        (enforcement_action_taken(), "Enforcement action: injunction"),
        (
            enforcement_action_taken(kind="possession", possession_ground="absolute"),
            "Enforcement action: possession proceedings, absolute ground",
        ),
    ],
)
def test_headline(told: Told, line: str) -> None:
    assert headline(told) == line


class TestHoarding:
    @pytest.mark.parametrize("rating", [0, 10, 5.5, "5"])
    def test_a_room_looks_like_one_of_nine_pictures(self, rating: object) -> None:
        rooms = [{"room": "Kitchen", "rating": rating}]
        assert refusal(hoarding_level_assessed(rooms=rooms)) in {
            "greater_than_equal",
            "less_than_equal",
            "int_type",
        }

    @pytest.mark.parametrize("rating", [1, 9])
    def test_the_level_does_not_follow_from_the_pictures(self, rating: int) -> None:
        for level in HoardingLevel:
            told = hoarding_level_assessed(level=level, rooms=[{"room": "Hall", "rating": rating}])
            assert headline(told).endswith(f"{level}; clutter image rating up to {rating}")

    def test_what_is_said_of_insight_is_restricted(self) -> None:
        assert refusal(hoarding_level_assessed(insight="poor")) == "not-restricted"
        made(hoarding_level_assessed(insight="poor", sensitivity="restricted"))


class TestMarkers:
    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"person": None}, "missing-member"),
            ({"subject": "property"}, "missing-member"),
            ({"disclosed": False}, "missing-member"),
            ({"marker_type": "capacity"}, "not-restricted"),
        ],
    )
    def test_placing_is_refused(self, changed: Fields, why: str) -> None:
        assert refusal(marker_placed("2024-04-01").but(**changed)) == why

    @pytest.mark.parametrize(
        "changed",
        [
            {"subject": "property", "person": None, "property_ref": "uprn:100012345678"},
            {"disclosed": False, "non_disclosure_reason": "It would put his son at risk."},
            {"marker_type": "capacity", "sensitivity": "restricted"},
        ],
    )
    def test_placing_is_not_refused(self, changed: Fields) -> None:
        made(marker_placed("2024-04-01").but(**changed))

    @pytest.mark.parametrize("due", ["2024-04-01", "2025-04-02"])
    def test_is_to_be_reviewed_within_twelve_months(self, due: str) -> None:
        made(marker_placed("2024-04-01", review_due=due))
        made(marker_reviewed("2024-04-01", outcome="renew", next_review=due))

    @pytest.mark.parametrize("due", ["2024-03-31", "2025-04-03"])
    def test_is_not_to_be_reviewed_before_or_after(self, due: str) -> None:
        placed = marker_placed("2024-04-01", review_due=due)
        renewed = marker_reviewed("2024-04-01", outcome="renew", next_review=due)
        assert refusal(placed) == refusal(renewed) == "review-out-of-range"

    def test_the_day_is_that_of_an_english_calendar(self) -> None:
        made(marker_placed("2024-04-01 00:30", review_due="2025-04-02"))

    @pytest.mark.parametrize(
        ("outcome", "needs_a_day"), [("renew", True), ("amend", False), ("end", False)]
    )
    def test_only_renewing_needs_a_next_review(self, outcome: str, needs_a_day: bool) -> None:
        told = marker_reviewed("2024-04-01", outcome=outcome)
        if needs_a_day:
            assert refusal(told) == "missing-member"
        else:
            made(told)

    def test_only_types_that_speak_of_health_are_restricted_by_type(self) -> None:
        assert MarkerType.ILLNESS.is_about_health
        assert not MarkerType.RISK_TO_STAFF.is_about_health
        assert not MarkerType.LANGUAGE.is_about_health

    def test_rests_on_an_incident_of_the_same_stream(self) -> None:
        told = marker_placed(incident=the("incident"))
        on(CASE, concern_raised()).lets_wait(told, "incident")
        on(CASE, concern_raised(), incident_reported(ref="incident")).admits(told)
        on(PERSON, incident_reported(ref="incident")).admits(told)

    def test_is_placed_once(self) -> None:
        on(PERSON, incident_reported(), marker_placed()).contradicts(marker_placed(), "W1")

    @pytest.mark.parametrize("told", [marker_reviewed(), marker_removed()])
    def test_what_follows_waits_for_the_placing(self, told: Told) -> None:
        on(PERSON, incident_reported()).lets_wait(told, "WarningMarkerPlaced", "W1")
        on(PERSON, incident_reported(), marker_placed()).admits(told)

    def test_a_review_may_arrive_after_the_removal(self) -> None:
        stream = on(PERSON, incident_reported(), marker_placed(), marker_removed("2024-06-01"))
        stream.admits(marker_reviewed("2024-05-01"))


class TestVisitControls:
    def test_acknowledging_waits_for_the_setting(self) -> None:
        stream = on(PERSON, visit_control_set(control="two-person"))
        stream.lets_wait(visit_control_acknowledged(), "VisitControlSet", "no-lone-visits")
        on(PERSON, visit_control_set()).admits(visit_control_acknowledged())

    def test_acknowledging_waits_for_a_setting_from_before(self) -> None:
        stream = on(PERSON, visit_control_set("2024-04-02"))
        stream.lets_wait(visit_control_acknowledged("2024-04-01"), "VisitControlSet")
        stream.admits(visit_control_acknowledged("2024-04-02"))

    def test_several_systems_acknowledge_even_what_was_lifted(self) -> None:
        stream = on(
            PERSON, visit_control_set(), visit_control_acknowledged(), visit_control_lifted()
        )
        stream.admits(visit_control_acknowledged(consumer="urn:cromwood:gas"))


class TestEnforcement:
    STEPS = (enforcement_action_taken(), warning_issued())

    @pytest.mark.parametrize("step", STEPS)
    def test_rests_on_nothing_unless_it_says_so(self, step: Told) -> None:
        on(PERSON).admits(step)

    @pytest.mark.parametrize("step", STEPS)
    def test_waits_for_the_capacity_it_rests_on(self, step: Told) -> None:
        told = step.but(capacity_ref=the("capacity"))
        on(PERSON).lets_wait(told, "capacity")
        on(PERSON, capacity_considered(ref="capacity")).admits(told)

    @pytest.mark.parametrize("step", STEPS)
    def test_does_not_take_anything_else_for_it(self, step: Told) -> None:
        case = on(CASE, concern_raised(), case_allocated(ref="capacity"))
        case.contradicts(
            step.but(capacity_ref=the("capacity")), "CaseAllocated", "CapacityConsidered"
        )

    @pytest.mark.parametrize("step", STEPS)
    def test_either_is_reviewed(self, step: Told) -> None:
        review = enforcement_reviewed(action=the("step"))
        on(PERSON).lets_wait(review, "step")
        on(PERSON, replace(step, ref="step")).admits(review)

    def test_nothing_else_is(self) -> None:
        case = on(CASE, concern_raised(), case_allocated(ref="step"))
        review = enforcement_reviewed(action=the("step"))
        case.contradicts(review, "CaseAllocated", "WarningIssued or EnforcementActionTaken")

    def test_a_warning_keeps_the_fields_it_was_stored_with(self) -> None:
        assert needed(WarningIssued) == needed(EnforcementActionTaken)
        assert "EnforcementStep" not in EVENT_TYPES


class TestRisk:
    def test_says_whose_it_is_and_what_adds_to_it(self) -> None:
        fields: Fields = {
            "subject": "household",
            "amplifiers": ("isolation", "cannot-escape"),
            "escape_barriers": ("adapted-home",),
            "marac_criteria": tuple(MaracCriterion),
        }
        event = made(risk_assessed().but(**fields))
        assert {name: getattr(event, name) for name in fields} == fields

    def test_as_it_was_stored_it_says_neither(self) -> None:
        event = made(risk_assessed())
        assert event.model_dump(include={"subject", "amplifiers", "marac_criteria"}) == {
            "subject": None,
            "amplifiers": (),
            "marac_criteria": (),
        }

    def test_there_are_four_criteria_for_a_marac(self) -> None:
        assert [*MaracCriterion] == [
            "visible-high-risk",
            "professional-judgement",
            "potential-escalation",
            "repeat",
        ]


@pytest.mark.parametrize("stream", [PERSON, PROPERTY])
@pytest.mark.parametrize(
    "told",
    [
        immediate_protection_taken(),
        exploitation_indicator_observed(),
        hoarding_level_assessed(),
        enforcement_action_taken(),
    ],
)
def test_needs_no_case(stream: str, told: Told) -> None:
    on(stream).admits(told)


def test_belongs_to_no_organisation() -> None:
    on("organisation:cromwood").contradicts(marker_removed(), reason=Reason.WRONG_STREAM)


def test_what_housing_officers_look_for_is_coded() -> None:
    assert {"999", "welfare-check", "decant", "emergency-locks"} < {*ImmediateProtection}
    assert {"others-living-there", "person-displaced", "keys-held-by-others"} < {
        *ExploitationIndicator
    }
