"""What the parts of a figure are called: the label of a code, the name of a team."""

from domain.vocabulary.challenge import BarrierCode
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import OverrideGround
from domain.vocabulary.housing import HousingType
from domain.vocabulary.lifecycle import NoStatutoryRoute, ReporterKind
from domain.vocabulary.meetings import Forum, InviteBasis
from domain.vocabulary.organisation import ComplianceKind
from domain.vocabulary.people import TenureRole
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.reviews import ReviewType
from domain.vocabulary.safeguarding import (
    AbuseType,
    Assurance,
    Channel,
    Classification,
    ContextFactor,
    HateStrand,
    IncidentKind,
    Indicator,
    RiskOutcome,
    Strand,
)
from projections.kpi_case_row import NewCaseVia, ReportingDelay
from services.wording import words

LISTS: dict[str, type[CodedList]] = {
    "new_cases_by_strand": Strand,
    "new_cases_by_abuse_type": AbuseType,
    "new_cases_by_channel": Channel,
    "new_cases_by_reporter": ReporterKind,
    "new_cases_by_housing_type": HousingType,
    "new_cases_by_tenure": TenureRole,
    "hoarding_cases": NewCaseVia,
    "closed_cases_by_assurance": Assurance,
    "closed_cases_by_risk_outcome": RiskOutcome,
    "reclassifications": Classification,
    "reporting_delay": ReportingDelay,
    "no_statutory_route": NoStatutoryRoute,
    "consent_overrides_by_ground": OverrideGround,
    "barriers": BarrierCode,
    "concerns_by_strand": Strand,
    "concerns_by_context_factor": ContextFactor,
    "incidents": IncidentKind,
    "hate_reports": HateStrand,
    "exploitation_signs": Indicator,
    "referrals_sent_by_route": ReferralRoute,
    "referrals_accepted_by_route": ReferralRoute,
    "feedback_any_by_route": ReferralRoute,
    "feedback_timely_by_route": ReferralRoute,
    "feedback_adequate_by_route": ReferralRoute,
    "meetings_held_by_forum": Forum,
    "invitations_by_basis": InviteBasis,
    "forum_attendance": Forum,
    "reviews": ReviewType,
    "compliance": ComplianceKind,
    "compliance_by_team": ComplianceKind,
}
"""The coded list that a figure is split by; `reclassifications` by two of its codes, what it was
and what it became, and `compliance_by_team` also by the name of the team."""

_BECAME = " > "
_UNKNOWN = "unknown"


def part_of(figure: str, dimension: str) -> str:
    """Return what a part of a figure is called."""
    if _BECAME in dimension:
        return " \N{RIGHTWARDS ARROW} ".join(
            part_of(figure, each) for each in dimension.split(_BECAME)
        )
    code, comma, team = dimension.partition(", ")
    coded = LISTS.get(figure)
    if coded is not None and code in set(coded):
        return f"{coded(code).label}{comma}{team}"
    if dimension == _UNKNOWN:
        return "Not known"
    # A name, such as that of a team, is shown as it was told.
    is_code = dimension == dimension.lower()
    return words(dimension.replace("-", " ")) if is_code else dimension
