"""Reads for somebody what lies behind a figure: facts of the cases that they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from psycopg.sql import SQL

from adapters.read_store.kpi import BEHIND, Period
from adapters.read_store.numbered import Part
from adapters.read_store.reading_as import Question, ReadingAs

_FACTS = SQL("""
SELECT f.day, f.case_id, f.item, f.dimension, f.case_ref, f.until, f.authority,
       f.value::float8 AS value
FROM read_models.dashboard_open_facts AS f {}
  AND (%(dimension)s::text IS NULL OR f.dimension = %(dimension)s)
""").format(BEHIND)

_AFTER = SQL("""
SELECT * FROM ({}) AS found
WHERE %(day)s::date IS NULL
   OR (day, case_id, item, dimension) > (%(day)s::date, %(case_id)s, %(item)s, %(part)s)
ORDER BY day, case_id, item, dimension LIMIT %(limit)s
""").format(_FACTS)

_NUMBERED = SQL("""
WITH found AS MATERIALIZED ({}),
page AS (
    SELECT * FROM found ORDER BY day, case_id, item, dimension LIMIT %(limit)s OFFSET %(offset)s
)
SELECT counted.total, page.* FROM (SELECT count(*) AS total FROM found) AS counted
LEFT JOIN page ON true
ORDER BY day, case_id, item, dimension
""").format(_FACTS)


class FactPlace(NamedTuple):
    """Where a fact of a case stands among others."""

    day: date
    case_id: UUID
    item: str
    dimension: str


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What a figure counts of a case that may be named."""

    day: date
    case_id: UUID
    item: str
    dimension: str
    case_ref: str
    until: date | None
    authority: str | None
    value: float

    @property
    def place(self) -> FactPlace:
        """Where it stands among others."""
        return FactPlace(self.day, self.case_id, self.item, self.dimension)


@dataclass(frozen=True, slots=True)
class Behind:
    """Behind which figure to look, of which period, of one authority or of all, and of one part."""

    figure: str
    period: Period
    authority: str | None = None
    dimension: str | None = None

    @property
    def _values(self) -> dict[str, object]:
        return {
            "figure": self.figure,
            "starts_on": self.period.starts_on,
            "ends_on": self.period.ends_on,
            "authority": self.authority,
            "dimension": self.dimension,
        }

    def facts_after(
        self, reading: ReadingAs, place: FactPlace | None, limit: int
    ) -> list[CaseFact]:
        """Return the facts that follow a place, or the first ones, up to `limit`."""
        day, case_id, item, part = place or (None, None, None, None)
        values = {"day": day, "case_id": case_id, "item": item, "part": part, "limit": limit}
        (found,) = reading.ask(Question(_AFTER, self._values | values))
        return [CaseFact(*row) for row in found]

    def numbered_facts(self, reading: ReadingAs, some: Part) -> tuple[int, Sequence[CaseFact]]:
        """Return how many facts there are, and a part of them."""
        values = {"offset": some.offset, "limit": some.limit}
        (found,) = reading.ask(Question(_NUMBERED, self._values | values))
        return found[0][0], [CaseFact(*row) for _, *row in found if row[0] is not None]
