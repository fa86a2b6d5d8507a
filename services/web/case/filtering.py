"""What narrows a timeline: by agency, person, type of event and day. No name is in an address."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.times import in_london
from services.web.case.persons import Persons
from services.web.dates import day
from services.web.forms.answers import Answers, Fault, Wrong
from services.web.forms.moments import day_at
from services.web.listing import Address, Chosen
from services.web.page import Link

AGENCY, PERSON, TYPE, FROM, UNTIL = "agency", "person", "type", "from", "until"
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")

Shown = Mapping[str, Any]
"""A row as it is shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What was chosen."""

    agency: str = ""
    person: str = ""
    type: str = ""
    first: date | None = None
    last: date | None = None
    faults: tuple[Fault, ...] = ()

    @classmethod
    def asked(cls, answers: Answers) -> "Filter":
        """Return what an address asks for; what is no day is told and not filtered by."""
        faults: list[Fault] = []
        days: dict[str, date | None] = {}
        for name in (FROM, UNTIL):
            try:
                days[name] = day_at(answers, name)
            except Wrong as wrong:
                faults.append(Fault(wrong.name or name, str(wrong)))
        one = {name: next(iter(answers.get(name, ())), "") for name in (AGENCY, PERSON, TYPE)}
        return cls(
            one[AGENCY],
            one[PERSON],
            one[TYPE],
            days.get(FROM),
            days.get(UNTIL),
            tuple(faults),
        )

    @property
    def is_any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.agency or self.person or self.type or self.first or self.last)

    def takes(self, row: Shown) -> bool:
        """Tell whether an event is among those that are asked for."""
        if self.agency and row["actor_organisation"] != self.agency:
            return False
        if self.type and row["type"] != self.type:
            return False
        if self.person and self.person not in row["persons"]:
            return False
        return self._is_within(row)

    def _is_within(self, row: Shown) -> bool:
        if self.first is None and self.last is None:
            return True
        begins = _day(row["occurred_at"])
        ends = _day(row["occurred_to"]) if row["occurred_to"] else begins
        return (self.first is None or ends >= self.first) and (
            self.last is None or begins <= self.last
        )

    def chosen(self, address: Address, persons: Persons) -> Iterator[Chosen]:
        """Yield what is chosen, each with where the list is without it."""
        without = address.having(page=None, event=None)
        for heading, name, value, text in (
            ("Agency", AGENCY, self.agency, self.agency),
            ("Person", PERSON, self.person, persons.name(self.person)),
            ("Type", TYPE, self.type, type_in_words(self.type)),
        ):
            if value:
                yield Chosen(heading, [Link(text, str(without.having(**{name: None})))])
        for heading, name, on in (("From", FROM, self.first), ("To", UNTIL, self.last)):
            if on:
                parts: dict[str, str | int | None] = dict.fromkeys(
                    (f"{name}.day", f"{name}.month", f"{name}.year")
                )
                yield Chosen(heading, [Link(day(on), str(without.having(**parts)))])


def options(rows: Sequence[Shown], persons: Persons) -> dict[str, list[Option]]:
    """Return what there is to choose from, with how many events each would leave."""
    agencies = Counter(row["actor_organisation"] for row in rows)
    types = Counter(row["type"] for row in rows)
    people = Counter(person for row in rows for person in row["persons"])
    return {
        AGENCY: _sorted(Option(name, name, count) for name, count in agencies.items()),
        PERSON: _sorted(Option(ref, persons.name(ref), count) for ref, count in people.items()),
        TYPE: _sorted(Option(name, type_in_words(name), count) for name, count in types.items()),
    }


def type_in_words(name: str) -> str:
    """Return the name of an event type in words: `RiskAssessed` as `Risk assessed`."""
    first, *others = _WORD.split(name)
    return " ".join((first, *(word.lower() for word in others)))


def _sorted(found: Iterator[Option]) -> list[Option]:
    return sorted(found, key=lambda option: option.text.lower())


def _day(told: str) -> date:
    return in_london(datetime.fromisoformat(told)).date()
