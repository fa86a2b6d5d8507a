"""The catalogue is closed and complete, and everything ever stored of it can still be read."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from adapters import upcasting
from adapters.event_store.mapper import CaseEventMapper, UnreadableEvent
from adapters.upcasting import RawEvent, Upcaster, UpcasterGap, upcast
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import IncidentReported
from domain.events.registry import EVENT_TYPES, current_schema_version
from tests.support.messages import without

FIXTURES = Path(__file__).parents[1] / "fixtures" / "events"
"""One stored event of every type and schema version ever released. They are only added to."""

CATALOGUE = [
    "IncidentReported",
    "ConcernRaised",
    "CaseOpened",
    "TriageCompleted",
    "Reclassified",
    "CaseAllocated",
    "CaseClosed",
    "CaseReopened",
    "CaseLinked",
    "CaseUnlinked",
    "PersonRecordsMerged",
    "PersonRecordsSplit",
    "MonitoringScheduled",
    "PersonInvolved",
    "PersonRoleChanged",
    "CommunicationPreferenceRecorded",
    "VulnerabilityRecorded",
    "VulnerabilityEnded",
    "RelationshipRecorded",
    "RelationshipEnded",
    "HousingContextChanged",
    "HazardLinked",
    "PropertyDescribed",
    "ConsentDecisionRecorded",
    "ConsentOverridden",
    "PersonInformed",
    "CapacityConsidered",
    "DesiredOutcomesRecorded",
    "OutcomeFeedbackRecorded",
    "AdvocateInvolved",
    "AdviceSought",
    "InformationRequested",
    "InformationShared",
    "InformationReceived",
    "RiskAssessed",
    "VisitControlSet",
    "VisitControlLifted",
    "VisitControlAcknowledged",
    "HoardingLevelAssessed",
    "ImmediateProtectionTaken",
    "ExploitationIndicatorObserved",
    "WarningMarkerPlaced",
    "WarningMarkerReviewed",
    "WarningMarkerRemoved",
    "SupportOffered",
    "SupportResponded",
    "SupportMeasureProvided",
    "HousingOfferMade",
    "WarningIssued",
    "EnforcementActionTaken",
    "EnforcementReviewed",
    "ContactMade",
    "ContactAttemptFailed",
    "ReferralSent",
    "ReferralAcknowledged",
    "ReferralDecisionReceived",
    "ReferralWithdrawn",
    "ReferralResubmitted",
    "FeedbackChased",
    "FeedbackReceived",
    "EscalationRaised",
    "EscalationResponded",
    "BarrierEncountered",
    "MeetingConvened",
    "StrategyMeetingHeld",
    "MinutesReceived",
    "MeetingMissedDiscovered",
    "EnquiryRequested",
    "EnquiryReported",
    "EnquiryOutcomeReceived",
    "StaffAllegationRaised",
    "DecisionRecorded",
    "SafeguardingPlanAgreed",
    "SafeguardingPlanReviewed",
    "ManagementOversightRecorded",
    "ActionAgreed",
    "ActionProgressed",
    "ActionRescheduled",
    "ActionCompleted",
    "ActionCancelled",
    "ActionReopened",
    "ReviewNotified",
    "ChronologyEntryCurated",
    "ChronologySubmitted",
    "RecommendationAccepted",
    "RecommendationImplemented",
    "LearningDisseminated",
    "EventCorrected",
    "RetentionHoldPlaced",
    "RetentionHoldLifted",
    "SubjectAccessReceived",
    "SubjectAccessFulfilled",
    "RectificationDisputed",
    "PersonDataErased",
    "EventRedacted",
    "RecordAccessed",
    "ExportProduced",
    "ThresholdPolicyAdopted",
    "FeedbackAgreementMade",
    "AuthorityContactRecorded",
    "AuthorityContactEnded",
    "ForumSeatRecorded",
    "ForumSeatEnded",
    "ForumMeetingAttended",
    "HomesCounted",
    "PolicyAdopted",
    "PolicyReviewed",
    "RuleOverridden",
    "RuleOverrideWithdrawn",
    "ComplianceReported",
    "RoleGranted",
    "RoleRevoked",
    "ReviewAccessGranted",
    "ReviewAccessRevoked",
    "ConflictDeclared",
    "ConflictEnded",
    "CaseRestricted",
    "RestrictionLifted",
    "GlassBroken",
    "GlassReviewed",
]

MAPPER = CaseEventMapper()


def released(event_types: Iterable[type[CaseEvent]]) -> set[str]:
    """The names of the fixtures that there must be for these types."""
    return {
        f"{event_type.__name__}.v{version}.json"
        for event_type in event_types
        for version in range(1, current_schema_version(event_type) + 1)
    }


def stored(raw: RawEvent, topic: str) -> StoredEvent:
    state = json.dumps(raw).encode()
    return StoredEvent(UUID(raw["case_id"]), raw["version"], topic, state)


def raw_event(name: str) -> RawEvent:
    raw: RawEvent = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return raw


def is_kept(before: Any, after: Any) -> bool:
    """Whether all that was there before is there after; more may have come."""
    if isinstance(before, dict):
        return all(name in after and is_kept(value, after[name]) for name, value in before.items())
    if isinstance(before, list):
        return len(before) == len(after) and all(map(is_kept, before, after))
    return bool(before == after)


def test_the_catalogue_is_the_one_agreed() -> None:
    assert list(EVENT_TYPES) == CATALOGUE
    assert len(CATALOGUE) == 120


@pytest.mark.parametrize("event_type", EVENT_TYPES.values())
def test_each_type_says_what_it_is(event_type: type[CaseEvent]) -> None:
    assert event_type.SUMMARY.endswith(".")
    assert current_schema_version(event_type) >= 1


class TestFixtures:
    def test_there_is_one_of_every_version_of_every_type(self) -> None:
        assert {path.name for path in FIXTURES.iterdir()} == released(EVENT_TYPES.values())

    def test_a_type_without_one_is_noticed(self) -> None:
        class SomethingNew(IncidentReported):
            schema_version: int = 2

        missing = released([SomethingNew]) - {path.name for path in FIXTURES.iterdir()}
        assert missing == {"SomethingNew.v1.json", "SomethingNew.v2.json"}

    @pytest.mark.parametrize("name", sorted(released(EVENT_TYPES.values())))
    def test_each_still_loads_and_is_saved_the_same(self, name: str) -> None:
        topic, version, _ = name.split(".")
        raw = raw_event(name)
        assert raw["schema_version"] == int(version.removeprefix("v"))
        event = MAPPER.to_domain_event(stored(raw, topic))
        again = MAPPER.to_stored_event(event)
        assert MAPPER.to_domain_event(again) == event
        if raw["schema_version"] == event.schema_version:
            assert is_kept(raw, json.loads(again.state))

    def test_the_comparison_notices_what_is_lost(self) -> None:
        raw = raw_event("IncidentReported.v1.json")
        assert is_kept(raw, raw | {"more": 1})
        assert not is_kept(raw, without(raw, "account"))
        assert not is_kept(raw, raw | {"subjects": raw["subjects"][:1]})
        assert not is_kept(raw, raw | {"actor": without(raw["actor"], "kind")})


def renamed(before: str, after: str) -> Upcaster:
    """A step that gives a field another name."""
    return lambda raw: without(raw, before) | {after: raw[before]}


class ThirdVersion(IncidentReported):
    """`IncidentReported` as a later release may have it."""

    schema_version: int = 3
    gravity: int


STEPS = {
    ("ThirdVersion", 1): renamed("weight", "heaviness"),
    ("ThirdVersion", 2): renamed("heaviness", "gravity"),
}


class TestUpcasting:
    def test_goes_step_by_step_from_where_the_event_stands(self) -> None:
        assert upcast(ThirdVersion, {"weight": 3}, 1, STEPS) == {"gravity": 3}
        assert upcast(ThirdVersion, {"heaviness": 3}, 2, STEPS) == {"gravity": 3}

    def test_leaves_a_current_event_alone(self) -> None:
        raw = {"gravity": 3}
        assert upcast(ThirdVersion, raw, 3, STEPS) is raw

    @pytest.mark.parametrize("missing", [1, 2])
    def test_stops_at_a_gap(self, missing: int) -> None:
        steps = {key: step for key, step in STEPS.items() if key[1] != missing}
        with pytest.raises(UpcasterGap, match=f"ThirdVersion has no step .* version {missing}"):
            upcast(ThirdVersion, {"weight": 3}, 1, steps)

    def test_has_no_step_that_no_type_needs(self) -> None:
        needed = {
            (name, version)
            for name, event_type in EVENT_TYPES.items()
            for version in range(1, current_schema_version(event_type))
        }
        assert upcasting.UPCASTERS.keys() == needed


class TestStoredVersions:
    @pytest.fixture
    def released_again(self, monkeypatch: pytest.MonkeyPatch) -> type[CaseEvent]:
        """`IncidentReported`, now in its third version."""

        class Later(ThirdVersion):
            pass

        Later.__name__ = "IncidentReported"
        monkeypatch.setitem(EVENT_TYPES, "IncidentReported", Later)
        for (_, version), step in STEPS.items():
            monkeypatch.setitem(upcasting.UPCASTERS, ("IncidentReported", version), step)
        return Later

    def test_an_event_stored_long_ago_is_read_as_of_today(
        self, released_again: type[CaseEvent]
    ) -> None:
        raw = raw_event("IncidentReported.v1.json") | {"weight": 7}
        event = MAPPER.to_domain_event(stored(raw, "IncidentReported"))
        assert type(event) is released_again
        assert event.schema_version == 3
        assert event.model_dump()["gravity"] == 7
        assert MAPPER.to_domain_event(MAPPER.to_stored_event(event)) == event

    def test_an_event_of_a_newer_release_is_not_guessed_at(self) -> None:
        raw = raw_event("IncidentReported.v1.json") | {"schema_version": 2}
        with pytest.raises(UnreadableEvent, match="newer schema version"):
            MAPPER.to_domain_event(stored(raw, "IncidentReported"))

    def test_nor_is_one_after_several_versions(self, released_again: type[CaseEvent]) -> None:
        assert current_schema_version(released_again) == 3
        raw = raw_event("IncidentReported.v1.json") | {"schema_version": 4, "gravity": 7}
        with pytest.raises(UnreadableEvent, match="newer schema version"):
            MAPPER.to_domain_event(stored(raw, "IncidentReported"))
