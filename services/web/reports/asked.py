"""Of which periods a report is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query

from adapters.read_store.kpi import Period
from domain.times import Day
from services.api.lists.paging import Term
from services.web.listing import Address
from services.web.page import Link
from services.web.reports.series import HOW_MANY

Kind = Literal["month", "quarter", "year", "financial-year"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    period: Kind
    day: date | None
    authority: str | None

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """How addresses say so."""
        told = {
            "period": self.period,
            "day": self.day.isoformat() if self.day else None,
            "authority": self.authority,
        }
        return tuple((name, value) for name, value in told.items() if value)

    def last(self, today: date) -> Period:
        """Return the last of the periods that stand side by side."""
        return Period.around(self.period, min(self.day or today, today))

    @property
    def how_many(self) -> int:
        """How many stand side by side."""
        return HOW_MANY[self.period]

    def neighbours(self, path: str, last: Period, today: date) -> list[Link]:
        """Return where the periods before are, and those after as far as there are any."""
        address, earlier, later = Address(path, self.query), last, last
        for _ in range(self.how_many):
            earlier, later = earlier.before(), later.after()
        links = [Link("Earlier", str(address.having(day=earlier.starts_on.isoformat())))]
        if last.ends_on < today:
            day = min(later.starts_on, Period.around(self.period, today).starts_on)
            links.append(Link("Later", str(address.having(day=day.isoformat()))))
        return links


async def _asked(
    period: Annotated[Kind, Query()] = "quarter",
    day: Annotated[Day | None, Query()] = None,
    authority: Annotated[Term | Literal[""] | None, Query()] = None,
) -> Asked:
    # In the event loop: whatever is no coroutine takes a thread for each request.
    return Asked(period, day, authority or None)


AskedPeriods = Annotated[Asked, Depends(_asked)]
"""A parameter of a route: of which periods a report is asked for."""
