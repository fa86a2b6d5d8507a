"""Decides about what is asked for, records that, and then opens it, in this order."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil
from uuid import UUID

import structlog

from adapters.access_store.records import AccessRecord
from adapters.access_store.store import AccessStore
from adapters.event_store.application import Cases
from domain.access import RULES, Action, Decision, Duty, Glass, Request, decide
from domain.access.asking import GLASS_A_DAY, asking_at_large
from domain.access.standing import Standing
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from domain.streams import LANDLORD, stream_kind
from domain.vocabulary.record import PersonalClass
from services.access.lookup import Lookup, as_a_case, telling_outages
from services.access.noting import about, noted
from services.access.opened import Opened, OwnGlass, Sifted, scope_of
from services.access.read_budget import READING, SPENT, ReadBudget
from services.access.visitor import Asking, Forbidden, NotThere, ReadBudgetSpent, Visitor

_BUDGET_SPENT = Decision(False, (SPENT,), duties=frozenset({Duty.RECORD}))

_log = structlog.get_logger(__name__)


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
        self._lookup = Lookup(access, cases)
        self._budget = ReadBudget(access, read_budget) if read_budget else None
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
        who, found = self._lookup.facts(visitor, [case_id])
        case = as_a_case(found[case_id]) if new is None else found[case_id]
        case = case._replace(case_ref=case.case_ref or new)
        now = self._clock()
        request = self._lookup.request(who, asking, case_id, case, now)
        decision = decide(request)
        is_there = case.case_ref is not None
        opens = is_there and decision.permitted
        free_at = self._free_at(visitor, request, case_id, now) if opens else None
        if free_at is not None:
            decision = _BUDGET_SPENT
        if Duty.RECORD in decision.duties or not is_there:
            entry = noted(visitor, who, asking, decision, now, is_there=is_there)
            self._record([about(entry, case_id, case)])
        if free_at is not None:
            _log.warning("read_budget_spent")
            raise ReadBudgetSpent(ceil((free_at - now).total_seconds()))
        if case.case_ref is None or not decision.permitted:
            raise NotThere
        scope = scope_of(who, case_id, request.roles, now)
        broken = request.glass is Glass.ACTIVE
        version, position = case.version, case.position
        return Opened(case_id, case.case_ref, version, position, who, decision, scope, broken)

    def allow(self, visitor: Visitor, asking: Asking) -> tuple[Standing, Decision]:
        """Return how the visitor stands, where they may do what concerns no case.

        Raises `Forbidden` where they may not, and `AccessUnavailable` as `open` does.
        """
        who, now = self.standing(visitor), self._clock()
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
            self._record([noted(visitor, who, asking, decision, now)])
        if not decision.permitted:
            raise Forbidden(decision.rule, RULES[decision.rule].why)
        return who, decision

    def sift(self, visitor: Visitor, asking: Asking, case_ids: Sequence[UUID]) -> Sifted:
        """Return those of the cases that may be shown to the visitor in a list, and record that."""
        who, found = self._lookup.facts(visitor, case_ids)
        now = self._clock()
        shown: dict[UUID, frozenset[PersonalClass]] = {}
        entries: list[AccessRecord] = []
        for case_id, case in found.items():
            decision = decide(self._lookup.request(who, asking, case_id, case, now))
            if decision.permitted and case.version:
                shown[case_id] = decision.masked
            if decision.permitted and Duty.RECORD in decision.duties:
                entries.append(about(noted(visitor, who, asking, decision, now), case_id, case))
        if entries:
            self._record(entries)
        return Sifted(shown)

    def own_glass(self, visitor: Visitor, case_id: UUID) -> OwnGlass:
        """Return what the visitor broke of the glass of a case, there or not."""
        who, found = self._lookup.facts(visitor, [case_id])
        now = self._clock()
        broken = self._lookup.glass_broken(visitor.principal, now)
        mine = [each for each in found[case_id].standing.glass if each.staff in who.staff]
        until = max((each.until for each in mine if now <= each.until), default=None)
        return OwnGlass(len(mine), until, broken >= GLASS_A_DAY)

    def standing(self, visitor: Visitor) -> Standing:
        """Return how the visitor stands; what they may do follows from that and the case alone."""
        who, _ = self._lookup.facts(visitor, ())
        return who

    def grants(self, visitor: Visitor) -> list[CaseEvent]:
        """Return the events by which people stand as they do, as recorded: what was granted and
        revoked, and conflicts with persons. Raises what `allow` does."""
        self.allow(visitor, Asking(action=Action.GRANT))
        with telling_outages():
            found = self._access.bearing_on_people()
        # A conflict with a case is the business of that case.
        return [each for each in found if stream_kind(each.case_ref) in LANDLORD]

    def log_of(self, opened: Opened, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return who asked for a case that was opened for that, the latest first."""
        with telling_outages():
            return self._access.of_case(opened.case_id, before=before, limit=limit)

    def own_log(self, visitor: Visitor, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return what the visitor asked for, the latest first."""
        with telling_outages():
            return self._access.of_principal(visitor.principal, before=before, limit=limit)

    def notices(self, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return what safeguarding and privacy officers are to be told of, the latest first."""
        with telling_outages():
            return self._access.notices(before=before, limit=limit)

    def found_in_log(
        self,
        who: Sequence[str] | None,
        since: datetime,
        until: datetime,
        *,
        before: int | None,
        limit: int,
    ) -> list[AccessRecord]:
        """Return what some people, or everyone, asked for in a time, the latest first.

        Of which cases that may be shown, and to whom, is for the caller to sift.
        """
        with telling_outages():
            return self._access.search(who, since, until, before=before, limit=limit)

    def _free_at(
        self, visitor: Visitor, request: Request, case_id: UUID, now: datetime
    ) -> datetime | None:
        """Return from when the visitor may read one more case; None where they may now.

        An emergency does not wait: the glass has a bound of its own.
        """
        if self._budget is None or request.action not in READING or request.glass is Glass.ACTIVE:
            return None
        with telling_outages():
            return self._budget.free_at(visitor.principal, case_id, now)

    def _record(self, entries: Sequence[AccessRecord]) -> None:
        with telling_outages():
            self._access.record(entries)
