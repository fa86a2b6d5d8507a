"""Time as an office spends it, on an English wall clock.

Moments here are wall-clock times without a zone: stories are told in them, `wire` puts them in UTC.
Bank holidays are those that the locked release of `holidays` knows: another may move some events.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.times import LONDON
from domain.working_days import is_working_day, working_day
from services.simulation.dice import Dice

_OPENS = time(8, 45)
_CLOSES = time(17, 30)
_OPEN_MINUTES = 525


def in_office_hours(moment: datetime, dice: Dice) -> datetime:
    """Return `moment`, or a time early on the next working day where the office is closed then."""
    if is_working_day(moment.date()) and _OPENS <= moment.time() <= _CLOSES:
        return moment
    ahead = moment.time() > _OPENS
    day = working_day(moment.date(), 0) if not ahead else _next_working_day(moment.date())
    return datetime.combine(day, _OPENS) + timedelta(minutes=dice.whole(0, 75))


def working_days_later(moment: datetime, days: int, dice: Dice) -> datetime:
    """Return some time in office hours so many working days later; for 0, hours later."""
    if days == 0:
        return in_office_hours(moment + timedelta(minutes=dice.whole(40, 200)), dice)
    day = working_day(moment.date(), days)
    return datetime.combine(day, _OPENS) + timedelta(minutes=dice.whole(0, _OPEN_MINUTES))


def _next_working_day(day: date) -> date:
    return working_day(day, 1)


@lru_cache(maxsize=4096)
def _offset(day: date) -> timedelta:
    # As of noon: no story is told in the hour in which clocks change.
    offset = datetime.combine(day, time(12), LONDON).utcoffset()
    assert offset is not None
    return offset


def wire(moment: datetime) -> str:
    """Return a wall-clock moment as events carry it, in UTC."""
    return f"{(moment - _offset(moment.date())).isoformat(timespec='seconds')}Z"
