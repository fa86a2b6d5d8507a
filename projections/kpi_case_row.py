"""The columns of the KPI facts: one row per case, from which every figure of a report is made."""

from datetime import date
from typing import Self

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import OverrideGround
from domain.vocabulary.housing import HousingType
from domain.vocabulary.lifecycle import NoStatutoryRoute, ReporterKind
from domain.vocabulary.people import TenureRole
from domain.vocabulary.safeguarding import (
    AbuseType,
    Assurance,
    Channel,
    Classification,
    ClosureReason,
    ConcernBasis,
    RiskOutcome,
    Strand,
)
from projections.personal_columns import Authority, Place, Post, Reference
from projections.read_model import Row


class NewCaseVia(CodedList, source="KPI report, part D9: counted once, reclassified apart"):
    """How a case came to count as a new safeguarding case; never both."""

    OPENED = "opened", "Opened as safeguarding"
    RECLASSIFIED = "reclassified", "Reclassified into safeguarding"


class ReportingDelay(CodedList, source="Primero: time from incident to report"):
    """How long after it happened something was reported, in days in England."""

    DAYS_0_TO_3 = "0-3-days", "0 to 3 days"
    DAYS_4_TO_5 = "4-5-days", "4 to 5 days"
    DAYS_6_TO_14 = "6-14-days", "6 to 14 days"
    DAYS_15_TO_30 = "15-30-days", "15 to 30 days"
    MONTHS_1_TO_3 = "1-3-months", "1 to 3 months (31 to 90 days)"
    OVER_3_MONTHS = "over-3-months", "More than 3 months (over 90 days)"

    @classmethod
    def of(cls, days: int) -> Self:
        """Return the span that so many days fall into."""
        limits = (3, 5, 14, 30, 90)
        return list(cls)[sum(days > limit for limit in limits)]


class Reclassification(Part):
    """The case was treated as one thing, and from then on as another."""

    day: date
    """The day in England on which that became known."""
    was: Classification
    now: Classification


class Spell(Part):
    """A time during which the case was open; the closing holds what was said of it then."""

    opened_on: date
    closed_on: date | None = None
    reason: ClosureReason | None = None
    assurance: Assurance | None = None
    risk_outcome: RiskOutcome | None = None


class Overridden(Part):
    """A decision to act without consent."""

    day: date
    grounds: tuple[OverrideGround, ...]


class ReferralWait(Part):
    """A time during which a referral was neither settled nor withdrawn."""

    referral_id: Reference[str]
    since: date
    """The day on which it was put, or put again."""
    until: date | None = None
    """The day of the decision that settled it, or on which it was withdrawn; None while it waits.
    """


class KpiCaseRow(Row):
    """What reports count of one case. Every day is a day in England.

    What comes to the landlord as news counts on the day on which it became known; what was done
    counts on the day on which it was done.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    opened_on: date
    """The day from which the landlord had the case: when its formal opening became known, or, where
    there is none, its first report."""
    first_classification: Classification
    """What it was treated as to begin with."""
    classification: Classification
    """What it is treated as."""
    new_case_on: date | None
    """The day on which it was first treated as safeguarding, once only: `opened_on` where it was to
    begin with, else the first day on which a reclassification into safeguarding became known;
    None while it never was."""
    new_case_via: NewCaseVia | None
    """Which of the two it was."""
    domestic_abuse_on: date | None
    """The first day on which domestic abuse was known: from the opening, the category of an
    incident, a concern that names the strand, the type of abuse or one of the behaviours, or a
    reclassification."""
    hoarding_on: date | None
    """The first day on which hoarding was known: from the opening, the category of an incident, a
    concern that names the strand, a reclassification, or an assessment of its level; None also
    where the case never was safeguarding, so that it is always a part of that."""
    strands: tuple[Strand, ...]
    """What the case was treated as to begin with, every strand that a concern named, and what it
    was opened as or reclassified to."""
    abuse_types: tuple[AbuseType, ...]
    """Every type of abuse that a concern named."""
    channel: Channel | None
    """How the first concern reached the landlord; incidents do not say."""
    basis: ConcernBasis | None
    """What the first concern rested on."""
    raised_by_role: Post[str | None]
    """The post or part of whoever raised the first concern; where there is none, of whoever first
    reported an incident, as far as that names one."""
    raised_by_kind: ReporterKind | None
    """What they are to the landlord."""
    raised_by_team: Post[str | None]
    """The landlord's team they belong to."""
    property_ref: Place[str | None]
    """Where it happened, as the first event to say so has it."""
    authority: Authority[str | None]
    """The local authority the case was opened with; None also where that was not known."""
    housing_type: HousingType | None
    """The kind of home it was opened about, or else that a change of housing last told of."""
    tenure_role: TenureRole | None
    """How the person harmed or at risk holds or shares the home; of several, the first known."""
    reclassifications: tuple[Reclassification, ...]
    """Every reclassification, in the order of happening."""
    misbadged_days: int | None
    """Days from when the landlord first knew of any report, or opened the case, to its first
    reclassification; None if it was never reclassified."""
    first_report_on: date | None
    """The day on which the first report to have happened became known; None where there is only a
    formal opening."""
    reporting_delay_days: int | None
    """Days from when that happened to when it became known; None where it is dated no closer than
    by the month, or only about."""
    reporting_delay: ReportingDelay | None
    """The span those days fall into."""
    triaged_on: date | None
    """The day of the first triage."""
    no_statutory_route: NoStatutoryRoute | None
    """Why no statutory service will act, as the latest triage that says so has it."""
    no_statutory_route_on: date | None
    """The day of that triage."""
    first_referral_on: date | None
    """The day on which the first referral was sent."""
    first_meeting_after_referral_on: date | None
    """The day of the first meeting held on that day or later, with housing or without."""
    days_to_meeting: int | None
    """Days from the one to the other."""
    referral_waits: tuple[ReferralWait, ...]
    """The times during which its referrals awaited a decision; one put again waits once more."""
    is_open: bool
    """Whether work on the case goes on."""
    spells: tuple[Spell, ...]
    """The times during which it was open; the first begins on `opened_on`."""
    closed_on: tuple[date, ...]
    """The days on which it was closed."""
    reopened_on: tuple[date, ...]
    """The days on which it was opened again."""
    assurance: Assurance | None
    """How sure the landlord was at the latest closing that the risk was dealt with; None while the
    case is open, and so is the next."""
    risk_outcome: RiskOutcome | None
    """What had become of the risk by then."""
    concerns: int
    """How many concerns were raised."""
    low_level_concerns: int
    """How many of them were of a low level."""
    consent_overrides: tuple[Overridden, ...]
    """Every decision to act without consent, by the day on which it was taken."""
    barriers: int
    """How many barriers were met; the read model `barriers` has each."""
    staff_allegations: tuple[date, ...]
    """The days on which allegations against staff became known; only their number may be shown."""
    enquiries_asked: tuple[date, ...]
    """The days on which an authority asked the landlord to make an enquiry of its own."""
    enquiries_reported: int
    """How many reports on such enquiries were made."""
    asb_alleged_perpetrators: int
    """How many people were seen as alleged perpetrators, and no more than that, while the case was
    antisocial behaviour."""
    asb_re_roled: int
    """How many of them came to be seen later as harmed or at risk."""
