"""Rules about consent: a refusal is looked at again, and an override is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden, PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import ConcernRaised, TriageCompleted
from domain.events.plan import DecisionRecorded
from domain.events.referrals import ReferralSent
from domain.events.sharing import AdviceSought, InformationShared
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History, responds
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import FILES
from domain.times import end_of_day, in_london
from domain.vocabulary.consent import ConsentScope, ConsentState, InformedAbout
from domain.vocabulary.plan import DecisionKind
from domain.working_days import by_day, by_working_day

_CONSENT = frozenset({ConsentState.GIVEN, ConsentState.VIA_REPRESENTATIVE})
_DONE_BY: dict[ConsentScope, type[CaseEvent]] = {
    ConsentScope.REFER: ReferralSent,
    ConsentScope.SHARE: InformationShared,
}
"""What a person may refuse here, and the event that shows it was done all the same. Support that
is declined is the person's own affair, and watched as non-engagement."""

_TOLD_ABOUT = {
    ConsentScope.REFER: InformedAbout.REFERRAL,
    ConsentScope.SHARE: InformedAbout.SHARING,
}


@dataclass(frozen=True, slots=True)
class _Parked:
    """Something that was left undone, by whoever decided so."""

    decision: ConsentDecisionRecorded | DecisionRecorded
    item: str
    why: str


@rule(
    "R13",
    "Refusal or decision not to refer not looked at again",
    source="Ours: 28 days, or the next concern; Community Care article: consent is not always "
    "needed",
    clears="consent, acting without it for a reason, or the referral itself; for a while, another "
    "decision on consent or not to refer, a triage or advice; or closing the case",
    revisit_days=28,
)
def not_revisited(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each matter that rests on a refusal or on a decision not to refer.

    It is due some days after it was last looked at, or on the day the decision names, and at once
    where a concern becomes known meanwhile.
    """
    for parked in _parked(case) if case.is_open else ():
        decision = parked.decision
        last = max((decision, *_looks(case, decision)), key=lambda event: event.occurred_at)
        under = terms.for_duty_of(last)
        due = by_day(last.occurred_at, under["revisit_days"])
        review_on = decision.review_on if isinstance(decision, DecisionRecorded) else None
        if review_on and in_london(last.occurred_at).date() < review_on:
            due = end_of_day(review_on)
        concern = _concern_since(case, decision)
        yield Finding(
            under=under,
            because=(decision, concern) if concern else (decision,),
            since=last.occurred_at,
            due=max(concern.known_at, last.occurred_at) if concern else due,
            why=parked.why,
            item=parked.item,
        )


def _parked(case: History) -> Iterator[_Parked]:
    decided = case.latest(DecisionRecorded, where=lambda it: it.kind is DecisionKind.NO_REFERRAL)
    if decided and case.after(decided.occurred_at, ReferralSent):
        decided = None
    if decided:
        yield _Parked(decided, "no-referral", "It was decided not to refer; look again whether to.")
    standing = {(each.person, each.scope): each for each in case.all(ConsentDecisionRecorded)}
    for (person, scope), decision in standing.items():
        if scope not in _DONE_BY or decision.state in _CONSENT or _overruled(case, decision):
            continue
        if scope is ConsentScope.REFER and decided:
            continue  # what was decided stands for the refusal too
        yield _Parked(
            decision,
            about_anyone(person, f"consent/{scope}"),
            "There is no consent; ask again, or look for other grounds.",
        )


def _overruled(case: History, refusal: ConsentDecisionRecorded) -> bool:
    overridden = (
        each.scope is refusal.scope and (each.person is None or each.person == refusal.person)
        for each in case.after(refusal.occurred_at, ConsentOverridden)
    )
    return any(overridden) or bool(case.after(refusal.occurred_at, _DONE_BY[refusal.scope]))


def _looks(case: History, decision: CaseEvent) -> list[CaseEvent]:
    found: list[CaseEvent] = [
        *case.after(decision.occurred_at, TriageCompleted),
        *case.after(decision.occurred_at, AdviceSought),
        *case.after(decision.occurred_at, ConsentDecisionRecorded),
    ]
    return [each for each in found if each is not decision]


def _concern_since(case: History, decision: CaseEvent) -> ConcernRaised | None:
    """Return the first concern that nobody had in view when the matter was last looked at."""
    looks = (decision, *_looks(case, decision))
    for concern in sorted(case.all(ConcernRaised), key=lambda it: it.known_at):
        if not any(responds(look, concern) for look in looks):
            return concern
    return None


@rule(
    "R20",
    "Override without the person informed",
    source="SCIE guide for housing staff: tell the person, weighing the risk; 1 day is ours",
    clears="a note that the person was told, or why not",
    streams=FILES,
    working_days=1,
)
def override_untold(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each override of which the person was not told, nor why not.

    Closing the case does not end it: the person has still not been told.
    """
    for overridden in case.all(ConsentOverridden):
        if any(_tells(told, overridden) for told in _told_since(case, overridden)):
            continue
        under = terms.for_duty_of(overridden)
        yield Finding(
            under=under,
            because=(overridden,),
            since=overridden.occurred_at,
            due=by_working_day(overridden.occurred_at, under["working_days"]),
            why="Consent was overridden; the person was not told and no reason is recorded.",
            item=f"override:{overridden.event_id}",
        )


def _told_since(case: History, overridden: ConsentOverridden) -> list[PersonInformed]:
    return case.after(overridden.occurred_at, PersonInformed)


def _tells(told: PersonInformed, overridden: ConsentOverridden) -> bool:
    about = told.about in (InformedAbout.OVERRIDE, _TOLD_ABOUT.get(overridden.scope))
    return about and (None in (told.person, overridden.person) or told.person == overridden.person)
