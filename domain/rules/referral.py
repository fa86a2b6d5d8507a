"""Rules about referrals: sent once decided on, acknowledged, and decided."""

from collections.abc import Iterator

from domain.events.lifecycle import ConcernRaised, TriageCompleted
from domain.events.plan import DecisionRecorded
from domain.events.referrals import ReferralSent
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.referred import SOCIAL_CARE, Referred, referrals_of
from domain.rules.rule import rule
from domain.times import end_of_day
from domain.vocabulary.lifecycle import TriageDecision
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_working_day


@rule(
    "R3",
    "Referral decided but not sent",
    source="A safeguarding adults board's table of stages: referral within 1 working day",
    clears="a referral sent to another organisation, before the decision too where the concern was "
    "known by then; a triage or a decision that says otherwise; or closing the case",
    working_days=1,
)
def decided_but_not_sent(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for the first decision to refer on which nothing was sent.

    Where it is urgent, the referral goes out first and the decision is written down later.
    """
    for triage in case.all(TriageCompleted, where=_says_refer) if case.is_open else ():
        if _was_followed(case, triage):
            continue
        under = terms.for_duty_of(triage)
        yield Finding(
            under=under,
            because=(triage,),
            since=triage.occurred_at,
            due=by_working_day(triage.occurred_at, under["working_days"]),
            why="It was decided to refer and no referral has been sent.",
            item="referral",
        )
        return


def _says_refer(triage: TriageCompleted) -> bool:
    return triage.decision is TriageDecision.REFER


def _was_followed(case: History, triage: TriageCompleted) -> bool:
    at = triage.occurred_at
    otherwise = [each for each in case.after(at, TriageCompleted) if not _says_refer(each)]
    # What was sent once the last of the concerns was known is about that one too.
    since = min(max((each.known_at for each in _decided_about(case, triage)), default=at), at)
    sent = case.after(since, ReferralSent, where=lambda it: it.route is not ReferralRoute.INTERNAL)
    decided = case.after(at, DecisionRecorded, where=lambda it: it.kind is DecisionKind.NO_REFERRAL)
    return bool(sent or otherwise or decided)


def _decided_about(case: History, triage: TriageCompleted) -> list[ConcernRaised]:
    """Return the concerns that were in view when it was decided."""
    return case.all(
        ConcernRaised,
        where=lambda it: it.occurred_at <= triage.occurred_at and it.known_at <= triage.known_at,
    )


@rule(
    "R4",
    "No acknowledgement or decision: child referral",
    source="The council acknowledges and decides within 1 working day (procedures of "
    "Cambridgeshire and a school's policy; the text of Working Together was not seen)",
    clears="its acknowledgement, then a decision or feedback that says what was decided; "
    "withdrawing the referral or closing the case",
    acknowledgement_working_days=1,
    decision_working_days=1,
)
def child_referral_unanswered(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each child referral that is not acknowledged, or else not decided."""
    for referral in referrals_of(case):
        if not referral.is_child or referral.is_decided:
            continue
        if referral.is_acknowledged:
            name, why = "decision", "A referral of a child was acknowledged but nothing decided."
        else:
            name, why = "acknowledgement", "A referral of a child has not been acknowledged."
        under = terms.for_duty_of(referral.put)
        sent = referral.put.occurred_at
        yield Finding(
            under=under,
            because=(referral.put,),
            since=sent,
            due=by_working_day(sent, under[f"{name}_working_days"]),
            why=why,
            item=f"referral:{referral.id}/{name}",
        )


_NEEDS_NO_ANSWER = frozenset({ReferralRoute.POLICE_999})
"""A call for help is answered by help."""


@rule(
    "R5",
    "No decision or feedback: adult referral",
    source="Lancashire and Wigan aim at 2 working days; to chase after 5 and to escalate after 10 "
    "are ours",
    clears="a decision that settles it or feedback that says what came of it; for the reminders to "
    "chase and to escalate, doing so; withdrawing the referral or closing the case",
    decision_working_days=2,
    chase_working_days=5,
    escalate_working_days=10,
)
def referral_undecided(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield, for each referral without decision, that it is owed, to be chased, to be escalated.

    Councils have days to decide; of anybody else an answer is owed by the day that the referral
    itself names.
    """
    for referral in referrals_of(case):
        if referral.is_decided or referral.is_child or referral.sent.route in _NEEDS_NO_ANSWER:
            continue
        if referral.sent.route in SOCIAL_CARE:
            yield from _stages(referral, terms)
        else:
            yield _owed(referral, terms)


def _stages(referral: Referred, terms: Terms) -> Iterator[Finding]:
    under = terms.for_duty_of(referral.put)
    chased = bool(referral.chases or referral.escalations)
    since, days = referral.put.occurred_at, 0
    for stage, settled, why in (
        ("decision", False, "No decision on a referral is known."),
        ("chase", chased, "A referral without decision is to be chased."),
        ("escalate", bool(referral.escalations), "A referral without decision is to be escalated."),
    ):
        # Where an authority was given longer, it is not chased before its time is up.
        days = max(days, under[f"{stage}_working_days"])
        due = by_working_day(referral.put.occurred_at, days)
        if not settled:
            yield Finding(
                under=under,
                because=(referral.put,),
                since=since,
                due=due,
                why=why,
                item=f"referral:{referral.id}/{stage}",
                effect=FlagEffect.WARNING if stage == "decision" else FlagEffect.DUTY,
            )
        since = due


def _owed(referral: Referred, terms: Terms) -> Finding:
    return Finding(
        under=terms.for_duty_of(referral.put),
        because=(referral.put,),
        since=referral.put.occurred_at,
        due=end_of_day(referral.put.feedback_due),
        why="An answer to a referral is owed by the day on which it was asked for.",
        item=f"referral:{referral.id}/answer",
    )
