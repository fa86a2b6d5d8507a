"""What officers and managers may do, who work on cases or answer for the work."""

from domain.access.facts import Action, Duty, Relation
from domain.access.rule import CONTENT, HIDDEN, Permit
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass

_OFFICER = frozenset({Role.OFFICER})
_MANAGER = frozenset({Role.MANAGER})
_CASELOAD = frozenset({Relation.ALLOCATED, Relation.TEAM})
_OF_UNIT = _CASELOAD | {Relation.UNIT}
_READING = frozenset({Action.READ, Action.TIME_TRAVEL})
_IDENTITY = frozenset({PersonalClass.IDENTITY})
_RECORDED = frozenset({Duty.RECORD})

PERMITS = (
    Permit(
        id="concern-raise",
        why="Whoever works with cases may raise a concern, whether or not they may see what "
        "becomes of it: nothing stands in the way of telling.",
        source="part 8, frontline officer: create concerns",
        roles=frozenset({Role.OFFICER, Role.SAFEGUARDING, Role.MANAGER}),
        actions=frozenset({Action.RAISE}),
    ),
    Permit(
        id="officer-list",
        why="An officer sees in lists and searches the cases allocated to them or their team, and "
        "no other.",
        source="part 8, frontline officer: no search beyond caseload",
        roles=_OFFICER,
        actions=frozenset({Action.LIST}),
        relations=_CASELOAD,
        shows=_IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="officer-read",
        why="An officer reads the cases allocated to them or their team, because they work on "
        "them.",
        source="part 8, frontline officer: read allocated or team cases",
        roles=_OFFICER,
        actions=_READING,
        relations=_CASELOAD,
        shows=CONTENT,
        duties=_RECORDED,
    ),
    Permit(
        id="officer-reveal",
        why="An officer who says what for may reveal, on such a case, where someone is or who "
        "reported.",
        source="part 2, T3; part 8, frontline officer: reveal with reason",
        roles=_OFFICER,
        actions=frozenset({Action.REVEAL}),
        relations=_CASELOAD,
        needs_purpose=True,
        shows=HIDDEN,
        duties=_RECORDED,
    ),
    Permit(
        id="officer-write",
        why="An officer records events on the cases allocated to them or their team.",
        source="part 8, frontline officer: append allocated or team cases",
        roles=_OFFICER,
        actions=frozenset({Action.WRITE}),
        relations=_CASELOAD,
    ),
    Permit(
        id="manager-list",
        why="A manager sees the cases of their unit in lists and searches, because they answer "
        "for the work on them.",
        source="part 8, manager: workload, timeliness",
        roles=_MANAGER,
        actions=frozenset({Action.LIST}),
        relations=_OF_UNIT,
        shows=_IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="manager-read",
        why="A manager who says what for reads the cases of their unit, without what is told in "
        "them: how the work is done can be seen without it.",
        source="part 8, manager: quality sampling with purpose, no narrative by default",
        roles=_MANAGER,
        actions=_READING,
        relations=_OF_UNIT,
        needs_purpose=True,
        shows=_IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="manager-reveal",
        why="A manager who says what for may reveal what is told in such a case, but neither where "
        "someone is nor who reported.",
        source="part 8, manager: no narrative by default",
        roles=_MANAGER,
        actions=frozenset({Action.REVEAL}),
        relations=_OF_UNIT,
        needs_purpose=True,
        shows=CONTENT - _IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="manager-write",
        why="A manager records their oversight on the cases of their unit, and allocates them.",
        source="part 8, manager: workload; rule R26, oversight",
        roles=_MANAGER,
        actions=frozenset({Action.WRITE, Action.ALLOCATE}),
        relations=_OF_UNIT,
    ),
)
"""Every permit of officers and managers alone, and that to raise a concern."""
