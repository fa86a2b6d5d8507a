"""Who lived together on a day, and the data of a genogram."""

from datetime import date

import pytest

from domain.vocabulary.people import YesNoUnknown
from projections.genogram import Genogram, age_on, genogram
from projections.meetings import meetings
from projections.people import people
from projections.referrals import referrals
from projections.relationships import relationships
from projections.residence import household_at
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    given,
    housing_changed,
    meeting_held,
    person_involved,
    records_merged,
    referral_sent,
    relationship_ended,
    relationship_recorded,
    role_changed,
)

CHILD = "person:child"
OLD = "person:tenant-old"
HOME, ELSEWHERE = "uprn:1", "uprn:2"

LIVES = person_involved("2024-03-02", tenure_role="tenant", property_ref=HOME)
CHILD_LIVES = person_involved(
    "2024-03-02",
    person=CHILD,
    role="child-at-risk",
    person_type="household-member",
    date_of_birth="2014-06-30",
)
MOVED = housing_changed(
    "2024-05-01", person=CHILD, kind="move", property_ref=HOME, to_property=ELSEWHERE
)


def household(*story: Told, on: str, home: str | None = None) -> tuple[list[str], list[str]]:
    """Who is said to have lived there, and who perhaps did."""
    rows = given(*story).then(people).rows.values()
    found = household_at(date.fromisoformat(on), rows, home)
    return [member.person for member in found.members], list(found.perhaps)


class TestHousehold:
    def test_those_said_to_live_there_by_the_day(self) -> None:
        story = (LIVES, CHILD_LIVES, person_involved("2024-03-03", person=NEIGHBOUR))
        assert household(*story, on="2024-03-02") == ([CHILD, TENANT], [])

    def test_those_of_whom_it_was_said_later_perhaps_did(self) -> None:
        assert household(LIVES, CHILD_LIVES, on="2024-03-01") == ([], [CHILD, TENANT])

    def test_whoever_moved_lives_elsewhere_from_then_on(self) -> None:
        story = (LIVES, CHILD_LIVES, MOVED)
        assert household(*story, on="2024-04-30", home=HOME) == ([CHILD, TENANT], [])
        assert household(*story, on="2024-05-01", home=HOME) == ([TENANT], [])
        assert household(*story, on="2024-05-01", home=ELSEWHERE) == ([CHILD], [])
        assert household(*story, on="2024-05-01") == ([CHILD, TENANT], [])

    def test_whoever_moved_away_nobody_knows_where_does_not_live_there(self) -> None:
        away = MOVED.but(to_property=None)
        assert household(LIVES, CHILD_LIVES, away, on="2024-05-01", home=HOME) == ([TENANT], [])

    def test_whoever_is_only_known_to_have_left_perhaps_lived_there_before(self) -> None:
        assert household(MOVED, on="2024-04-30", home=HOME) == ([], [CHILD])
        assert household(MOVED, on="2024-04-30", home=ELSEWHERE) == ([], [])

    def test_whoever_moved_in_did_not_live_there_before(self) -> None:
        started = housing_changed("2024-05-01", kind="tenancy-start", property_ref=HOME)
        assert household(started, on="2024-04-30", home=HOME) == ([], [])
        assert household(started, on="2024-05-01", home=HOME) == ([TENANT], [])

    def test_the_end_of_a_tenancy_ends_it(self) -> None:
        ended = housing_changed("2024-05-01", kind="tenancy-end", property_ref=HOME)
        assert household(LIVES, ended, on="2024-04-30") == ([TENANT], [])
        assert household(LIVES, ended, on="2024-05-01") == ([], [])

    @pytest.mark.parametrize(
        ("told", "lives"),
        [
            ({"tenure_role": "visitor"}, False),
            ({"tenure_role": "none"}, False),
            ({"tenure_role": "applicant"}, False),
            ({"tenure_role": "household-member"}, True),
            ({"person_type": "household-member"}, True),
            ({"person_type": "household-member", "tenure_role": "none"}, True),
            ({"role": "household-member"}, True),
            ({}, False),
        ],
    )
    def test_what_says_that_someone_lives_there(self, told: dict[str, str], lives: bool) -> None:
        story = person_involved("2024-03-02").but(**told)
        assert household(story, on="2024-03-02") == ([TENANT] if lives else [], [])

    def test_whoever_died_lived_there_to_the_day(self) -> None:
        died = person_involved("2024-06-05", person=CHILD, date_of_death="2024-06-01")
        assert household(LIVES, CHILD_LIVES, died, on="2024-06-01") == ([CHILD, TENANT], [])
        assert household(LIVES, CHILD_LIVES, died, on="2024-06-02") == ([TENANT], [])

    def test_whoever_died_before_it_was_told_where_they_lived_is_not_there_afterwards(self) -> None:
        died = LIVES.but(date_of_death="2024-02-01")
        assert household(died, on="2024-02-01") == ([], [TENANT])
        assert household(died, on="2024-02-02") == household(died, on="2024-03-02") == ([], [])

    def test_told_in_another_order_it_is_the_same(self) -> None:
        assert household(MOVED, CHILD_LIVES, LIVES, on="2024-05-01", home=HOME) == ([TENANT], [])

    def test_says_as_what_and_when_that_was_said(self) -> None:
        rows = given(LIVES).then(people).rows.values()
        [member] = household_at(date(2024, 6, 1), rows).members
        assert (member.home, member.tenure_role) == (HOME, "tenant")
        assert member.said_at.date() == date(2024, 3, 2)


def drawn(*story: Told, on: str, home: str | None = None) -> Genogram:
    """The genogram of a case on a day."""
    case = given(*story)
    return genogram(
        case.then(people).rows.values(),
        case.then(relationships).rows.values(),
        day=date.fromisoformat(on),
        home=home,
        meetings=case.then(meetings).rows.values(),
        referrals=case.then(referrals).rows.values(),
    )


PARENT = relationship_recorded(
    "2024-03-03",
    a=TENANT,
    b=CHILD,
    relationship="parent",
    since="2014-06-30",
    parental_responsibility="yes",
)
CARES = relationship_recorded(
    "2024-03-03",
    a=NEIGHBOUR,
    b=TENANT,
    relationship="carer",
    since="2023-01-01",
    informal_carer="yes",
)
CARED = relationship_ended(
    "2024-04-01", a=NEIGHBOUR, b=TENANT, relationship="carer", until="2024-03-31"
)


class TestGenogram:
    def test_everyone_with_age_household_responsibility_and_care(self) -> None:
        found = drawn(LIVES, CHILD_LIVES, PARENT, CARES, CARED, on="2024-03-10")
        told = {
            each.person: (
                each.age,
                each.in_household.value,
                each.has_parental_responsibility,
                each.is_informal_carer,
            )
            for each in found.persons
        }
        assert told == {
            CHILD: (9, "yes", False, False),
            TENANT: (None, "yes", True, False),
            NEIGHBOUR: (None, "no", False, True),
        }

    def test_what_they_are_to_each_other_with_dates(self) -> None:
        found = drawn(LIVES, CHILD_LIVES, PARENT, CARES, CARED, on="2024-04-10")
        carer, parent = found.relationships
        assert (carer.a, carer.b, carer.relationship) == (NEIGHBOUR, TENANT, "carer")
        assert (carer.since, carer.until) == (date(2023, 1, 1), date(2024, 3, 31))
        assert carer.holds is YesNoUnknown.NO
        assert (parent.holds, parent.parental_responsibility) == ("yes", "yes")
        assert not any(each.is_informal_carer for each in found.persons)

    def test_the_roles_they_had_on_the_day(self) -> None:
        story = (person_involved("2024-03-02"), role_changed("2024-03-10"))
        assert drawn(*story, on="2024-03-09").persons[0].roles == ("alleged-perpetrator",)
        assert drawn(*story, on="2024-03-10").persons[0].roles == ("victim",)
        assert drawn(*story, on="2024-03-01").persons[0].roles == ()

    def test_a_person_whose_records_were_merged_stands_in_it_once(self) -> None:
        old = LIVES.but(person=OLD, name="A. Tenant", date_of_birth="1961-05-09")
        found = drawn(
            old, PARENT.but(a=OLD), records_merged(survivor=TENANT, retired=OLD), on="2024-06-01"
        )
        assert [each.person for each in found.persons] == [CHILD, TENANT]
        assert found.persons[1].name == "A. Tenant"
        assert found.persons[1].age == 63
        assert found.persons[1].in_household is YesNoUnknown.YES
        assert [member.person for member in found.household.members] == [TENANT]
        assert found.relationships[0].a == TENANT

    def test_whoever_died_stands_in_it_with_the_day_and_their_age_then(self) -> None:
        died = person_involved(
            "2024-07-05", person=CHILD, role="child-at-risk", date_of_death="2024-06-29"
        )
        for day, age, at_home in (("2024-06-29", 9, "yes"), ("2024-07-10", 9, "no")):
            child, tenant = drawn(LIVES, CHILD_LIVES, died, on=day).persons
            assert (child.date_of_death, child.age) == (date(2024, 6, 29), age)
            assert child.in_household == at_home
            assert tenant.date_of_death is None

    @pytest.mark.parametrize("told_of", [TENANT, OLD])
    def test_a_death_told_under_either_reference_of_a_person_is_theirs(self, told_of: str) -> None:
        story = (
            LIVES,
            person_involved("2024-06-02", person=told_of, date_of_death="2024-06-01"),
            records_merged("2024-06-03", survivor=TENANT, retired=OLD),
        )
        found = drawn(*story, on="2024-06-02")
        assert [(each.person, each.date_of_death) for each in found.persons] == [
            (TENANT, date(2024, 6, 1))
        ]
        assert found.household.members == ()
        assert [it.person for it in drawn(*story, on="2024-06-01").household.members] == [TENANT]

    def test_of_two_deaths_the_one_told_of_the_reference_in_use_holds(self) -> None:
        told = [
            person_involved("2024-06-02", person=OLD, date_of_death="2024-05-01"),
            person_involved("2024-06-02", person=TENANT, date_of_death="2024-06-01"),
        ]
        merged = records_merged("2024-06-03", survivor=TENANT, retired=OLD)
        for story in (told, told[::-1]):
            [person] = drawn(*story, merged, on="2024-06-02").persons
            assert person.date_of_death == date(2024, 6, 1)

    def test_agencies_that_had_to_do_with_it_by_the_day(self) -> None:
        story = (
            LIVES,
            referral_sent("2024-03-05", receiving_org="Elmbridge council"),
            meeting_held(
                "2024-03-20",
                attendees=(
                    {"agency": "police", "role": "Sergeant"},
                    {"agency": "landlord", "role": "Housing officer"},
                    {"agency": "probation", "role": "Officer", "attendance": "apologies"},
                ),
            ),
        )
        before = drawn(*story, on="2024-03-19").agencies
        assert [(each.name, each.how.value) for each in before] == [
            ("Elmbridge council", "referral")
        ]
        after = drawn(*story, on="2024-03-20").agencies
        assert {(each.name, each.how.value) for each in after} == {
            ("Elmbridge council", "referral"),
            ("Police", "meeting"),
        }


@pytest.mark.parametrize(
    ("day", "age"), [("2024-06-29", 9), ("2024-06-30", 10), ("2014-06-30", 0), ("2014-06-29", None)]
)
def test_age_in_years(day: str, age: int | None) -> None:
    assert age_on(date.fromisoformat(day), date(2014, 6, 30)) == age
