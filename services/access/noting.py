"""Puts down who asked for what and what was decided, as it goes into the record of access."""

from datetime import datetime
from uuid import UUID

from adapters.access_store.records import AccessRecord
from adapters.access_store.standing import Found
from domain.access import Decision
from domain.access.standing import Standing
from domain.vocabulary.record import PersonalClass
from services.access.visitor import Asking, Visitor


def noted(
    visitor: Visitor,
    who: Standing,
    asking: Asking,
    decision: Decision,
    now: datetime,
    *,
    is_there: bool = True,
) -> AccessRecord:
    """Return the record of a decision; what is not there is denied, whatever the rules say."""
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


def about(entry: AccessRecord, case_id: UUID, case: Found) -> AccessRecord:
    """Return a record of what concerns no case as one of what concerns this case."""
    return entry._replace(case_id=case_id, case_ref=case.case_ref, version=case.version)
