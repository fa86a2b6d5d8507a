"""What a case is linked to: other cases, and the files of people and properties."""

from dataclasses import replace

from domain.case.evolving import changed, put
from domain.case.state import CaseState, ControlTimes
from domain.case.verdicts import ADMITTED, Found, Verdict, Waiting, verdict
from domain.events.links import CaseLinked, CaseUnlinked
from domain.latest import period_end


@changed.register
def _(event: CaseLinked, state: CaseState) -> CaseState:
    link = (event.other_ref, event.relation)
    times = state.links.get(link, ControlTimes())
    times = replace(times, set_at=(*times.set_at, event.occurred_at))
    return state._replace(links=put(state.links, link, times))


@changed.register
def _(event: CaseUnlinked, state: CaseState) -> CaseState:
    link = (event.other_ref, event.relation)
    times = state.links.get(link, ControlTimes())
    times = replace(times, lifted_at=(*times.lifted_at, event.occurred_at))
    return state._replace(links=put(state.links, link, times))


@verdict.register
def _(event: CaseUnlinked, state: CaseState, found: Found) -> Verdict:
    # Of a link made later, or undone before, it undoes an earlier one yet to arrive.
    times = state.links.get((event.other_ref, event.relation))
    if times is not None and times.in_force_at(period_end(event)):
        return ADMITTED
    return Waiting(f"the CaseLinked to {event.other_ref} as {event.relation}")
