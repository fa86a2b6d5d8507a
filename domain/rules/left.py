"""Whether a case was left at a decision to do nothing further."""

from domain.events.envelope import CaseEvent
from domain.events.lifecycle import (
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.events.plan import SafeguardingPlanAgreed
from domain.events.referrals import ReferralSent
from domain.events.risk import RiskAssessed
from domain.rules.assessed import personal_risks
from domain.rules.history import History, responds
from domain.vocabulary.lifecycle import TriageDecision
from domain.vocabulary.risk import RiskLevel

_GOES_ON: tuple[type[CaseEvent], ...] = (
    ConcernRaised,
    IncidentReported,
    RiskAssessed,
    Reclassified,
    ReferralSent,
    SafeguardingPlanAgreed,
    CaseReopened,
)
"""What takes a case up again after it was left at that."""


def is_left_at_that(case: History) -> bool:
    """Tell whether the last triage decided on no further action, and nothing came since.

    Nobody may have closed the case, as some systems never do. At more than low risk it is watched
    all the same, until somebody closes it.
    """
    triage = case.latest(TriageCompleted)
    if triage is None or triage.decision is not TriageDecision.NFA:
        return False
    levels = (assessments[-1].level for assessments in personal_risks(case).values())
    if any(level is not RiskLevel.LOW for level in levels):
        return False
    return all(responds(triage, event) for event in case.all(*_GOES_ON))
