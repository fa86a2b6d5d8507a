"""The people of a case: their parts in it and since when, what they are to each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from domain.roles import HeldRole
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import PersonRole, YesNoUnknown
from projections.genogram import age_on, genogram
from projections.meetings import meetings
from projections.people import people
from projections.person_row import Communication, Informed, PersonRow
from projections.referrals import referrals
from projections.relationships import RelationshipRow, relationships
from projections.vulnerabilities import Vulnerability
from services.web.case.genogram_drawing import drawing_of
from services.web.case.opened_case import OpenedCase
from services.web.case.persons import anchor
from services.web.case.withheld import WITHHELD, is_withheld
from services.web.dates import day


@dataclass(frozen=True, slots=True)
class ToldRole:
    """A part that a person has or had."""

    role: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """A person in words."""

    anchor: str
    name: str
    row: PersonRow
    born: str
    roles: Sequence[ToldRole]
    facts: Sequence[tuple[str, Sequence[str]]]


def show_people(case: OpenedCase) -> HTMLResponse:
    """Show everyone in the case, their roles, and the genogram with its table."""
    rows = sorted(case.rows(people), key=_place)
    ties = case.rows(relationships)
    found = genogram(
        rows,
        ties,
        day=case.today,
        meetings=case.rows(meetings),
        referrals=case.rows(referrals),
    )
    withheld = {each["person"] for each in case.shown[people.name] if _born_withheld(each)}
    return case.render(
        "people.html",
        people=[_person(case, row, row.person in withheld) for row in rows],
        genogram=found,
        drawing=drawing_of(found, case.persons),
        relations=sorted(ties, key=lambda row: (row.a, row.b, row.relationship)),
        told_relation=_relation,
    )


def _place(row: PersonRow) -> tuple[bool, int, str]:
    """Return what persons are sorted by: those at risk first, as roles are listed."""
    places = (role.place for role in row.current_roles)
    return (row.alias_of is not None, min(places, default=len(PersonRole)), row.person)


def _born_withheld(shown: dict[str, object]) -> bool:
    return is_withheld(shown, "date_of_birth")


def _person(case: OpenedCase, row: PersonRow, born_withheld: bool) -> ToldPerson:
    return ToldPerson(
        anchor=anchor(row.person),
        name=case.persons.name(row.person),
        row=row,
        born=WITHHELD if born_withheld else _born(case, row),
        roles=[_role(held) for held in row.roles],
        facts=[(name, lines) for name, lines in _facts(case, row) if lines],
    )


def _born(case: OpenedCase, row: PersonRow) -> str:
    if row.date_of_birth is None:
        return "Not recorded"
    age = age_on(min(case.today, row.date_of_death or case.today), row.date_of_birth)
    return day(row.date_of_birth) + (f", aged {age}" if age is not None else "")


def _role(held: HeldRole) -> ToldRole:
    since = day(held.since) if held.since else ""
    return ToldRole(held.role.label, since, day(held.until) if held.until else "")


def _facts(case: OpenedCase, row: PersonRow) -> Iterator[tuple[str, Sequence[str]]]:
    yield "Described as", _lines(row.unidentified_description)
    yield "Died", [day(row.date_of_death)] if row.date_of_death else []
    yield "Same person as", [*_lines(row.alias_of), *row.aliases]
    kind = (each.label for each in (row.person_type, row.tenure_role, row.tenure) if each)
    yield "To the landlord", list(kind)
    yield "Known to social care", [row.known_to_social_care.label]
    yield "At risk through", [_vulnerability(held) for held in row.vulnerabilities]
    yield "How to reach them", _contact(row.communication) if row.communication else ()
    yield "Last told", _informed(row.informed) if row.informed else ()
    yield "Part in decisions", _involved(row)
    yield "Wants to come of it", _wants(row)
    yield (
        "Capacity",
        [f"{each.decision}: {each.outcome.label.lower()}, {day(each.at)}" for each in row.capacity],
    )
    yield (
        "Advocates",
        [
            ", ".join(
                part
                for part in (each.kind.label, each.organisation, f"since {day(each.since)}")
                if part
            )
            for each in row.advocates
        ],
    )


def _lines(text: str | None) -> list[str]:
    return [text] if text else []


def _vulnerability(held: Vulnerability) -> str:
    until = f", until {day(held.until)}" if held.until else ""
    more = f". {held.minimal_instruction}" if held.minimal_instruction else ""
    return f"{held.vulnerability_type.label}{until}{more}"


def _contact(held: Communication) -> list[str]:
    told = [held.method.label]
    if held.interpreter is YesNoUnknown.YES:
        told.append(f"Needs an interpreter{f': {held.language}' if held.language else ''}")
    elif held.language:
        told.append(f"Language: {held.language}")
    if held.unsafe_channels:
        told.append(f"Not safe: {_labels(held.unsafe_channels)}")
    if held.safe_channels:
        told.append(f"Safe: {_labels(held.safe_channels)}")
    if held.safe_times:
        told.append(f"Safe times: {held.safe_times}")
    if held.written_ineffective:
        told.append("Letters do not reach them")
    return [*told, *(f"{each.method.label}: {each.address}" for each in held.contact_points)]


def _informed(held: Informed) -> list[str]:
    about = held.about.label.lower()
    if held.informed:
        return [f"About {about}, {day(held.at)}"]
    return [f"Not told about {about}, {day(held.at)}", *_lines(held.not_informed_reason)]


def _involved(row: PersonRow) -> list[str]:
    if row.involvement is None:
        return []
    return [row.involvement.label, *_lines(row.not_involved_reason)]


def _wants(row: PersonRow) -> list[str]:
    held = row.desired_outcomes
    if held is None:
        return []
    return [held.asked.label, *held.outcomes, *_lines(held.reason_not_asked)]


def _labels(codes: Sequence[CodedList]) -> str:
    return ", ".join(code.label.lower() for code in codes)


def _relation(row: RelationshipRow) -> str:
    """Return from when to when it was so, in words."""
    since = f"since {day(row.since)}" if row.since else "since when is not known"
    if not row.ended:
        return since[:1].upper() + since[1:]
    until = f"until {day(row.until)}" if row.until else "ended, not known when"
    return f"{since[:1].upper()}{since[1:]}, {until}"
