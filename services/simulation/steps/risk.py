"""How high the risk is, what was done at once, and what protects those who visit."""

from typing import Any

from domain.events.protection import (
    ExploitationIndicatorObserved,
    ImmediateProtectionTaken,
    WarningMarkerPlaced,
    WarningMarkerRemoved,
    WarningMarkerReviewed,
)
from domain.events.risk import (
    RiskAssessed,
    VisitControlAcknowledged,
    VisitControlLifted,
    VisitControlSet,
    dash_floor,
)
from domain.vocabulary.harm import Exploitation
from domain.vocabulary.protection import (
    ExploitationIndicator,
    ImmediateProtection,
    MarkerOutcome,
    MarkerType,
)
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.risk import (
    Confidence,
    MaracCriterion,
    RiskDirection,
    RiskLevel,
    RiskSubject,
    RiskTool,
    VisitControl,
    VisitControlScope,
)
from domain.vocabulary.vulnerability import Amplifier, ContactMethod, EscapeBarrier
from services.simulation.case import Case
from services.simulation.telling import Said
from services.simulation.world import ASB, HMS, HOUSING, LEAD, MANAGER, REPAIRS, Desk

_REVIEW_DAYS = {"low": 90, "medium": 28, "high": 14, "critical": 7}
_LEVELS = {"low": 30, "medium": 40, "high": 24, "critical": 6}

_MARKER_OUTCOMES = {MarkerOutcome.RENEW: 4, MarkerOutcome.AMEND: 2, MarkerOutcome.END: 4}


def assessed(
    case: Case,
    tool: RiskTool = RiskTool.GENERAL,
    *,
    weights: dict[str, float] | None = None,
    previous: RiskLevel | None = None,
    desk: Desk = LEAD,
) -> RiskLevel:
    """Assess the risk and return its level."""
    dice = case.dice
    level = RiskLevel(dice.weighted(weights or _LEVELS))
    own: dict[str, Any] = {}
    if tool is RiskTool.DASH:
        score = dice.whole(3, 19)
        level = max(level, dash_floor(score), key=lambda each: each.rank)
        own = {"score": score, "answers": _answers(case)}
        if level.is_high:
            own["marac_criteria"] = dice.codes(MaracCriterion, 1, 2)
    if tool is not RiskTool.VISITOR:
        case.high_risk = level.is_high
    case.tell(
        RiskAssessed,
        desk,
        person=None if tool is RiskTool.VISITOR else case.person,
        tool=tool,
        level=level,
        previous=previous,
        direction=dice.code(RiskDirection) if previous else None,
        confidence=dice.code(Confidence),
        rationale=case.say(
            "What was reported fits what was seen, and nothing stands in the way of more.",
            "Alone most of the day; the only person who calls is the one they fear.",
            "No further incident, and the person has someone to turn to.",
        ),
        review_due=case.day(_REVIEW_DAYS[level]),
        subject="visitors" if tool is RiskTool.VISITOR else dice.code(RiskSubject),
        amplifiers=dice.codes(Amplifier, 0, 2) or None,
        escape_barriers=dice.codes(EscapeBarrier, 1, 1) if case.chance(0.2) else None,
        **own,
    )
    return level


def _answers(case: Case) -> list[dict[str, str]]:
    return [
        {"question": "Are you very frightened?", "answer": case.say("Yes", "No", "Sometimes")},
        {"question": "Is it getting worse?", "answer": case.say("Yes", "No", "Does not know")},
    ]


def protected_at_once(case: Case, kind: ImmediateProtection | None = None) -> None:
    """Do something at once."""
    which = kind or case.dice.code(ImmediateProtection)
    police = which is ImmediateProtection.CALL_999
    case.tell(
        ImmediateProtectionTaken,
        case.dice.pick((HOUSING, ASB, LEAD)),
        place=case.home.ref,
        kind=which,
        person=case.person,
        ref=f"police-{case.dice.whole(100, 99_999)}" if police else None,
    )


def exploitation_seen(case: Case, signs: int, form: Exploitation | None = None) -> None:
    """See signs of exploitation, one after the other."""
    for sign in case.dice.several(tuple(ExploitationIndicator), signs, signs):
        case.wait(0, 6)
        desk = case.dice.pick((HOUSING, REPAIRS, ASB))
        case.tell(
            ExploitationIndicatorObserved,
            desk,
            place=case.home.ref,
            indicator=sign,
            form=form if case.chance(0.5) else None,
            person=case.person,
            observed_by=desk.role,
        )


def visits_controlled(case: Case, *, lifted: bool) -> None:
    """Set a precaution for visits; other systems take it over, and perhaps it is lifted."""
    dice = case.dice
    control, scope = dice.code(VisitControl), dice.code(VisitControlScope)
    case.tell(
        VisitControlSet,
        LEAD,
        place=case.home.ref,
        subjects=case.about,
        control=control,
        scope=scope,
        until=case.day(180) if case.chance(0.3) else None,
        instruction="Ring first; leave if others are there.",
        reason="People come to the home whom the person fears.",
    )
    with case.meanwhile():
        for consumer in (HMS, REPAIRS):
            case.wait(0, 2)
            if case.chance(0.85):
                case.tell(
                    VisitControlAcknowledged,
                    consumer,
                    consumer=consumer.source,
                    control=control,
                    scope=scope,
                )
        if lifted:
            case.wait(20, 70)
            case.tell(
                VisitControlLifted,
                LEAD,
                control=control,
                scope=scope,
                reason="Nobody has come since; visits are safe again.",
            )


def marked(case: Case, incident: Said, *, kind: MarkerType | None = None) -> None:
    """Place a warning marker because of an incident; it is reviewed and perhaps removed."""
    dice = case.dice
    which = kind or dice.code(MarkerType)
    marker, on_home, disclosed = case.item("marker"), case.chance(0.4), case.chance(0.6)
    secrecy = Sensitivity.RESTRICTED if which.is_about_health else Sensitivity.STANDARD
    case.tell(
        WarningMarkerPlaced,
        MANAGER,
        secrecy=secrecy,
        place=case.home.ref,
        because=incident,
        marker_id=marker,
        subject="property" if on_home else "person",
        person=None if on_home else case.person,
        marker_type=which,
        instruction="Two people on every visit; read the visit control first.",
        incident=incident.ref,
        approved_by=case.manager,
        disclosed=disclosed,
        disclosed_how=dice.code(ContactMethod) if disclosed else None,
        non_disclosure_reason=None if disclosed else "Telling them now would raise the risk.",
        review_due=case.day(dice.whole(90, 360)),
    )
    if case.chance(0.6):
        with case.meanwhile():
            case.wait(50, 120)
            _marker_reviewed(case, marker)


def _marker_reviewed(case: Case, marker: str) -> None:
    outcome = case.dice.weighted(_MARKER_OUTCOMES)
    case.tell(
        WarningMarkerReviewed,
        MANAGER,
        marker_id=marker,
        outcome=outcome,
        reason="No further incident." if outcome == "end" else "The risk goes on.",
        instruction="Ring before calling." if outcome == "amend" else None,
        next_review=None if outcome == "end" else case.day(180),
        disclosed=True,
    )
    if outcome is MarkerOutcome.END:
        case.wait(0, 2)
        case.tell(WarningMarkerRemoved, MANAGER, marker_id=marker, reason="Review: to be ended.")
