"""Looks up what is decided by: how someone and a case stand, as the events up to now have it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from adapters.access_store.standing import Found
from adapters.access_store.store import AccessStore, AccessStoreUnavailable
from adapters.event_store.application import Cases, StoreUnavailable
from domain.access import Action, Request
from domain.access.asking import Asked, asking_for_case
from domain.access.case_standing import CaseStanding
from domain.access.standing import Standing
from domain.persons import persons_of
from domain.streams import StreamKind, stream_kind
from services.access.visitor import AccessUnavailable, Asking, Visitor

_GLASS_DAY = timedelta(hours=24)


class Lookup:
    """Safe to use from several threads; blocking. Raises `AccessUnavailable`."""

    def __init__(self, access: AccessStore, cases: Cases) -> None:
        self._access = access
        self._cases = cases

    def facts(
        self, visitor: Visitor, case_ids: Iterable[UUID]
    ) -> tuple[Standing, Mapping[UUID, Found]]:
        """Return how the visitor and some cases stand, there or not."""
        with telling_outages():
            return self._access.facts(visitor.principal, case_ids)

    def request(
        self, who: Standing, asking: Asking, case_id: UUID, case: Found, now: datetime
    ) -> Request:
        """Return what is to be decided about a case."""
        return asking_for_case(
            who,
            asking.action,
            self._asked(who, asking.action, case_id, case, now),
            now,
            field=asking.field,
            purpose=asking.purpose is not None,
            own=asking.own,
            foreign=asking.foreign,
        )

    def glass_broken(self, principal: str, now: datetime) -> int:
        """Return for how many cases someone has broken the glass within a day."""
        with telling_outages():
            return self._access.glass_broken(principal, now - _GLASS_DAY)

    def _asked(
        self, who: Standing, action: Action, case_id: UUID, case: Found, now: datetime
    ) -> Asked:
        breaks = action is Action.BREAK_GLASS
        broken = self.glass_broken(who.principal, now) if breaks else 0
        persons = self._of_concern(case_id, who.conflicting) if who.conflicting else frozenset()
        if case.case_ref in who.conflicting:  # the file of a person
            persons |= {case.case_ref}
        return Asked(case_id, case.standing, persons, broken)

    def _of_concern(self, case_id: UUID, conflicting: Collection[str]) -> frozenset[str]:
        """Return those persons of a case with whom someone has a conflict of interest.

        Few have one, and so the whole case is read for them, rather than a read model that may lag.
        """
        with telling_outages():
            events = self._cases.streams([case_id]).get(case_id, [])
        persons = {person for event in events for person in persons_of(event)}
        return frozenset(persons.intersection(conflicting))


def as_a_case(found: Found) -> Found:
    """Return what was found, where it is a case: any other stream is none."""
    if found.case_ref is None or stream_kind(found.case_ref) is StreamKind.CASE:
        return found
    return Found(CaseStanding(), 0)


@contextmanager
def telling_outages() -> Iterator[None]:
    """Raise `AccessUnavailable` where a store does not answer."""
    try:
        yield
    except (*AccessStoreUnavailable, *StoreUnavailable) as error:
        raise AccessUnavailable from error
