"""The same policy, written in Cedar from the research alone, decides as the table does.

Compared are, for each role and for none, all requests but those with a fact that denies whatever
else holds (conflict, own, foreign), and those with a glass that is spent, which is about breaking
it; where one is permitted, also every class of personal data. Of the whole, people with several
roles among them, a sample is compared.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cedarpy import Entities, PolicySet, is_authorized_batch

from domain.access import (
    Action,
    Glass,
    Relation,
    Request,
    Restriction,
    ReviewGrant,
    Role,
    decide,
)
from domain.vocabulary.record import PersonalClass
from tests.unit.access.space import NO, ROLES, points, request_at

POLICIES = PolicySet.from_str((Path(__file__).parents[2] / "fixtures" / "access.cedar").read_text())
NO_ENTITIES = Entities.from_json_str("[]")
SAMPLE = 8_000
OPEN = "open"

Seeing = tuple[Request, str]
"""A request, and what of the case is to be seen by it: a class of personal data, or `open`."""


@pytest.mark.parametrize("role", ROLES)
def test_it_decides_alike_for_each_role(role: str) -> None:
    all_of_role = map(request_at, points(role=role, conflict=NO, own=NO, foreign=NO))
    requests = [each for each in all_of_role if _is_compared(each)]
    assert_alike((request, request.field or OPEN) for request in requests)
    permitted = [each for each in requests if each.field is None and decide(each).permitted]
    assert_alike((request, field) for request in permitted for field in PersonalClass)


def test_it_decides_alike_on_a_sample_of_all_requests() -> None:
    sample = [_some(Random(number)) for number in range(SAMPLE)]
    assert any(decide(request).permitted and len(request.roles) > 1 for request, _ in sample)
    assert_alike(sample)


def assert_alike(seeings: Iterable[Seeing]) -> None:
    """Check that both say the same of who may see what."""
    for some in _in_batches(list(seeings)):
        answers = is_authorized_batch([_in_cedar(*each) for each in some], POLICIES, NO_ENTITIES)
        assert [answer.diagnostics.errors for answer in answers if answer.diagnostics.errors] == []
        allowed = [answer.allowed for answer in answers]
        unlike = [each for each, is_so in zip(some, allowed, strict=True) if _may(*each) != is_so]
        assert unlike == []


def _is_compared(request: Request) -> bool:
    return request.glass is not Glass.SPENT or request.action is Action.BREAK_GLASS


def _may(request: Request, field: str) -> bool:
    decision = decide(request)
    return decision.permitted and (field == OPEN or field not in decision.masked)


def _in_cedar(request: Request, field: str) -> dict[str, Any]:
    return {
        "principal": {"type": "Person", "id": "who-asks"},
        "action": {"type": "Action", "id": request.action},
        "resource": {"type": "Case", "id": "the-case"},
        "context": {
            "roles": sorted(request.roles),
            "field": field,
            "relation": request.relation,
            "restriction": request.restriction,
            "conflict": request.conflict,
            "own": request.own,
            "foreign": request.foreign,
            "grant": request.grant,
            "glass": request.glass,
            "purpose": request.purpose,
        },
    }


def _in_batches(seeings: Sequence[Seeing]) -> Iterable[Sequence[Seeing]]:
    return (seeings[start : start + 5_000] for start in range(0, len(seeings), 5_000))


def _some(dice: Random) -> Seeing:
    action = dice.choice(list(Action))
    field = dice.choice(list(PersonalClass))
    request = Request(
        roles=frozenset(dice.sample(list(Role), dice.choice((1, 1, 2, 3)))),
        action=action,
        field=field if action is Action.REVEAL else None,
        relation=dice.choice(list(Relation)),
        restriction=dice.choice(list(Restriction)),
        conflict=dice.random() < 0.1,
        own=dice.random() < 0.1,
        foreign=dice.random() < 0.1,
        grant=dice.choice(list(ReviewGrant)),
        glass=dice.choice(list(Glass)),
        purpose=dice.random() < 0.8,
    )
    return request, request.field or dice.choice((OPEN, *PersonalClass))
