"""How events change what admission knows of a case; each group of events registers its own."""

from collections.abc import Mapping, Sequence
from functools import reduce, singledispatch
from typing import TypeVar

from domain.case.state import CaseState
from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.vocabulary.people import PersonRole

_K = TypeVar("_K")
_V = TypeVar("_V")


def evolve(state: CaseState, event: CaseEvent) -> CaseState:
    """Return the state after `event`. Bears events whose predecessor is missing.

    A correction is only noted: how the corrected event reads is known once the case is folded
    anew.
    """
    return _recorded(_evolved(state, event), event)


def fold(events: Sequence[CaseEvent]) -> CaseState:
    """Return the state of a case after `events`, read with their corrections."""
    return fold_as_read(corrected(events))


def fold_as_read(events: Sequence[CaseEvent]) -> CaseState:
    """Return the state of a case after `events`, which read as corrected already."""
    state = reduce(_evolved, events, CaseState())
    return _recorded(state, events[-1]) if events else state


def _evolved(state: CaseState, event: CaseEvent) -> CaseState:
    return changed(event, _with_subjects(_with_item(state, event), event))


def _recorded(state: CaseState, last: CaseEvent) -> CaseState:
    return CaseState(last.version, last.recorded_at, *state[2:])  # much quicker than _replace


def _with_item(state: CaseState, event: CaseEvent) -> CaseState:
    item = event.begins
    return state if item is None else state._replace(items=state.items | {item})


def _with_subjects(state: CaseState, event: CaseEvent) -> CaseState:
    for subject in event.subjects:
        state = in_role(state, subject.person, subject.role)
    return state


def in_role(state: CaseState, person: str, role: PersonRole) -> CaseState:
    """Return `state` with `person` in one more role."""
    held = state.roles.get(person, frozenset())
    return state if role in held else state._replace(roles=put(state.roles, person, held | {role}))


def in_other_role(state: CaseState, person: str, was: PersonRole, now: PersonRole) -> CaseState:
    """Return `state` with `person` having been in one role and being in another."""
    held = state.roles.get(person, frozenset()) | {was, now}
    return state._replace(roles=put(state.roles, person, held))


def put(mapping: Mapping[_K, _V], key: _K, value: _V) -> Mapping[_K, _V]:
    """Return `mapping` with `value` at `key`."""
    return {**mapping, key: value}


@singledispatch
def changed(event: CaseEvent, state: CaseState) -> CaseState:
    """Return the state that events of this type leave behind; most leave it as it is."""
    return state
