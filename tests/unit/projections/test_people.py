"""The people of a case and their roles."""

from itertools import permutations

import pytest

from projections.people import people
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    communication_preference_recorded,
    consent_decided,
    given,
    incident_reported,
    person_informed,
    person_involved,
    reclassified,
    risk_assessed,
    role_changed,
    vulnerability_recorded,
    warning_issued,
)

ACCUSED = {"person": TENANT, "role": "alleged-perpetrator"}
ATTACKED = {"person": NEIGHBOUR, "role": "victim"}


def test_a_person_becomes_part_of_the_case() -> None:
    given(
        person_involved(
            "2024-03-02",
            person=TENANT,
            role="intended-target",
            person_type="customer",
            tenure_role="tenant",
            known_to_social_care="no",
            name="A. Tenant",
        )
    ).then(people).at(TENANT).has(
        person=TENANT,
        name="A. Tenant",
        person_type="customer",
        tenure_role="tenant",
        known_to_social_care="no",
        current_roles=("intended-target",),
        roles=(
            {"role": "intended-target", "since": "2024-03-02", "until": None, "how": "involved"},
        ),
        vulnerabilities=(),
        communication=None,
        informed=None,
    )


def test_what_was_known_of_a_person_is_not_lost_when_less_is_said_later() -> None:
    given(
        person_involved(known_to_social_care="yes", name="A. Tenant", tenure_role="tenant"),
        person_involved(role="witness", person_type="public"),
    ).then(people).has(
        known_to_social_care="yes", name="A. Tenant", tenure_role="tenant", person_type="public"
    )


def test_the_latest_that_is_known_of_a_person_holds_in_any_order() -> None:
    told = [
        person_involved("2024-03-01", name="A. Tenant", person_type="customer"),
        person_involved("2024-03-02", name="B. Tenant", person_type="unknown"),
        person_involved("2024-03-03", name=None, person_type="public"),
    ]
    for story in permutations(told):
        given(*story).then(people).has(name="B. Tenant", person_type="public")


def test_what_is_not_known_of_a_person_is_said_until_more_is() -> None:
    given(person_involved(person_type="unknown")).then(people).has(person_type="unknown")


@pytest.mark.parametrize(
    "told",
    [
        incident_reported(subjects=(ACCUSED,)),
        person_involved(),
        role_changed(),
        communication_preference_recorded(),
        vulnerability_recorded(),
        consent_decided(),
        person_informed(),
        risk_assessed(),
        warning_issued(),
        reclassified(
            role_changes=({"person": TENANT, "was": "alleged-perpetrator", "now": "victim"},)
        ),
    ],
)
def test_whoever_an_event_names_has_a_row(told: Told) -> None:
    given(told).then(people).has_rows(TENANT)


def test_nobody_is_listed_where_nobody_is_named() -> None:
    given(incident_reported(), risk_assessed(person=None), consent_decided(person=None)).then(
        people
    ).has_rows()


def test_an_event_says_nothing_of_others_it_is_about() -> None:
    seen = given(
        vulnerability_recorded(person=TENANT, subjects=(ACCUSED, ATTACKED)),
        communication_preference_recorded(person=TENANT, subjects=(ATTACKED,)),
    ).then(people)
    seen.at(NEIGHBOUR).has(vulnerabilities=(), communication=None, current_roles=("victim",))


class TestRoles:
    def test_a_mention_gives_a_role(self) -> None:
        given(incident_reported("2024-03-01", subjects=(ACCUSED,))).then(people).has(
            roles=({"role": "alleged-perpetrator", "since": "2024-03-01", "how": "subject"},)
        )

    def test_becoming_part_of_the_case_confirms_a_mention(self) -> None:
        given(
            incident_reported("2024-03-01", subjects=(ACCUSED,)), person_involved("2024-03-03")
        ).then(people).has(
            roles=({"role": "alleged-perpetrator", "since": "2024-03-01", "how": "involved"},)
        )

    def test_a_person_may_have_several(self) -> None:
        given(person_involved(role="victim"), person_involved(role="witness")).then(people).has(
            current_roles=("victim", "witness")
        )

    def test_a_change_ends_one_and_begins_another(self) -> None:
        case = given(person_involved("2024-03-02"), role_changed("2024-03-10"))
        case.when_seen(known_on="2024-03-05").then(people).has(
            current_roles=("alleged-perpetrator",)
        )
        case.then(people).has(
            current_roles=("victim",),
            roles=(
                {
                    "role": "alleged-perpetrator",
                    "since": "2024-03-02",
                    "until": "2024-03-10",
                    "how": "involved",
                },
                {"role": "victim", "since": "2024-03-10", "until": None, "how": "changed"},
            ),
        )

    def test_reclassification_changes_those_it_names(self) -> None:
        seen = given(
            incident_reported("2024-03-01", subjects=(ACCUSED, ATTACKED)),
            reclassified(
                "2024-03-10",
                role_changes=({"person": TENANT, "was": "alleged-perpetrator", "now": "victim"},),
            ),
        ).then(people)
        seen.at(TENANT).has(
            current_roles=("victim",),
            roles=({"until": "2024-03-10"}, {"role": "victim", "how": "reclassified"}),
        )
        seen.at(NEIGHBOUR).has(current_roles=("victim",), roles=({"how": "subject"},))

    def test_the_same_change_told_twice_is_one(self) -> None:
        given(
            person_involved("2024-03-02"),
            reclassified(
                "2024-03-10",
                role_changes=({"person": TENANT, "was": "alleged-perpetrator", "now": "victim"},),
            ),
            role_changed("2024-03-11"),
        ).then(people).has(
            roles=(
                {"role": "alleged-perpetrator", "until": "2024-03-10"},
                {"role": "victim", "since": "2024-03-10", "how": "changed"},
            )
        )

    @pytest.mark.parametrize("before", [(person_involved("2024-03-02"),), ()])
    def test_a_later_mention_does_not_bring_back_a_role_that_was_ended(
        self, before: tuple[Told, ...]
    ) -> None:
        given(
            *before,
            role_changed("2024-03-10"),
            incident_reported("2024-03-12", subjects=(ACCUSED,)),
        ).then(people).has(current_roles=("victim",))

    def test_becoming_part_of_the_case_again_does(self) -> None:
        given(
            person_involved("2024-03-02"), role_changed("2024-03-10"), person_involved("2024-04-01")
        ).then(people).has(current_roles=("victim", "alleged-perpetrator"))

    def test_are_told_in_the_order_of_happening_whatever_was_recorded_first(self) -> None:
        story = [
            incident_reported("2024-03-01", subjects=(ACCUSED,)),
            person_involved("2024-03-02"),
            role_changed("2024-03-10"),
            incident_reported("2024-03-12", subjects=(ACCUSED,)),
            person_involved("2024-04-01"),
        ]
        accused = {"role": "alleged-perpetrator", "how": "involved"}
        for order in permutations(story):
            given(*order).then(people).has(
                current_roles=("victim", "alleged-perpetrator"),
                roles=(
                    {**accused, "since": "2024-03-01", "until": "2024-03-10"},
                    {"role": "victim", "since": "2024-03-10", "until": None, "how": "changed"},
                    {**accused, "since": "2024-04-01", "until": None},
                ),
            )

    def test_a_role_known_only_from_its_end_has_no_beginning(self) -> None:
        given(role_changed("2024-03-10")).then(people).has(
            roles=(
                {"role": "alleged-perpetrator", "since": None, "until": "2024-03-10"},
                {"role": "victim", "since": "2024-03-10"},
            )
        )


class TestWhatIsKnownOfAPerson:
    def test_vulnerabilities_by_type_with_the_latest_record_of_each(self) -> None:
        given(
            vulnerability_recorded("2024-03-10", amplifiers=("isolation",)),
            vulnerability_recorded("2024-03-05", amplifiers=()),
            vulnerability_recorded(vulnerability_type="unpaid-carer"),
        ).then(people).has(
            vulnerabilities=(
                {
                    "vulnerability_type": "mental-health",
                    "amplifiers": ("isolation",),
                    "since": "2020-01-01",
                    "noted_at": "2024-03-10",
                },
                {"vulnerability_type": "unpaid-carer"},
            )
        )

    def test_how_to_reach_them_as_last_noted(self) -> None:
        given(
            communication_preference_recorded(
                "2024-03-10", method="text", safe_channels=(), written_ineffective=True
            ),
            communication_preference_recorded("2024-03-05", method="letter"),
        ).then(people).has(
            communication={
                "method": "text",
                "safe_channels": (),
                "written_ineffective": True,
                "noted_at": "2024-03-10",
            }
        )

    def test_what_they_were_last_told_or_why_not(self) -> None:
        given(
            person_informed(
                "2024-03-10", informed=False, not_informed_reason="He is not safe to call."
            ),
            person_informed("2024-03-05", informed=True),
        ).then(people).has(
            informed={
                "about": "referral",
                "informed": False,
                "not_informed_reason": "He is not safe to call.",
                "at": "2024-03-10",
            }
        )
