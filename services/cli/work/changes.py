"""Says what changed in a case between two days."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.events.envelope import CaseEvent
from domain.vocabulary.rights import RecordPart
from projections.changes import CorrectedEvent, RowChange
from projections.marks import WITHHELD, correction_of, withheld
from projections.time_travel import PointOfView
from projections.timeline import TimelineRow, display_order
from services.bootstrap import review
from services.cli.answers import (
    CaseChanges,
    ChangedRow,
    ChangedView,
    CorrectedEntry,
    FieldChange,
)
from services.cli.connecting import stores
from services.cli.console import emit
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.changes import print_changes
from services.cli.rendering.rows import place
from services.cli.views import TIMELINE, views_of
from services.cli.work.cases import check_past, check_seen
from services.cli.work.on_record import read_on_record
from services.review import CaseReview
from services.settings import Settings

OPTION = "--changes-between"


def show_changes(ref: str, days: tuple[date, date], *, as_json: bool) -> None:
    """Show what became known of a case after one day, up to the end of another."""
    earlier, later = days
    if earlier > later:
        raise CommandError(f"{OPTION} takes the earlier day first.", ExitCode.USAGE)
    check_past(OPTION, later)
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        check_seen(cases, ref, PointOfView(known_on=later), ())
        view = PointOfView(known_on=later)
        read_on_record(servers.database_url, [ref], RecordPart.WHOLE, view)
        answer = case_changes(cases, ref, earlier, later)
    if as_json:
        emit(answer)
    else:
        print_changes(answer)


def case_changes(cases: CaseReview, ref: str, earlier: date, later: date) -> CaseChanges:
    """Return what changed. Of an event redacted since, nothing is told that is now withheld."""
    found = cases.changes(ref, earlier, later)
    rows = _entries(cases, ref, later)
    views = list(views_of(ref))
    differing = cases.rows_changed([view.model for view in views], ref, earlier, later)
    return CaseChanges(
        case_ref=ref,
        earlier=earlier,
        later=later,
        added=_told(found.added, rows),
        learned_late=_told(found.learned_late, rows),
        corrected=[_corrected(each, rows) for each in found.corrected],
        views=[
            ChangedView(view=view.name, rows=[*_changed(changes)])
            for view in views
            if (changes := differing[view.model.name])
        ],
    )


def _entries(cases: CaseReview, ref: str, later: date) -> dict[UUID, TimelineRow]:
    """Return the timeline as known on the later day, but without what was redacted since."""
    model = TIMELINE.model
    events, then = cases.events(ref), PointOfView(known_on=later)
    rows: dict[UUID, TimelineRow] = {row.event_id: row for row in model.fold(then.visible(events))}
    today: list[TimelineRow] = model.fold(events)
    return rows | {row.event_id: row for row in today if row.redacted}


def _told(events: Sequence[CaseEvent], rows: Mapping[UUID, TimelineRow]) -> Sequence[TimelineRow]:
    return display_order(rows[event.event_id] for event in events)


def _corrected(change: CorrectedEvent, rows: Mapping[UUID, TimelineRow]) -> CorrectedEntry:
    row = rows[change.after.event_id]
    corrections = tuple(map(correction_of, change.corrections))
    return CorrectedEntry(
        event=row,
        fields=[*_fields(change, is_withheld=row.redacted is not None)],
        corrections=withheld(corrections) if row.redacted else corrections,
    )


def _fields(change: CorrectedEvent, *, is_withheld: bool) -> Iterator[FieldChange]:
    before, after = (
        event.model_dump(mode="json", by_alias=True) for event in (change.before, change.after)
    )
    for name, was in before.items():
        if was != (now := after[name]):
            hidden = (json.loads(WITHHELD),) * 2
            told = hidden if is_withheld else (was, now)
            yield FieldChange(field=name.strip("_"), was=told[0], now=told[1])


def _changed(changes: Sequence[RowChange[Any]]) -> Iterator[ChangedRow]:
    for each in sorted(changes, key=_place):
        yield ChangedRow(
            key=each.key,
            columns=each.columns,
            before=each.before and each.before.model_dump(mode="json"),
            after=each.after and each.after.model_dump(mode="json"),
        )


def _place(change: RowChange[Any]) -> tuple[str, str]:
    row = change.after or change.before
    assert row is not None
    return place(row)
