"""KPI facts that mix nothing up: who was blamed when, who came first, what waits how long."""

import pytest

from projections.kpi_case import kpi_case
from tests.support.stories import (
    TENANT,
    Told,
    case_opened,
    concern_raised,
    given,
    incident_reported,
    information_received,
    person_involved,
    reclassified,
    referral_decided,
    referral_resubmitted,
    referral_sent,
    referral_withdrawn,
    role_changed,
)

REPORT = incident_reported("2024-03-01", category="asb")
SEEN_ANEW = reclassified("2024-03-12 10:00", from_="asb", to="adult")
DEALER = person_involved("2024-03-12 10:05", person="person:dealer-1")


class TestAllegedPerpetrators:
    def test_who_is_blamed_only_once_the_case_is_something_else_was_none_of_it(self) -> None:
        given(
            REPORT, person_involved("2024-03-02"), SEEN_ANEW, DEALER, role_changed("2024-03-13")
        ).then(kpi_case).has(asb_alleged_perpetrators=1, asb_re_roled=1)

    def test_what_counts_is_when_the_landlord_came_to_know(self) -> None:
        dealer = {"person": "person:dealer-1", "role": "alleged-perpetrator"}
        told_late = information_received("2024-02-01", known="2024-04-02", subjects=[dealer])
        given(REPORT, SEEN_ANEW, told_late).then(kpi_case).has(asb_alleged_perpetrators=0)

    def test_word_of_the_past_does_not_undo_that_someone_was_seen_anew(self) -> None:
        target = {"person": TENANT, "role": "victim"}
        given(
            REPORT,
            person_involved("2024-03-02"),
            SEEN_ANEW,
            role_changed("2024-03-12 11:00"),
            information_received("2023-02-06", known="2024-04-02", subjects=[target]),
        ).then(kpi_case).has(asb_alleged_perpetrators=1, asb_re_roled=1)

    def test_who_was_known_to_be_at_risk_before_being_blamed_is_not_seen_anew(self) -> None:
        given(
            REPORT,
            person_involved("2024-03-02", role="adult-at-risk"),
            person_involved("2024-03-03"),
        ).then(kpi_case).has(asb_alleged_perpetrators=1, asb_re_roled=0)

    def test_who_is_cleared_as_the_case_is_reclassified_was_blamed_until_then(self) -> None:
        change = {"person": TENANT, "was": "alleged-perpetrator", "now": "victim"}
        given(
            REPORT, reclassified("2024-03-12", from_="asb", to="adult", role_changes=[change])
        ).then(kpi_case).has(asb_alleged_perpetrators=1, asb_re_roled=1)

    def test_who_was_cleared_before_it_became_antisocial_behaviour_is_not_counted(self) -> None:
        given(
            incident_reported("2024-03-01", category="welfare"),
            person_involved("2024-03-02"),
            role_changed("2024-03-03"),
            reclassified("2024-03-12", from_="welfare", to="asb"),
        ).then(kpi_case).has(asb_alleged_perpetrators=0, asb_re_roled=0)

    def test_who_was_still_blamed_when_it_became_antisocial_behaviour_is_counted(self) -> None:
        given(
            incident_reported("2024-03-01", category="welfare"),
            person_involved("2024-03-02"),
            reclassified("2024-03-12", from_="welfare", to="asb"),
        ).then(kpi_case).has(asb_alleged_perpetrators=1, asb_re_roled=0)


class TestWhoCameFirst:
    NEIGHBOUR_REPORTS = incident_reported(
        "2024-03-01", category="asb", reporter={"role": "Neighbour", "kind": "neighbour"}
    )

    def test_how_and_by_whom_are_of_one_report(self) -> None:
        engineer = {"role": "Gas engineer"}
        given(
            self.NEIGHBOUR_REPORTS,
            concern_raised("2024-03-05", channel="repair-visit", reporter=engineer),
        ).then(kpi_case).has(
            channel="repair-visit", raised_by_role="Gas engineer", raised_by_kind=None
        )

    def test_where_there_is_no_concern_it_is_the_first_incident_that_names_someone(self) -> None:
        given(
            incident_reported("2024-02-29", category="asb"),
            incident_reported("2024-03-02", reporter={"role": "Warden"}),
            self.NEIGHBOUR_REPORTS,
        ).then(kpi_case).has(channel=None, raised_by_role="Neighbour", raised_by_kind="neighbour")

    def test_the_badge_of_an_incident_that_opens_a_case_is_its_strand(self) -> None:
        given(incident_reported("2024-03-01", category="hate-crime")).then(kpi_case).has(
            new_case_via="opened", strands=("hate-crime",)
        )

    def test_days_misbadged_count_from_what_was_known_first_and_not_what_happened_first(
        self,
    ) -> None:
        given(
            incident_reported("2023-12-01", known="2024-03-10", category="asb"),
            incident_reported("2024-03-02", category="asb"),
            case_opened("2024-03-03"),
            reclassified("2024-03-12", from_="asb", to="adult"),
        ).then(kpi_case).has(misbadged_days=10)


class TestWaits:
    SENT = referral_sent("2024-03-01")

    @pytest.mark.parametrize(
        ("since", "waits"),
        [
            ((), [("2024-03-01", None)]),
            ((referral_decided("2024-03-09"),), [("2024-03-01", "2024-03-09")]),
            ((referral_withdrawn("2024-03-08"),), [("2024-03-01", "2024-03-08")]),
            ((referral_decided("2024-03-09", decision="no-response"),), [("2024-03-01", None)]),
            ((referral_resubmitted("2024-04-09"),), [("2024-03-01", None)]),
            (
                (
                    referral_decided("2024-03-09", decision="nfa"),
                    referral_resubmitted("2024-04-09"),
                    referral_decided("2024-05-01"),
                ),
                [("2024-03-01", "2024-03-09"), ("2024-04-09", "2024-05-01")],
            ),
        ],
    )
    def test_last_until_it_is_settled_or_withdrawn(
        self, since: tuple[Told, ...], waits: list[tuple[str, str | None]]
    ) -> None:
        given(concern_raised("2024-02-29", strands=("adult",)), self.SENT, *since).then(
            kpi_case
        ).has(
            referral_waits=tuple(
                {"referral_id": "R1", "since": begun, "until": ended} for begun, ended in waits
            )
        )

    def test_of_other_referrals_are_told_apart(self) -> None:
        given(
            concern_raised("2024-02-29", strands=("adult",)),
            self.SENT,
            referral_sent("2024-03-02", referral_id="R2"),
            referral_decided("2024-03-03", referral_id="R2"),
        ).then(kpi_case).has(
            referral_waits=(
                {"referral_id": "R1", "since": "2024-03-01", "until": None},
                {"referral_id": "R2", "since": "2024-03-02", "until": "2024-03-03"},
            )
        )

    def test_an_answer_dated_to_the_day_on_which_it_was_put_again_answers_that(self) -> None:
        given(
            concern_raised("2024-02-29", strands=("adult",)),
            self.SENT,
            referral_decided("2024-03-09", decision="nfa"),
            referral_resubmitted("2024-04-09 15:00"),
            referral_decided("2024-04-09 00:00", occurred_precision="day"),
        ).then(kpi_case).has(
            referral_waits=(
                {"referral_id": "R1", "since": "2024-03-01", "until": "2024-03-09"},
                {"referral_id": "R1", "since": "2024-04-09", "until": "2024-04-09"},
            )
        )
