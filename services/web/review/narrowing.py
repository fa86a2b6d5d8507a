"""What narrows a chronology: what the author decided, what entries stand for, whose they are."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.vocabulary.coded import CodedList
from domain.vocabulary.reviews import Significance
from projections.chronology_row import ChronologyRow, Inclusion
from services.web.case.filtering import Option
from services.web.forms.answers import Answers, one
from services.web.listing import Address, Chosen
from services.web.page import Link

INCLUDE, SIGNIFICANCE, AGENCY, ONLY = "include", "significance", "agency", "only"
HINDSIGHT, VOICE = "hindsight", "voice"

C = TypeVar("C", bound=CodedList)

_ONLY = {HINDSIGHT: "Known only later", VOICE: "With the person's own view"}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was chosen; what is no choice of the list counts as none."""

    include: Inclusion | None = None
    significance: Significance | None = None
    agency: str = ""
    only: str = ""

    @classmethod
    def asked(cls, answers: Answers) -> "Narrowing":
        """Return what an address asks for."""
        only = one(answers, ONLY)
        return cls(
            _code(Inclusion, one(answers, INCLUDE)),
            _code(Significance, one(answers, SIGNIFICANCE)),
            one(answers, AGENCY),
            only if only in _ONLY else "",
        )

    @property
    def is_any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.include or self.significance or self.agency or self.only)

    def takes(self, row: ChronologyRow) -> bool:
        """Tell whether an entry is among those that are asked for."""
        return (
            self.include in (None, row.include)
            and self.significance in (None, row.significance)
            and self.agency in ("", row.agency)
            and (self.only != HINDSIGHT or row.is_hindsight)
            and (self.only != VOICE or row.voice is not None)
        )

    def chosen(self, address: Address) -> Iterator[Chosen]:
        """Yield what is chosen, each with where the list is without it."""
        without = address.having(page=None, saved=None)
        for heading, name, text in (
            ("In the chronology", INCLUDE, self.include and self.include.label),
            ("Significance", SIGNIFICANCE, self.significance and self.significance.label),
            ("Agency", AGENCY, self.agency),
            ("Only", ONLY, _ONLY.get(self.only)),
        ):
            if text:
                yield Chosen(heading, [Link(text, str(without.having(**{name: None})))])


def options(rows: Sequence[ChronologyRow]) -> dict[str, list[Option]]:
    """Return what there is to choose from, with how many entries each would leave."""
    agencies = Counter(row.agency for row in rows)
    return {
        INCLUDE: _coded(Inclusion, rows, lambda row: row.include),
        SIGNIFICANCE: _coded(Significance, rows, lambda row: row.significance),
        AGENCY: [Option(name, name, agencies[name]) for name in sorted(agencies, key=str.casefold)],
        ONLY: [
            Option(HINDSIGHT, _ONLY[HINDSIGHT], sum(row.is_hindsight for row in rows)),
            Option(VOICE, _ONLY[VOICE], sum(row.voice is not None for row in rows)),
        ],
    }


def _coded(
    codes: type[CodedList],
    rows: Sequence[ChronologyRow],
    of: Callable[[ChronologyRow], CodedList | None],
) -> list[Option]:
    counts = Counter(map(of, rows))
    return [Option(code.value, code.label, counts[code]) for code in codes if counts[code]]


def _code(codes: type[C], asked: str) -> C | None:
    return next((code for code in codes if code.value == asked), None)
