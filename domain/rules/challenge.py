"""The rule that a challenge is answered stage by stage, or taken higher."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.challenge import (
    FIRST_STAGE,
    LAST_STAGE,
    EscalationRaised,
    EscalationResponded,
)
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.streams import CASES_AND_AUTHORITIES
from domain.times import end_of_day
from domain.working_days import by_working_day


@rule(
    "R7",
    "Escalation not answered",
    source="Safeguarding boards of Sunderland and of Bournemouth, Christchurch, Poole and Dorset: "
    "3 working days at stage 1, 1 working day at each later stage",
    clears="an answer that resolves it, the next stage over the same matter, or closing the case",
    streams=CASES_AND_AUTHORITIES,
    first_stage_working_days=3,
    later_stage_working_days=1,
)
def escalation_unanswered(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each stage that is not answered, or that was answered and not resolved.

    An answer is due by the day that was asked for, and no later than the protocol has it.
    """
    for raised in case.all(EscalationRaised) if case.is_open else ():
        if _was_taken_higher(case, raised):
            continue
        answers = _answers(case, raised.escalation_id)
        if not answers:
            yield _unanswered(raised, terms)
        elif not answers[-1].resolved and raised.stage < LAST_STAGE:
            yield _unresolved(raised, answers[-1], terms)


def _was_taken_higher(case: History, raised: EscalationRaised) -> bool:
    return any(
        each.stage > raised.stage and each.about is raised.about and _is_same(each, raised)
        for each in case.after(raised.occurred_at, EscalationRaised)
    )


def _is_same(later: EscalationRaised, earlier: EscalationRaised) -> bool:
    """Tell whether both are over the same matter; not every stage names it."""
    return None in (later.about_ref, earlier.about_ref) or later.about_ref == earlier.about_ref


def _answers(case: History, escalation_id: str) -> list[EscalationResponded]:
    return case.all(EscalationResponded, where=lambda it: it.escalation_id == escalation_id)


def _unanswered(raised: EscalationRaised, terms: Terms) -> Finding:
    under = terms.for_duty_of(raised)
    return Finding(
        under=under,
        because=(raised,),
        since=raised.occurred_at,
        due=min(end_of_day(raised.response_due), _by_protocol(raised, raised.occurred_at, under)),
        why=f"Stage {raised.stage} of an escalation has not been answered.",
        item=f"escalation:{raised.escalation_id}",
    )


def _unresolved(raised: EscalationRaised, answer: EscalationResponded, terms: Terms) -> Finding:
    under = terms.for_duty_of(answer)
    return Finding(
        under=under,
        because=(raised, answer),
        since=answer.known_at,
        due=by_working_day(answer.known_at, under["later_stage_working_days"]),
        why=f"The answer to stage {raised.stage} of an escalation does not resolve it; take it "
        "higher or leave it at that.",
        item=f"escalation:{raised.escalation_id}/next",
    )


def _by_protocol(raised: EscalationRaised, since: datetime, under: InForce) -> datetime:
    stage = "first" if raised.stage == FIRST_STAGE else "later"
    return by_working_day(since, under[f"{stage}_stage_working_days"])
