"""Events about the course of a case: what they need, say and refuse, when they are admitted."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.case import Admitted, CaseState, Contradiction, Verdict, Waiting, admit, fold
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import (
    CaseClosed,
    CaseOpened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.events.links import (
    CaseLinked,
    CaseUnlinked,
    MonitoringScheduled,
    PersonRecordsMerged,
    PersonRecordsSplit,
)
from domain.identity import case_id_of
from domain.persons import named_in
from domain.streams import CASES, FILES
from domain.vocabulary.coded import CodedList
from domain.vocabulary.harm import ChildHarm, Exploitation, HarmLocation
from domain.vocabulary.lifecycle import (
    CaseRelation,
    ChildAim,
    EnforcementCheck,
    Frequency,
    MonitoringReason,
    NoStatutoryRoute,
    ReporterKind,
    TriageDecision,
)
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.safeguarding import (
    AbuseType,
    Channel,
    Classification,
    DomesticAbuseBehaviour,
    HateStrand,
    Strand,
)
from tests.support.stories import (
    CASE_REF,
    TENANT,
    Fields,
    Told,
    case_closed,
    case_linked,
    case_opened,
    case_unlinked,
    concern_raised,
    event_corrected,
    incident_reported,
    monitoring_scheduled,
    reclassified,
    records_merged,
    records_split,
    risk_assessed,
    tell,
    the,
    triage_completed,
)

FREE = "Free text\nover two lines"
ASB = incident_reported("2024-03-01", category="asb")
OPENED = case_opened("2024-03-06", initial_classification="child")


def made(told: Told) -> CaseEvent:
    (event,) = tell(told)
    return event


def refusal(told: Told) -> str:
    """The one reason for which what is told is no such event."""
    with pytest.raises(ValidationError) as refused:
        tell(told)
    (error,) = refused.value.errors()
    return error["type"]


def state_after(*story: Told) -> CaseState:
    return fold(tell(*story))


def the_last_of(*story: Told) -> Verdict:
    """What the case makes of the last event, after those before it."""
    *before, last = tell(*story)
    return admit(fold(before), last, {event.event_id: event for event in before})


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (case_opened(initial_classification="domestic-abuse"), "Case opened: domestic abuse"),
        (triage_completed(decision="landlord-led"), "Triage completed: landlord-led plan"),
        (case_linked(), "Linked to repairs:4711: repair"),
        (case_unlinked(), "No longer linked to repairs:4711: repair"),
        (records_merged(), "Person records merged: person:tenant-old into person:tenant"),
        (records_split(), "Person records split: person:tenant-old from person:tenant"),
        (
            monitoring_scheduled(reason="after-court"),
            "Monitoring scheduled: after court, against relapse, next on 2024-06-30",
        ),
    ],
)
def test_headline_is_one_line_without_free_text(told: Told, headline: str) -> None:
    assert made(told).headline() == headline


REQUIRED: list[tuple[type[CaseEvent], Told, set[str]]] = [
    (CaseOpened, case_opened(), {"initial_classification"}),
    (
        TriageCompleted,
        triage_completed(),
        {
            "has_care_needs",
            "at_risk_of_abuse",
            "unable_to_protect_self",
            "decision",
            "rationale",
            "enforcement_check",
        },
    ),
    (CaseLinked, case_linked(), {"other_ref", "relation"}),
    (CaseUnlinked, case_unlinked(), {"other_ref", "relation"}),
    (PersonRecordsMerged, records_merged(), {"survivor", "retired", "reason"}),
    (PersonRecordsSplit, records_split(), {"survivor", "retired", "reason"}),
    (MonitoringScheduled, monitoring_scheduled(), {"reason", "next_date"}),
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


@pytest.mark.parametrize(
    ("event_type", "streams"),
    [
        (CaseOpened, CASES),
        (TriageCompleted, CASES),
        (CaseLinked, CASES),
        (CaseUnlinked, CASES),
        (MonitoringScheduled, CASES),
        (PersonRecordsMerged, FILES),
        (PersonRecordsSplit, FILES),
    ],
)
def test_belongs_to_streams_of_these_kinds(
    event_type: type[CaseEvent], streams: frozenset[object]
) -> None:
    assert streams == event_type.STREAMS


class TestOpeningFormally:
    def test_says_what_the_case_is_treated_as_over_what_reports_suggest(self) -> None:
        concern = concern_raised("2024-03-03", strands=("adult",))
        for story in ((ASB, concern, OPENED), (OPENED, concern, ASB), (ASB, OPENED, concern)):
            state = state_after(*story)
            assert state.classification == "child"
            assert state.is_open
            assert the_last_of(*story, reclassified("2024-03-09", from_="child")) == Admitted()
            wrong = the_last_of(*story, reclassified("2024-03-09", from_="asb"))
            assert isinstance(wrong, Contradiction)

    def test_says_so_though_it_happened_before_the_reports(self) -> None:
        early = case_opened("2024-02-01", initial_classification="child")
        assert state_after(ASB, early).classification == "child"
        assert state_after(early, ASB).classification == "child"

    def test_opens_a_case_of_which_nothing_else_is_known(self) -> None:
        assert the_last_of(OPENED) == Admitted()
        assert the_last_of(OPENED, risk_assessed()) == Admitted()

    def test_does_not_touch_what_the_case_was_reclassified_to(self) -> None:
        changed = reclassified("2024-03-08", from_="asb", to="adult")
        assert state_after(ASB, changed, OPENED).classification == "adult"

    def test_happens_once(self) -> None:
        again = the_last_of(ASB, OPENED, case_opened("2024-03-09"))
        assert again == Contradiction("the case was opened formally already")

    def test_may_be_corrected(self) -> None:
        correction = event_corrected(
            target=the("opened"), field="initial_classification", was="asb", now="hate-crime"
        )
        state = state_after(ASB, case_opened(ref="opened"), correction)
        assert state.classification == "hate-crime"

    def test_need_not_name_reports_of_its_own_stream(self) -> None:
        elsewhere = the("on-the-file-of-the-person")
        assert the_last_of(case_opened(opened_from=(elsewhere,))) == Admitted()

    @pytest.mark.parametrize("authority", ["E 09", "", "E09:1", "-x"])
    def test_names_an_authority_without_spaces(self, authority: str) -> None:
        assert refusal(case_opened(authority=authority)) == "string_pattern_mismatch"


class TestTriage:
    def test_waits_for_an_assessment_of_risk(self) -> None:
        assert the_last_of(ASB, triage_completed()) == Waiting("a RiskAssessed")

    @pytest.mark.parametrize("tool", ["general", "dash", "visitor", "child", "fire"])
    def test_any_assessment_will_do(self, tool: str) -> None:
        assert the_last_of(ASB, risk_assessed(tool=tool), triage_completed()) == Admitted()

    def test_doing_nothing_is_decided_by_someone(self) -> None:
        assert refusal(triage_completed(decision="nfa")) == "missing-member"
        made(triage_completed(decision="nfa", decider="staff:1"))

    @pytest.mark.parametrize("decision", ["refer", "landlord-led", "monitor"])
    def test_anything_else_need_not_name_who_decided(self, decision: str) -> None:
        made(triage_completed(decision=decision, decider=None))

    @pytest.mark.parametrize(
        "fields", [{"has_care_needs": "yes"}, {"has_care_needs": "unknown", "basis": FREE}]
    )
    def test_what_speaks_of_care_needs_is_never_standard(self, fields: Fields) -> None:
        assert refusal(triage_completed(sensitivity="standard", **fields)) == "not-restricted"
        made(triage_completed(sensitivity="restricted", **fields))

    @pytest.mark.parametrize("answer", ["no", "unknown"])
    def test_else_it_may_be_standard(self, answer: str) -> None:
        made(triage_completed(sensitivity="standard", has_care_needs=answer))

    @pytest.mark.parametrize(
        ("answers", "met"),
        [
            (("yes", "yes", "yes"), "yes"),
            (("yes", "yes", "no"), "no"),
            (("no", "unknown", "unknown"), "no"),
            (("yes", "unknown", "yes"), "unknown"),
            (("unknown", "unknown", "unknown"), "unknown"),
        ],
    )
    def test_section_42_asks_for_all_three(self, answers: tuple[str, str, str], met: str) -> None:
        needs, risk, unable = answers
        event = made(
            triage_completed(
                has_care_needs=needs, at_risk_of_abuse=risk, unable_to_protect_self=unable
            )
        )
        assert isinstance(event, TriageCompleted)
        assert event.meets_section_42 is YesNoUnknown(met)


class TestLinks:
    LINKED = case_linked("2024-03-05", other_ref=TENANT, relation="history")
    UNLINKED = case_unlinked("2024-03-15", other_ref=TENANT, relation="history")

    @pytest.mark.parametrize("other", ["asb:2023-0042", TENANT, "property:10001234"])
    def test_leads_to_another_case_or_to_a_file(self, other: str) -> None:
        assert the_last_of(ASB, case_linked(other_ref=other)) == Admitted()

    @pytest.mark.parametrize("told", [case_linked, case_unlinked])
    def test_does_not_lead_to_the_case_itself(self, told: Any) -> None:
        assert refusal(told(other_ref=CASE_REF)) == "self-link"

    def test_is_undone_once_it_was_made(self) -> None:
        waiting = Waiting(f"the CaseLinked to {TENANT} as history")
        assert the_last_of(ASB, self.UNLINKED) == waiting
        assert the_last_of(ASB, self.LINKED, self.UNLINKED) == Admitted()

    @pytest.mark.parametrize("other", [{"other_ref": "asb:2023-0042"}, {"relation": "same-person"}])
    def test_another_link_does_not_count(self, other: Fields) -> None:
        verdict = the_last_of(ASB, self.LINKED.but(**other), self.UNLINKED)
        assert isinstance(verdict, Waiting)

    def test_one_made_later_does_not_count(self) -> None:
        later = case_linked("2024-03-20", other_ref=TENANT, relation="history")
        assert isinstance(the_last_of(ASB, later, self.UNLINKED), Waiting)
        assert the_last_of(ASB, later, self.LINKED, self.UNLINKED) == Admitted()

    def test_is_undone_once_for_each_time_it_was_made(self) -> None:
        undone = (ASB, self.LINKED, self.UNLINKED)
        again = case_unlinked("2024-03-25", other_ref=TENANT, relation="history")
        assert isinstance(the_last_of(*undone, again), Waiting)
        relinked = case_linked("2024-03-20", other_ref=TENANT, relation="history")
        assert the_last_of(*undone, relinked, again) == Admitted()


class TestRecordsOfPersons:
    @pytest.mark.parametrize("told", [records_merged, records_split])
    def test_are_two(self, told: Any) -> None:
        assert refusal(told(survivor=TENANT, retired=TENANT)) == "same-person"

    @pytest.mark.parametrize("told", [records_merged(), records_split()])
    def test_may_be_told_on_the_file_of_a_person(self, told: Told) -> None:
        event = made(told)
        file = event.model_copy(update={"case_ref": TENANT, "case_id": case_id_of(TENANT)})
        assert admit(CaseState(), file) == Admitted()
        assert named_in(event) == (TENANT, "person:tenant-old")


class TestWhatWasAddedToEarlierTypes:
    """Each with its new members; that those of before still load is shown by their fixtures."""

    def test_a_concern(self) -> None:
        event = made(
            concern_raised(
                reporter={
                    "role": "Gas engineer",
                    "kind": "contractor",
                    "team": "Repairs north",
                },
                anonymous=True,
                hate_strands=("disability",),
                child_harms=("criminal-exploitation",),
                exploitation=("cuckooing-drugs", "county-lines"),
                location="own-home",
                personally_connected="yes",
                both_sixteen_or_over="unknown",
                further_indicators=FREE,
                policy_refs=("POL-WELLBEING-3",),
            )
        )
        assert isinstance(event, ConcernRaised)
        assert event.reporter.kind is ReporterKind.CONTRACTOR
        assert event.exploitation == (Exploitation.CUCKOOING_DRUGS, Exploitation.COUNTY_LINES)
        assert event.child_harms == (ChildHarm.CRIMINAL_EXPLOITATION,)
        assert event.location is HarmLocation.OWN_HOME

    def test_an_incident_that_was_several_things(self) -> None:
        event = made(incident_reported(further_kinds=("property-damage", "threats")))
        assert isinstance(event, IncidentReported)
        assert event.further_kinds == ("property-damage", "threats")

    def test_a_reclassification_that_a_lead_confirmed(self) -> None:
        event = made(reclassified(confirmed_by="staff:1"))
        assert isinstance(event, Reclassified)
        assert event.confirmed_by == "staff:1"

    def test_a_closing_with_the_outcome_for_each_person(self) -> None:
        outcome = {
            "person": TENANT,
            "risk_outcome": "reduced",
            "child_aims": ("protected-from-maltreatment",),
            "summary": FREE,
        }
        event = made(
            case_closed(
                assurance="none",
                no_assurance_reason=FREE,
                msp_summary=FREE,
                person_outcomes=(outcome,),
            )
        )
        assert isinstance(event, CaseClosed)
        assert event.person_outcomes[0].child_aims == (ChildAim.PROTECTED_FROM_MALTREATMENT,)
        assert named_in(event) == (TENANT,)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (case_opened, "initial_classification"),
        (case_opened, "housing_type"),
        (triage_completed, "has_care_needs"),
        (triage_completed, "decision"),
        (triage_completed, "enforcement_check"),
        (triage_completed, "no_statutory_route"),
        (case_linked, "relation"),
        (monitoring_scheduled, "reason"),
        (monitoring_scheduled, "frequency"),
        (concern_raised, "location"),
    ],
)
def test_refuses_a_code_that_is_not_in_the_list(told: Any, field: str) -> None:
    assert refusal(told(**{field: "no-such-code"})) == "enum"


@pytest.mark.parametrize(
    ("told", "field", "item"),
    [
        (case_opened, "opened_from", the("e-1")),
        (concern_raised, "exploitation", "grooming"),
        (concern_raised, "child_harms", "neglect"),
        (concern_raised, "hate_strands", "race"),
        (concern_raised, "policy_refs", "POL-1"),
        (incident_reported, "further_kinds", "noise"),
        (case_closed, "person_outcomes", {"person": TENANT}),
    ],
)
def test_bounds_the_length_of_lists(told: Any, field: str, item: object) -> None:
    assert len(getattr(made(told(**{field: (item,) * 100})), field)) == 100
    assert refusal(told(**{field: (item,) * 101})) == "too_long"


LISTS: dict[type[CodedList], set[str]] = {
    AbuseType: {
        "physical",
        "domestic",
        "sexual",
        "sexual-exploitation",
        "psychological",
        "financial-or-material",
        "modern-slavery",
        "discriminatory",
        "organisational",
        "neglect-or-omission",
        "self-neglect",
    },
    Strand: {
        "adult",
        "child",
        "domestic-abuse",
        "hoarding",
        "hate-crime",
        "modern-slavery",
        "staff",
    },
    HateStrand: {"race", "religion", "sexual-orientation", "transgender", "disability"},
    DomesticAbuseBehaviour: {
        "physical-or-sexual",
        "violent-or-threatening",
        "controlling-or-coercive",
        "economic",
        "psychological-emotional-other",
    },
    TriageDecision: {"refer", "landlord-led", "monitor", "nfa"},
    EnforcementCheck: {"done", "not-done", "not-applicable", "unknown"},
    CaseRelation: {
        "same-person",
        "household",
        "perpetrator",
        "asb",
        "repair",
        "complaint",
        "forum",
        "history",
    },
}
"""Lists whose codes come from outside or from the catalogue, in full."""

AT_LEAST: dict[type[CodedList], set[str]] = {
    ChildHarm: {
        "physical",
        "emotional",
        "sexual",
        "neglect",
        "extra-familial",
        "sexual-exploitation",
        "criminal-exploitation",
        "female-genital-mutilation",
        "faith-or-belief",
    },
    Exploitation: {
        "cuckooing-drugs",
        "cuckooing-sex-work",
        "cuckooing-weapons",
        "cuckooing-squatting",
        "cuckooing-financial",
        "county-lines",
        "mate-crime",
        "grooming",
    },
    HarmLocation: {
        "own-home",
        "in-the-community",
        "community-service",
        "care-home-nursing",
        "care-home-residential",
        "hospital-acute",
        "hospital-mental-health",
        "hospital-community",
        "other",
    },
    Channel: {"whistleblowing", "property-inspection", "repair-visit", "contractor", "self"},
    Classification: {strand.value for strand in Strand},
    NoStatutoryRoute: {"ineligible", "refuses-support", "self-neglect"},
    MonitoringReason: {"hoarding-low", "after-court"},
    Frequency: {"weekly", "monthly", "yearly"},
    ChildAim: {
        "protected-from-maltreatment",
        "impairment-prevented",
        "safe-and-effective-care",
    },
}


@pytest.mark.parametrize(("codes", "complete"), LISTS.items())
def test_a_list_has_these_codes_and_no_others(codes: type[CodedList], complete: set[str]) -> None:
    assert {code.value for code in codes} == complete


@pytest.mark.parametrize(("codes", "some"), AT_LEAST.items())
def test_a_list_has_these_codes_among_others(codes: type[CodedList], some: set[str]) -> None:
    assert some <= {code.value for code in codes}
