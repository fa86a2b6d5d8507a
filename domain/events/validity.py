"""What counts from a day on shares: from when it is in force, and until when."""

from datetime import datetime
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.times import Day, end_of_day, start_of_day


class Ruling(CaseEvent):
    """What others are judged by from a day on, and never before it was on record.

    What was right when it was done stays right: a ruling recorded late counts from when it was
    recorded, whatever day it names.
    """

    valid_from: Day
    """The first day on which it is to count, or, where it is recorded later, that moment."""

    @property
    def in_force_from(self) -> datetime:
        """The moment from which it counts: the start of `valid_from` in England, or, where that
        lies before it was recorded, when it was recorded."""
        return max(start_of_day(self.valid_from), self.recorded_at)

    @property
    def in_force_until(self) -> datetime | None:
        """The last moment at which it counts; None: until another takes its place."""
        return None

    def in_force_at(self, moment: datetime) -> bool:
        """Tell whether it counts at `moment`, were there no other."""
        until = self.in_force_until
        return self.in_force_from <= moment and (until is None or moment <= until)


class Agreement(Ruling):
    """A ruling that may be limited in time."""

    valid_to: Day | None = None
    """The last day on which it counts; left out, until another takes its place."""

    @property
    @override
    def in_force_until(self) -> datetime | None:
        return None if self.valid_to is None else end_of_day(self.valid_to)

    @model_validator(mode="after")
    def _validity_is_in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise PydanticCustomError("invalid-range", "valid_to lies before valid_from")
        return self
