"""The people of a case."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from domain.vocabulary.vulnerability import ContactMethod
from projections.people import Communication, Informed, PersonRow, Vulnerability
from projections.roles import HeldRole
from services.cli.rendering.tables import facts
from services.cli.rendering.theme import lines, phrase, plain, shown
from services.cli.rendering.times import day_of


def people(rows: Iterable[PersonRow]) -> RenderableType:
    """Return everyone in the case: now and before, what puts them at risk, how to reach them."""
    ordered = sorted(rows, key=lambda row: row.person)
    return Group(*(part for row in ordered for part in (*_described(row), "")))


def _described(row: PersonRow) -> tuple[RenderableType, ...]:
    who = row.name or row.unidentified_description
    told = facts(
        ("Who", shown(who) if who else None),
        ("Part in the case", lines(*(_role(held) for held in row.roles))),
        ("At risk through", lines(*(_vulnerability(held) for held in row.vulnerabilities))),
        ("How to reach them", _contact(row.communication) if row.communication else None),
        ("Told", _told(row.informed) if row.informed else None),
    )
    return shown(row.person, "title"), Padding(told, (0, 0, 0, 2))


def _role(held: HeldRole) -> Text:
    if held.until:
        until = f" until {day_of(held.until)}"
        return Text.assemble((held.role.label, "struck"), (until, "quiet"))
    since = f" since {day_of(held.since)}" if held.since else ""
    return Text.assemble(held.role.label, (since, "quiet"))


def _vulnerability(held: Vulnerability) -> Text:
    what = Text(held.vulnerability_type.label)
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
    )


def _told(held: Informed) -> Text:
    about = held.about.label.lower()
    if held.informed:
        return Text(f"about {about}, {day_of(held.at)}")
    return phrase(Text(f"not about {about}", "attention"), shown(held.not_informed_reason))


def _listed(channels: Iterable[ContactMethod]) -> str:
    return ", ".join(channel.label.lower() for channel in channels)
