"""What of the messages that wait or are in quarantine is looked for, as the address says it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Annotated, NamedTuple

from fastapi import Depends, Query

from adapters.event_store.open_entries import OpenCount, OpenWanted
from domain.outcomes import Outcome, Reason
from services.web.dates import day, short_day
from services.web.listing import Address, Chosen
from services.web.page import Link


class Option(NamedTuple):
    """Something to choose, and how many entries there are of it."""

    value: str
    text: str
    entries: int


@dataclass(frozen=True, slots=True)
class Group:
    """Entries with the same reason and source."""

    outcome: Outcome
    reason: Reason | None
    source: str
    entries: int
    first: datetime
    last: datetime

    @property
    def href(self) -> str:
        """Where they are listed."""
        wanted = OpenWanted(self.outcome, self.reason, self.source)
        return f"{Address('/admin/intake', query_of(wanted))}#results"


def in_words(reason: Reason | str | None) -> tuple[str, str]:
    """Return what a reason says is wrong, and what is to be done about it."""
    if reason is None:
        return "No reason on record", ""
    what, _, advice = Reason(reason).label.partition("; ")
    return what, advice[:1].upper() + advice[1:]


def wanted(
    outcome: Annotated[str, Query(max_length=20)] = "",
    reason: Annotated[str, Query(max_length=40)] = "",
    source: Annotated[str, Query(max_length=500)] = "",
    day: Annotated[str, Query(max_length=10)] = "",
) -> OpenWanted:
    """Return what is looked for; what is no such thing is not looked for."""
    return wanted_of({"outcome": outcome, "reason": reason, "source": source, "day": day})


def wanted_of(told: dict[str, str]) -> OpenWanted:
    """Return what an address or a form asks for."""
    return OpenWanted(
        _outcome(told.get("outcome", "")),
        _reason(told.get("reason", "")),
        told.get("source", "").replace("\x00", "") or None,
        _day(told.get("day", "")),
    )


Wanted = Annotated[OpenWanted, Depends(wanted)]
"""A parameter of a route: which entries are looked for."""


def _outcome(code: str) -> Outcome | None:
    return next((each for each in (Outcome.WAITING, Outcome.QUARANTINED) if each == code), None)


def _reason(code: str) -> Reason | None:
    return next((each for each in Reason if each == code), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def query_of(wanted: OpenWanted) -> tuple[tuple[str, str], ...]:
    """Return how an address says what is looked for."""
    values = ((each.name, getattr(wanted, each.name)) for each in fields(wanted))
    return tuple((name, str(value)) for name, value in values if value is not None)


def chosen(wanted: OpenWanted, address: Address) -> list[Chosen]:
    """Return what is chosen in words, each with a link to the list without it."""
    headings = {"outcome": "State", "reason": "Reason", "source": "Source", "day": "Received on"}
    return [
        Chosen(headings[name], [Link(_words(name, value), str(address.without(name, value)))])
        for name, value in query_of(wanted)
    ]


def _words(name: str, value: str) -> str:
    match name:
        case "outcome":
            return Outcome(value).label
        case "reason":
            return in_words(Reason(value))[0]
        case "day":
            return day(date.fromisoformat(value))
        case _:
            return value


def options(counts: Sequence[OpenCount]) -> dict[str, list[Option]]:
    """Return what can be chosen: what there is, with how much."""
    return {
        "outcome": _options(counts, lambda each: each.outcome, lambda value: Outcome(value).label),
        "reason": _options(
            counts, lambda each: each.reason or "", lambda value: in_words(value)[0]
        ),
        "source": _options(counts, lambda each: each.source, str),
        "day": _options(
            counts,
            lambda each: each.day.isoformat(),
            lambda value: short_day(date.fromisoformat(value)),
            latest_first=True,
        ),
    }


def _what(reason: str) -> str:
    return in_words(reason)[0]


def _options(
    counts: Iterable[OpenCount],
    value_of: Callable[[OpenCount], str],
    words_of: Callable[[str], str],
    *,
    latest_first: bool = False,
) -> list[Option]:
    found: Counter[str] = Counter()
    for each in counts:
        found[value_of(each)] += each.entries
    values = sorted((value for value in found if value), reverse=latest_first)
    return [Option(value, words_of(value), found[value]) for value in values]


def groups(counts: Iterable[OpenCount]) -> list[Group]:
    """Return what is open by reason and source, what is in quarantine and the most of it first."""
    found: dict[tuple[str, str | None, str], Group] = {}
    for each in counts:
        key = (each.outcome, each.reason, each.source)
        before = found.get(key)
        found[key] = Group(
            Outcome(each.outcome),
            Reason(each.reason) if each.reason else None,
            each.source,
            each.entries + (before.entries if before else 0),
            min(each.first, before.first) if before else each.first,
            max(each.last, before.last) if before else each.last,
        )
    return sorted(found.values(), key=lambda each: (each.outcome, -each.entries, each.source))
