"""A person, or a property, over all cases and files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from rich.text import Text

from domain.roles import HeldRole
from domain.streams import StreamKind
from domain.times import in_london
from projections.case_state_row import CaseStatus
from projections.file_history import FileHistoryRow, MarkerInForce
from projections.person_history import PersonHistoryRow
from projections.property_history import PropertyHistoryRow
from services.cli.answers import PersonHistory, PropertyHistory
from services.cli.console import out
from services.cli.rendering.state import risk_level
from services.cli.rendering.tables import facts, keep_together, section, table
from services.cli.rendering.theme import lines, phrase, plain, shown
from services.cli.rendering.times import counted, day, day_of, often

_MENTIONED = "Mentioned"


def print_person(answer: PersonHistory, now: datetime) -> None:
    """Print what stands of a person everywhere, and in a line each what each case holds."""
    today = in_london(now).date()
    others = [reference for reference in answer.references if reference != answer.person]
    known = facts(
        ("Also known as", Text(plain(", ".join(others)))),
        ("Appears in", _appears(answer.rows)),
        ("Now", Text(", ".join(_roles_now(answer.rows)))),
        ("Warning markers", _markers(answer.rows, today)),
    )
    out().print(shown(answer.person, "title"), known)
    listed = table("Case", "As what", "How it stands", "Risk to them", _MENTIONED)
    keep_together(listed.columns[0], (row.case_ref for row in answer.rows))
    for row in answer.rows:
        other = shown(row.person, "quiet") if others else None
        against = f"warned or acted against {often(row.warnings)}"
        listed.add_row(
            lines(shown(row.case_ref, "title"), other),
            lines(*map(_role, row.roles), Text(against, "attention") if row.warnings else None),
            _stands(row),
            risk_level(row.risk_level),
            _mentioned(row),
        )
    out().print(section("Cases and files", listed, "the latest first"))


def print_property(answer: PropertyHistory, now: datetime) -> None:
    """Print what stands of a property everywhere, and in a line each what each case holds."""
    today = in_london(now).date()
    named = dict.fromkeys(row.property_ref for row in answer.rows)
    known = facts(
        ("Appears in", _appears(answer.rows)),
        ("Warning markers", _markers(answer.rows, today)),
    )
    out().print(shown(", ".join(named), "title"), known)
    listed = table("Case", "How it stands", "Who", "Hoarding", _MENTIONED)
    keep_together(listed.columns[0], (row.case_ref for row in answer.rows))
    for row in answer.rows:
        listed.add_row(
            shown(row.case_ref, "title"),
            _stands(row),
            lines(*map(shown, row.persons)),
            # The label goes on to say what follows from the level.
            shown(row.hoarding_level.label.partition(":")[0] if row.hoarding_level else None),
            _mentioned(row),
        )
    out().print(section("Cases and files", listed, "the latest first"))


def _appears(rows: Sequence[FileHistoryRow]) -> Text:
    """Return in how many cases, and in how many files beside them."""
    cases = {row.case_ref: row.status for row in rows if row.kind is StreamKind.CASE}
    files = {row.case_ref for row in rows if row.kind is not StreamKind.CASE}
    is_open = sum(status is CaseStatus.OPEN for status in cases.values())
    return phrase(
        Text(f"{counted(len(cases), 'case')}, {is_open:,} open"),
        Text(counted(len(files), "file")) if files else None,
    )


def _roles_now(rows: Iterable[PersonHistoryRow]) -> Iterator[str]:
    labels = (
        role.label
        for row in rows
        if row.status is not CaseStatus.CLOSED
        for role in row.current_roles
    )
    yield from dict.fromkeys(labels)


def _markers(rows: Iterable[FileHistoryRow], today: date) -> Text:
    held = {(row.case_ref, each.marker_id): each for row in rows for each in row.markers_in_force}
    return lines(*(_marker(ref, each, today) for (ref, _), each in held.items()))


def _marker(ref: str, held: MarkerInForce, today: date) -> Text:
    is_over = held.expires_on < today
    until = f"{'ran out on' if is_over else 'until'} {day(held.expires_on)}"
    return phrase(
        Text(held.marker_type.label, "alarm"),
        Text(until, "attention" if is_over else "quiet"),
        shown(ref, "quiet"),
    )


def _role(held: HeldRole) -> Text:
    if held.until:
        return Text.assemble((held.role.label, "struck"), (f" until {day_of(held.until)}", "quiet"))
    return Text(held.role.label)


def _stands(row: FileHistoryRow) -> Text:
    if row.status is None:
        return Text("a file of its own", "quiet")
    style = "quiet" if row.status is CaseStatus.CLOSED else ""
    when = f"closed {day_of(row.closed_at)}" if row.closed_at else row.status.label.lower()
    return lines(
        Text(row.classification.label, style) if row.classification else None, Text(when, "quiet")
    )


def _mentioned(row: PersonHistoryRow | PropertyHistoryRow) -> Text:
    first, last = day_of(row.first_mention_at), day_of(row.last_mention_at)
    return lines(
        Text(often(row.mentions)),
        Text(first if first == last else f"from {first}", "quiet"),
        Text(f"to {last}", "quiet") if first != last else None,
    )
