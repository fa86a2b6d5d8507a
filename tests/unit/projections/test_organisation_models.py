"""What the files of the landlord, its authorities and its properties come to."""

from typing import Any

from projections.authorities import authority_agreements, forums
from projections.authority_contacts import authority_contacts
from projections.organisation import compliance, homes, policy_calendar
from projections.properties import properties
from projections.read_model import ReadModel
from projections.reports import reports
from tests.support.stories import (
    Told,
    authority_contact_ended,
    authority_contact_recorded,
    compliance_reported,
    concern_raised,
    exploitation_indicator_observed,
    feedback_agreement_made,
    forum_meeting_attended,
    forum_seat_ended,
    forum_seat_recorded,
    given,
    homes_counted,
    id_of,
    incident_reported,
    policy_adopted,
    policy_reviewed,
    property_described,
    tell,
    threshold_policy_adopted,
)
from tests.support.viewing import Given, Seen

LANDLORD = "organisation:cromwood"
AUTHORITY = "authority:E09000001"
PROPERTY = "property:100012345678"


def seen(model: ReadModel[Any], file: str, *story: Told) -> Seen[Any]:
    return Given(tell(*story, case_ref=file)).then(model)


class TestReports:
    def test_each_is_kept_with_what_it_says(self) -> None:
        told = given(
            incident_reported(
                "2024-03-31 23:30", ref="incident", kind="hate-incident", hate_strands=("race",)
            ),
            concern_raised(
                "2024-03-01",
                known="2024-04-02",
                ref="concern",
                strands=("adult", "child"),
                low_level=True,
                severity="serious",
                property_ref="uprn:1",
            ),
            exploitation_indicator_observed(ref="sign", indicator="new-friends"),
        ).then(reports)
        told.at(id_of("incident")).has(
            file="case",
            report="incident",
            happened_on="2024-03-31",
            kind="hate-incident",
            classification="unclassified",
            hate_strands=("race",),
            low_level=False,
        )
        told.at(id_of("concern")).has(
            report="concern",
            known_on="2024-04-02",
            happened_on="2024-03-01",
            classification="safeguarding",
            strands=("adult", "child"),
            low_level=True,
            channel="housing-officer",
            severity="serious",
            property_ref="uprn:1",
        )
        told.at(id_of("sign")).has(
            report="indicator", indicator="new-friends", classification=None, kind=None
        )

    def test_a_concern_keeps_all_that_was_said_when_it_was_raised(self) -> None:
        said = {
            "basis": "third-party",
            "anonymous": True,
            "relayed_by": ("Contact centre", "ASB team"),
            "abuse_types": ("domestic", "financial-or-material"),
            "domestic_abuse_behaviours": ("economic",),
            "pattern": "course-of-conduct",
            "personally_connected": "yes",
            "both_sixteen_or_over": "yes",
            "location": "own-home",
            "child_harms": ("domestic-abuse",),
            "exploitation": ("mate-crime",),
            "source_of_risk": "relative",
            "indicators": ("money-controlled", "fearful"),
            "context_factors": ("arrears", "fuel-poverty"),
            "crime_suspected": "yes",
            "person_aware": "no",
            "safe_to_contact": "no",
            "policy_refs": ("POL-WELLBEING-3", "POL-LETTINGS-1"),
        }
        reporter = {
            "role": "Gas engineer",
            "identity": "contractor:9",
            "kind": "contractor",
            "team": "Repairs",
        }
        given(concern_raised().but(reporter=reporter, **said)).then(reports).has(
            **said,
            reporter_role="Gas engineer",
            reporter_kind="contractor",
            reporter_team="Repairs",
        )

    def test_an_incident_says_no_more_of_a_concern_than_it_knows(self) -> None:
        reporter = {"role": "Neighbour", "kind": "neighbour"}
        told = incident_reported(further_kinds=("property-damage",), reporter=reporter)
        given(told).then(reports).has(
            further_kinds=("property-damage",),
            reporter_kind="neighbour",
            reporter_team=None,
            relayed_by=(),
            context_factors=(),
            crime_suspected=None,
            person_aware=None,
            safe_to_contact=None,
        )

    def test_a_sign_may_say_what_it_points_to(self) -> None:
        sign = exploitation_indicator_observed(ref="sign", form="cuckooing-drugs")
        given(sign).then(reports).has(exploitation=("cuckooing-drugs",))

    def test_the_day_is_that_in_england(self) -> None:
        moment = "2024-04-01 00:30"  # 31 March, 23:30 in UTC
        given(incident_reported(moment)).then(reports).has(
            known_on="2024-04-01", happened_on="2024-04-01"
        )

    def test_files_of_persons_and_properties_have_them_too(self) -> None:
        for file, kind in (("person:tenant-1", "person"), (PROPERTY, "property")):
            seen(reports, file, incident_reported()).has(file=kind)


class TestProperties:
    def test_the_latest_description_holds_as_a_whole(self) -> None:
        seen(
            properties,
            PROPERTY,
            property_described("2024-03-10", estate="Elm Park", block=None, area_lsoa=None),
            property_described("2024-03-01", estate="Old Park", block="Oak House"),
        ).at("uprn:100012345678").has(
            estate="Elm Park",
            block=None,
            area_lsoa=None,
            authority="E09000001",
            housing_type="general-needs",
            described_at="2024-03-10",
        )


class TestHomes:
    def test_each_count_is_kept_and_one_of_the_same_day_replaced(self) -> None:
        found = seen(
            homes,
            LANDLORD,
            homes_counted(homes=4_000, as_of="2023-03-31"),
            homes_counted(homes=4_199),
            homes_counted(homes=4_200),
            homes_counted(homes=90, housing_type="sheltered"),
        )
        kept = {(row.housing_type, str(row.as_of)): row.homes for row in found.rows.values()}
        assert kept == {
            ("general-needs", "2023-03-31"): 4_000,
            ("general-needs", "2024-03-31"): 4_200,
            ("sheltered", "2024-03-31"): 90,
        }


class TestCompliance:
    def test_counts_of_teams_stand_beside_that_of_all(self) -> None:
        found = seen(
            compliance,
            LANDLORD,
            compliance_reported(compliant=37),
            compliance_reported(compliant=38),
            compliance_reported(team="Repairs", compliant=1, total=3),
            compliance_reported(kind="dbs", compliant=40),
        )
        counts = {(row.kind, row.team): (row.compliant, row.total) for row in found.rows.values()}
        assert counts == {
            ("training", None): (38, 40),
            ("training", "Repairs"): (1, 3),
            ("dbs", None): (40, 40),
        }


class TestPolicyCalendar:
    ADOPTED = policy_adopted()
    AMENDED = policy_reviewed(outcome="amended", policy_version="4", approved_on="2027-02-10")
    UNCHANGED = policy_reviewed(approved_on="2030-02-01", approved_by="Committee")

    def test_a_policy_is_to_be_reviewed_after_three_years(self) -> None:
        seen(policy_calendar, LANDLORD, self.ADOPTED).at("POL-1").has(
            title="Customer wellbeing and support policy",
            policy_version="3",
            adopted_on="2024-02-28",
            review_due="2027-02-28",
            reviews=0,
            outcome=None,
        )

    def test_the_review_approved_last_holds_and_versions_stand_until_replaced(self) -> None:
        for story in ((self.AMENDED, self.UNCHANGED), (self.UNCHANGED, self.AMENDED)):
            seen(policy_calendar, LANDLORD, self.ADOPTED, *story).at("POL-1").has(
                policy_version="4",
                approved_on="2030-02-01",
                approved_by="Committee",
                outcome="unchanged",
                review_due="2033-02-01",
                reviews=2,
            )

    def test_a_policy_that_was_withdrawn_is_not_due(self) -> None:
        seen(policy_calendar, LANDLORD, self.ADOPTED, policy_reviewed(outcome="withdrawn")).at(
            "POL-1"
        ).has(outcome="withdrawn", review_due=None)

    def test_a_review_of_a_policy_that_is_not_known_says_nothing(self) -> None:
        seen(policy_calendar, LANDLORD, policy_reviewed()).has_rows()


class TestAgreements:
    def test_each_version_is_kept_with_its_validity(self) -> None:
        found = seen(
            authority_agreements,
            AUTHORITY,
            threshold_policy_adopted(mode="refer-all"),
            feedback_agreement_made("2024-03-01", valid_to="2025-03-31", decision_days=3),
        )
        found.at("threshold 2024-1").has(
            kind="threshold",
            authority="E09000001",
            mode="refer-all",
            policy_source="Adult thresholds guide",
            valid_from="2024-04-01",
            valid_to=None,
            in_force_from="2024-04-01 00:00",
            decision_days=None,
        )
        found.at("feedback 2024-1").has(
            kind="feedback",
            how="secure-email",
            who="Duty manager",
            valid_to="2025-03-31",
            decision_days=3,
            feedback_days=None,
            mode=None,
        )


class TestForums:
    def test_meetings_attended_are_counted_out_of_those_possible(self) -> None:
        seen(
            forums,
            AUTHORITY,
            forum_seat_recorded("2024-03-01", representative="staff:1"),
            forum_meeting_attended(held_on="2024-06-02", attended=False, apologies=True),
            forum_meeting_attended(held_on="2024-05-02"),
            forum_seat_ended("2024-07-01"),
        ).at("F1").has(
            authority="E09000001",
            forum="marac",
            seat_basis="member",
            representative="staff:1",
            seat_since="2024-03-01",
            ended_at="2024-07-01",
            possible=2,
            attended=1,
            meetings=(
                {"held_on": "2024-05-02", "attended": True},
                {"held_on": "2024-06-02", "attended": False, "apologies": True},
            ),
        )

    def test_what_is_told_of_a_forum_that_is_not_known_says_nothing(self) -> None:
        seen(forums, AUTHORITY, forum_meeting_attended(), forum_seat_ended()).has_rows()


class TestContactsOfAnAuthority:
    DESK = authority_contact_recorded("2024-03-01", phone="020 7946 0000", hours="Day and night")

    def test_says_whom_to_turn_to_for_which_referrals(self) -> None:
        seen(
            authority_contacts,
            AUTHORITY,
            self.DESK,
            authority_contact_recorded(contact_id="C2", route="housing-options", name="Duty"),
        ).at("C1").has(
            authority="E09000001",
            organisation="Borough council",
            role="MASH duty desk",
            route="mash",
            name=None,
            phone="020 7946 0000",
            email=None,
            hours="Day and night",
            recorded_on="2024-03-01",
            ended_at=None,
        )

    def test_one_that_is_not_to_be_used_any_more_stays_listed(self) -> None:
        seen(authority_contacts, AUTHORITY, self.DESK, authority_contact_ended("2024-06-01")).at(
            "C1"
        ).has(ended_at="2024-06-01")

    def test_the_end_of_one_that_is_not_known_says_nothing(self) -> None:
        seen(authority_contacts, AUTHORITY, authority_contact_ended()).has_rows()
