"""For whom each case is closed or open, so that lists can leave out what someone may not see.

What decides about a case is read from its events; this only narrows down which cases to look at.
"""

from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.access.case_standing import CaseStanding, after
from domain.classification import OPENING
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import CaseAllocated
from domain.events.permissions import (
    CaseRestricted,
    ConflictDeclared,
    ConflictEnded,
    RestrictionLifted,
)
from projections.event_row import in_case
from projections.personal_columns import Authority, Identity
from projections.read_model import ReadModel, Row


class CaseAccessRow(Row):
    """How a case stands towards those who ask for it."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    INDEXED: ClassVar[tuple[str, ...]] = ("lead", "authority")

    authority: Authority[str | None]
    """The local authority it lies with."""
    lead: Identity[str | None]
    """Who leads on it."""
    team: Identity[tuple[str, ...]]
    """Who else works on it."""
    allocated_at: datetime | None
    """When it was given to them."""
    is_restricted: bool
    """Whether it is for named people only."""
    named: Identity[tuple[str, ...]]
    """The people it is for, where it is restricted."""
    conflicts: Identity[tuple[tuple[str, str], ...]]
    """Conflicts of interest with it, by reference, and whose they are."""


case_access = ReadModel("case_access", 1, CaseAccessRow)


@case_access.on(
    *OPENING, CaseAllocated, CaseRestricted, RestrictionLifted, ConflictDeclared, ConflictEnded
)
def _changed(row: CaseAccessRow | None, event: CaseEvent, key: str) -> CaseAccessRow:
    standing = after(_standing(row), event)
    return CaseAccessRow(
        **in_case(event),
        authority=standing.authority,
        lead=standing.lead,
        team=tuple(sorted(standing.team)),
        allocated_at=standing.allocated_at,
        is_restricted=standing.restricted_to is not None,
        named=tuple(sorted(standing.restricted_to or ())),
        conflicts=standing.conflicts,
    )


def _standing(row: CaseAccessRow | None) -> CaseStanding:
    if row is None:
        return CaseStanding()
    return CaseStanding(
        authority=row.authority,
        lead=row.lead,
        team=frozenset(row.team),
        allocated_at=row.allocated_at,
        restricted_to=frozenset(row.named) if row.is_restricted else None,
        conflicts=row.conflicts,
    )
