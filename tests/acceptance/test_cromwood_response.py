"""What was done about the Cromwood case: plan, referrals, meeting, risk, people."""

from collections.abc import Iterator
from datetime import date

import pytest

from projections.action_plan import action_plan, is_overdue
from projections.meetings import meetings
from projections.people import people
from projections.referrals import is_overdue as is_feedback_overdue
from projections.referrals import referrals
from projections.risk import risk
from tests.acceptance.cromwood import Case, delivered, id_of, on
from tests.support.databases import throwaway_database

TENANT, NEIGHBOUR = "person:tenant-1", "person:neighbour-1"
WARNING = f"warning:{id_of('asb-0005')}"


@pytest.fixture(scope="module")
def case(postgres_url: str, migrated_template: str) -> Iterator[Case]:
    with (
        throwaway_database(postgres_url, template=migrated_template) as url,
        delivered(url) as case,
    ):
        yield case


class TestActionPlan:
    def test_today(self, case: Case) -> None:
        plan = [
            (row.action_id, row.status, row.owner_org, str(row.first_due), str(row.due))
            for row in sorted(case.rows(action_plan), key=lambda row: row.action_id)
        ]
        assert plan == [
            ("asb-1", "cancelled", "Cromwood", "2024-03-18", "2024-03-18"),
            ("plan-1", "completed", "Cromwood", "2024-04-05", "2024-04-05"),
            ("plan-2", "completed", "Cromwood", "2024-03-28", "2024-03-28"),
            ("plan-3", "in-progress", "Cromwood", "2024-05-31", "2024-05-31"),
            ("plan-4", "completed", "Borough council", "2024-04-19", "2024-04-19"),
            ("plan-5", "completed", "Cromwood", "2024-04-12", "2024-05-03"),
        ]

    def test_holds_what_the_meeting_agreed(self, case: Case) -> None:
        agreed = {row.text: row.kind for row in case.rows(action_plan) if row.origin == "meeting"}
        assert agreed == {
            "Assess the impact on staff, tenants, and all relevant agencies": "impact-assessment",
            "Evaluate the risks to visiting professionals": "risk-to-visitors",
            "Review lone working practices and procedures": "policy-review",
            "Consider the level of risk and decide whether to move the tenant out of the borough": (
                "other"
            ),
            "Take legal advice within the safeguarding team to plan for the victim\u2019s family": (
                "legal-advice"
            ),
        }

    @pytest.mark.parametrize(
        ("today", "overdue"),
        [("2024-05-31", set()), ("2024-06-01", {"plan-3"}), ("2024-12-31", {"plan-3"})],
    )
    def test_overdue_is_the_landlords_own_review(
        self, case: Case, today: str, overdue: set[str]
    ) -> None:
        day = date.fromisoformat(today)
        rows = case.rows(action_plan)
        assert {row.action_id for row in rows if is_overdue(row, day)} == overdue

    def test_how_each_came_to_its_end(self, case: Case) -> None:
        seen = case.seen(action_plan)
        seen.at("asb-1").has(
            cancelled_at="2024-03-08 12:10", cancellation_reason="reclassified", origin="triage"
        )
        seen.at("plan-1").has(completed_at="2024-04-04 16:00", safety=False)
        seen.at("plan-2").has(completed_at="2024-03-25 11:30", agreed_at="2024-03-22 11:30")
        seen.at("plan-3").has(owner=None, last_note_at="2024-05-20 09:00", completed_at=None)
        seen.at("plan-4").has(completed_at="2024-04-18 12:15", safety=True)
        seen.at("plan-5").has(
            completed_at="2024-05-02 15:30", reschedules=1, due_set_at="2024-04-11 10:00"
        )

    def test_the_wrong_due_day_was_believed_until_it_was_corrected(self, case: Case) -> None:
        for day, due in (("2024-04-07", "2024-05-19"), ("2024-04-08", "2024-04-19")):
            case.known_on(day).seen(action_plan).at("plan-4").has(due=due, first_due=due)

    def test_on_5_march_there_was_a_behaviour_contract_to_agree(self, case: Case) -> None:
        case.known_on("2024-03-05").seen(action_plan).has_rows("asb-1").at("asb-1").has(
            status="agreed", due="2024-03-18"
        )


class TestReferrals:
    def test_the_hub_answered_in_full(self, case: Case) -> None:
        case.seen(referrals).has_rows("ref-mash", "ref-police").at("ref-mash").has(
            route="mash",
            sent_at="2024-03-08 15:45",
            acknowledged_at="2024-03-08 15:52",
            their_ref="MASH-2024-0388",
            decision="accepted-s42",
            decision_at="2024-03-14 11:40",
            chases=0,
            feedback_quality="risk-and-mitigation-confirmed",
            feedback_at="2024-04-12 15:20",
            assurance="mitigation-confirmed",
            unanswered=(),
        )

    def test_the_police_were_chased_twice_and_owe_an_answer(self, case: Case) -> None:
        police = case.seen(referrals).at("ref-police")
        police.has(
            route="police-crime-report",
            acknowledged_at="2024-03-11 00:00",
            decision=None,
            chases=2,
            last_chased_at="2024-06-05 11:00",
            feedback_at=None,
            assurance="acknowledged",
            unanswered=("decision", "feedback", "mitigation"),
            feedback_due="2024-03-22",
        )
        overdue = {day: is_feedback_overdue(police.row, date(2024, 3, day)) for day in (22, 23)}
        assert overdue == {22: False, 23: True}

    def test_on_5_march_nobody_had_been_asked(self, case: Case) -> None:
        case.known_on("2024-03-05").seen(referrals).has_rows()

    def test_on_8_march_the_hub_has_it_and_the_police_have_not_said_so(self, case: Case) -> None:
        seen = case.known_on("2024-03-08").seen(referrals)
        seen.at("ref-mash").has(unanswered=("decision", "feedback", "mitigation"))
        seen.at("ref-police").has(
            assurance="none", unanswered=("acknowledgement", "decision", "feedback", "mitigation")
        )


class TestMeeting:
    def test_was_held_two_weeks_after_the_referral_with_the_landlord(self, case: Case) -> None:
        meeting = case.seen(meetings).has_rows("mtg-1").at("mtg-1")
        meeting.has(
            forum="strategy",
            status="held",
            convenor="adult-social-care",
            scheduled_for="2024-03-22 10:00",
            held_at="2024-03-22 10:00",
            invite_state="invited-in-time",
            invite_basis="referrer",
            invite_received_at="2024-03-14 15:05",
            invite_notice_days=8,
            new_information=True,
            plan_ref="plan",
        )
        sent = case.seen(referrals).at("ref-mash").row.sent_at
        assert meeting.row.held_at is not None
        assert (meeting.row.held_at.date() - sent.date()).days == 14

    def test_who_came(self, case: Case) -> None:
        (meeting,) = case.rows(meetings)
        places = [(place.agency.value, place.attendance.value) for place in meeting.attendees]
        assert places == [
            ("adult-social-care", "attended"),
            ("police", "attended"),
            ("nhs-mental-health", "attended"),
            ("gp", "apologies"),
            ("nhs-acute", "attended"),
            ("voluntary", "attended"),
            ("voluntary", "attended"),
            ("landlord", "attended"),
        ]

    def test_before_it_was_held_it_was_called(self, case: Case) -> None:
        case.known_on("2024-03-13").seen(meetings).has_rows()
        case.known_on("2024-03-21").seen(meetings).has(
            status="convened", held_at=None, attendees=(), new_information=False
        )


class TestRisk:
    ITEMS = (
        "assessment:general:person:neighbour-1",
        "assessment:general:person:tenant-1",
        "assessment:visitor:-",
        "control:no-lone-visits:property",
        "control:office-only:property",
        WARNING,
    )

    def test_today(self, case: Case) -> None:
        seen = case.seen(risk).has_rows(*self.ITEMS)
        seen.at("assessment:general:person:tenant-1").has(
            level="high", previous_level="high", review_due="2024-07-18"
        )
        seen.at("assessment:visitor:-").has(level="medium", person=None, review_due="2024-06-24")
        seen.at("control:no-lone-visits:property").has(
            in_force=True, set_at="2024-03-22 13:00", until=None
        )
        seen.at("control:office-only:property").has(
            in_force=False, until="2024-04-05", lifted_at="2024-03-25 11:45"
        )

    def test_the_warning_was_withdrawn_with_an_apology(self, case: Case) -> None:
        case.seen(risk).at(WARNING).has(
            in_force=False,
            person=TENANT,
            warning_kind="warning",
            set_at="2024-03-05 11:00",
            review_outcome="apology",
            reviewed_at="2024-03-12 10:00",
        )

    def test_on_5_march_the_tenant_is_warned_and_nobody_thought_to_be_at_risk(
        self, case: Case
    ) -> None:
        seen = case.known_on("2024-03-05").seen(risk)
        seen.has_rows("assessment:general:person:neighbour-1", WARNING)
        seen.at("assessment:general:person:neighbour-1").has(level="low")
        seen.at(WARNING).has(in_force=True, review_outcome=None)

    def test_visits_were_stopped_first_and_then_made_in_pairs(self, case: Case) -> None:
        in_force = {
            day: {row.control for row in case.known_on(day).rows(risk) if row.in_force} - {None}
            for day in ("2024-03-07", "2024-03-08", "2024-03-22", "2024-03-25")
        }
        assert in_force == {
            "2024-03-07": set(),
            "2024-03-08": {"office-only"},
            "2024-03-22": {"office-only", "no-lone-visits"},
            "2024-03-25": {"no-lone-visits"},
        }


class TestPeople:
    def test_who_is_part_of_the_case(self, case: Case) -> None:
        roles = {row.person: set(row.current_roles) for row in case.rows(people)}
        assert roles == {
            TENANT: {"victim", "intended-target", "reporter"},
            NEIGHBOUR: {"additional-victim"},
            "person:unknown-1": {"alleged-perpetrator"},
            "person:family-1": {"family-at-risk"},
        }
        assert not any(row.name for row in case.rows(people))

    def test_on_5_march_the_tenant_is_the_alleged_perpetrator(self, case: Case) -> None:
        seen = case.known_on("2024-03-05").seen(people).has_rows(TENANT, NEIGHBOUR)
        seen.at(TENANT).has(current_roles=("alleged-perpetrator", "reporter"), vulnerabilities=())
        seen.at(NEIGHBOUR).has(current_roles=("witness",))

    def test_the_roles_they_had_stay_on_record(self, case: Case) -> None:
        history = {
            row.person: {(held.role.value, on(held.until), held.how.value) for held in row.roles}
            for row in case.rows(people)
        }
        assert history[TENANT] == {
            ("alleged-perpetrator", "2024-03-08 11:30", "subject"),
            ("reporter", None, "subject"),
            ("intended-target", None, "involved"),
            ("victim", None, "reclassified"),
        }
        assert history[NEIGHBOUR] == {
            ("witness", "2024-03-08 11:35", "involved"),
            ("additional-victim", None, "changed"),
        }

    def test_how_to_reach_the_tenant(self, case: Case) -> None:
        case.seen(people).at(TENANT).has(
            communication={
                "method": "phone",
                "safe_channels": ("phone", "through-advocate"),
                "unsafe_channels": ("letter",),
                "written_ineffective": True,
                "noted_at": "2024-03-22 12:40",
            },
            vulnerabilities=(
                {
                    "vulnerability_type": "mental-health",
                    "amplifiers": ("isolation", "unsure-who-to-trust"),
                    "since": "2024-02-01",
                    "noted_at": "2024-03-22 12:30",
                },
            ),
            informed={"about": "override", "informed": True, "at": "2024-03-08 16:00"},
        )
