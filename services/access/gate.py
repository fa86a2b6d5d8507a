"""Decides about what is asked for, records that, and then opens it, in this order."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

import structlog

from adapters.access_store.records import AccessRecord
from adapters.access_store.standing import Found
from adapters.access_store.store import AccessStore, AccessStoreUnavailable
from adapters.event_store.application import Cases, StoreUnavailable
from domain.access import RULES, Action, Decision, Duty, Glass, Request, decide
from domain.access.asking import (
    GLASS_A_DAY,
    Asked,
    asking_at_large,
    asking_for_case,
    review_access,
)
from domain.access.case_standing import CaseStanding
from domain.access.standing import ReviewAccess, Standing
from domain.identity import case_id_of
from domain.persons import persons_of
from domain.streams import StreamKind, stream_kind
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass
from services.access.read_budget import READING, SPENT, ReadBudget
from services.access.visitor import (
    AccessUnavailable,
    Asking,
    Forbidden,
    NotThere,
    ReadBudgetSpent,
    Visitor,
)

_GLASS_DAY = timedelta(hours=24)
_BUDGET_SPENT = Decision(False, (SPENT,), duties=frozenset({Duty.RECORD}))

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that a visitor may see or act on as they asked."""

    case_id: UUID
    case_ref: str
    version: int
    """The last event of the case when it was decided."""
    position: int
    """Its place in the global order."""
    standing: Standing
    decision: Decision
    scope: ReviewAccess | None = None
    """The days that were granted to a reviewer, where that is all they may see."""
    in_emergency: bool = False
    """Whether the visitor has broken the glass for it, and that still counts."""

    @property
    def masked(self) -> frozenset[PersonalClass]:
        """The classes of personal data that are not to be shown."""
        return self.decision.masked


@dataclass(frozen=True, slots=True)
class Sifted:
    """Those of some cases that a visitor may see in a list, each with what is masked."""

    masked: Mapping[UUID, frozenset[PersonalClass]]


@dataclass(frozen=True, slots=True)
class OwnGlass:
    """What a visitor broke of the glass of a case, and whether they may break any more today."""

    times: int
    until: datetime | None
    """Until when it counts as broken; None where it does not."""
    is_spent: bool


class Gate:
    """Safe to use from several threads; blocking."""

    def __init__(
        self,
        access: AccessStore,
        cases: Cases,
        clock: Callable[[], datetime],
        *,
        read_budget: int | None = None,
    ) -> None:
        """`read_budget` is how many cases one person may read within an hour; None for any."""
        self._access = access
        self._budget = ReadBudget(access, read_budget) if read_budget else None
        self._cases = cases
        self._clock = clock

    def open(self, visitor: Visitor, asking: Asking, case_id: UUID) -> Opened:
        """Return the case, decided and recorded.

        Raises `NotThere` where it is not there or the visitor may not see it, `ReadBudgetSpent`
        where they read too many others, and `AccessUnavailable` where that cannot be decided or
        recorded.
        """
        return self._open(visitor, asking, case_id)

    def enter(self, visitor: Visitor, asking: Asking, reference: str) -> Opened:
        """Return the file of a person or property, to record something on it.

        It need not be there yet. Raises what `open` does.
        """
        return self._open(visitor, asking, case_id_of(reference), reference)

    def _open(
        self, visitor: Visitor, asking: Asking, case_id: UUID, new: str | None = None
    ) -> Opened:
        who, found = self._facts(visitor, [case_id])
        case = _as_a_case(found[case_id]) if new is None else found[case_id]
        case = case._replace(case_ref=case.case_ref or new)
        now = self._clock()
        request = asking_for_case(
            who,
            asking.action,
            self._asked(who, asking.action, case_id, case, now),
            now,
            field=asking.field,
            purpose=asking.purpose is not None,
            own=asking.own,
            foreign=asking.foreign,
        )
        decision = decide(request)
        is_there = case.case_ref is not None
        opens = is_there and decision.permitted
        free_at = self._free_at(visitor, request, case_id, now) if opens else None
        if free_at is not None:
            decision = _BUDGET_SPENT
        if Duty.RECORD in decision.duties or not is_there:
            entry = _record(visitor, who, asking, decision, now, is_there)
            self._record([_about(entry, case_id, case)])
        if free_at is not None:
            _log.warning("read_budget_spent")
            raise ReadBudgetSpent(ceil((free_at - now).total_seconds()))
        if case.case_ref is None or not decision.permitted:
            raise NotThere
        scope = _scope(who, case_id, request.roles, now)
        broken = request.glass is Glass.ACTIVE
        version, position = case.version, case.position
        return Opened(case_id, case.case_ref, version, position, who, decision, scope, broken)

    def allow(self, visitor: Visitor, asking: Asking) -> tuple[Standing, Decision]:
        """Return how the visitor stands, where they may do what concerns no case.

        Raises `Forbidden` where they may not, and `AccessUnavailable` as `open` does.
        """
        who, _ = self._facts(visitor, ())
        now = self._clock()
        request = asking_at_large(
            who,
            asking.action,
            now,
            purpose=asking.purpose is not None,
            own=asking.own,
            foreign=asking.foreign,
        )
        decision = decide(request)
        if Duty.RECORD in decision.duties:
            self._record([_record(visitor, who, asking, decision, now, True)])
        if not decision.permitted:
            raise Forbidden(decision.rule, RULES[decision.rule].why)
        return who, decision

    def sift(self, visitor: Visitor, asking: Asking, case_ids: Sequence[UUID]) -> Sifted:
        """Return those of the cases that may be shown to the visitor in a list, and record that."""
        who, found = self._facts(visitor, case_ids)
        now = self._clock()
        shown: dict[UUID, frozenset[PersonalClass]] = {}
        entries: list[AccessRecord] = []
        for case_id, case in found.items():
            asked = self._asked(who, asking.action, case_id, case, now)
            decision = decide(
                asking_for_case(who, asking.action, asked, now, purpose=asking.purpose is not None)
            )
            if decision.permitted and case.version:
                shown[case_id] = decision.masked
            if decision.permitted and Duty.RECORD in decision.duties:
                entry = _record(visitor, who, asking, decision, now, True)
                entries.append(_about(entry, case_id, case))
        if entries:
            self._record(entries)
        return Sifted(shown)

    def own_glass(self, visitor: Visitor, case_id: UUID) -> OwnGlass:
        """Return what the visitor broke of the glass of a case, there or not."""
        who, found = self._facts(visitor, [case_id])
        now = self._clock()
        with _deciding():
            broken = self._access.glass_broken(visitor.principal, now - _GLASS_DAY)
        mine = [each for each in found[case_id].standing.glass if each.staff in who.staff]
        until = max((each.until for each in mine if now <= each.until), default=None)
        return OwnGlass(len(mine), until, broken >= GLASS_A_DAY)

    def log_of(self, opened: Opened, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return who asked for a case that was opened for that, the latest first."""
        with _deciding():
            return self._access.of_case(opened.case_id, before=before, limit=limit)

    def own_log(self, visitor: Visitor, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return what the visitor asked for, the latest first."""
        with _deciding():
            return self._access.of_principal(visitor.principal, before=before, limit=limit)

    def notices(self, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return what safeguarding and privacy officers are to be told of, the latest first."""
        with _deciding():
            return self._access.notices(before=before, limit=limit)

    def standing(self, visitor: Visitor) -> Standing:
        """Return how the visitor stands; what they may do follows from that and the case alone."""
        who, _ = self._facts(visitor, ())
        return who

    def _facts(
        self, visitor: Visitor, case_ids: Iterable[UUID]
    ) -> tuple[Standing, Mapping[UUID, Found]]:
        with _deciding():
            return self._access.facts(visitor.principal, case_ids)

    def _asked(
        self, who: Standing, action: Action, case_id: UUID, case: Found, now: datetime
    ) -> Asked:
        broken = 0
        with _deciding():
            if action is Action.BREAK_GLASS:
                broken = self._access.glass_broken(who.principal, now - _GLASS_DAY)
            persons = self._of_concern(case_id, who.conflicting) if who.conflicting else frozenset()
        if case.case_ref in who.conflicting:  # the file of a person
            persons |= {case.case_ref}
        return Asked(case_id, case.standing, persons, broken)

    def _free_at(
        self, visitor: Visitor, request: Request, case_id: UUID, now: datetime
    ) -> datetime | None:
        """Return from when the visitor may read one more case; None where they may now.

        An emergency does not wait: the glass has a bound of its own.
        """
        if self._budget is None or request.action not in READING or request.glass is Glass.ACTIVE:
            return None
        with _deciding():
            return self._budget.free_at(visitor.principal, case_id, now)

    def _of_concern(self, case_id: UUID, conflicting: Collection[str]) -> frozenset[str]:
        """Return those persons of a case with whom someone has a conflict of interest.

        Few have one, and so the whole case is read for them, rather than a read model that may lag.
        """
        events = self._cases.streams([case_id]).get(case_id, [])
        persons = {person for event in events for person in persons_of(event)}
        return frozenset(persons.intersection(conflicting))

    def _record(self, entries: Sequence[AccessRecord]) -> None:
        with _deciding():
            self._access.record(entries)


def _as_a_case(found: Found) -> Found:
    """Return what was found, where it is a case: any other stream is none."""
    if found.case_ref is None or stream_kind(found.case_ref) is StreamKind.CASE:
        return found
    return Found(CaseStanding(), 0)


@contextmanager
def _deciding() -> Iterator[None]:
    try:
        yield
    except (*AccessStoreUnavailable, *StoreUnavailable) as error:
        raise AccessUnavailable from error


def _record(
    visitor: Visitor,
    who: Standing,
    asking: Asking,
    decision: Decision,
    now: datetime,
    is_there: bool,
) -> AccessRecord:
    shown = frozenset(PersonalClass) - decision.masked if is_there else frozenset()
    return AccessRecord(
        at=now,
        principal=visitor.principal,
        staff=min(who.staff, default=None),
        session=visitor.session,
        request=visitor.request,
        action=asking.action.value,
        part=asking.part.value,
        permitted=decision.permitted and is_there,
        rules=list(decision.rules) if is_there else ["not-there"],
        case_id=None,
        case_ref=None,
        purpose=asking.purpose.value if asking.purpose else None,
        reason=asking.reason,
        shown=sorted(each.value for each in shown) if decision.permitted else [],
        known_on=asking.known_on,
        recorded_by=asking.recorded_by,
    )


def _about(entry: AccessRecord, case_id: UUID, case: Found) -> AccessRecord:
    return entry._replace(case_id=case_id, case_ref=case.case_ref, version=case.version)


def _scope(
    who: Standing, case_id: UUID, roles: Collection[Role], now: datetime
) -> ReviewAccess | None:
    """Return the days a reviewer is held to; someone who works on cases is held to none."""
    return review_access(who, case_id, now) if set(roles) <= {Role.REVIEWER} else None
