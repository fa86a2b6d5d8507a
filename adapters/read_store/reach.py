"""How far somebody may see: what the second belt is told of who reads.

It follows from what was granted to them alone, and never from what was decided on their request.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.access.standing import Standing
from domain.streams import ORGANISATIONS, StreamKind
from domain.vocabulary.access import WITH_A_UNIT, Role

_ANSWERING_FOR_A_UNIT = frozenset({Role.SAFEGUARDING, Role.MANAGER})
_READING_FILES = _ANSWERING_FOR_A_UNIT | {Role.PRIVACY}
"""Who sees the files of persons and properties, which lie in no unit, as far as `relation_of` and
the rules on reading go."""
_WITHOUT_DIRECTORY = frozenset({Role.UPSTREAM, Role.ANALYST, Role.REVIEWER})
"""As the rule `directory-read` has it."""

_EVERYWHERE = "*"
_OF_NO_KNOWN_AUTHORITY = ""


def reach_of(who: Standing, now: datetime, opened: Iterable[UUID] = ()) -> str:
    """Return, as JSON, what the policies ask about who reads.

    `opened` are the cases they have broken the glass for: these they see though they are not
    theirs, but for a conflict of interest.
    """
    roles = who.roles(now)
    if Role.UPSTREAM in roles:
        return "{}"
    reviewing = who.reviews if Role.REVIEWER in roles else ()
    return json.dumps(
        {
            "staff": sorted(who.staff),
            "caseload": sorted(who.staff) if roles & WITH_A_UNIT else [],
            "areas": sorted(_areas(who, now)),
            "reviews": sorted(
                {str(case) for each in reviewing if each.in_force_at(now) for case in each.cases}
            ),
            "opened": [str(case_id) for case_id in opened] if roles & WITH_A_UNIT else [],
            "conflicting": sorted(who.conflicting),
            "kinds": sorted(_kinds(roles)),
        }
    )


def _areas(who: Standing, now: datetime) -> Iterable[str]:
    if Role.PRIVACY in who.roles(now):
        return {_EVERYWHERE}
    areas: set[str] = set()
    for grant in who.in_force(now):
        if grant.role in _ANSWERING_FOR_A_UNIT:
            areas |= {*(grant.areas or {_EVERYWHERE}), _OF_NO_KNOWN_AUTHORITY}
    return areas


def _kinds(roles: frozenset[Role]) -> Iterable[StreamKind]:
    kinds: set[StreamKind] = set()
    if roles - _WITHOUT_DIRECTORY:
        kinds |= ORGANISATIONS
    if roles & _READING_FILES:
        kinds |= {StreamKind.PERSON, StreamKind.PROPERTY}
    return kinds
