"""The data of a genogram: who there is, what they are to each other, who lived together on a day.

Data alone; drawing is left to whoever shows it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from domain.events.fields import Part
from domain.times import end_of_day
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Attendance
from domain.vocabulary.people import PersonRole, Relationship, YesNoUnknown
from projections.aliases import alias_map
from projections.meetings import MeetingRow
from projections.person_row import PersonRow
from projections.personal_columns import Identity, Organisation, Pseudonym
from projections.referrals import ReferralRow
from projections.relationships import RelationshipRow
from projections.residence import Household, household_at


class GenogramPerson(Part):
    """A person of the genogram."""

    person: Pseudonym[str]
    name: Identity[str | None]
    date_of_birth: Identity[date | None]
    date_of_death: Identity[date | None]
    """When they died, by the day or after it; None where nobody said that they did."""
    age: Identity[int | None]
    """In years on the day, or when they died; None where unknown, or not born by then."""
    roles: tuple[PersonRole, ...]
    """The parts they had in the case on the day."""
    in_household: YesNoUnknown
    """Whether they lived in the home on the day; unknown where they may have by then."""
    has_parental_responsibility: bool
    """Whether they are known to have it for anyone."""
    is_informal_carer: bool
    """Whether they are known to care for anyone unpaid."""


class GenogramRelationship(Part):
    """What one person is to another: `a` is the `relationship` of `b`."""

    a: Pseudonym[str]
    b: Pseudonym[str]
    relationship: Relationship
    since: date | None
    until: date | None
    holds: YesNoUnknown
    """Whether it was so on the day."""
    parental_responsibility: YesNoUnknown
    informal_carer: YesNoUnknown


class AgencyTie(CodedList, source="Case Timeline"):
    """How an agency came to be involved, as far as the case shows."""

    MEETING = "meeting", "At a meeting"
    REFERRAL = "referral", "Was sent a referral"


class AgencyInvolved(Part):
    """An agency that had to do with the case by the day, in one way."""

    name: Organisation[str]
    """The organisation asked, or the agency by its label."""
    how: AgencyTie
    since: datetime


class Genogram(Part):
    """The people of a case on a day, and around them the agencies: data for a drawing."""

    day: date
    persons: tuple[GenogramPerson, ...]
    relationships: tuple[GenogramRelationship, ...]
    household: Household
    agencies: tuple[AgencyInvolved, ...]


def genogram(
    people: Iterable[PersonRow],
    relationships: Iterable[RelationshipRow],
    *,
    day: date,
    home: str | None = None,
    meetings: Iterable[MeetingRow] = (),
    referrals: Iterable[ReferralRow] = (),
) -> Genogram:
    """Return the genogram of a case on `day`, from its rows; of the household at `home`, if given.

    A person whose records were merged stands in it once, by the reference that goes on being used.
    """
    told = list(people)
    into = alias_map(told)
    rows = _with_deaths(told, into)
    ties = [_tie(row, day, into) for row in relationships]
    household = _as_now_known(household_at(day, rows, home), into)
    named = {into.get(row.person, row.person) for row in rows}
    named |= {person for tie in ties for person in (tie.a, tie.b)}
    return Genogram(
        day=day,
        persons=tuple(_person(ref, rows, into, ties, household) for ref in sorted(named)),
        relationships=tuple(sorted(ties, key=lambda it: (it.a, it.b, it.relationship))),
        household=household,
        agencies=tuple(_agencies(day, meetings, referrals)),
    )


def age_on(day: date, born: date | None) -> int | None:
    """Return a person's age in years on `day`; None where unknown, or not born by then."""
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


Aliases = Mapping[str, str]


def _with_deaths(rows: Iterable[PersonRow], into: Aliases) -> list[PersonRow]:
    """Return `rows` with a death that is told under one reference of a person under each.

    What the reference that goes on being used says of it holds.
    """
    told = sorted(
        ((into.get(row.person, row.person), row) for row in rows),
        key=lambda each: each[0] == each[1].person,
    )
    died = {person: row.date_of_death for person, row in told if row.date_of_death}
    return [row.model_copy(update={"date_of_death": died.get(person)}) for person, row in told]


def _person(
    ref: str,
    rows: Iterable[PersonRow],
    into: Aliases,
    ties: Iterable[GenogramRelationship],
    household: Household,
) -> GenogramPerson:
    own = sorted(
        (row for row in rows if into.get(row.person, row.person) == ref),
        key=lambda row: row.person != ref,
    )
    born = next((row.date_of_birth for row in own if row.date_of_birth), None)
    died = next((row.date_of_death for row in own if row.date_of_death), None)
    mine = [tie for tie in ties if tie.a == ref and tie.holds is not YesNoUnknown.NO]
    return GenogramPerson(
        person=ref,
        name=next((row.name for row in own if row.name), None),
        date_of_birth=born,
        date_of_death=died,
        age=age_on(min(household.day, died or household.day), born),
        roles=tuple(dict.fromkeys(role for row in own for role in _roles_on(household.day, row))),
        in_household=_is_in(household, ref),
        has_parental_responsibility=any(
            tie.parental_responsibility is YesNoUnknown.YES for tie in mine
        ),
        is_informal_carer=any(tie.informal_carer is YesNoUnknown.YES for tie in mine),
    )


def _roles_on(day: date, row: PersonRow) -> Iterator[PersonRole]:
    moment = end_of_day(day)
    for held in row.roles:
        begun = held.since is None or held.since <= moment
        if begun and (held.until is None or held.until > moment):
            yield held.role


def _is_in(household: Household, person: str) -> YesNoUnknown:
    if any(member.person == person for member in household.members):
        return YesNoUnknown.YES
    return YesNoUnknown.UNKNOWN if person in household.perhaps else YesNoUnknown.NO


def _tie(row: RelationshipRow, day: date, into: Aliases) -> GenogramRelationship:
    return GenogramRelationship(
        a=into.get(row.a, row.a),
        b=into.get(row.b, row.b),
        relationship=row.relationship,
        since=row.since,
        until=row.until,
        holds=row.holds_on(day),
        parental_responsibility=row.parental_responsibility,
        informal_carer=row.informal_carer,
    )


def _as_now_known(household: Household, into: Aliases) -> Household:
    members = {
        person: member.model_copy(update={"person": person})
        for member in household.members
        for person in (into.get(member.person, member.person),)
    }
    perhaps = {into.get(person, person) for person in household.perhaps} - members.keys()
    return household.model_copy(
        update={"members": tuple(members.values()), "perhaps": tuple(sorted(perhaps))}
    )


def _agencies(
    day: date, meetings: Iterable[MeetingRow], referrals: Iterable[ReferralRow]
) -> Iterator[AgencyInvolved]:
    first: dict[tuple[str, AgencyTie], datetime] = {}
    for name, how, at in (*_at_meetings(meetings), *_referred_to(referrals)):
        if at <= end_of_day(day):
            first[name, how] = min(first.get((name, how), at), at)
    for (name, how), since in sorted(first.items()):
        yield AgencyInvolved(name=name, how=how, since=since)


def _at_meetings(meetings: Iterable[MeetingRow]) -> Iterator[tuple[str, AgencyTie, datetime]]:
    for row in meetings:
        if row.held_at is None:
            continue
        for place in row.attendees:
            came = place.attendance is Attendance.ATTENDED
            if came and place.agency is not Agency.LANDLORD:
                yield place.agency.label, AgencyTie.MEETING, row.held_at


def _referred_to(referrals: Iterable[ReferralRow]) -> Iterator[tuple[str, AgencyTie, datetime]]:
    for row in referrals:
        yield row.receiving_org, AgencyTie.REFERRAL, row.sent_at
