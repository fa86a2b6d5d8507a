"""The people of a case."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from domain.roles import HeldRole
from domain.vocabulary.vulnerability import ContactMethod
from projections.person_row import Communication, Informed, PersonRow
from projections.vulnerabilities import Vulnerability
from services.cli.rendering.tables import facts
from services.cli.rendering.theme import lines, phrase, plain, shown
from services.cli.rendering.times import Told, day, day_of


def people(rows: Iterable[PersonRow], told: Told = day_of) -> RenderableType:
    """Return everyone in the case: now and before, what puts them at risk, how to reach them.

    `told` says on which day, or in which month, something was.
    """
    ordered = sorted(rows, key=lambda row: row.person)
    return Group(*(part for row in ordered for part in (*_described(row, told), "")))


def _described(row: PersonRow, told: Told) -> tuple[RenderableType, ...]:
    who = row.name or row.unidentified_description
    known = facts(
        ("Who", shown(who) if who else None),
        ("Part in the case", lines(*(_role(held, told) for held in row.roles))),
        ("At risk through", lines(*(_vulnerability(held) for held in row.vulnerabilities))),
        ("How to reach them", _contact(row.communication) if row.communication else None),
        ("Told", _told(row.informed) if row.informed else None),
    )
    return shown(row.person, "title"), Padding(known, (0, 0, 0, 2))


def _role(held: HeldRole, told: Told) -> Text:
    if held.until:
        until = f" until {told(held.until)}"
        return Text.assemble((held.role.label, "struck"), (until, "quiet"))
    since = f" since {told(held.since)}" if held.since else ""
    return Text.assemble(held.role.label, (since, "quiet"))


def _vulnerability(held: Vulnerability) -> Text:
    until = f" until {day(held.until)}" if held.until else ""
    what = Text.assemble(held.vulnerability_type.label, (until, "quiet"))
    instruction = held.minimal_instruction
    return lines(what, Text(plain(instruction), "quiet") if instruction else None)


def _contact(held: Communication) -> Text:
    return lines(
        Text(held.method.label),
        Text(f"safe: {_listed(held.safe_channels)}", "good") if held.safe_channels else None,
        Text(f"not safe: {_listed(held.unsafe_channels)}", "alarm")
        if held.unsafe_channels
        else None,
        Text(plain(held.safe_times), "quiet") if held.safe_times else None,
        *(shown(f"{each.method.label}: {each.address}", "quiet") for each in held.contact_points),
    )


def _told(held: Informed) -> Text:
    about = held.about.label.lower()
    if held.informed:
        return Text(f"about {about}, {day_of(held.at)}")
    return phrase(Text(f"not about {about}", "attention"), shown(held.not_informed_reason))


def _listed(channels: Iterable[ContactMethod]) -> str:
    return ", ".join(channel.label.lower() for channel in channels)
