"""KPI facts: what a case counts as, on which day, and how long things took."""

from typing import Any

import pytest

from projections.kpi_case import kpi_case
from projections.kpi_case_row import KpiCaseRow, ReportingDelay
from tests.support.stories import (
    NEIGHBOUR,
    Told,
    barrier_encountered,
    case_closed,
    case_opened,
    case_reopened,
    concern_raised,
    consent_overridden,
    enquiry_reported,
    enquiry_requested,
    given,
    hoarding_level_assessed,
    housing_changed,
    incident_reported,
    meeting_held,
    meeting_missed,
    person_involved,
    reclassified,
    referral_sent,
    risk_assessed,
    role_changed,
    staff_allegation_raised,
    triage_completed,
)


def facts(*story: Told, known_on: str | None = None) -> KpiCaseRow:
    return given(*story).when_seen(known_on=known_on).then(kpi_case).row


def test_without_a_report_or_an_opening_there_is_no_case() -> None:
    given(risk_assessed()).then(kpi_case).has_rows()


class TestNewCase:
    def test_counts_when_its_first_report_became_known(self) -> None:
        given(
            concern_raised("2024-03-30", known="2024-04-02", strands=("adult",)),
            concern_raised("2024-03-31", known="2024-03-31", strands=("child",)),
        ).then(kpi_case).has(
            opened_on="2024-04-02", new_case_on="2024-04-02", new_case_via="opened"
        )

    def test_counts_when_its_formal_opening_became_known_where_there_is_one(self) -> None:
        given(
            concern_raised("2024-03-30", strands=("adult",)),
            case_opened("2024-03-31", known="2024-04-03", initial_classification="child"),
        ).then(kpi_case).has(
            opened_on="2024-04-03",
            new_case_on="2024-04-03",
            first_classification="child",
            strands=("adult", "child"),
        )

    def test_counts_on_the_day_it_was_in_england(self) -> None:
        told = concern_raised("2024-04-01 00:30", strands=("adult",))
        assert facts(told).opened_on.isoformat() == "2024-04-01"

    @pytest.mark.parametrize("badge", ["asb", "welfare", "unclassified"])
    def test_does_not_count_while_it_is_something_else(self, badge: str) -> None:
        given(incident_reported("2024-03-01", category=badge)).then(kpi_case).has(
            new_case_on=None, new_case_via=None, domestic_abuse_on=None, hoarding_on=None
        )

    def test_counts_apart_once_it_is_reclassified(self) -> None:
        given(
            incident_reported("2024-03-01", category="asb"),
            reclassified("2024-03-12", known="2024-04-01", from_="asb", to="adult"),
            reclassified("2024-05-12", from_="adult", to="child"),
        ).then(kpi_case).has(
            first_classification="asb",
            classification="child",
            opened_on="2024-03-01",
            new_case_on="2024-04-01",
            new_case_via="reclassified",
            misbadged_days=11,
            reclassifications=(
                {"day": "2024-04-01", "was": "asb", "now": "adult"},
                {"day": "2024-05-12", "was": "adult", "now": "child"},
            ),
        )

    def test_counts_once_though_it_is_reclassified_afterwards(self) -> None:
        given(
            concern_raised("2024-03-01", strands=("adult",)),
            reclassified("2024-04-12", from_="adult", to="domestic-abuse"),
        ).then(kpi_case).has(new_case_on="2024-03-01", new_case_via="opened")

    def test_was_not_opened_as_what_it_was_reclassified_to_before(self) -> None:
        given(
            incident_reported("2024-03-01", category="asb"),
            reclassified("2024-03-12", from_="asb", to="adult"),
            case_opened("2024-03-13", initial_classification="adult"),
        ).then(kpi_case).has(
            first_classification="asb", new_case_on="2024-03-12", new_case_via="reclassified"
        )

    def test_was_not_known_before_it_was(self) -> None:
        story = (
            incident_reported("2024-03-01", category="asb"),
            reclassified("2024-03-12", known="2024-04-01", from_="asb", to="adult"),
        )
        assert facts(*story, known_on="2024-03-31").new_case_on is None


class TestDomesticAbuseAndHoarding:
    @pytest.mark.parametrize(
        "telling",
        [
            concern_raised("2024-03-05", strands=("domestic-abuse",)),
            concern_raised("2024-03-05", abuse_types=("domestic",)),
            concern_raised("2024-03-05", domestic_abuse_behaviours=("economic",)),
            incident_reported("2024-03-05", category="domestic-abuse"),
            case_opened("2024-03-05", initial_classification="domestic-abuse"),
            reclassified("2024-03-05", from_="asb", to="domestic-abuse"),
        ],
    )
    def test_domestic_abuse_is_known_from_whatever_says_so(self, telling: Told) -> None:
        opening = incident_reported("2024-03-01", category="asb")
        given(opening, telling).then(kpi_case).has(domestic_abuse_on="2024-03-05")
        given(opening, concern_raised(strands=("adult",))).then(kpi_case).has(
            domestic_abuse_on=None
        )

    @pytest.mark.parametrize(
        "telling",
        [
            concern_raised("2024-03-05", strands=("hoarding",)),
            incident_reported("2024-03-05", category="hoarding"),
            reclassified("2024-03-05", from_="adult", to="hoarding"),
            hoarding_level_assessed("2024-03-05", level="low"),
        ],
    )
    def test_hoarding_is_known_from_whatever_says_so(self, telling: Told) -> None:
        opening = concern_raised("2024-03-01", strands=("adult",))
        given(opening, telling).then(kpi_case).has(hoarding_on="2024-03-05")
        given(opening).then(kpi_case).has(hoarding_on=None)

    def test_hoarding_that_is_no_safeguarding_case_is_not_counted(self) -> None:
        given(
            incident_reported("2024-03-01", category="asb"), hoarding_level_assessed("2024-03-05")
        ).then(kpi_case).has(hoarding_on=None)


class TestWhoAndWhere:
    def test_tells_who_raised_it_and_how(self) -> None:
        reporter = {"role": "Gas engineer", "kind": "contractor", "team": "Repairs"}
        given(
            incident_reported("2024-03-01"),
            concern_raised(
                "2024-03-02", channel="repair-visit", basis="disclosure", reporter=reporter
            ),
            concern_raised("2024-03-03", channel="self", abuse_types=("physical", "sexual")),
        ).then(kpi_case).has(
            channel="repair-visit",
            basis="disclosure",
            raised_by_role="Gas engineer",
            raised_by_kind="contractor",
            raised_by_team="Repairs",
            abuse_types=("physical", "sexual"),
            concerns=2,
            low_level_concerns=0,
        )

    def test_tells_where_it_is(self) -> None:
        given(
            concern_raised("2024-03-01", property_ref="uprn:1"),
            case_opened(authority="E09000001", housing_type="sheltered", property_ref="uprn:2"),
            housing_changed(housing_type="supported"),
        ).then(kpi_case).has(property_ref="uprn:1", authority="E09000001", housing_type="sheltered")
        given(concern_raised(), housing_changed(housing_type="supported")).then(kpi_case).has(
            property_ref=None, authority=None, housing_type="supported"
        )

    def test_tells_the_tenure_of_whoever_is_harmed(self) -> None:
        given(
            concern_raised(),
            person_involved(person=NEIGHBOUR, role="witness", tenure_role="leaseholder"),
            person_involved(role="victim", tenure_role="joint-tenant"),
        ).then(kpi_case).has(tenure_role="joint-tenant")


class TestDelay:
    @pytest.mark.parametrize(
        ("days", "span"),
        [
            (0, "0-3-days"),
            (3, "0-3-days"),
            (4, "4-5-days"),
            (5, "4-5-days"),
            (6, "6-14-days"),
            (14, "6-14-days"),
            (15, "15-30-days"),
            (30, "15-30-days"),
            (31, "1-3-months"),
            (90, "1-3-months"),
            (91, "over-3-months"),
        ],
    )
    def test_falls_into_a_span(self, days: int, span: str) -> None:
        assert ReportingDelay.of(days) == span

    def test_is_that_of_what_happened_first(self) -> None:
        given(
            concern_raised("2024-03-10", known="2024-03-20"),
            incident_reported("2024-03-01", known="2024-03-21"),
        ).then(kpi_case).has(
            first_report_on="2024-03-21", reporting_delay_days=20, reporting_delay="15-30-days"
        )

    @pytest.mark.parametrize("precision", ["month", "year", "approximate"])
    def test_is_not_known_where_it_is_dated_roughly(self, precision: str) -> None:
        told = incident_reported("2024-03-01", known="2024-05-01", occurred_precision=precision)
        given(told).then(kpi_case).has(reporting_delay_days=None, reporting_delay=None)

    def test_is_none_where_there_is_no_report(self) -> None:
        given(case_opened()).then(kpi_case).has(first_report_on=None, reporting_delay_days=None)


class TestReferral:
    STORY = (
        concern_raised("2024-03-01", strands=("adult",)),
        meeting_held("2024-03-02", meeting_id="M0"),
        triage_completed("2024-03-03"),
        triage_completed("2024-03-04", no_statutory_route="ineligible"),
        referral_sent("2024-03-05 17:00", referral_id="R1"),
        referral_sent("2024-03-04 17:00", referral_id="R2"),
        meeting_held("2024-03-18", meeting_id="M1"),
    )

    def test_counts_the_days_to_the_first_meeting_after_it(self) -> None:
        given(*self.STORY).then(kpi_case).has(
            triaged_on="2024-03-03",
            no_statutory_route="ineligible",
            no_statutory_route_on="2024-03-04",
            first_referral_on="2024-03-04",
            first_meeting_after_referral_on="2024-03-18",
            days_to_meeting=14,
        )

    def test_counts_a_meeting_that_housing_missed(self) -> None:
        missed = meeting_missed("2024-04-01", meeting_id="M2", held_at="2024-03-07T10:00:00Z")
        given(*self.STORY, missed).then(kpi_case).has(days_to_meeting=3)

    def test_waits_for_the_meeting(self) -> None:
        given(*self.STORY[:-1]).then(kpi_case).has(
            first_meeting_after_referral_on=None, days_to_meeting=None
        )


class TestClosing:
    STORY = (
        concern_raised("2024-03-01", strands=("adult",)),
        case_closed("2024-04-01", assurance="partial", risk_outcome="reduced"),
        case_reopened("2024-05-01"),
        case_closed("2024-06-01", assurance="confirmed", risk_outcome="removed"),
    )

    def test_tells_when_it_was_open(self) -> None:
        given(*self.STORY).then(kpi_case).has(
            is_open=False,
            closed_on=("2024-04-01", "2024-06-01"),
            reopened_on=("2024-05-01",),
            assurance="confirmed",
            risk_outcome="removed",
            spells=(
                {"opened_on": "2024-03-01", "closed_on": "2024-04-01", "assurance": "partial"},
                {"opened_on": "2024-05-01", "closed_on": "2024-06-01", "assurance": "confirmed"},
            ),
        )

    def test_says_nothing_of_the_last_closing_while_it_is_open_again(self) -> None:
        given(*self.STORY[:3]).then(kpi_case).has(
            is_open=True, closed_on=("2024-04-01",), assurance=None, risk_outcome=None
        )

    def test_takes_part_of_a_history(self) -> None:
        given(self.STORY[0], self.STORY[3], self.STORY[2]).then(kpi_case).has(
            closed_on=("2024-06-01",), reopened_on=(), is_open=False
        )


class TestCounts:
    def test_overrides_barriers_enquiries_and_allegations(self) -> None:
        given(
            concern_raised("2024-03-01", strands=("adult",), low_level=True),
            consent_overridden("2024-03-02", grounds=("others-at-risk", "serious-crime")),
            barrier_encountered("2024-03-03"),
            staff_allegation_raised("2024-03-01", known="2024-03-04"),
            enquiry_requested("2024-03-05"),
            enquiry_reported("2024-03-06"),
        ).then(kpi_case).has(
            low_level_concerns=1,
            consent_overrides=(
                {"day": "2024-03-02", "grounds": ("others-at-risk", "serious-crime")},
            ),
            barriers=1,
            staff_allegations=("2024-03-04",),
            enquiries_asked=("2024-03-05",),
            enquiries_reported=1,
        )

    @pytest.mark.parametrize(
        ("badge", "counted"), [("asb", (2, 1)), ("welfare", (0, 0)), ("adult", (0, 0))]
    )
    def test_alleged_perpetrators_of_antisocial_behaviour_seen_anew(
        self, badge: str, counted: tuple[Any, Any]
    ) -> None:
        given(
            incident_reported("2024-03-01", category=badge),
            person_involved("2024-03-02"),
            person_involved("2024-03-02", person=NEIGHBOUR, role="victim"),
            role_changed("2024-03-03", person=NEIGHBOUR, from_="victim", to="alleged-perpetrator"),
            role_changed("2024-03-12"),
        ).then(kpi_case).has(asb_alleged_perpetrators=counted[0], asb_re_roled=counted[1])
