"""Events of a case as its timeline lists them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from markupsafe import Markup

from domain.events.integrity import EventCorrected
from domain.times import parse_date, parse_timestamp
from domain.vocabulary.record import Sensitivity
from projections.marks import Correction
from projections.timeline import TimelineRow
from services.happening import days_from, is_loose, known_late, span, with_days
from services.web.case.persons import Called, Persons
from services.web.case.withheld import WITHHELD
from services.web.dates import day, day_and_time, happened, time_tag
from services.wording import words

_SHORT = 220
"""Up to so many characters free text stands in the list; more of it is behind a heading."""

_MINOR = frozenset(
    ("VisitControlAcknowledged", "MonitoringScheduled", "CaseLinked", "ActionProgressed")
)
_TIMES = {"occurred_at": "when it happened", "occurred_to": "until when", "known_at": "when known"}

BadgeOf = tuple[str, str]
"""Its words and its colour."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """One value that was corrected, and what was later corrected in the correction."""

    field: str
    was: str
    now: str
    by: str
    known: str
    reason: str
    depth: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One event."""

    row: TimelineRow
    title: str
    happened: Markup
    recorded: Markup
    known: str | None
    """When the landlord knew, where that was late."""
    byline: str
    badges: Sequence[BadgeOf]
    late: bool
    minor: bool
    persons: Sequence[Called]
    text: str | None
    is_long: bool
    summary: str
    corrected: Sequence[Corrected]
    of: TimelineRow | None
    """The event that it corrects."""
    of_title: str


def entries(
    rows: Iterable[TimelineRow], persons: Persons, targets: dict[str, TimelineRow]
) -> list[Entry]:
    """Return events as a page lists them; `targets` has what each correction is of, by its id."""
    return [_entry(row, persons, targets.get(str(row.event_id))) for row in rows]


def _entry(row: TimelineRow, persons: Persons, target: TimelineRow | None) -> Entry:
    late = known_late(row, row.known_at) is not None
    text = row.narrative
    return Entry(
        row=row,
        title=with_days(row.headline),
        happened=told_happened(row),
        recorded=time_tag(row.recorded_at, day_and_time(row.recorded_at)),
        known=_known(row) if late else None,
        byline=f"{row.actor_role}, {row.actor_organisation}",
        badges=tuple(_badges(row, target)),
        late=late,
        minor=row.type in _MINOR,
        persons=tuple(map(persons.called, row.persons)),
        text=text,
        is_long=text is not None and len(text) > _SHORT,
        summary=_clipped(text) if text else "",
        corrected=tuple(change for each in row.corrections for change in _chain(each, 0)),
        of=target,
        of_title=with_days(target.headline) if target else "",
    )


def told_happened(row: TimelineRow) -> Markup:
    """Return when an event happened, as exactly as it is known, for people and machines."""
    told = happened(row.occurred_at, row.occurred_precision, row.occurred_to)
    return time_tag(row.occurred_at, told)


def _known(row: TimelineRow) -> str:
    at = day_and_time(row.known_at)
    return at if is_loose(row) else f"{at}, {_later(row)}"


def _later(row: TimelineRow) -> str:
    return f"{span(days_from(row.occurred_at, row.known_at))} after it happened"


def _badges(row: TimelineRow, target: TimelineRow | None) -> Iterator[BadgeOf]:
    if known_late(row, row.known_at):
        late = "" if is_loose(row) else f" by {span(days_from(row.occurred_at, row.known_at))}"
        yield f"Known late{late}", "red"
    if row.corrections:
        yield "Corrected", "purple"
    if target or row.type == EventCorrected.__name__:
        yield "Correction", "purple"
    if row.disputes:
        yield "Disputed", "orange"
    if row.redacted:
        yield "Redacted", "grey"
    if row.sensitivity is not Sensitivity.STANDARD:
        yield row.sensitivity.label, "black"


def _chain(correction: Correction, depth: int) -> Iterator[Corrected]:
    yield Corrected(
        field=_TIMES.get(correction.field, words(correction.field.strip("_")).lower()),
        was=_written(correction.was),
        now=_written(correction.now),
        by=correction.by,
        known=day_and_time(correction.known_at),
        reason=correction.reason,
        depth=depth,
    )
    for later in correction.corrections:
        yield from _chain(later, depth + 1)


def _written(told: str) -> str:
    """Return a value that is written in JSON as people write it."""
    if told == WITHHELD:
        return told
    value = json.loads(told)
    if value is None:
        return "nothing"
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    with suppress(ValueError):
        return day(parse_date(value))
    with suppress(ValueError):
        return day_and_time(parse_timestamp(value))
    return value


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _SHORT:
        return line
    return line[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
