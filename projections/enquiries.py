"""Safeguarding enquiries: asked of the landlord, reported by it, and what they came to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.enquiries import EnquiryOutcomeReceived, EnquiryReported, EnquiryRequested
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.vocabulary.consent import Agency
from domain.vocabulary.enquiry import EnquiryCapacity, EnquiryRiskResult
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.referral import EnquiryType
from domain.vocabulary.safeguarding import RiskOutcome
from projections.event_row import days_between, in_case, strictest
from projections.personal_columns import Account, Post, Reference
from projections.read_model import ReadModel, Row

Step = EnquiryRequested | EnquiryReported | EnquiryOutcomeReceived


class EnquiryRow(Row):
    """One enquiry, the landlord's own or one that it only hears of. The latest word holds."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "enquiry_id"

    enquiry_id: Reference[str]
    """The enquiry's reference within its case."""
    enquiry_type: EnquiryType | None
    """The kind of enquiry; one that the landlord was asked for is `caused-to-housing` unless
    something else was said."""
    referral_id: Reference[str | None]
    """The referral that led to it."""
    requested_at: datetime | None
    """When the landlord was asked to make it; None where it was not."""
    requested_by: Agency | None
    """Who asked."""
    scope: Account[str | None]
    """What is to be found out."""
    due: date | None
    """When the landlord's report is due."""
    report_to: Post[str | None]
    """The post that the report goes to."""
    support: Account[str | None]
    """What help was offered with it."""
    conflict_of_interest: YesNoUnknown | None
    """Whether the landlord would be enquiring into itself; None where it was not asked."""
    reported_at: datetime | None
    """When the landlord first reported."""
    days_late: int | None
    """Calendar days from the due day to the first report; negative where it came before."""
    findings: Account[str | None]
    """What it found, as last reported."""
    recommendation: Account[str | None]
    """What it recommends, as last reported."""
    outcome_at: datetime | None
    """When the landlord was told what it came to."""
    risk_result: EnquiryRiskResult | None
    """Whether a risk was identified and acted on (SG2c)."""
    risk_outcome: RiskOutcome | None
    """What became of the risk (SG2e)."""
    capacity: EnquiryCapacity | None
    """Whether the person lacked capacity (SG3a)."""
    supported: YesNoUnknown | None
    """Whether someone who lacked it had support (SG3a)."""
    sensitivity: Sensitivity
    """Who may see it: the strictest of what it is made of."""


enquiries = ReadModel("enquiries", 1, EnquiryRow)


@enquiries.of_whole_streams(EnquiryRequested, EnquiryReported, EnquiryOutcomeReceived)
def _enquiries(history: History, policy: Policy) -> Iterable[EnquiryRow]:
    told: list[Step] = [
        *history.all(EnquiryRequested),
        *history.all(EnquiryReported),
        *history.all(EnquiryOutcomeReceived),
    ]
    steps: dict[str, list[Step]] = {}
    for step in told:
        steps.setdefault(step.enquiry_id, []).append(step)
    return [_row(enquiry_id, found) for enquiry_id, found in steps.items()]


def _row(enquiry_id: str, steps: Sequence[Step]) -> EnquiryRow:
    asked = next((step for step in steps if isinstance(step, EnquiryRequested)), None)
    reports = [step for step in steps if isinstance(step, EnquiryReported)]
    outcomes = [step for step in steps if isinstance(step, EnquiryOutcomeReceived)]
    first = reports[0].occurred_at if reports else None
    report = reports[-1] if reports else None
    outcome = outcomes[-1] if outcomes else None
    return EnquiryRow(
        **in_case(steps[0]),
        enquiry_id=enquiry_id,
        enquiry_type=_enquiry_type(asked, outcome),
        referral_id=(asked and asked.referral_id) or (outcome and outcome.referral_id),
        requested_at=asked and asked.occurred_at,
        requested_by=asked and asked.requested_by,
        scope=asked and asked.scope,
        due=asked and asked.due,
        report_to=asked and asked.report_to,
        support=asked and asked.support,
        conflict_of_interest=asked and asked.conflict_of_interest,
        reported_at=first,
        days_late=days_between(asked.due, first) if asked and first else None,
        findings=report and report.findings,
        recommendation=report and report.recommendation,
        outcome_at=outcome and outcome.occurred_at,
        risk_result=outcome and outcome.risk_result,
        risk_outcome=outcome and outcome.risk_outcome,
        capacity=outcome and outcome.capacity,
        supported=outcome and outcome.supported,
        sensitivity=strictest(steps),
    )


def _enquiry_type(
    asked: EnquiryRequested | None, outcome: EnquiryOutcomeReceived | None
) -> EnquiryType | None:
    if outcome and outcome.enquiry_type:
        return outcome.enquiry_type
    return EnquiryType.CAUSED_TO_HOUSING if asked else None
