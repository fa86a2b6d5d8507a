"""Events about relationships, vulnerability and homes: what they need, refuse and say."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.case import Admitted, CaseState, admit, fold
from domain.events.envelope import CaseEvent
from domain.events.housing import HazardLinked, HousingContextChanged
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    VulnerabilityEnded,
    VulnerabilityRecorded,
)
from domain.events.relationships import RelationshipEnded, RelationshipRecorded
from domain.identity import case_id_of
from domain.personal import Personal, personal_fields
from domain.persons import named_in
from domain.vocabulary.coded import CodedList
from domain.vocabulary.housing import HazardClass, HousingChange, HousingType, Tenure
from domain.vocabulary.people import Involvement, PersonRole, Relationship, TenureRole
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.vulnerability import EscapeBarrier, SupportReason, VulnerabilityCause
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Fields,
    Told,
    communication_preference_recorded,
    hazard_linked,
    housing_changed,
    incident_reported,
    person_involved,
    relationship_ended,
    relationship_recorded,
    tell,
    vulnerability_ended,
    vulnerability_recorded,
)

FREE = "Free text\nover two lines"
EVENTS = (
    relationship_recorded(),
    relationship_ended(),
    vulnerability_ended(),
    housing_changed(),
    hazard_linked(),
)


def made(told: Told) -> CaseEvent:
    (event,) = tell(told)
    return event


def refusal(told: Told) -> str:
    """The one reason for which what is told is no such event."""
    with pytest.raises(ValidationError) as refused:
        tell(told)
    (error,) = refused.value.errors()
    return error["type"]


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (
            relationship_recorded(relationship="aunt-or-uncle"),
            f"Relationship recorded: {NEIGHBOUR} is aunt or uncle of {TENANT}",
        ),
        (
            relationship_ended(relationship="partner"),
            f"Relationship ended: {NEIGHBOUR} was partner of {TENANT}",
        ),
        (
            vulnerability_ended(vulnerability_type="unpaid-carer"),
            "Vulnerability ended: unpaid carer",
        ),
        (housing_changed(), "Housing changed: tenancy started"),
        (
            housing_changed(kind="move", to_authority="E09000002"),
            "Housing changed: move, to E09000002",
        ),
        (hazard_linked(), "Hazard linked: significant hazard, damp or mould, 2024-03-01"),
        (
            hazard_linked(hazard_class="emergency", damp="unknown"),
            "Hazard linked: emergency hazard, 2024-03-01",
        ),
    ],
)
def test_headline_is_one_line_without_free_text(told: Told, headline: str) -> None:
    assert made(told).headline() == headline


REQUIRED: list[tuple[type[CaseEvent], Told, set[str]]] = [
    (RelationshipRecorded, relationship_recorded(), {"a", "b", "relationship"}),
    (RelationshipEnded, relationship_ended(), {"a", "b", "relationship"}),
    (VulnerabilityEnded, vulnerability_ended(), {"person", "vulnerability_type", "until"}),
    (HousingContextChanged, housing_changed(), {"kind"}),
    (HazardLinked, hazard_linked(), {"hazard_ref", "hazard_class", "reported_on"}),
]


@pytest.mark.parametrize(("event_type", "told", "required"), REQUIRED)
def test_needs_no_more_than_is_known(
    event_type: type[CaseEvent], told: Told, required: set[str]
) -> None:
    own = {name: value for name, value in told.fields.items() if name in required}
    assert own.keys() == required
    envelope = {"sensitivity": "restricted"}
    event = made(Told(event_type, own | envelope))
    assert event_type.model_validate_json(event.model_dump_json(by_alias=True)) == event
    for name in required:
        lacking = {other: value for other, value in own.items() if other != name}
        assert refusal(Told(event_type, lacking | envelope)) == "missing"


@pytest.mark.parametrize("told", EVENTS)
@pytest.mark.parametrize("ref", [TENANT, "property:10001234"])
def test_may_be_told_before_any_case(told: Told, ref: str) -> None:
    event = made(told).model_copy(update={"case_ref": ref, "case_id": case_id_of(ref)})
    assert admit(CaseState(), event) == Admitted()


@pytest.mark.parametrize("told", EVENTS)
def test_rests_on_nothing_in_an_open_case(told: Told) -> None:
    opened, event = tell(incident_reported(), told)
    assert admit(fold([opened]), event) == Admitted()


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (relationship_recorded(), (NEIGHBOUR, TENANT)),
        (relationship_ended(), (NEIGHBOUR, TENANT)),
        (vulnerability_ended(), (TENANT,)),
        (housing_changed(), (TENANT,)),
        (housing_changed(person=None), ()),
        (hazard_linked(), ()),
    ],
)
def test_names_these_persons(told: Told, named: tuple[str, ...]) -> None:
    assert named_in(made(told)) == named


class TestRelationships:
    @pytest.mark.parametrize("told", [relationship_recorded, relationship_ended])
    def test_are_between_two(self, told: Any) -> None:
        assert refusal(told(a=TENANT, b=TENANT)) == "same-person"

    def test_end_no_earlier_than_they_began(self) -> None:
        assert refusal(relationship_recorded(until="2023-12-31")) == "invalid-range"
        made(relationship_recorded(until="2024-01-01"))
        made(relationship_recorded(since=None, until="2023-12-31"))

    def test_carry_responsibility_and_care_as_far_as_known(self) -> None:
        event = made(relationship_recorded(relationship="parent", parental_responsibility="no"))
        assert isinstance(event, RelationshipRecorded)
        assert (event.parental_responsibility, event.informal_carer) == ("no", "unknown")


class TestVulnerability:
    @pytest.mark.parametrize("sensitivity", ["restricted", "sealed"])
    def test_its_end_may_be_restricted_or_sealed(self, sensitivity: str) -> None:
        assert made(vulnerability_ended(sensitivity=sensitivity)).sensitivity == sensitivity

    def test_its_end_is_never_standard(self) -> None:
        assert refusal(vulnerability_ended(sensitivity="standard")) == "not-restricted"

    def test_its_record_may_say_where_it_comes_from_and_why_there_is_no_way_out(self) -> None:
        event = made(
            vulnerability_recorded(
                causes=("poverty", "asb"),
                amplifiers=("cannot-escape",),
                escape_barriers=("adapted-home",),
                primary_support_reason="physical",
            )
        )
        assert isinstance(event, VulnerabilityRecorded)
        assert event.causes == (VulnerabilityCause.POVERTY, VulnerabilityCause.ASB)
        assert event.escape_barriers == (EscapeBarrier.ADAPTED_HOME,)
        assert event.primary_support_reason is SupportReason.PHYSICAL


class TestPersons:
    def test_may_have_a_date_of_birth_and_a_say(self) -> None:
        event = made(
            person_involved(
                date_of_birth="2007-05-01", involvement="not-involved", not_involved_reason=FREE
            )
        )
        assert isinstance(event, PersonInvolved)
        assert f"{event.date_of_birth}" == "2007-05-01"
        assert event.involvement is Involvement.NOT_INVOLVED

    @pytest.mark.parametrize(
        ("born", "died", "when"),
        [
            ("1961-05-09", "2024-03-02", {}),
            ("2024-03-02", "2024-03-02", {}),
            (None, "1987-01-01", {}),
            # The month, or the range, in which it happened goes on after the death.
            (None, "2024-03-31", {"occurred_precision": "month"}),
            (
                None,
                "2024-03-31",
                {"occurred_precision": "range", "occurred_to": "2024-03-31T12:00:00Z"},
            ),
        ],
    )
    def test_may_have_died(self, born: str | None, died: str, when: dict[str, str]) -> None:
        told = person_involved("2024-03-02", date_of_birth=born, date_of_death=died, **when)
        event = made(told)
        assert isinstance(event, PersonInvolved)
        assert f"{event.date_of_death}" == died

    @pytest.mark.parametrize(
        ("born", "died"), [("1961-05-09", "1961-05-08"), (None, "2024-03-03"), (None, "2025-01-01")]
    )
    def test_died_neither_before_birth_nor_later_than_it_is_told(
        self, born: str | None, died: str
    ) -> None:
        told = person_involved("2024-03-02", date_of_birth=born, date_of_death=died)
        assert refusal(told) == "invalid-death"

    def test_died_by_the_day_in_england_not_by_that_in_utc(self) -> None:
        assert made(person_involved("2024-06-02 00:30", date_of_death="2024-06-02"))

    @pytest.mark.parametrize(
        ("event_type", "path", "mark"),
        [
            (PersonInvolved, "date_of_birth", Personal(PersonalClass.IDENTITY, whose="person")),
            (PersonInvolved, "date_of_death", Personal(PersonalClass.IDENTITY, whose="person")),
            (
                CommunicationPreferenceRecorded,
                "contact_points.address",
                Personal(PersonalClass.LOCATION, whose="person"),
            ),
            (VulnerabilityEnded, "reason", Personal(PersonalClass.HEALTH, whose="person")),
            (HousingContextChanged, "to_property", Personal(PersonalClass.LOCATION)),
        ],
    )
    def test_what_is_personal_is_marked(
        self, event_type: type[CaseEvent], path: str, mark: Personal
    ) -> None:
        assert dict(personal_fields(event_type))[path] == mark

    def test_can_be_reached_where_it_is_said(self) -> None:
        point = {"method": "email", "address": "shared@example.org"}
        event = made(communication_preference_recorded(contact_points=(point,)))
        assert isinstance(event, CommunicationPreferenceRecorded)
        assert event.contact_points[0].address == "shared@example.org"


def test_a_move_out_of_the_area_says_where_to_and_who_took_over() -> None:
    event = made(
        housing_changed(
            kind="move",
            to_property="uprn:10009",
            to_authority="E09000002",
            handover_to="Another borough council",
            handed_over_on="2024-03-05",
            tenure="temporary",
        )
    )
    assert isinstance(event, HousingContextChanged)
    assert (event.to_authority, event.handover_to) == ("E09000002", "Another borough council")
    assert event.tenure is Tenure.TEMPORARY


@pytest.mark.parametrize(
    ("told", "fields", "kind"),
    [
        (relationship_recorded, {"relationship": "no-such-code"}, "enum"),
        (relationship_recorded, {"informal_carer": "no-such-code"}, "enum"),
        (vulnerability_ended, {"vulnerability_type": "no-such-code"}, "enum"),
        (vulnerability_ended, {"until": "2024-06-31"}, "invalid-date"),
        (housing_changed, {"kind": "no-such-code"}, "enum"),
        (housing_changed, {"tenure": "no-such-code"}, "enum"),
        (housing_changed, {"to_authority": "Two words"}, "string_pattern_mismatch"),
        (hazard_linked, {"hazard_class": "no-such-code"}, "enum"),
        (hazard_linked, {"damp": True}, "enum"),
        (person_involved, {"involvement": "no-such-code"}, "enum"),
        (person_involved, {"date_of_birth": "1 May"}, "invalid-date"),
        (person_involved, {"date_of_death": "2024-02-30"}, "invalid-date"),
        (vulnerability_recorded, {"causes": ("illness",) * 101}, "too_long"),
        (vulnerability_recorded, {"escape_barriers": ("adapted-home",) * 101}, "too_long"),
    ],
)
def test_refuses_what_no_member_can_hold(told: Any, fields: Fields, kind: str) -> None:
    assert refusal(told(**fields)) == kind


COMPLETE: dict[type[CodedList], set[str]] = {
    PersonRole: {
        "adult-at-risk",
        "child-at-risk",
        "victim",
        "additional-victim",
        "intended-target",
        "alleged-perpetrator",
        "perpetrator-also-at-risk",
        "witness",
        "reporter",
        "carer",
        "parent-or-guardian",
        "advocate",
        "family-at-risk",
        "household-member",
        "neighbour",
        "professional",
        "staff-subject",
        "unknown-person",
    },
    TenureRole: {
        "tenant",
        "joint-tenant",
        "leaseholder",
        "shared-owner",
        "licensee",
        "household-member",
        "visitor",
        "former-tenant",
        "applicant",
        "none",
    },
    HousingType: {
        "general-needs",
        "sheltered",
        "supported",
        "extra-care",
        "temporary",
        "leasehold",
        "shared-ownership",
    },
    HousingChange: {
        "tenancy-start",
        "tenancy-end",
        "succession",
        "move",
        "arrears",
        "notice",
        "property-condition",
        "household-change",
    },
    HazardClass: {"emergency", "significant", "unknown"},
    SupportReason: {
        "physical",
        "sensory",
        "memory-and-cognition",
        "learning-disability",
        "mental-health",
        "social",
        "none",
        "not-known",
    },
}


@pytest.mark.parametrize(("codes", "complete"), COMPLETE.items())
def test_a_list_has_these_codes_and_no_others(codes: type[CodedList], complete: set[str]) -> None:
    assert {code.value for code in codes} == complete


def test_relationships_and_tenures_have_what_files_and_homelessness_need() -> None:
    named = {
        *("partner", "ex-partner", "spouse", "ex-spouse", "parent", "child", "sibling", "cousin"),
        *("step-parent", "step-child", "step-sibling", "half-sibling", "foster-carer"),
        *("grandparent", "grandchild", "aunt-or-uncle", "carer", "friend", "neighbour"),
        *("acquaintance", "in-contact-with", "unborn-child", "unborn-sibling", "unknown"),
    }
    assert named <= {code.value for code in Relationship}
    assert {"secure", "assured", "homeless", "temporary", "rough-sleeping"} <= {
        code.value for code in Tenure
    }
