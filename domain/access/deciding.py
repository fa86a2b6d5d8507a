"""Decides whether someone may do something: denials come before permits; else it is denied."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.access import case_work, emergency, oversight, running, safeguarding
from domain.access.denials import DENIALS
from domain.access.facts import Action, Duty, Request
from domain.access.rule import Permit, Rule
from domain.vocabulary.record import PersonalClass

PERMITS: tuple[Permit, ...] = (
    *emergency.PERMITS,
    *case_work.PERMITS,
    *safeguarding.PERMITS,
    *oversight.PERMITS,
    *running.PERMITS,
)
"""Every permit; those for emergencies first, so that an access record names them."""

NOTHING_PERMITS = Rule(
    id="nothing-permits",
    why="What no rule permits is denied.",
    source="part 8, kernel",
)
"""The rule that decides where no other applies."""

RULES: Mapping[str, Rule] = {each.id: each for each in (*DENIALS, *PERMITS, NOTHING_PERMITS)}
"""Every rule by its id."""

_PERMITS_OF: Mapping[Action, tuple[Permit, ...]] = {
    action: tuple(permit for permit in PERMITS if action in permit.actions) for action in Action
}
_NO_CLASSES: frozenset[PersonalClass] = frozenset()
_NO_DUTIES: frozenset[Duty] = frozenset()
_ALL_CLASSES = frozenset(PersonalClass)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether what was asked is permitted, by which rules, and what has to be done for it."""

    permitted: bool
    rules: tuple[str, ...]
    """The ids of the rules it rests on: the one that denied, or every one that permitted."""
    masked: frozenset[PersonalClass] = _ALL_CLASSES
    """The classes of personal data that are not to be shown."""
    duties: frozenset[Duty] = _NO_DUTIES

    @property
    def rule(self) -> str:
        """The id of the rule that decided, or of several the first, for an access record."""
        return self.rules[0]


def decide(request: Request) -> Decision:
    """Decide whether what is asked may be done."""
    denial = next((each for each in DENIALS if each.applies(request)), None)
    if denial is not None:
        return _denied(denial, request)
    permits = [each for each in _PERMITS_OF[request.action] if each.applies(request)]
    if not permits:
        return _denied(NOTHING_PERMITS, request)
    shown = _NO_CLASSES.union(*(permit.shows for permit in permits))
    if request.field is not None:
        shown = frozenset({request.field})
    return Decision(
        True,
        tuple(permit.id for permit in permits),
        masked=_ALL_CLASSES - shown,
        duties=_NO_DUTIES.union(*(permit.duties for permit in permits)),
    )


def _denied(rule: Rule, request: Request) -> Decision:
    # A list leaves out what is denied: that is no attempt to see it.
    duties = _NO_DUTIES if request.action is Action.LIST else frozenset({Duty.RECORD})
    return Decision(False, (rule.id,), duties=duties)
