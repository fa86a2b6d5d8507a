"""What designated safeguarding officers may do, who answer for all cases of their unit."""

from domain.access.facts import Action, Duty, Relation
from domain.access.rule import CONTENT, HIDDEN, Permit
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass

_SAFEGUARDING = frozenset({Role.SAFEGUARDING})
_OF_UNIT = frozenset(Relation) - {Relation.ELSEWHERE}
_RECORDED = frozenset({Duty.RECORD})

PERMITS = (
    Permit(
        id="safeguarding-list",
        why="A safeguarding officer sees all cases of their unit in lists and searches.",
        source="part 8, designated safeguarding officer: all cases of their unit",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.LIST}),
        relations=_OF_UNIT,
        shows=frozenset({PersonalClass.IDENTITY}),
        duties=_RECORDED,
    ),
    Permit(
        id="safeguarding-read",
        why="A safeguarding officer reads all cases of their unit, because they answer for them.",
        source="part 8, designated safeguarding officer: all cases of their unit",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.READ, Action.TIME_TRAVEL}),
        relations=_OF_UNIT,
        shows=CONTENT,
        duties=_RECORDED,
    ),
    Permit(
        id="safeguarding-reveal",
        why="A safeguarding officer who says what for may reveal, on such a case, where someone is "
        "or who reported.",
        source="part 2, T3; part 8, designated safeguarding officer",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.REVEAL}),
        relations=_OF_UNIT,
        needs_purpose=True,
        shows=HIDDEN,
        duties=_RECORDED,
    ),
    Permit(
        id="safeguarding-export",
        why="A safeguarding officer who says what for takes out what is on record of such a case, "
        "as for a partner or a court; where someone is and who reported stay masked in it.",
        source="part 2, T3; part 8, frontline officer: no export",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.EXPORT}),
        relations=_OF_UNIT,
        needs_purpose=True,
        shows=CONTENT,
        duties=_RECORDED,
    ),
    Permit(
        id="safeguarding-write",
        why="A safeguarding officer records events on the cases of their unit, allocates and "
        "restricts them, and says what a review makes of them.",
        source="part 8, designated safeguarding officer: restrict, allocate",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.WRITE, Action.ALLOCATE, Action.RESTRICT, Action.CURATE}),
        relations=_OF_UNIT,
    ),
    Permit(
        id="safeguarding-access-log",
        why="A safeguarding officer reads who read or exported the cases of their unit.",
        source="part 2, T1; part 8, privacy officer: own reads audited to the safeguarding officer",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.READ_ACCESS_LOG}),
        relations=_OF_UNIT,
        shows=frozenset({PersonalClass.IDENTITY, PersonalClass.NARRATIVE}),
        duties=_RECORDED,
    ),
    Permit(
        id="safeguarding-message",
        why="A safeguarding officer reads what a message that waits or is in quarantine says, "
        "whatever unit it may be for: a concern may be in it.",
        source="part 8, designated safeguarding officer: triage quarantine content",
        roles=_SAFEGUARDING,
        actions=frozenset({Action.READ_MESSAGE}),
        shows=CONTENT,
        duties=_RECORDED,
    ),
)
"""Every permit of safeguarding officers alone."""
