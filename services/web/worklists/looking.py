"""What somebody sees of lists: rows that the database shows them and the gate lets through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from starlette.requests import Request

from adapters.read_store.numbered import Part
from adapters.read_store.reach import reach_of
from adapters.read_store.reading_as import Question, ReadingAs
from adapters.read_store.worklists import For, heads_of_cases
from domain.access import Action
from domain.times import in_london
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification
from projections.case_state_row import CaseStatus
from projections.read_model import ReadModel, Row
from services.access import Visitor
from services.api.asked import Why
from services.api.context import Context
from services.api.lists.paging import Lister, Seen
from services.api.problems import Problem
from services.web.listing import Address, Paging
from services.web.signing_in import person_signed_in
from services.web.signing_in.navigation import may_sometimes

PAGE_SIZE = 20

R = TypeVar("R", bound=Row)
Asks = Callable[[Part], Question]
"""Asks for a part of a list, as `adapters.read_store.numbered` does."""


class CaseHead(NamedTuple):
    """What a case is, for lists of what belongs to cases."""

    classification: Classification
    risk: RiskLevel | None
    lead: str | None
    status: CaseStatus


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """A page of a list."""

    seen: Sequence[Seen[R]]
    number: int
    total: int
    """How many rows there are in all."""

    def paging(self, address: Address) -> Paging:
        """Return which part of the list it is; `address` is that of the list."""
        return Paging(address, self.number, PAGE_SIZE, self.total)

    @property
    def cases(self) -> list[UUID]:
        """The cases that the rows are of."""
        return list(dict.fromkeys(each.row.case_id for each in self.seen))


class Looking:
    """Lists for whoever is signed in, as they stand now."""

    def __init__(self, request: Request, context: Context, visitor: Visitor) -> None:
        """Raise the problem that no role of theirs shows cases in lists."""
        if not may_sometimes(person_signed_in(request).roles, Action.LIST):
            raise Problem("not-permitted", "No role of yours shows cases in lists.")
        self._context = context
        self._standing = context.gate.standing(visitor)
        self._lister = Lister(context, visitor, Why())
        self.reader = self._lister.reader
        self.now = context.clock()
        self.today = in_london(self.now).date()
        self.reach = reach_of(self._standing, self.now)
        """How far they see; what is counted for one is the same for all who see as far."""
        self.staff = self._standing.staff
        """How cases name them."""

    @property
    def reader_of_people(self) -> ReadingAs:
        """What reads only where one may see who people are, which reviewers do not in lists: what
        is looked for by a person is counted there, too."""
        reach = reach_of(replace(self._standing, reviews=()), self.now)
        return self._context.read_store.reading_as(reach)

    @property
    def reads_for(self) -> For:
        """For whom, and when, lists of what there is to do are."""
        return For(staff=self.staff, today=self.today, now=self.now)

    def page(
        self,
        model: ReadModel[R],
        asks: Asks,
        number: int,
        *,
        size: int = PAGE_SIZE,
        reader: ReadingAs | None = None,
        by_identity: bool = False,
    ) -> Found[R]:
        """Return a page of rows, or the last where there are not as many pages.

        What the gate holds back, as a case that was restricted a moment ago, counts for nothing.
        """
        part = Part((number - 1) * size, size)
        (found,) = (reader or self.reader).ask(asks(part))
        total = int(found[0][0])
        if number > 1 and total and found[0][1] is None:
            last = ceil(total / size)
            return self.page(model, asks, last, size=size, reader=reader, by_identity=by_identity)
        rows = [model.row.model_validate_json(text) for _, text in found if text is not None]
        seen = [
            each
            for each in self._lister.sieve(rows)
            if not (by_identity and PersonalClass.IDENTITY in each.masked)
        ]
        return Found(seen, number, total - (len(rows) - len(seen)))

    def heads(self, found: Found[R]) -> Mapping[UUID, CaseHead]:
        """Return what the cases are that rows belong to; the lead is left out where masked."""
        hidden = {each.row.case_id for each in found.seen if PersonalClass.IDENTITY in each.masked}
        (heads,) = self.reader.ask(heads_of_cases(found.cases))
        return {
            case_id: CaseHead(
                Classification(classification),
                RiskLevel(risk) if risk else None,
                None if case_id in hidden else lead,
                CaseStatus(status),
            )
            for case_id, classification, risk, lead, status in heads
        }

    def called(self, staff: str | None) -> str | None:
        """Return what somebody who works on cases is called in a list."""
        if staff is None:
            return None
        return "You" if staff in self.staff else staff.removeprefix("staff:")
