"""Risk, and precautions for visits."""

from dataclasses import replace

from domain.case.evolving import changed, put
from domain.case.state import CaseState, ControlTimes
from domain.case.verdicts import ADMITTED, Found, Verdict, Waiting, verdict
from domain.events.risk import (
    RiskAssessed,
    VisitControlAcknowledged,
    VisitControlLifted,
    VisitControlSet,
)
from domain.latest import period_end, supersedes
from domain.vocabulary.risk import RiskTool


@changed.register
def _(event: RiskAssessed, state: CaseState) -> CaseState:
    state = state._replace(any_risk_assessed=True)
    # Whether it is safe to visit says nothing of the risk to the people the case is about.
    if event.tool is RiskTool.VISITOR or not supersedes(event, state.risk_assessed_at):
        return state
    return state._replace(risk_level=event.level, risk_assessed_at=event.occurred_at)


@changed.register
def _(event: VisitControlSet, state: CaseState) -> CaseState:
    precaution = (event.control, event.scope)
    times = state.visit_controls.get(precaution, ControlTimes())
    times = replace(times, set_at=(*times.set_at, event.occurred_at))
    return state._replace(visit_controls=put(state.visit_controls, precaution, times))


@changed.register
def _(event: VisitControlLifted, state: CaseState) -> CaseState:
    precaution = (event.control, event.scope)
    times = state.visit_controls.get(precaution, ControlTimes())
    times = replace(times, lifted_at=(*times.lifted_at, event.occurred_at))
    return state._replace(visit_controls=put(state.visit_controls, precaution, times))


@verdict.register
def _(event: VisitControlLifted, state: CaseState, found: Found) -> Verdict:
    # Of a control that was set later, or lifted before, it lifts an earlier setting yet to arrive.
    times = state.visit_controls.get((event.control, event.scope))
    if times is not None and times.in_force_at(period_end(event)):
        return ADMITTED
    return Waiting(f"a VisitControlSet of {event.control} for the {event.scope}")


@verdict.register
def _(event: VisitControlAcknowledged, state: CaseState, found: Found) -> Verdict:
    # It may have been lifted since: a system may be late, and so may the news of it.
    times = state.visit_controls.get((event.control, event.scope))
    if times is not None and min(times.set_at) <= period_end(event):
        return ADMITTED
    return Waiting(f"a VisitControlSet of {event.control} for the {event.scope}")
