"""What people are to each other: from when to when, with whose responsibility and care."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict, Field

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.relationships import RelationshipEnded, RelationshipRecorded
from domain.latest import supersedes
from domain.streams import FILES
from domain.times import in_london
from domain.vocabulary.people import Relationship, YesNoUnknown
from projections.periods import Boundary, Period, periods, times_of, with_boundary
from projections.personal_columns import Account, Catalogued, Pseudonym
from projections.read_model import ReadModel, Row


class RelationshipPeriod(Part):
    """A time in which one person was this to the other."""

    since: date | None
    """The first day; None where it is not known."""
    until: date | None
    """The last day; None while there is none, or where it is not known."""
    ended: bool
    """Whether it came to an end."""
    said_at: datetime | None
    """When it was last said to be so."""
    ended_said_at: datetime | None
    """When it was last said to have ended."""

    def holds_on(self, day: date) -> YesNoUnknown:
        """Tell whether it was so on `day`, as far as known."""
        if self.since is not None and day < self.since:
            return YesNoUnknown.NO
        if self.until is not None and day > self.until:
            return YesNoUnknown.NO
        said = in_london(self.said_at).date() if self.said_at else None
        if self.since is None and (said is None or day < said):
            return YesNoUnknown.UNKNOWN
        ended_at_some_time = self.ended and self.until is None
        if not ended_at_some_time or self.ended_said_at is None or (said and day <= said):
            return YesNoUnknown.YES
        # It ended, nobody knows when, by the day on which that was said.
        over = day >= in_london(self.ended_said_at).date()
        return YesNoUnknown.NO if over else YesNoUnknown.UNKNOWN


class RelationshipRow(Row):
    """What one person is to another: `a` is the `relationship` of `b`."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "relation"

    relation: Pseudonym[str]
    """`<a>|<b>|<relationship>`."""
    a: Pseudonym[str]
    """Who is something to the other."""
    b: Pseudonym[str]
    """To whom."""
    relationship: Relationship
    """What `a` is to `b`: with `parent`, `a` is the parent of `b`."""
    since: date | None = None
    """The first day of the last time it was so; None where it is not known."""
    until: date | None = None
    """The last day of it; None while there is none, or where it is not known."""
    ended: bool = False
    """Whether it came to an end, on whatever day."""
    parental_responsibility: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether `a` has parental responsibility for `b`; "not known" undoes no answer."""
    informal_carer: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether `a` cares for `b` without being paid; "not known" undoes no answer."""
    details: Account[str | None] = None
    """What was last said of it."""
    end_reason: Account[str | None] = None
    """Why it came to an end, as last said."""
    said_at: Catalogued[dict[str, datetime]] = Field(default_factory=dict)
    """When each of these was last said, by its column."""
    periods: tuple[RelationshipPeriod, ...] = ()
    """Every time it was so, in their order."""
    boundaries: tuple[Boundary, ...] = ()
    """What was said of beginnings and ends, from which that is told."""

    def holds_on(self, day: date) -> YesNoUnknown:
        """Tell whether it was so on `day`, as far as known."""
        answers = {period.holds_on(day) for period in self.periods}
        known = (it for it in (YesNoUnknown.YES, YesNoUnknown.UNKNOWN) if it in answers)
        return next(known, YesNoUnknown.NO)


relationships = ReadModel("relationships", 1, RelationshipRow, streams=FILES)


def _its_relation(event: RelationshipRecorded | RelationshipEnded) -> tuple[str, ...]:
    return (f"{event.a}|{event.b}|{event.relationship}",)


@relationships.on(RelationshipRecorded, keys=_its_relation)
def _recorded(
    row: RelationshipRow | None, event: RelationshipRecorded, key: str
) -> RelationshipRow:
    told = {
        "parental_responsibility": event.parental_responsibility,
        "informal_carer": event.informal_carer,
        "details": event.details,
    }
    row = _said(row or _between(event, key), event, told)
    begin = Boundary(begins=True, day=event.since, **times_of(event))
    return _bounded(row, begin, *_stated_end(event))


def _stated_end(event: RelationshipRecorded) -> Iterator[Boundary]:
    if event.until is not None:
        yield Boundary(begins=False, day=event.until, **times_of(event))


@relationships.on(RelationshipEnded, keys=_its_relation)
def _ended(row: RelationshipRow | None, event: RelationshipEnded, key: str) -> RelationshipRow:
    row = _said(row or _between(event, key), event, {"end_reason": event.reason})
    return _bounded(row, Boundary(begins=False, day=event.until, **times_of(event)))


def _between(event: RelationshipRecorded | RelationshipEnded, key: str) -> RelationshipRow:
    return RelationshipRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        relation=key,
        a=event.a,
        b=event.b,
        relationship=event.relationship,
    )


def _said(row: RelationshipRow, event: CaseEvent, told: Mapping[str, object]) -> RelationshipRow:
    changes: dict[str, object] = {}
    said_at = dict(row.said_at)
    for name, value in told.items():
        known = value not in (None, YesNoUnknown.UNKNOWN)
        if known and supersedes(event, said_at.get(name)):
            changes[name], said_at[name] = value, event.occurred_at
    return row.model_copy(update={**changes, "said_at": said_at}) if changes else row


def _bounded(row: RelationshipRow, *told: Boundary) -> RelationshipRow:
    boundaries = row.boundaries
    for boundary in told:
        boundaries = with_boundary(boundaries, boundary)
    found = tuple(_period(period) for period in periods(boundaries))
    last = found[-1]
    return row.model_copy(
        update={
            "boundaries": boundaries,
            "periods": found,
            "since": last.since,
            "until": last.until,
            "ended": last.ended,
        }
    )


def _period(period: Period[Boundary]) -> RelationshipPeriod:
    begin, end = period.begin, period.end
    return RelationshipPeriod(
        since=begin.day if begin else None,
        until=end.day if end else None,
        ended=end is not None,
        said_at=begin.at if begin else None,
        ended_said_at=end.at if end else None,
    )
