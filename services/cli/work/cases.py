"""Shows cases: the register, and one case in one view or in all."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from domain.access import Action
from domain.streams import StreamKind, stream_kind
from domain.times import end_of_day, in_london
from domain.vocabulary.rights import RecordPart
from projections.case_state import case_state
from projections.read_model import ReadModel
from projections.time_travel import PointOfView
from projections.timeline import TimelineRow, display_order, timeline
from services.bootstrap import review
from services.cli.answers import CaseFile, CaseView, Register, case_view_of
from services.cli.connecting import stores
from services.cli.console import emit, note, out
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.attention import most_urgent_first
from services.cli.rendering.case_file import print_file, print_view
from services.cli.rendering.register import register
from services.cli.rendering.rows import in_order
from services.cli.rendering.times import counted
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
    views_of,
)
from services.cli.work.on_record import read_on_record
from services.clock import system_clock
from services.review import CaseReview
from services.settings import Settings

_IN_FULL = (STATE, TIMELINE, ACTIONS, REFERRALS, MEETINGS, RISK, PEOPLE, ATTENTION)
"""The views that the JSON of a case's file holds."""

_PRINTED = (STATE, TIMELINE, ACTIONS, REFERRALS, ATTENTION)
"""The views that are printed with a case's file."""


def show_register(limit: int, *, as_json: bool) -> None:
    """List up to `limit` cases."""
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        rows = cases.register(case_state, limit=limit + 1)
        listed = [row.case_ref for row in rows[:limit]]
        read_on_record(servers.database_url, listed, RecordPart.SUMMARY, action=Action.LIST)
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
    view: str | None,
    known_on: date | None,
    recorded_by: date | None,
    *,
    as_json: bool,
) -> None:
    """Show one case, in one view or in all, from one point of view."""
    check_past("--known-on", known_on)
    check_past("--recorded-by", recorded_by)
    point = PointOfView(known_on, _moment(recorded_by))
    wanted = [_wanted(view, ref)] if view else list(views_of(ref))
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        check_seen(cases, ref, point, [each.model for each in wanted])
        read_on_record(servers.database_url, [ref], RecordPart.WHOLE, point)
        if view is None:
            file = case_file(cases, ref, point)
            emit(file) if as_json else print_file(file, judged_at(point))
        else:
            seen = case_view(cases, ref, VIEWS[view], point)
            if as_json:
                emit(seen)
            else:
                entries = _rows(cases, ref, [TIMELINE], point)[TIMELINE.name]
                print_view(seen, judged_at(point), entries)


def _wanted(name: str, ref: str) -> View:
    view = VIEWS[name]
    if not view.is_of(ref):
        names = ", ".join(each.name for each in views_of(ref))
        raise CommandError(f"There is no view {name} of {ref}; there are {names}.", ExitCode.USAGE)
    return view


def check_seen(
    cases: CaseReview, ref: str, point: PointOfView, models: Sequence[ReadModel[Any]]
) -> None:
    """Raise `CommandError` unless there is such a case to see; say where rows lag behind."""
    events = cases.events(ref)
    if not events:
        raise CommandError(f"There is no {_kind(ref)} {ref}.")
    if not point.is_now:
        return
    missing = cases.missing(models, ref)
    if min(missing.values()) >= len(events):
        raise CommandError(
            f"The read models have not taken in {ref} yet: is `case-timeline project` running? "
            "If not, `case-timeline project --once` takes it in."
        )
    if most := max(missing.values()):
        note(f"The read models have yet to take in the last {counted(most, 'event')} of {ref}.")


def _kind(ref: str) -> str:
    return "case" if stream_kind(ref) is StreamKind.CASE else "file"


def case_file(cases: CaseReview, ref: str, point: PointOfView) -> CaseFile:
    """Return all views of a case."""
    found = _rows(cases, ref, list(views_of(ref)), point)
    held = {view.name: found.get(view.name, []) for view in _IN_FULL}
    state = held.pop(STATE.name)
    printed = {view.name for view in _PRINTED}
    return CaseFile(
        case_ref=ref,
        known_on=point.known_on,
        recorded_by=point.recorded_by,
        state=state[0] if state else None,
        hindsight=_hindsight(cases, ref, point),
        linked_from=cases.linked_from(ref, point),
        other_views={
            name: len(rows) for name, rows in found.items() if rows and name not in printed
        },
        **held,
    )


def case_view(cases: CaseReview, ref: str, view: View, point: PointOfView) -> CaseView[Any]:
    """Return one view of a case."""
    return case_view_of(view.model.row)(
        case_ref=ref,
        view=view.name,
        known_on=point.known_on,
        recorded_by=point.recorded_by,
        rows=_rows(cases, ref, [view], point)[view.name],
        hindsight=_hindsight(cases, ref, point),
    )


def _rows(
    cases: CaseReview, ref: str, views: Sequence[View], point: PointOfView
) -> dict[str, list[Any]]:
    """Return the rows of views in an order that does not depend on where they come from."""
    found = cases.rows_of([view.model for view in views], ref, point)
    return {view.name: _sorted(view, found[view.model.name]) for view in views}


def _sorted(view: View, rows: list[Any]) -> list[Any]:
    if view is TIMELINE:
        return display_order(rows)
    return most_urgent_first(rows) if view is ATTENTION else in_order(rows)


def judged_at(point: PointOfView) -> datetime:
    """Return the moment at which to judge what is overdue, seen from `point`."""
    if point.known_on:
        return end_of_day(point.known_on)
    return point.recorded_by or system_clock()


def _hindsight(cases: CaseReview, ref: str, point: PointOfView) -> list[TimelineRow]:
    """Return what had happened but was not known, as the timeline shows it today."""
    if point.known_on is None:
        return []
    unknown = {event.event_id for event in cases.hindsight(ref, point)}
    entries = timeline.fold(cases.events(ref))
    return display_order(entry for entry in entries if entry.event_id in unknown)


def check_past(option: str, given: date | None) -> None:
    """Raise `CommandError` where a day or moment that an option was given is yet to come."""
    now = system_clock()
    later = given > now if isinstance(given, datetime) else given and given > in_london(now).date()
    if given and later:
        raise CommandError(f"{option} {given.isoformat()} lies in the future.", ExitCode.USAGE)


def _moment(given: date | None) -> datetime | None:
    if given is None or isinstance(given, datetime):
        return given
    return end_of_day(given)
