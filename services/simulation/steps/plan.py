"""What is decided, planned and done, and how managers look at it."""

from typing import Any

from domain.events.lifecycle import CaseClosed
from domain.events.links import MonitoringScheduled
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionReopened,
    ActionRescheduled,
    DecisionRecorded,
    ManagementOversightRecorded,
    SafeguardingPlanAgreed,
    SafeguardingPlanReviewed,
)
from domain.events.voice import OutcomeFeedbackRecorded
from domain.vocabulary.lifecycle import ChildAim, Frequency, MonitoringReason
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.plan import (
    ActionKind,
    ActionOrigin,
    CancellationReason,
    DecisionKind,
    OversightKind,
    PersonInvolvement,
    PlanReviewOutcome,
)
from domain.vocabulary.safeguarding import Assurance, ClosureReason, RiskOutcome
from domain.vocabulary.voice import OutcomesAchieved, ToldBy
from services.simulation.case import Case
from services.simulation.world import HOUSING, LANDLORD, LEAD, MANAGER, Desk

_TEXTS = {
    ActionKind.IMPACT_ASSESSMENT: "Assess what it means for neighbours, staff and agencies.",
    ActionKind.RISK_TO_VISITORS: "Assess the risk to everyone who visits.",
    ActionKind.POLICY_REVIEW: "Review how we visit alone.",
    ActionKind.LEGAL_ADVICE: "Take advice on an injunction.",
    ActionKind.VISIT: "Visit together with the support worker.",
    ActionKind.OTHER: "Change the locks and fit a door viewer.",
}

_TO_BE_SAFE = ["Stay, with more security.", "Move within the area.", "Do nothing for now."]
_OPTIONS = {
    DecisionKind.NO_REFERRAL: ["Respect the refusal and look again.", "Wait, and ask again."],
    DecisionKind.LEGAL: ["Apply for an injunction.", "Write first.", "Take no step."],
    DecisionKind.TENURE: ["Keep the terms of the tenancy.", "Grant a new tenancy."],
    DecisionKind.CLOSURE: ["Keep the case open.", "Close, with a visit in a month."],
}


def decided(case: Case, kind: DecisionKind, *, privileged: bool = False) -> None:
    """Take a decision between options."""
    options = _OPTIONS.get(kind, _TO_BE_SAFE)
    case.tell(
        DecisionRecorded,
        MANAGER if case.chance(0.4) else LEAD,
        kind=kind,
        options=options,
        chosen=case.dice.pick(options[:2]),
        rationale="It is what the person asks for, and no less would be right.",
        decider=case.manager,
        consulted=[case.lead, case.staff(HOUSING)] if case.chance(0.5) else None,
        privileged=True if privileged else None,
        review_on=case.day(28) if kind is DecisionKind.NO_REFERRAL or case.chance(0.3) else None,
        policy_refs=["Wellbeing policy 4.2"] if case.chance(0.4) else None,
        dissenting_view="The social worker would wait." if case.chance(0.1) else None,
        proportionality="No less would do." if case.chance(0.3) else None,
    )


def planned(case: Case, *, reviews: int) -> None:
    """Agree a safeguarding plan, and review it beside the rest."""
    dice = case.dice
    plan = case.item("plan")
    involvement = dice.code(PersonInvolvement)
    why = "Did not want to come." if involvement is PersonInvolvement.NOT_INVOLVED else None
    case.tell(
        SafeguardingPlanAgreed,
        LEAD,
        subjects=case.about,
        plan_id=plan,
        aims=["Safe at home, day and night.", "Someone to call who comes."],
        review_due=case.day(42),
        person_involved=involvement,
        not_involved_reason=why,
    )
    with case.meanwhile():
        for number in range(reviews):
            case.wait(24, 34)
            last = number == reviews - 1
            endings = tuple(each for each in PlanReviewOutcome if each.goes_on is not last)
            outcome = dice.pick(endings)
            case.tell(
                SafeguardingPlanReviewed,
                LEAD,
                plan_id=plan,
                outcome=outcome,
                aims=["Money in their own hands."] if outcome == "amended" else None,
                next_review_due=case.day(42) if outcome.goes_on else None,
                person_involved="involved",
            )


def acted(case: Case, count: int, origin: ActionOrigin, ref: str | None = None) -> None:
    """Agree actions, each with a course of its own beside the rest."""
    for kind in case.dice.several(tuple(ActionKind), count, count):
        action, safety = case.item("act"), case.chance(0.35)
        outside = case.chance(0.25)
        case.tell(
            ActionAgreed,
            LEAD,
            action_id=action,
            text=_TEXTS[kind],
            kind=kind,
            owner_org=case.authority.name if outside else LANDLORD,
            owner=None if outside else case.staff(HOUSING),
            due=case.day(case.dice.whole(3, 45)),
            safety=safety,
            origin=origin,
            origin_ref=ref,
            cost_pence=case.dice.whole(2_000, 90_000) if case.chance(0.2) else None,
        )
        with case.meanwhile():
            _carried_out(case, action, safety=safety)


def _carried_out(case: Case, action: str, *, safety: bool) -> None:
    case.wait(2, 20)
    if case.chance(0.3):
        case.tell(ActionProgressed, HOUSING, action_id=action, note="Booked for next week.")
        case.wait(2, 12)
    if case.chance(0.2):
        why = "The contractor could not get in."
        case.tell(ActionRescheduled, HOUSING, action_id=action, new_due=case.day(21), reason=why)
        case.wait(3, 20)
    fate = case.dice.fraction()
    if fate < 0.72:
        _completed(case, action)
        if case.chance(0.06):
            case.wait(3, 15)
            why = "The work did not hold."
            case.tell(ActionReopened, LEAD, action_id=action, reason=why, new_due=case.day(14))
            case.wait(3, 10)
            _completed(case, action)
    elif fate < 0.82:
        reason = case.dice.code(CancellationReason)
        note = "No longer what is needed." if case.chance(0.5) else None
        case.tell(ActionCancelled, LEAD, action_id=action, reason=reason, note=note)
    elif safety:
        case.open_safety_actions.append(action)


def _completed(case: Case, action: str) -> None:
    case.tell(
        ActionCompleted,
        HOUSING,
        action_id=action,
        evidence_note="Photographs in the file." if case.chance(0.5) else None,
        findings="Neighbours had heard it too." if case.chance(0.4) else None,
        impact="Sleeps in the bedroom again." if case.chance(0.3) else None,
    )


def overseen(case: Case) -> None:
    """Have a manager look at the case."""
    case.tell(
        ManagementOversightRecorded,
        MANAGER,
        kind=case.dice.code(OversightKind),
        view=case.say("On course.", "Drifting: no sight of the person for a month.", "Agreed."),
        directions="See them this week, alone." if case.chance(0.4) else None,
        professional_curiosity=(
            "Who opens the door, and why always the same man?" if case.chance(0.15) else None
        ),
    )


def monitored(case: Case, reason: MonitoringReason) -> None:
    """Arrange to look again."""
    case.tell(
        MonitoringScheduled,
        LEAD,
        reason=reason,
        next_date=case.day(case.dice.whole(28, 120)),
        frequency=case.dice.code(Frequency) if case.chance(0.7) else None,
        details="Knock and talk; look at the kitchen.",
    )


def closed(case: Case, reason: ClosureReason, *, asked: bool = True, desk: Desk = LEAD) -> None:
    """Close the case once all else is told, and ask the person what they make of it."""
    dice = case.dice
    case.catch_up()
    case.wait(3, 15)
    assurance = Assurance.CONFIRMED if case.assured else dice.code(Assurance, "confirmed")
    remained = "remained" if reason is ClosureReason.RISK_RESOLVED else ""
    risk = dice.code(RiskOutcome, remained)
    outcome: dict[str, Any] = {"person": case.person, "risk_outcome": risk}
    if case.role is PersonRole.CHILD_AT_RISK:
        outcome["child_aims"] = dice.codes(ChildAim, 1, 3)
    case.tell(
        CaseClosed,
        desk,
        reason=reason,
        assurance=assurance,
        risk_outcome=risk,
        residual_actions=case.open_safety_actions or None,
        approved_by=case.manager,
        outcome_summary="Nothing further for eight weeks; knows whom to ring.",
        msp_summary="Stayed at home, as they wanted." if case.chance(0.5) else None,
        no_assurance_reason="No answer after three reminders." if assurance == "none" else None,
        person_outcomes=[outcome] if case.chance(0.6) else None,
    )
    if asked and case.chance(0.6):
        case.wait(5, 30)
        case.tell(
            OutcomeFeedbackRecorded,
            HOUSING,
            person=case.person,
            achieved=dice.code(OutcomesAchieved),
            safer=dice.code(YesNoUnknown),
            experience="Nobody had asked me before." if case.chance(0.4) else None,
            told_by=dice.code(ToldBy),
        )
