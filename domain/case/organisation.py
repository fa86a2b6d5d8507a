"""The landlord and its authorities: contacts and seats end once; what is withdrawn was there."""

from domain.case.evolving import changed
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, Waiting, verdict
from domain.events.authorities import AuthorityContactEnded, ForumSeatEnded
from domain.events.organisation import RuleOverridden, RuleOverrideWithdrawn


@changed.register(AuthorityContactEnded)
@changed.register(ForumSeatEnded)
def _(event: AuthorityContactEnded | ForumSeatEnded, state: CaseState) -> CaseState:
    seat_or_contact = event.builds_on
    return state._replace(ended=state.ended | {seat_or_contact}) if seat_or_contact else state


@changed.register
def _(event: RuleOverridden, state: CaseState) -> CaseState:
    return state._replace(rules_overridden=state.rules_overridden | {event.rule})


@verdict.register
def _(event: AuthorityContactEnded, state: CaseState, found: Found) -> Verdict:
    if event.builds_on in state.ended:
        return Contradiction(f"contact {event.contact_id} has ended already")
    return ADMITTED


@verdict.register
def _(event: ForumSeatEnded, state: CaseState, found: Found) -> Verdict:
    if event.builds_on in state.ended:
        return Contradiction(f"the seat in forum {event.forum_id} has ended already")
    return ADMITTED


@verdict.register
def _(event: RuleOverrideWithdrawn, state: CaseState, found: Found) -> Verdict:
    if event.rule in state.rules_overridden:
        return ADMITTED
    return Waiting(f"the RuleOverridden of {event.rule}")


@verdict.register
def _(event: RuleOverridden, state: CaseState, found: Found) -> Verdict:
    # Rules read cases, so this module cannot import them before it is there itself.
    from domain.rules.catalogue import RULES

    rule = RULES.get(event.rule)
    if rule is None:
        first, *_, last = RULES
        return Contradiction(f"there is no rule {event.rule}; there are {first} to {last}")
    unknown = [each.name for each in event.parameters if each.name not in rule.parameters]
    if unknown:
        own = ", ".join(rule.parameters) or "none"
        return Contradiction(f"rule {event.rule} has no parameter {unknown[0]}; it has {own}")
    return ADMITTED
