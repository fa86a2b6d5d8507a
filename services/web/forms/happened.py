"""When it happened, and when the landlord first knew: asked of every event, never guessed.

What is told relative to today is settled as soon as it is told: a form may lie for days.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from domain.times import LONDON, end_of_day, in_london, start_of_day
from domain.vocabulary.record import Precision
from services.web.forms.answers import Answers, Wrong, one
from services.web.forms.moments import (
    as_parts,
    day_at,
    day_parts,
    month_of,
    on,
    time_at,
    year_of,
    yesterday,
)
from services.web.forms.questions import Choice, Kind, Question
from services.web.forms.words.common import WORDS

HAPPENED = Question(
    name="happened",
    kind=Kind.HAPPENED,
    ask=WORDS["occurred_at"].ask,
    required=True,
    choices=(
        Choice("today", "Today"),
        Choice("yesterday", "Yesterday"),
        Choice("day", "On another day, or only the month or year is known"),
        Choice("between", "Over some time"),
        Choice("unknown", "Not known"),
    ),
)
KNOWN = Question(
    name="known",
    kind=Kind.KNOWN,
    ask=WORDS["known_at"].ask,
    hint=WORDS["known_at"].hint,
    required=True,
    choices=(Choice("now", "Now, as I record it"), Choice("earlier", "Earlier")),
)

_AT = "happened.at"
_KNOWN_AT = "known.at"
FROM, TO = "happened.from", "happened.to"
ON, CLOCK, ABOUT = "happened.on", "happened.time", "happened.about"
KNOWN_ON, KNOWN_CLOCK = "known.on", "known.time"


class When(NamedTuple):
    """When something happened, how exactly that is known, and to when it went on."""

    at: datetime
    precision: Precision
    to: datetime | None = None

    def on_the_wire(self) -> dict[str, str]:
        """Return it as a message has it."""
        told = {"time": self.at.isoformat(), "timeprecision": self.precision.value}
        return told | ({"timeend": self.to.isoformat()} if self.to else {})


def settled(answers: Answers, now: datetime) -> dict[str, tuple[str, ...]]:
    """Return the answers with what is told relative to now told by the calendar."""
    told = dict(answers)
    today = in_london(now).date()
    chosen = one(answers, HAPPENED.name)
    days = {"today": today, "yesterday": yesterday(today)}
    if chosen in days:
        told |= as_parts(ON, days[chosen]) | {HAPPENED.name: ("day",)}
    if chosen == "unknown" and not one(answers, _AT):
        told[_AT] = (now.isoformat(),)
    if one(answers, KNOWN.name) == "now" and not one(answers, _KNOWN_AT):
        told[_KNOWN_AT] = (now.isoformat(),)
    return told


def happened_in(answers: Answers, now: datetime) -> When | None:
    """Return when it happened, as far as that was told; None where it was not. Raises `Wrong`."""
    chosen = one(answers, HAPPENED.name)
    if not chosen:
        return None
    if chosen == "unknown":
        # It is shown as "about" the time at which we came to know of it.
        return When(known_in(answers, now) or _kept(answers, _AT, now), Precision.APPROXIMATE)
    if chosen == "between":
        return _over_some_time(answers, now)
    days = {"today": in_london(now).date(), "yesterday": yesterday(in_london(now).date())}
    clock = time_at(answers, CLOCK)
    if chosen in days:
        return _not_ahead(_on_a_day(answers, days[chosen], clock), now, CLOCK)
    when = _another_day(answers, clock)
    is_today = in_london(when.at).date() == days["today"]
    return _not_ahead(when, now, CLOCK if is_today else f"{ON}.day")


def known_in(answers: Answers, now: datetime) -> datetime | None:
    """Return when the landlord first knew, as far as that was told. Raises `Wrong`."""
    chosen = one(answers, KNOWN.name)
    if not chosen:
        return None
    if chosen == "now":
        return _kept(answers, _KNOWN_AT, now)
    day, clock = day_at(answers, KNOWN_ON), time_at(answers, KNOWN_CLOCK)
    if day is None:
        raise Wrong("Enter the day on which we first knew", f"{KNOWN_ON}.day")
    known = on(day, clock)
    if known > now:
        raise Wrong("When we first knew must not lie in the future", f"{KNOWN_ON}.day")
    return known


def _another_day(answers: Answers, clock: time | None) -> When:
    day, month, year = day_parts(answers, ON)
    if not year:
        raise Wrong("Enter the year at least", f"{ON}.year")
    if day:
        told = day_at(answers, ON)
        assert told is not None
        return _on_a_day(answers, told, clock)
    if clock is not None:
        raise Wrong("Enter the day, too, or leave out the time", f"{ON}.day")
    if month:
        first = date(year_of(ON, year), month_of(ON, month), 1)
        return When(start_of_day(first), Precision.MONTH)
    return When(start_of_day(date(year_of(ON, year), 1, 1)), Precision.YEAR)


def _on_a_day(answers: Answers, day: date, clock: time | None) -> When:
    precision = Precision.DAY if clock is None else Precision.INSTANT
    return When(on(day, clock), Precision.APPROXIMATE if one(answers, ABOUT) else precision)


def _over_some_time(answers: Answers, now: datetime) -> When:
    first, last = day_at(answers, FROM), day_at(answers, TO)
    if first is None:
        raise Wrong("Enter the day on which it began", f"{FROM}.day")
    if last is None:
        raise Wrong("Enter the day on which it ended, or today if it goes on", f"{TO}.day")
    if last < first:
        raise Wrong("It must not end before it began", f"{TO}.day")
    if start_of_day(last) > now:
        raise Wrong("It must not end in the future", f"{TO}.day")
    return When(start_of_day(first), Precision.RANGE, end_of_day(last))


def _not_ahead(when: When, now: datetime, name: str) -> When:
    if when.at > now:
        raise Wrong("When it happened must not lie in the future", name)
    return when


def _kept(answers: Answers, name: str, now: datetime) -> datetime:
    """Return the moment that was settled; what browsers send for it is not trusted to be one."""
    try:
        kept = datetime.fromisoformat(one(answers, name))
    except ValueError:
        return now
    return min(kept if kept.tzinfo else kept.replace(tzinfo=LONDON), now)
