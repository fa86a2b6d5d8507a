"""Warnings and legal steps, what they rest on, and their review."""

from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Found, Verdict, must_be, verdict
from domain.events.enforcement import (
    EnforcementActionTaken,
    EnforcementReviewed,
    EnforcementStep,
    WarningIssued,
)
from domain.events.voice import CapacityConsidered


@verdict.register
def _(event: EnforcementStep, state: CaseState, found: Found) -> Verdict:
    if event.capacity_ref is not None:
        return must_be(event.capacity_ref, found, CapacityConsidered)
    return ADMITTED


@verdict.register
def _(event: EnforcementReviewed, state: CaseState, found: Found) -> Verdict:
    return must_be(event.action, found, WarningIssued, EnforcementActionTaken)
