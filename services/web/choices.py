"""What narrows a list: choices and days that stand in its address, in one way of writing it.

A form that asks for a list sends what was left empty, too, and a day in three parts. Whoever comes
with that is sent on to the address that says the same in short, so that it can be kept and shared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Self

from starlette.requests import Request

from domain.times import parse_date
from services.web.dates import day
from services.web.forms.answers import Answers, Fault, Wrong, answers_of, one, several
from services.web.forms.moments import day_at, day_parts
from services.web.listing import Address, Chosen
from services.web.page import Link

SORT, PAGE = "sort", "page"
_LONGEST = 100
_MOST_PAGES = 10_000


class Choice(NamedTuple):
    """One question of a filter, whose answers are chosen from a list."""

    name: str
    heading: str
    options: Mapping[str, str]
    """By what stands in the address, what is shown."""
    kind: Literal["checkboxes", "radios", "select"] = "checkboxes"

    def selected(self, answers: Answers) -> tuple[str, ...]:
        """Return what is chosen, in the order of the list; what is not in it does not count."""
        asked = several(answers, self.name)
        chosen = tuple(value for value in self.options if value in asked)
        return chosen if self.kind == "checkboxes" else chosen[:1]


class DayChoice(NamedTuple):
    """One question of a filter, whose answer is a day."""

    name: str
    heading: str
    is_rare: bool = False
    """Whether the form shows it only to who asks for more."""


@dataclass(frozen=True, slots=True)
class Filtering:
    """What somebody narrows a list by."""

    address: Address
    """Of the list, written in short, from its first page on."""
    choices: Sequence[Choice]
    days: Sequence[DayChoice]
    selected: Mapping[str, tuple[str, ...]]
    """By the name of each choice."""
    on: Mapping[str, date | None]
    """By the name of each day."""
    typed: Mapping[str, tuple[str, str, str]]
    """The days as they are to be shown in the form."""
    kept: Mapping[str, str]
    """What stands in the address beside, by its name; empty where it does not."""
    number: int
    """The number of the page."""
    faults: Sequence[Fault]
    is_short: bool
    """Whether the address that was asked for is written in short, too."""

    @classmethod
    def asked(
        cls,
        request: Request,
        choices: Sequence[Choice],
        days: Sequence[DayChoice] = (),
        keeping: Sequence[str] = (),
    ) -> Self:
        """Return what the address of a request says; `keeping` are names of what is no choice."""
        sent = request.query_params.multi_items()
        answers = answers_of(sent)
        selected = {choice.name: choice.selected(answers) for choice in choices}
        on, faults = _days(answers, days)
        kept = {name: one(answers, name)[:_LONGEST] for name in (*keeping, SORT)}
        number = _number(one(answers, PAGE))
        query = tuple(_written(selected, on, kept))
        in_full = (*query, (PAGE, str(number))) if number > 1 else query
        return cls(
            address=Address(request.url.path, query),
            choices=choices,
            days=days,
            selected=selected,
            on=on,
            typed={each.name: _shown(answers, each.name, on[each.name]) for each in days},
            kept=kept,
            number=number,
            faults=faults,
            is_short=bool(faults) or sorted(in_full) == sorted(sent),
        )

    @property
    def used_days(self) -> list[str]:
        """The names of the days at which anything was typed."""
        return [name for name, parts in self.typed.items() if any(parts)]

    def only(self, name: str) -> str:
        """Return what is chosen where only one may be; empty where nothing is."""
        return next(iter(self.selected[name]), "")

    @property
    def short(self) -> str:
        """The address that was asked for, page and all, written in short."""
        return str(self.address.having(page=self.number if self.number > 1 else None))

    @property
    def query(self) -> str:
        """The query of the address, without the question mark."""
        return str(self.address).partition("?")[2]

    @property
    def chosen(self) -> list[Chosen]:
        """What is chosen, each with where the list is without it."""
        found = []
        for choice in self.choices:
            values = self.selected[choice.name]
            links = [
                Link(choice.options[value], str(self.address.without(choice.name, value)))
                for value in values
            ]
            if links:
                found.append(Chosen(choice.heading, links))
        for each in self.days:
            if (on := self.on[each.name]) is not None:
                without = self.address.having(**{each.name: None})
                found.append(Chosen(each.heading, [Link(day(on), str(without))]))
        return found

    @property
    def clear_href(self) -> str:
        """Where the list is without anything chosen, sorted as it is."""
        names = [*self.selected, *self.on]
        return str(self.address.having(**dict.fromkeys(names)))

    def in_form(self) -> Iterator[tuple[str, str]]:
        """Yield what the form has to send along, though it does not ask for it."""
        yield from ((name, value) for name, value in self.kept.items() if value)


def _days(
    answers: Answers, days: Sequence[DayChoice]
) -> tuple[dict[str, date | None], list[Fault]]:
    on: dict[str, date | None] = {}
    faults: list[Fault] = []
    for each in days:
        on[each.name] = None
        try:
            told = one(answers, each.name)
            on[each.name] = parse_date(told) if told else day_at(answers, each.name)
        except Wrong as wrong:
            name = wrong.name or f"{each.name}.day"
            faults.append(Fault(name, f"{each.heading}: {_uncapitalised(str(wrong))}"))
        except ValueError:
            faults.append(Fault(f"{each.name}.day", f"{each.heading} must be a real date"))
    return on, faults


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _written(
    selected: Mapping[str, tuple[str, ...]],
    on: Mapping[str, date | None],
    kept: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, values in selected.items() for value in values)
    yield from ((name, told.isoformat()) for name, told in on.items() if told)
    yield from ((name, value) for name, value in kept.items() if value)


def _shown(answers: Answers, name: str, on: date | None) -> tuple[str, str, str]:
    return (str(on.day), str(on.month), str(on.year)) if on else day_parts(answers, name)


def _number(told: str) -> int:
    is_number = told.isascii() and told.isdigit() and len(told) <= len(str(_MOST_PAGES))
    return min(max(int(told), 1), _MOST_PAGES) if is_number else 1
