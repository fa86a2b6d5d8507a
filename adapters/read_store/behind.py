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

# Several may be alike, such as one of each person: these are numbered.
_AFTER = SQL("""
WITH found AS (
    SELECT facts.*, row_number() OVER (
        PARTITION BY day, case_id, item, dimension ORDER BY until, value, authority
    ) AS number
    FROM ({}) AS facts
)
SELECT * FROM found
WHERE %(day)s::date IS NULL
   OR (day, case_id, item, dimension, number)
      > (%(day)s::date, %(case_id)s, %(item)s, %(part)s, %(number)s)
ORDER BY day, case_id, item, dimension, number LIMIT %(limit)s
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
    number: int
    """Of those that are alike in all else."""


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

    def place(self, number: int) -> FactPlace:
        """Return where it stands among others, as the one of that number of those alike."""
        return FactPlace(self.day, self.case_id, self.item, self.dimension, number)


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
    ) -> list[tuple[CaseFact, FactPlace]]:
        """Return the facts that follow a place, or the first ones, up to `limit`, with theirs."""
        day, case_id, item, part, number = place or (None,) * 5
        values = {"day": day, "case_id": case_id, "item": item, "part": part, "number": number}
        question = Question(_AFTER, self._values | values | {"limit": limit})
        (found,) = reading.ask(question)
        facts = ((CaseFact(*row[:-1]), row[-1]) for row in found)
        return [(fact, fact.place(number)) for fact, number in facts]

    def numbered_facts(self, reading: ReadingAs, some: Part) -> tuple[int, Sequence[CaseFact]]:
        """Return how many facts there are, and a part of them."""
        values = {"offset": some.offset, "limit": some.limit}
        (found,) = reading.ask(Question(_NUMBERED, self._values | values))
        return found[0][0], [CaseFact(*row) for _, *row in found if row[0] is not None]
