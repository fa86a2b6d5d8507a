"""The figures of the dashboard on a database with a few cases, to the last digit."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from domain.identity import case_id_of
from tests.support.dashboards import Figures, plain, shown
from tests.support.read_stores import Stores, opened
from tests.support.stories import (
    Told,
    action_agreed,
    action_completed,
    barrier_encountered,
    case_closed,
    case_opened,
    case_reopened,
    compliance_reported,
    concern_raised,
    consent_overridden,
    decision_recorded,
    enquiry_requested,
    exploitation_indicator_observed,
    feedback_received,
    forum_meeting_attended,
    forum_seat_recorded,
    incident_reported,
    marker_placed,
    marker_removed,
    marker_reviewed,
    meeting_held,
    meeting_missed,
    person_involved,
    property_described,
    reclassified,
    recommendation_accepted,
    recommendation_implemented,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
    review_notified,
    role_changed,
    staff_allegation_raised,
    triage_completed,
)
from tests.support.telling import id_of

ONE, OTHER = "E09000001", "E09000002"
MIDNIGHT_IN_SUMMER = datetime(2024, 3, 31, 23, 30, tzinfo=UTC)
"""Half an hour before midnight in UTC: in England it is the first of April already."""
NEVER = "2199-01-01"
ADULT = concern_raised("2024-03-01", strands=("adult",))


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


def adult_case(day: str, authority: str = ONE) -> tuple[Told, ...]:
    return (
        concern_raised(day, strands=("adult",)),
        case_opened(day, initial_classification="adult", authority=authority),
    )


class TestNewCases:
    def test_count_in_the_month_in_england_and_its_quarters_and_years(self, stores: Stores) -> None:
        stores.told("asb:1", concern_raised(MIDNIGHT_IN_SUMMER, strands=("adult",)))
        stores.told("asb:2", ADULT)
        stores.told("asb:3", concern_raised("2023-12-31", known="2024-01-01", strands=("child",)))
        stores.told("asb:4", incident_reported("2024-03-02", category="asb"))
        figures = Figures(stores)
        assert figures.by_month("new_cases") == {"2024-01": 1, "2024-03": 1, "2024-04": 1}
        for period, starts_on, ends_on, count in (
            ("quarter", "2024-01-01", "2024-03-31", 2),
            ("quarter", "2024-04-01", "2024-06-30", 1),
            ("year", "2024-01-01", "2024-12-31", 3),
            ("financial-year", "2023-04-01", "2024-03-31", 2),
            ("financial-year", "2024-04-01", "2025-03-31", 1),
        ):
            line = figures.at("new_cases", period, starts_on)
            assert (plain(line["value"]), str(line["ends_on"])) == (count, ends_on)

    def test_are_counted_once_and_those_reclassified_apart(self, stores: Stores) -> None:
        stores.told("asb:1", *adult_case("2024-03-01"))
        stores.told(
            "asb:2",
            incident_reported("2024-03-01", category="asb"),
            reclassified("2024-05-12", from_="asb", to="domestic-abuse"),
            reclassified("2024-06-12", from_="domestic-abuse", to="adult"),
        )
        stores.told(
            "asb:3",
            concern_raised("2024-03-02", strands=("adult",)),
            reclassified("2024-05-02", from_="adult", to="domestic-abuse"),
        )
        figures = Figures(stores)
        assert figures.by_month("new_cases") == {"2024-03": 2}
        assert figures.by_month("reclassified_into_safeguarding") == {"2024-05": 1}
        assert figures.by_month("domestic_abuse_cases") == {"2024-05": 2}
        assert figures.split("reclassifications", "quarter", "2024-04-01") == {
            "asb > domestic-abuse": 1,
            "domestic-abuse > adult": 1,
            "adult > domestic-abuse": 1,
        }
        assert figures.by_month("misbadged_days") == {"2024-05": 66.5}  # of 72 and 61

    def test_of_hoarding_are_a_part_and_never_more(self, stores: Stores) -> None:
        stores.told("asb:1", concern_raised("2024-03-01", strands=("hoarding",)))
        stores.told("asb:2", ADULT, concern_raised("2024-05-01", strands=("hoarding",)))
        stores.told("asb:3", ADULT)
        stores.told(
            "asb:4",
            incident_reported("2024-02-29", category="welfare"),
            reclassified("2024-03-12", from_="welfare", to="hoarding"),
        )
        figures = Figures(stores)
        assert figures.by_month("new_cases") == {"2024-03": 3}
        assert figures.split("hoarding_cases", "month", "2024-03-01") == {
            "opened": 2,
            "reclassified": 1,
        }
        assert figures.split("hoarding_cases", "year", "2024-01-01") == {
            "opened": 2,
            "reclassified": 1,
        }

    def test_are_split_by_what_is_known_of_them(self, stores: Stores) -> None:
        stores.told("property:1", property_described(property_ref="uprn:1", authority=OTHER))
        reporter = {"role": "Gas engineer", "kind": "contractor", "team": "Repairs"}
        stores.told(
            "asb:1",
            concern_raised(
                "2024-03-01",
                strands=("adult", "hoarding"),
                abuse_types=("self-neglect",),
                channel="repair-visit",
                reporter=reporter,
                property_ref="uprn:1",
            ),
            person_involved(role="victim", tenure_role="tenant"),
        )
        stores.told(
            "asb:2",
            concern_raised("2024-03-01", strands=()),
            case_opened(
                "2024-03-02",
                initial_classification="adult",
                authority=ONE,
                housing_type="sheltered",
            ),
        )
        figures = Figures(stores)

        def by(what: str) -> dict[str, object]:
            return figures.split(f"new_cases_by_{what}", "year", "2024-01-01")

        assert by("strand") == {"adult": 2, "hoarding": 1}
        assert by("abuse_type") == {"self-neglect": 1}
        assert by("channel") == {"repair-visit": 1, "housing-officer": 1}
        assert by("reporter") == {"contractor": 1, "unknown": 1}
        assert by("team") == {"Repairs": 1, "unknown": 1}
        assert by("housing_type") == {"general-needs": 1, "sheltered": 1}
        assert by("tenure") == {"tenant": 1, "unknown": 1}
        assert figures.by_month("general_needs") == {"2024-03": 50}
        assert figures.by_month("new_cases", authority=ONE) == {"2024-03": 1}
        assert figures.by_month("new_cases", authority=OTHER) == {"2024-03": 1}
        assert figures.by_month("new_cases", authority=None) == {}

    def test_of_no_known_authority_are_told_apart_from_all(self, stores: Stores) -> None:
        stores.told("asb:1", ADULT)
        stores.told("asb:2", *adult_case("2024-03-01"))
        figures = Figures(stores)
        assert figures.by_month("new_cases", authority=None) == {"2024-03": 1}
        assert figures.by_month("new_cases") == {"2024-03": 2}


class TestCourse:
    def test_open_closed_and_reopened(self, stores: Stores) -> None:
        stores.told(
            "asb:1",
            ADULT,
            case_closed("2024-04-10", assurance="none", risk_outcome="remained"),
            case_reopened("2024-06-10"),
        )
        stores.told("asb:2", concern_raised("2024-04-01", strands=("child",)))
        stores.told(
            "asb:3",
            incident_reported("2024-01-01", category="asb"),
            case_closed("2024-01-20"),
            case_reopened("2024-02-01"),
            reclassified("2024-05-01", from_="asb", to="adult"),
        )
        stores.told("asb:4", incident_reported("2024-01-01", category="asb"))
        figures = Figures(stores)
        months = figures.by_month("open_cases")
        assert [months.get(f"2024-0{month}") for month in range(1, 8)] == [
            None,
            None,
            1,
            1,
            2,
            3,
            3,
        ]
        assert plain(figures.at("open_cases", "quarter", "2024-04-01")["value"]) == 3
        assert plain(figures.at("open_cases", "financial-year", "2023-04-01")["value"]) == 1
        assert figures.by_month("closed_cases") == {"2024-04": 1}
        assert figures.split("closed_cases_by_assurance", "month", "2024-04-01") == {"none": 1}
        assert figures.split("closed_cases_by_risk_outcome", "month", "2024-04-01") == {
            "remained": 1
        }
        assert figures.by_month("reopened_cases") == {"2024-06": 1}

    def test_reporting_delay(self, stores: Stores) -> None:
        for number, known in enumerate(("2024-03-04", "2024-03-05", "2024-03-31"), 1):
            stores.told(f"asb:{number}", concern_raised("2024-03-01", known=known))
        figures = Figures(stores)
        assert figures.split("reporting_delay", "month", "2024-03-01") == {
            "0-3-days": 1,
            "4-5-days": 1,
            "15-30-days": 1,
        }
        assert figures.by_month("reporting_delay_days") == {"2024-03": 4}

    def test_people_once_accused_and_then_seen_as_harmed(self, stores: Stores) -> None:
        asb = incident_reported("2024-03-01", category="asb")
        stores.told("asb:1", asb, person_involved(), role_changed())
        stores.told("asb:2", asb, person_involved())
        stores.told("asb:3", asb, person_involved())
        line = Figures(stores).at("asb_re_roled", "month", "2024-03-01")
        assert (plain(line["value"]), line["facts"]) == (33.33, 3)


def test_decisions_that_someone_saw_otherwise(stores: Stores) -> None:
    stores.told(
        "asb:1",
        *adult_case("2024-03-01"),
        consent_overridden("2024-03-02", dissenting_view="She trusted us with this."),
        consent_overridden("2024-03-03"),
        decision_recorded("2024-04-02", ref="d", dissenting_view="The police would wait."),
        decision_recorded("2024-04-03"),
    )
    stores.told(
        "asb:2",
        *adult_case("2024-03-01", OTHER),
        decision_recorded(MIDNIGHT_IN_SUMMER, dissenting_view="The social worker would wait."),
    )
    figures = Figures(stores)
    assert figures.by_month("dissenting_views") == {"2024-03": 1, "2024-04": 2}
    assert figures.by_month("dissenting_views", authority=ONE) == {"2024-03": 1, "2024-04": 1}
    assert figures.by_month("dissenting_views", authority=OTHER) == {"2024-04": 1}
    listed = shown(
        stores,
        "SELECT case_ref, item FROM dashboard.facts "
        "WHERE figure = 'dissenting_views' AND authority = 'E09000001' ORDER BY day",
    )
    assert [line["case_ref"] for line in listed] == ["asb:1", "asb:1"]
    override, decision = (line["item"] for line in listed)
    assert override.startswith("override:")
    assert decision == f"decision:{id_of('d')}"


class TestReferrals:
    @pytest.fixture
    def figures(self, stores: Stores) -> Figures:
        def sent(referral_id: str, **fields: str) -> Told:
            return referral_sent("2024-03-01", referral_id=referral_id, **fields)

        stores.told(
            "asb:1",
            *adult_case("2024-03-01"),
            sent("R1"),
            referral_decided("2024-03-05", referral_id="R1", decision="accepted-s42"),
            feedback_received("2024-03-20", referral_id="R1", quality="acknowledgement-only"),
            feedback_received("2024-04-20", referral_id="R1"),
            sent("R2"),
            referral_decided("2024-03-11", referral_id="R2", decision="nfa"),
            feedback_received("2024-04-02", referral_id="R2", quality="decision-no-reasons"),
            sent("R3", route="police-101"),
            referral_decided("2024-03-02", referral_id="R3", decision="no-response"),
            feedback_received("2024-03-20", referral_id="R3", quality="none"),
            sent("R4", feedback_due=NEVER),
            sent("R5"),
            referral_withdrawn("2024-03-02", referral_id="R5"),
            sent("R6", feedback_due="2024-04-01"),
            feedback_received("2024-03-03", referral_id="R6"),
            referral_resubmitted("2024-05-01", referral_id="R6", feedback_due="2024-05-30"),
            referral_decided("2024-05-03", referral_id="R6", decision="early-help"),
            meeting_held("2024-03-15"),
        )
        return Figures(stores)

    def test_sent_and_accepted(self, figures: Figures) -> None:
        assert figures.by_month("referrals_sent") == {"2024-03": 6}
        assert figures.split("referrals_sent_by_route", "month", "2024-03-01") == {
            "mash": 5,
            "police-101": 1,
        }
        assert figures.by_month("referrals_accepted") == {"2024-03": 66.67}
        assert figures.at("referrals_accepted", "month", "2024-03-01")["facts"] == 3

    def test_feedback_of_any_kind_in_time_and_adequate(self, figures: Figures) -> None:
        # Judged are R1, R2, R3 and R6; what R6 had was before it was put again.
        assert figures.by_month("feedback_any") == {"2024-03": 50}
        assert figures.by_month("feedback_timely") == {"2024-03": 25}
        assert figures.by_month("feedback_adequate") == {"2024-03": 25}
        assert figures.at("feedback_any", "month", "2024-03-01")["facts"] == 4
        assert figures.split("feedback_any_by_route", "month", "2024-03-01") == {
            "mash": 66.67,
            "police-101": 0,
        }
        # R4, which is not due, was put long enough ago.
        assert figures.by_month("feedback_within_28_days") == {"2024-03": 20}

    def test_days(self, figures: Figures) -> None:
        assert figures.by_month("days_to_decision") == {"2024-03": 4}  # of 4, 10 and 2
        assert figures.by_month("referral_to_meeting_days") == {"2024-03": 14}
        waiting = figures.by_month("referrals_awaiting_decision")
        # R6 too until it was decided, though it was put again in between.
        assert [waiting[month] for month in ("2024-03", "2024-04", "2024-05")] == [3, 3, 2]


def test_invitations(stores: Stores) -> None:
    def held(number: int, state: str) -> Told:
        return meeting_held(f"2024-03-1{number}", meeting_id=f"M{number}", invite_state=state)

    stores.told(
        "asb:1",
        *adult_case("2024-03-01"),
        held(0, "invited-in-time"),
        held(1, "not-invited"),
        referral_sent("2024-03-12"),
        held(2, "invited-late"),
        held(3, "declined"),
        held(4, "asked-to-leave"),
        held(5, "unknown"),
        meeting_missed("2024-04-02", meeting_id=None, held_at="2024-03-16T10:00:00Z"),
    )
    figures = Figures(stores)
    assert figures.by_month("meetings_held") == {"2024-03": 7}
    assert figures.by_month("invited") == {"2024-03": 60}
    assert figures.by_month("invited_in_time") == {"2024-03": 25}
    assert figures.split("invited_by_referrer", "month", "2024-03-01") == {
        "landlord-referred": 66.67,
        "not-referred": 50,
    }
    assert figures.split("invitations_by_basis", "month", "2024-03-01") == {"unknown": 3}


def test_actions(stores: Stores) -> None:
    def agreed(action_id: str, due: str) -> Told:
        return action_agreed("2024-03-01", action_id=action_id, due=due)

    stores.told(
        "asb:1",
        *adult_case("2024-03-01"),
        agreed("A1", "2024-03-31"),
        action_completed("2024-03-31", action_id="A1"),
        agreed("A2", "2024-03-31"),
        action_completed("2024-05-01", action_id="A2"),
        agreed("A3", "2024-04-30"),
        agreed("A4", NEVER),
    )
    figures = Figures(stores)
    assert figures.by_month("actions_fell_due") == {"2024-03": 2, "2024-04": 1}
    assert figures.by_month("actions_late") == {"2024-03": 50, "2024-04": 100}
    assert figures.by_month("actions_unsettled") == {"2024-04": 1}
    overdue = figures.by_month("actions_overdue")
    assert (overdue.get("2024-03"), overdue["2024-04"], overdue["2024-05"]) == (None, 1, 1)


def test_markers_past_their_review(stores: Stores) -> None:
    stores.told(
        "asb:1",
        ADULT,
        marker_placed("2024-03-01", marker_id="W1", review_due="2024-04-30"),
        marker_reviewed("2024-06-01", marker_id="W1", outcome="renew", next_review="2024-08-15"),
        marker_removed("2024-09-15", marker_id="W1"),
        marker_placed("2024-03-01", marker_id="W2", review_due="2024-04-30"),
        marker_reviewed("2024-04-30", marker_id="W2", outcome="end"),
        marker_placed("2024-03-01", marker_id="W3", review_due="2024-04-30"),
        marker_reviewed("2024-04-15", marker_id="W3", outcome="amend"),
        marker_removed("2024-05-20", marker_id="W3"),
    )
    overdue = Figures(stores).by_month("markers_overdue")
    assert overdue == {"2024-05": 1, "2024-08": 1}
    spells = shown(
        stores,
        "SELECT item, day, until FROM dashboard.facts WHERE figure = 'markers_overdue' "
        "ORDER BY item, day",
    )
    assert [tuple(map(plain, line.values())) for line in spells] == [
        ("marker:W1", "2024-05-01", "2024-06-01"),
        ("marker:W1", "2024-08-16", "2024-09-15"),
        ("marker:W3", "2024-05-01", "2024-05-20"),
    ]


def test_what_belongs_to_no_case(stores: Stores) -> None:
    stores.told(
        "organisation:cromwood",
        compliance_reported(as_of="2024-03-01", compliant=30),
        compliance_reported(as_of="2024-03-31", compliant=38),
        compliance_reported(as_of="2024-03-31", team="Repairs", compliant=1, total=4),
        review_notified("2024-03-05"),
        recommendation_accepted("2024-03-06", due="2024-05-31"),
        recommendation_implemented("2024-07-01"),
    )
    stores.told(
        f"authority:{ONE}",
        forum_seat_recorded("2024-01-01"),
        forum_meeting_attended(held_on="2024-03-02"),
        forum_meeting_attended(held_on="2024-03-12", attended=False),
        barrier_encountered("2024-03-03"),
    )
    figures = Figures(stores)
    assert figures.by_month("compliance", "training") == {"2024-03": 95}
    assert figures.by_month("compliance_by_team", "training, Repairs") == {"2024-03": 25}
    assert figures.by_month("forum_attendance", "marac") == {"2024-03": 50}
    assert figures.by_month("forum_attendance", "marac", authority=ONE) == {"2024-03": 50}
    assert figures.by_month("reviews", "sar-discretionary") == {"2024-03": 1}
    assert figures.by_month("recommendations_accepted") == {"2024-03": 1}
    assert figures.by_month("recommendations_implemented") == {"2024-07": 1}
    assert figures.by_month("recommendations_overdue") == {"2024-06": 1}
    assert figures.by_month("barriers", "threshold", authority=ONE) == {"2024-03": 1}


class TestNames:
    def test_each_figure_lists_its_cases(self, stores: Stores) -> None:
        stores.told("asb:1", *adult_case("2024-03-01"))
        stores.told("asb:2", *adult_case("2024-03-02", OTHER))
        listed = shown(
            stores,
            "SELECT case_ref, case_id, authority, item FROM dashboard.facts "
            "WHERE figure = 'new_cases' AND day BETWEEN '2024-03-01' AND '2024-03-31' "
            "ORDER BY case_ref",
        )
        assert [tuple(line.values()) for line in listed] == [
            ("asb:1", case_id_of("asb:1"), ONE, ""),
            ("asb:2", case_id_of("asb:2"), OTHER, ""),
        ]

    def test_allegations_and_attitudes_are_numbers_alone(self, stores: Stores) -> None:
        stores.told(
            "asb:1",
            *adult_case("2024-03-01"),
            staff_allegation_raised("2024-03-02"),
            barrier_encountered("2024-02-02", code="attitude"),
            barrier_encountered("2024-02-02", code="it"),
        )
        figures = Figures(stores)
        assert figures.by_month("staff_allegations") == {"2024-03": 1}
        assert figures.by_month("barriers", "attitude") == {"2024-01": 1}
        assert figures.by_month("barriers", "it", authority=ONE) == {"2024-02": 1}
        told = shown(
            stores,
            "SELECT case_id, case_ref, authority, housing_type FROM dashboard.facts "
            "WHERE figure = 'staff_allegations' OR dimension = 'attitude'",
        )
        assert told == [dict.fromkeys(("case_id", "case_ref", "authority", "housing_type"))] * 2

    def test_a_case_about_staff_is_counted_but_never_named(self, stores: Stores) -> None:
        stores.told(
            "hr:1",
            concern_raised("2024-03-01", strands=("adult", "staff")),
            referral_sent("2024-03-02"),
            action_agreed("2024-03-02"),
            meeting_held("2024-03-05"),
        )
        assert Figures(stores).by_month("new_cases") == {"2024-03": 1}
        for view in ("facts", "cases", "referrals", "actions", "meetings", "attention"):
            lines = shown(stores, f"SELECT * FROM dashboard.{view}")
            assert lines
            for line in lines:
                assert line["case_id"] is None
                assert line["case_ref"] is None
                assert not any("hr:1" in str(value) for value in line.values())


def test_every_figure_that_is_defined_is_counted_and_the_other_way_round(stores: Stores) -> None:
    reporter = {"role": "Officer", "team": "East"}
    stores.told(
        "asb:1",
        incident_reported("2024-03-01", category="asb", hate_strands=("race",)),
        case_opened("2024-03-02", housing_type="sheltered"),
        person_involved(),
        reclassified("2024-03-12", from_="asb", to="domestic-abuse"),
        exploitation_indicator_observed(),
    )
    stores.told(
        "asb:2",
        concern_raised("2024-03-01", strands=("hoarding",), reporter=reporter, low_level=True),
        concern_raised(
            "2024-03-01", abuse_types=("physical",), context_factors=("arrears", "fuel-poverty")
        ),
        case_opened("2024-03-02", initial_classification="adult", housing_type="sheltered"),
        triage_completed("2024-03-02", no_statutory_route="ineligible"),
        consent_overridden("2024-03-02", dissenting_view="She trusted us with this."),
        referral_sent("2024-03-02", feedback_due="2024-03-20"),
        referral_decided("2024-03-12"),
        meeting_held("2024-03-12"),
        action_agreed("2024-03-12", due="2024-03-20"),
        barrier_encountered("2024-03-12"),
        staff_allegation_raised("2024-03-12"),
        enquiry_requested("2024-03-12"),
        marker_placed("2024-03-12", review_due="2024-03-20"),
        review_notified("2024-03-12"),
        recommendation_accepted("2024-03-12", due="2024-03-20"),
        recommendation_implemented("2024-04-12"),
        case_closed("2024-05-12"),
        case_reopened("2024-06-12"),
    )
    stores.told("organisation:cromwood", compliance_reported(), compliance_reported(team="Repairs"))
    stores.told(f"authority:{ONE}", forum_seat_recorded(), forum_meeting_attended())
    counted = shown(stores, "SELECT DISTINCT figure FROM dashboard.facts")
    defined = shown(stores, "SELECT figure FROM dashboard.definitions")
    assert {line["figure"] for line in counted} == {line["figure"] for line in defined}
    assert len(defined) == len({line["figure"] for line in defined})
