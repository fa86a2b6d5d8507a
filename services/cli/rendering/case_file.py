"""A case on paper: in one view, or all that its officer needs first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from domain.streams import StreamKind, stream_kind
from domain.times import in_london
from projections.attention import AttentionRow
from projections.links import LinkRow
from projections.timeline import TimelineRow
from services.cli.answers import CaseFile, CaseView
from services.cli.console import note, out
from services.cli.rendering.attention import flags, flags_in_full, summary, tally
from services.cli.rendering.meetings import meetings
from services.cli.rendering.people import people
from services.cli.rendering.plan import action_plan, referral_tracker
from services.cli.rendering.risk import risk
from services.cli.rendering.rows import Rows
from services.cli.rendering.state import case_facts, heading
from services.cli.rendering.tables import section
from services.cli.rendering.theme import lines, phrase, shown
from services.cli.rendering.timeline import Timeline, hindsight
from services.cli.rendering.times import Told, counted, day, day_as_known, day_of, moment
from services.cli.views import (
    ACTIONS,
    ATTENTION,
    MEETINGS,
    PEOPLE,
    REFERRALS,
    RISK,
    STATE,
    TIMELINE,
    VIEWS,
    View,
)

_CLIPPED_AT = 160


def print_file(file: CaseFile, now: datetime) -> None:
    """Print a case's heading, state, flags, timeline, action plan and referrals.

    `now` decides what is overdue.
    """
    out().print(heading(file.state) if file.state else _plain_heading(file.case_ref))
    _print_banner(file.known_on, file.recorded_by)
    if not file.timeline:
        note(_nothing(file))
    else:
        _print_parts(file, now)
    _print_hindsight(file.hindsight)
    if file.timeline:
        _print_other_views(file)


def _plain_heading(ref: str) -> Text:
    kind = stream_kind(ref)
    aside = Text(kind.label, "quiet") if kind is not StreamKind.CASE else None
    return phrase(shown(ref, "title"), aside)


def _print_parts(file: CaseFile, now: datetime) -> None:
    today = in_london(now).date()
    entries = counted(len(file.timeline), "event")
    if file.state:
        print_section(STATE, _state(file, today))
    _print_flags(file.attention, now)
    print_section(TIMELINE, Timeline(file.timeline, longest_text=_CLIPPED_AT), entries)
    # A file that is not a case's shows a plan only where it has one.
    if file.actions or file.state:
        print_section(ACTIONS, _body(ACTIONS, file.actions, now))
    if file.referrals or file.state:
        print_section(REFERRALS, _body(REFERRALS, file.referrals, now))
    if file.linked_from:
        out().print(section("Linked from", Group(*map(_link, file.linked_from))))


def _link(row: LinkRow) -> Text:
    undone = Text(f"undone {day(in_london(row.undone_at).date())}") if row.undone_at else None
    since = Text(f"since {day(in_london(row.since).date())}")
    return phrase(shown(row.case_ref), Text(row.relation.label), since, undone)


def _print_flags(rows: Sequence[AttentionRow], now: datetime) -> None:
    if not rows:
        return
    aside = summary(*tally(rows, now)).plain
    print_section(ATTENTION, flags(rows, now, of_one_case=True), aside)


def _print_other_views(file: CaseFile) -> None:
    others = ", ".join(f"{name} ({rows:,})" for name, rows in file.other_views.items())
    more = f"More of it with --view: {others}." if others else "There are no other views of it."
    note(f"\n{more} Free text in full with --view.")


def print_view(seen: CaseView[Any], now: datetime, timeline: Iterable[TimelineRow] = ()) -> None:
    """Print one view of a case; its `timeline` tells how exactly times in it are known."""
    view = VIEWS[seen.view]
    out().print(shown(seen.case_ref, "title"))
    _print_banner(seen.known_on, seen.recorded_by)
    print_section(view, _body(view, seen.rows, now, day_as_known(timeline)))
    _print_hindsight(seen.hindsight)


def print_section(view: View, body: RenderableType, aside: str = "") -> None:
    """Print a view under its heading."""
    out().print(section(view.title, body, aside))


def _body(view: View, rows: Any, now: datetime, told: Told = day_of) -> RenderableType:
    if not rows:
        return Text("None.", "quiet")
    today = in_london(now).date()
    own: dict[str, Callable[[], RenderableType]] = {
        STATE.name: lambda: Group(*(case_facts(row, today, told=told) for row in rows)),
        TIMELINE.name: lambda: Timeline(rows),
        ACTIONS.name: lambda: action_plan(rows, today),
        REFERRALS.name: lambda: referral_tracker(rows, today),
        MEETINGS.name: lambda: meetings(rows),
        RISK.name: lambda: risk(rows, today),
        PEOPLE.name: lambda: people(rows, told),
        ATTENTION.name: lambda: flags_in_full(rows, now),
    }
    return own[view.name]() if view.name in own else Rows(rows, day=told)


def _state(file: CaseFile, today: date) -> RenderableType:
    assert file.state is not None
    told = day_as_known(file.timeline)
    return case_facts(file.state, today, events=len(file.timeline), told=told)


def _nothing(file: CaseFile) -> str:
    if file.recorded_by is None:
        return "Nothing of it was known then."
    if file.known_on is None:
        return "Nothing of it was recorded then."
    return "Nothing of it was both known and recorded then."


def _print_banner(known_on: date | None, recorded_by: datetime | None) -> None:
    banner = lines(
        Text(f"As known on {day(known_on)}", "attention") if known_on else None,
        Text(f"As recorded by {moment(recorded_by)}", "attention") if recorded_by else None,
    )
    if banner:
        out().print(banner)


def _print_hindsight(entries: Sequence[TimelineRow]) -> None:
    if entries:
        aside = "had happened by then and came to be known only later"
        out().print(section("Hindsight", hindsight(entries), aside))
