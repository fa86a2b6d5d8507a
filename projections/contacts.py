"""Contact with people, made and failed: who was seen, seen alone, and heard; and the gaps."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.latest import period_end
from domain.streams import FILES
from domain.times import in_london
from domain.vocabulary.consent import Direction
from domain.vocabulary.contact import ContactFailure, ContactMode
from domain.vocabulary.people import YesNoUnknown
from projections.event_row import EventRow, told_by
from projections.personal_columns import Account, Pseudonym
from projections.read_model import ReadModel


class ContactRow(EventRow):
    """One contact with a person, or one attempt at it that failed."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    INDEXED: ClassVar[tuple[str, ...]] = ("person",)

    no_later_than: datetime
    """The last moment at which it may have been."""
    made: bool
    """Whether there was contact; else it failed."""
    person: Pseudonym[str | None]
    """With whom, or whom it was to reach; None where that was not said."""
    mode: ContactMode
    """How it was made or tried."""
    direction: Direction | None = None
    """Whether the landlord or the other side made it; None for a failed attempt."""
    seen: YesNoUnknown
    """Whether the person was seen; no, where it failed."""
    seen_alone: YesNoUnknown | None = None
    """Whether they were seen with nobody else there, where that was said."""
    voice: Account[str | None] = None
    """What the person said or showed of their own view."""
    understanding_checked: YesNoUnknown | None = None
    """Whether it was made sure that they understand what is asked of them, where that was said."""
    observations: Account[str | None] = None
    """What else was seen."""
    professional_curiosity: Account[str | None] = None
    """What did not seem right, and what was asked because of it."""
    failure: ContactFailure | None = None
    """Why it failed."""
    attempt_no: int | None = None
    """Which attempt in a row it was, as counted by whoever tried."""


contacts = ReadModel("contacts", 1, ContactRow, streams=FILES)


def _itself(event: CaseEvent) -> tuple[str, ...]:
    return (str(event.event_id),)


@contacts.on(ContactMade, keys=_itself)
def _made(_: ContactRow | None, event: ContactMade, key: str) -> ContactRow:
    return ContactRow(
        **told_by(event),
        no_later_than=period_end(event),
        made=True,
        person=event.person,
        mode=event.mode,
        direction=event.direction,
        seen=event.seen,
        seen_alone=event.seen_alone,
        voice=event.voice,
        understanding_checked=event.understanding_checked,
        observations=event.observations,
        professional_curiosity=event.professional_curiosity,
    )


@contacts.on(ContactAttemptFailed, keys=_itself)
def _failed(_: ContactRow | None, event: ContactAttemptFailed, key: str) -> ContactRow:
    return ContactRow(
        **told_by(event),
        no_later_than=period_end(event),
        made=False,
        person=event.person,
        mode=event.mode,
        seen=YesNoUnknown.NO,
        failure=event.reason,
        attempt_no=event.attempt_no,
    )


class Gap(Part):
    """A time without contact, or without sight of the person: a fact for a chronology to state."""

    since: date
    """The day of the contact before it, or the first day looked at."""
    until: date
    """The day of the contact after it, or the last day looked at."""
    days: int
    """Calendar days from the one to the other."""
    failed_attempts: int
    """How often contact was tried in it in vain."""


def gaps(
    rows: Iterable[ContactRow],
    at_least_days: int,
    *,
    person: str | None = None,
    in_sight: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> list[Gap]:
    """Return the gaps of at least so many days in contact with `person`, or with anyone.

    With `in_sight`, only contact in which the person was seen ends a gap. `since` and `until` are
    the first and last day to look at; left out, those of the first and last contact. What is known
    only roughly counts at its widest, so that no gap is stated that may not have been one.
    """
    told = sorted(
        (row for row in rows if person is None or row.person == person),
        key=lambda row: (row.occurred_at, row.event_id),
    )
    ends = (row for row in told if row.made and (not in_sight or row.seen is YesNoUnknown.YES))
    days = [(_day(row.occurred_at), _day(row.no_later_than)) for row in ends]
    tried = [_day(row.occurred_at) for row in told if not row.made]
    return [
        Gap(
            since=first,
            until=last,
            days=(last - first).days,
            failed_attempts=sum(first <= day <= last for day in tried),
        )
        for first, last in _between(days, since, until)
        if (last - first).days >= at_least_days
    ]


def _between(
    days: Iterable[tuple[date, date]], since: date | None, until: date | None
) -> Iterator[tuple[date, date]]:
    """Yield from when to when there was nothing, within the days to look at."""
    reached = since
    for first, last in days:
        if until is not None and first > until:
            break
        if reached is not None and first > reached:
            yield reached, first
        reached = last if reached is None else max(reached, last)
    if until is not None and reached is not None and until > reached:
        yield reached, until


def _day(moment: datetime) -> date:
    return in_london(moment).date()
