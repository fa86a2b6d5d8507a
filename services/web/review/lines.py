"""A chronology as its page lists it: entries in order of happening, and where nobody was in
contact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from domain.times import in_london
from domain.vocabulary.people import YesNoUnknown
from projections.chronology_row import ChronologyRow, Inclusion
from projections.contacts import Gap
from services.happening import span, with_days
from services.web.case.filtering import type_in_words
from services.web.case.persons import Called, Persons
from services.web.case.withheld import WITHHELD, row_of
from services.web.dates import counted, day, happened, time_tag

_INCLUSION = {
    Inclusion.INCLUDED: "green",
    Inclusion.LEFT_OUT: "grey",
    Inclusion.UNDECIDED: "yellow",
}


@dataclass(frozen=True, slots=True)
class Silence:
    """A gap in contact, in words."""

    told: str
    days: str
    attempts: int


@dataclass(slots=True)
class Line:
    """One entry."""

    row: ChronologyRow
    title: str
    happened: Markup
    persons: Sequence[Called]
    hindsight: str | None
    """How much later the landlord knew, where nobody could act on it before."""
    gaps_before: list[Silence] = field(default_factory=list)
    gaps_after: list[Silence] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The id of its row."""
        return f"entry-{self.row.place}"

    @property
    def inclusion(self) -> tuple[str, str]:
        """Whether it has a place in the chronology: words and colour."""
        return self.row.include.label, _INCLUSION[self.row.include]

    @property
    def is_account_withheld(self) -> bool:
        """Whether what was told is there, and not for who looks."""
        return self.row.account == WITHHELD

    @property
    def says_outcome(self) -> bool:
        """Whether anything is known of what was decided, done, or told to others."""
        row = self.row
        return bool(row.decision or row.rationale or row.response or row.who_was_told)

    @property
    def seen(self) -> str | None:
        """Whether the person was seen, and alone, where it was a contact."""
        if self.row.seen is None:
            return None
        if self.row.seen is not YesNoUnknown.YES:
            return "Not seen" if self.row.seen is YesNoUnknown.NO else "Not known whether seen"
        alone = {YesNoUnknown.YES: "Seen alone", YesNoUnknown.NO: "Seen, not alone"}
        return alone.get(self.row.seen_alone or YesNoUnknown.UNKNOWN, "Seen")


def rows_shown(entries: Iterable[dict[str, Any]]) -> list[ChronologyRow]:
    """Return entries again of what they are shown as."""
    return [row_of(ChronologyRow, each) for each in entries]


def lines(rows: Iterable[ChronologyRow], persons: Persons) -> list[Line]:
    """Return entries as a page lists them."""
    return [_line(row, persons) for row in rows]


def with_gaps(listed: Sequence[Line], gaps: Sequence[Gap]) -> None:
    """Put each gap in contact between the entries it begins between."""
    for gap in gaps:
        after = next((line for line in listed if _day(line) > gap.since), None)
        if after is not None:
            after.gaps_before.append(silence(gap))
        elif listed:
            listed[-1].gaps_after.append(silence(gap))


def silence(gap: Gap) -> Silence:
    """Return a gap in contact in words: "3 to 21 May 2024"."""
    return Silence(_from_to(gap.since, gap.until), counted(gap.days, "day"), gap.failed_attempts)


def _from_to(since: date, until: date) -> str:
    if since.year != until.year:
        return f"{day(since)} to {day(until)}"
    if since.month != until.month:
        return f"{since.day} {since:%B} to {day(until)}"
    return f"{since.day} to {day(until)}"


def _line(row: ChronologyRow, persons: Persons) -> Line:
    told = happened(row.occurred_at, row.occurred_precision, row.occurred_to)
    return Line(
        row=row,
        title=_title(row),
        happened=time_tag(row.occurred_at, told),
        persons=[persons.called(person) for person in row.persons],
        hindsight=_hindsight(row),
    )


def _title(row: ChronologyRow) -> str:
    if row.headline == WITHHELD:
        return f"{type_in_words(row.type)} (details withheld)"
    return with_days(row.headline)


def _hindsight(row: ChronologyRow) -> str | None:
    if not row.is_hindsight:
        return None
    return f"known {span(row.known_after_days)} later, on {day(row.known_at)}"


def _day(line: Line) -> date:
    return in_london(line.row.occurred_at).date()
