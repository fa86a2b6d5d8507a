"""Shows cases: the register, and one case in one view or in all."""

from datetime import date, datetime
from operator import attrgetter
from typing import Any

from domain.times import end_of_day, in_london
from projections.action_plan import action_plan
from projections.case_state import case_state
from projections.meetings import meetings
from projections.people import people
from projections.read_model import ReadModel
from projections.referrals import referrals
from projections.risk import risk
from projections.time_travel import PointOfView
from projections.timeline import TimelineRow, display_order, timeline
from services.bootstrap import review
from services.cli.answers import VIEWS, CaseFile, CaseView, Register
from services.cli.connecting import stores
from services.cli.console import emit, note, out
from services.cli.exits import CommandError, ExitCode
from services.cli.options import View
from services.cli.rendering.case_file import print_file, print_view
from services.cli.rendering.register import register
from services.cli.rendering.times import counted
from services.clock import system_clock
from services.review import CaseReview
from services.settings import Settings

MODELS: dict[View, ReadModel[Any]] = {
    View.STATE: case_state,
    View.TIMELINE: timeline,
    View.ACTIONS: action_plan,
    View.REFERRALS: referrals,
    View.MEETINGS: meetings,
    View.RISK: risk,
    View.PEOPLE: people,
}
"""The read model behind each view."""


def show_register(limit: int, *, as_json: bool) -> None:
    """List up to `limit` cases."""
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        rows = cases.register(case_state, limit=limit + 1)
    answer = Register(rows=rows[:limit], more=len(rows) > limit)
    if as_json:
        emit(answer)
    elif not rows:
        note("There is no case yet.")
    else:
        out().print(register(answer.rows))
        if answer.more:
            note(f"There are more; these are the first {limit:,}.")


def show_case(
    ref: str,
    view: View | None,
    known_on: date | None,
    recorded_by: date | None,
    *,
    as_json: bool,
) -> None:
    """Show one case, in one view or in all, from one point of view."""
    _check_past("--known-on", known_on)
    _check_past("--recorded-by", recorded_by)
    point = PointOfView(known_on, _moment(recorded_by))
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        check_seen(cases, ref, point)
        if view is None:
            file = case_file(cases, ref, point)
            emit(file) if as_json else print_file(file, on_day(point))
        else:
            seen = case_view(cases, ref, view, point)
            if as_json:
                emit(seen)
            else:
                entries = _rows(cases, ref, View.TIMELINE, point)
                print_view(seen, on_day(point), entries)


def check_seen(cases: CaseReview, ref: str, point: PointOfView) -> None:
    """Raise `CommandError` unless there is such a case to see; say where rows lag behind."""
    events = cases.events(ref)
    if not events:
        raise CommandError(f"There is no case {ref}.")
    if not point.is_now:
        return
    rows = cases.rows(case_state, ref)
    taken_in = rows[0].version if rows else 0
    if not taken_in:
        raise CommandError(
            f"The read models have not taken in {ref} yet: is `case-timeline project` running? "
            "If not, `case-timeline project --once` takes it in."
        )
    if missing := events[-1].version - taken_in:
        note(f"The read models have yet to take in the last {counted(missing, 'event')} of {ref}.")


def case_file(cases: CaseReview, ref: str, point: PointOfView) -> CaseFile:
    """Return all views of a case."""
    views = {view: _rows(cases, ref, view, point) for view in View}
    state = views.pop(View.STATE)
    return CaseFile(
        case_ref=ref,
        known_on=point.known_on,
        recorded_by=point.recorded_by,
        state=state[0] if state else None,
        hindsight=_hindsight(cases, ref, point),
        **views,
    )


def case_view(cases: CaseReview, ref: str, view: View, point: PointOfView) -> CaseView[Any]:
    """Return one view of a case."""
    return VIEWS[view](
        case_ref=ref,
        view=view,
        known_on=point.known_on,
        recorded_by=point.recorded_by,
        rows=_rows(cases, ref, view, point),
        hindsight=_hindsight(cases, ref, point),
    )


def _rows(cases: CaseReview, ref: str, view: View, point: PointOfView) -> list[Any]:
    """Return the rows of a view in an order that does not depend on where they come from."""
    model = MODELS[view]
    rows = cases.rows(model, ref, point)
    if view is View.TIMELINE:
        return display_order(rows)
    key = model.row.KEY
    return sorted(rows, key=attrgetter(key)) if key else rows


def on_day(point: PointOfView) -> date:
    """Return the day on which to judge what is overdue, seen from `point`."""
    if point.known_on:
        return point.known_on
    return in_london(point.recorded_by or system_clock()).date()


def _hindsight(cases: CaseReview, ref: str, point: PointOfView) -> list[TimelineRow]:
    """Return what had happened but was not known, as the timeline shows it today."""
    if point.known_on is None:
        return []
    unknown = {event.event_id for event in cases.hindsight(ref, point)}
    entries = timeline.fold(cases.events(ref))
    return display_order(entry for entry in entries if entry.event_id in unknown)


def _check_past(option: str, given: date | None) -> None:
    now = system_clock()
    later = given > now if isinstance(given, datetime) else given and given > in_london(now).date()
    if given and later:
        raise CommandError(f"{option} {given.isoformat()} lies in the future.", ExitCode.USAGE)


def _moment(given: date | None) -> datetime | None:
    if given is None or isinstance(given, datetime):
        return given
    return end_of_day(given)
