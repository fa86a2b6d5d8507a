"""What people can decide, what they want, who speaks for them; and who they are."""

from itertools import permutations

from projections.aliases import alias_map
from projections.people import people
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    advocate_involved,
    capacity_considered,
    case_closed,
    case_reopened,
    communication_preference_recorded,
    desired_outcomes_recorded,
    event_corrected,
    given,
    housing_changed,
    incident_reported,
    outcome_feedback_recorded,
    person_involved,
    records_merged,
    records_split,
    the,
)

OLD = "person:tenant-old"


class TestCapacity:
    def test_the_latest_consideration_of_each_decision_is_told(self) -> None:
        move = capacity_considered("2024-03-05", outcome="unclear")
        again = capacity_considered(
            "2024-03-10", outcome="has", decision="Whether to move out of  the borough"
        )
        clearing = capacity_considered("2024-03-07", decision="Whether to let it be cleared.")
        for story in permutations([move, again, clearing]):
            found = given(*story).then(people).row.capacity
            assert {(it.decision.split()[2], it.outcome.value) for it in found} == {
                ("move", "has"),
                ("let", "not-doubted"),
            }

    def test_is_not_that_of_whoever_represents_the_person(self) -> None:
        seen = given(
            capacity_considered(
                "2024-03-05",
                outcome="lacks",
                executive_concern="yes",
                supported_by="imca",
                representative={"kind": "deputy", "person": NEIGHBOUR},
            )
        ).then(people)
        seen.at(NEIGHBOUR).has(capacity=())
        seen.at(TENANT).has(
            capacity=(
                {
                    "decision": "Whether to move out of the borough.",
                    "outcome": "lacks",
                    "basis": "He weighed both homes and kept to his choice.",
                    "executive_concern": "yes",
                    "supported_by": "imca",
                    "representative": {"kind": "deputy", "person": NEIGHBOUR},
                    "assessed_by": "Housing officer",
                    "at": "2024-03-05",
                },
            )
        )


class TestOutcomes:
    ASKED = desired_outcomes_recorded("2024-03-05", outcomes=("To sleep at home again.",))
    REVISED = desired_outcomes_recorded("2024-03-20", outcomes=("To move away.",))

    def test_what_the_person_wants_as_last_said_in_any_order(self) -> None:
        for story in permutations([self.ASKED, self.REVISED]):
            case = given(*story)
            case.then(people).has(
                desired_outcomes={
                    "asked": "asked-expressed",
                    "outcomes": ("To move away.",),
                    "told_by": "person",
                    "at": "2024-03-20",
                }
            )
            case.when_seen(known_on="2024-03-10").then(people).has(
                desired_outcomes={"outcomes": ("To sleep at home again.",), "at": "2024-03-05"}
            )

    def test_that_they_were_not_asked_and_why(self) -> None:
        given(
            desired_outcomes_recorded(
                asked="not-asked", outcomes=(), reason_not_asked="He was in hospital."
            )
        ).then(people).has(
            desired_outcomes={"asked": "not-asked", "reason_not_asked": "He was in hospital."}
        )

    def test_what_they_make_of_it(self) -> None:
        given(
            outcome_feedback_recorded("2024-05-20", achieved="fully", safer="yes"),
            outcome_feedback_recorded("2024-05-01", achieved="not-achieved"),
        ).then(people).has(
            outcome_feedback={"achieved": "fully", "safer": "yes", "at": "2024-05-20"}
        )

    def test_of_nobody_named_says_nothing_of_those_it_mentions(self) -> None:
        given(
            desired_outcomes_recorded(
                person=None, representative={"kind": "advocate", "person": NEIGHBOUR}
            ),
            outcome_feedback_recorded(
                person=None, representative={"kind": "advocate", "person": NEIGHBOUR}
            ),
            advocate_involved(person=None, advocate=NEIGHBOUR),
        ).then(people).at(NEIGHBOUR).has(desired_outcomes=None, outcome_feedback=None, advocates=())


def test_advocates_are_told_of_the_person_they_support() -> None:
    seen = given(
        advocate_involved("2024-04-02", advocate=NEIGHBOUR, since="2024-04-01"),
        advocate_involved("2024-04-20", advocate=NEIGHBOUR, since="2024-03-25"),
        advocate_involved(kind="idva", organisation="Refuge line"),
    ).then(people)
    seen.at(TENANT).has(
        advocates=(
            {"kind": "care-act", "advocate": NEIGHBOUR, "since": "2024-03-25"},
            {"kind": "idva", "advocate": None, "organisation": "Refuge line"},
        )
    )
    seen.at(NEIGHBOUR).has(advocates=())


class TestWhoTheyAre:
    def test_born_on_a_day_once_anyone_said_so(self) -> None:
        given(
            person_involved("2024-03-01", date_of_birth="1961-05-09"),
            person_involved("2024-03-09", role="witness"),
        ).then(people).has(date_of_birth="1961-05-09")

    def test_died_on_a_day_as_last_said(self) -> None:
        told = [
            person_involved("2024-03-01", tenure_role="tenant"),
            person_involved("2024-06-02", date_of_death="2024-06-01"),
            person_involved("2024-06-09", date_of_death="2024-05-31"),
            person_involved("2024-06-10", role="witness"),
        ]
        for story in permutations(told):
            given(*story).then(people).has(date_of_death="2024-05-31")
        given(*told[:1]).then(people).has(date_of_death=None)

    def test_how_far_they_are_involved_as_last_known_in_any_order(self) -> None:
        told = [
            person_involved("2024-03-01", involvement="involved"),
            person_involved(
                "2024-03-05", involvement="not-involved", not_involved_reason="In hospital."
            ),
            person_involved("2024-03-09", involvement="unknown", not_involved_reason="Who knows."),
        ]
        for story in permutations(told):
            given(*story).then(people).has(
                involvement="not-involved", not_involved_reason="In hospital."
            )

    def test_where_they_can_be_reached(self) -> None:
        given(
            communication_preference_recorded(
                contact_points=({"method": "phone", "address": "07700 900123"},)
            )
        ).then(people).has(
            communication={"contact_points": ({"method": "phone", "address": "07700 900123"},)}
        )

    def test_how_they_hold_their_home_now_in_any_order(self) -> None:
        told = [
            person_involved("2024-03-01", tenure_role="joint-tenant"),
            housing_changed("2024-04-01", kind="succession", tenure_role="tenant", tenure="secure"),
            housing_changed("2024-05-01", kind="arrears"),
        ]
        for story in permutations(told):
            given(*story).then(people).has(tenure_role="tenant", tenure="secure")

    def test_the_end_of_a_tenancy_makes_a_former_tenant(self) -> None:
        case = given(
            person_involved("2024-03-01", tenure_role="tenant"),
            housing_changed("2024-04-01", known="2024-04-15", kind="tenancy-end"),
        )
        case.then(people).has(tenure_role="former-tenant")
        case.when_seen(known_on="2024-04-14").then(people).has(tenure_role="tenant")

    def test_a_change_at_a_home_says_nothing_of_those_it_only_mentions(self) -> None:
        about = ({"person": NEIGHBOUR, "role": "neighbour"},)
        given(
            housing_changed(person=None, kind="notice", tenure_role="tenant", subjects=about)
        ).then(people).at(NEIGHBOUR).has(tenure_role=None, residences=())


class TestMergedRecords:
    MERGED = records_merged("2024-04-01", survivor=TENANT, retired=OLD)
    SPLIT = records_split("2024-05-01", survivor=TENANT, retired=OLD)

    def test_are_known_by_the_one_that_goes_on_and_keep_what_they_hold(self) -> None:
        about = ({"person": OLD, "role": "victim"},)
        case = given(incident_reported("2024-03-01", subjects=about), self.MERGED)
        case.then(people).at(OLD).has(alias_of=TENANT, aliases=(), current_roles=("victim",))
        case.then(people).at(TENANT).has(alias_of=None, aliases=(OLD,), current_roles=())
        case.when_seen(known_on="2024-03-31").then(people).has(alias_of=None)

    def test_that_were_split_stand_for_themselves_in_any_order(self) -> None:
        for story in permutations([self.MERGED, self.SPLIT]):
            seen = given(*story).then(people)
            seen.at(OLD).has(alias_of=None)
            seen.at(TENANT).has(aliases=())

    def test_that_were_merged_again_are_one_again(self) -> None:
        again = records_merged("2024-06-01", survivor=OLD, retired=TENANT)
        for story in permutations([self.MERGED, self.SPLIT, again]):
            seen = given(*story).then(people)
            seen.at(TENANT).has(alias_of=OLD)
            seen.at(OLD).has(alias_of=None, aliases=(TENANT,))

    def test_say_nothing_of_others_the_event_is_about(self) -> None:
        about = ({"person": NEIGHBOUR, "role": "neighbour"},)
        given(self.MERGED.but(subjects=about)).then(people).at(NEIGHBOUR).has(
            alias_of=None, aliases=()
        )

    def test_the_map_of_aliases_follows_one_merge_after_another(self) -> None:
        rows = (
            given(
                self.MERGED,
                records_merged("2024-06-01", survivor="person:4411", retired=TENANT),
            )
            .then(people)
            .rows.values()
        )
        assert alias_map(rows) == {OLD: "person:4411", TENANT: "person:4411"}

    def test_the_map_of_aliases_ends_also_where_they_go_round(self) -> None:
        one = given(records_merged(survivor=TENANT, retired=OLD)).then(people).at(OLD).row
        other = given(records_merged(survivor=OLD, retired=TENANT)).then(people).at(TENANT).row
        assert alias_map([one, other]) == {OLD: TENANT, TENANT: OLD}

    def test_a_corrected_merge_reads_as_corrected(self) -> None:
        given(
            records_merged("2024-04-01", ref="merge", survivor=TENANT, retired=OLD),
            event_corrected(target=the("merge"), field="retired", was=OLD, now=NEIGHBOUR),
        ).then(people).at(TENANT).has(aliases=(NEIGHBOUR,))


class TestOutcome:
    OWN = (
        {"person": TENANT, "risk_outcome": "reduced", "summary": "Sleeps at home again."},
        {
            "person": NEIGHBOUR,
            "risk_outcome": "removed",
            "child_aims": ("protected-from-maltreatment", "safe-and-effective-care"),
        },
    )

    def test_is_told_for_each_person_of_a_case_that_closes(self) -> None:
        seen = given(incident_reported(), case_closed("2024-04-01", person_outcomes=self.OWN)).then(
            people
        )
        seen.at(TENANT).has(
            outcome={
                "risk_outcome": "reduced",
                "child_aims": (),
                "summary": "Sleeps at home again.",
                "at": "2024-04-01",
            }
        )
        seen.at(NEIGHBOUR).has(
            outcome={
                "risk_outcome": "removed",
                "child_aims": ("protected-from-maltreatment", "safe-and-effective-care"),
            }
        )

    def test_is_not_told_where_the_closing_does_not_say(self) -> None:
        only_one = case_closed("2024-04-01", person_outcomes=self.OWN[:1])
        story = given(person_involved(person=NEIGHBOUR), only_one)
        story.then(people).at(NEIGHBOUR).has(outcome=None)

    def test_that_of_the_last_closing_holds_in_any_order(self) -> None:
        first = case_closed("2024-04-01", person_outcomes=self.OWN[:1])
        worse = ({"person": TENANT, "risk_outcome": "remained"},)
        last = case_closed("2024-06-01", person_outcomes=worse)
        for story in ((first, case_reopened("2024-05-01"), last), (last, first)):
            given(*story).then(people).at(TENANT).has(
                outcome={"risk_outcome": "remained", "at": "2024-06-01"}
            )

    def test_is_not_known_before_the_case_closed(self) -> None:
        story = given(
            person_involved("2024-03-01"), case_closed("2024-04-01", person_outcomes=self.OWN)
        )
        story.when_seen(known_on="2024-03-31").then(people).at(TENANT).has(outcome=None)
