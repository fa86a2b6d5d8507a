"""A case on paper: in one view, or all that its officer needs first."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from projections.timeline import TimelineRow
from services.cli.answers import CaseFile, CaseView
from services.cli.console import note, out
from services.cli.options import View
from services.cli.rendering.meetings import meetings
from services.cli.rendering.people import people
from services.cli.rendering.plan import action_plan, referral_tracker
from services.cli.rendering.risk import risk
from services.cli.rendering.state import case_facts, heading
from services.cli.rendering.tables import section
from services.cli.rendering.theme import lines, shown
from services.cli.rendering.timeline import Timeline, hindsight
from services.cli.rendering.times import Told, counted, day, day_as_known, day_of, moment

_CLIPPED_AT = 160
_TITLES = {
    View.STATE: "State",
    View.TIMELINE: "Timeline",
    View.ACTIONS: "Action plan",
    View.REFERRALS: "Referrals",
    View.MEETINGS: "Meetings",
    View.RISK: "Risk",
    View.PEOPLE: "People",
}


def print_file(file: CaseFile, today: date) -> None:
    """Print a case's heading, state, timeline, action plan and referrals."""
    out().print(heading(file.state) if file.state else shown(file.case_ref, "title"))
    _print_banner(file.known_on, file.recorded_by)
    if file.state is None:
        note(_nothing(file))
    else:
        entries = counted(len(file.timeline), "event")
        print_section(View.STATE, _state(file, today))
        print_section(View.TIMELINE, Timeline(file.timeline, longest_text=_CLIPPED_AT), entries)
        print_section(View.ACTIONS, _body(View.ACTIONS, file.actions, today))
        print_section(View.REFERRALS, _body(View.REFERRALS, file.referrals, today))
    _print_hindsight(file.hindsight)
    if file.state:
        note("\nMore of it with --view meetings, risk or people; free text in full with --view.")


def print_view(seen: CaseView[Any], today: date, timeline: Iterable[TimelineRow] = ()) -> None:
    """Print one view of a case; its `timeline` tells how exactly times in it are known."""
    out().print(shown(seen.case_ref, "title"))
    _print_banner(seen.known_on, seen.recorded_by)
    print_section(seen.view, _body(seen.view, seen.rows, today, day_as_known(timeline)))
    _print_hindsight(seen.hindsight)


def print_section(view: View, body: RenderableType, aside: str = "") -> None:
    """Print a view under its heading."""
    out().print(section(_TITLES[view], body, aside))


def _body(view: View, rows: Any, today: date, told: Told = day_of) -> RenderableType:
    if not rows:
        return Text("None.", "quiet")
    match view:
        case View.STATE:
            return Group(*(case_facts(row, today, told=told) for row in rows))
        case View.TIMELINE:
            return Timeline(rows)
        case View.ACTIONS:
            return action_plan(rows, today)
        case View.REFERRALS:
            return referral_tracker(rows, today)
        case View.MEETINGS:
            return meetings(rows)
        case View.RISK:
            return risk(rows, today)
        case View.PEOPLE:
            return people(rows, told)


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
