"""The columns of the case state: one row per case, for lists of cases and the head of a case."""

from datetime import date, datetime

from pydantic import ConfigDict

from domain.events.fields import Part, Subject
from domain.vocabulary.coded import CodedList
from domain.vocabulary.housing import HousingType
from domain.vocabulary.risk import RiskLevel, VisitControl, VisitControlScope
from domain.vocabulary.safeguarding import (
    Assurance,
    Classification,
    ClosureReason,
    RiskOutcome,
    Strand,
)
from projections.consent import Consents, Overrides
from projections.enforcement import DatedChange, Warned
from projections.open_items import Turns
from projections.personal_columns import Account, Authority, Identity, Reference
from projections.read_model import Row


class CaseStatus(CodedList, source="Case Timeline"):
    """Whether a case is being worked on."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class ControlInForce(Part):
    """A precaution for visits that has not been lifted; look at `until` before relying on it."""

    control: VisitControl
    scope: VisitControlScope
    until: date | None = None
    set_at: datetime


class ControlLifted(Part):
    """When a precaution for visits was last lifted."""

    control: VisitControl
    scope: VisitControlScope
    at: datetime


class CaseStateRow(Row):
    """One case as it stands. Where a column is the latest of several facts, the latest is meant
    by when it happened, and by recording only where that does not settle it."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    status: CaseStatus = CaseStatus.OPEN
    """Whether the case is open."""
    classification: Classification
    """What the case is treated as."""
    classified_at: datetime
    """Since when it is treated so."""
    first_classification: Classification
    """What the case was treated as to begin with."""
    reclassified_at: datetime | None = None
    """When it was first treated as something else; None if never."""
    reclassifications: int = 0
    """How often it was reclassified."""
    misbadged_days: int | None = None
    """Days in England from `opened_known_at` to `reclassified_at`; None if never reclassified."""
    opened_at: datetime
    """When the first of what opened the case happened, be it a report or its formal opening."""
    opened_known_at: datetime
    """When the landlord first knew of it."""
    formally_opened_at: datetime | None = None
    """When a system of the landlord formally opened the case; this and the next two are None where
    none did."""
    authority: Authority[str | None] = None
    """The local authority the case was opened with; None also where that was not known."""
    housing_type: HousingType | None = None
    """The kind of home the case is about; None also where that was not known."""
    strands: tuple[Strand, ...] = ()
    """Every strand that a concern named, or that the case was formally opened as or reclassified
    to, first named first."""
    immediate_danger: bool | None = None
    """Whether the latest concern spoke of immediate danger; None if no concern was raised."""
    concern_raised_at: datetime | None = None
    """When the latest concern was raised."""
    risk_level: RiskLevel | None = None
    """The latest assessment, except of the risk to visitors. It is that of whoever was assessed
    last: where several people are at risk, see each in the read model `risk`."""
    risk_assessed_at: datetime | None = None
    """When that was assessed."""
    risk_review_due: date | None = None
    """The day by which to assess it again."""
    visitor_risk_level: RiskLevel | None = None
    """The latest assessment of the risk to visitors."""
    visitor_risk_assessed_at: datetime | None = None
    """When that was assessed."""
    visit_controls: tuple[ControlInForce, ...] = ()
    """The precautions for visits that have not been lifted."""
    visit_controls_lifted: tuple[ControlLifted, ...] = ()
    """When each was last lifted, so that a setting from before, told later, does not count."""
    lead: Identity[str | None] = None
    """Who leads the case; None while it is not allocated."""
    team: Identity[tuple[str, ...]] = ()
    """Who else works on it."""
    allocated_at: datetime | None = None
    """When it was given to them."""
    consent: Consents = ()
    """Where each person stands on consent, by scope."""
    consent_overrides: Overrides = ()
    """Every decision to act without consent."""
    open_actions: int = 0
    """How many actions are neither completed nor cancelled."""
    open_action_ids: Reference[tuple[str, ...]] = ()
    """Which those are, in the order in which they were recorded or taken up again."""
    action_turns: Turns = Turns()
    """When actions ended and were taken up again, from which that is told in the order of
    happening."""
    open_referrals: int = 0
    """How many referrals neither have a decision that settles them nor were withdrawn."""
    open_referral_ids: Reference[tuple[str, ...]] = ()
    """Which those are, in the order in which they were recorded or taken up again."""
    referral_turns: Turns = Turns()
    """When referrals ended and were taken up again, from which that is told in the order of
    happening."""
    meetings_held: int = 0
    """How many multi-agency meetings were held."""
    known_from_partners: int = 0
    """How often another agency told the landlord something it had not known."""
    enforcement_to_review: Reference[tuple[str, ...]] = ()
    """Event ids of warnings that are owed a review: nobody has looked at them again, and whom
    they are against has come to be seen as harmed or at risk, whichever was recorded first."""
    warnings_unreviewed: tuple[Warned, ...] = ()
    """Every warning that nobody has looked at again."""
    now_at_risk: tuple[Subject, ...] = ()
    """The persons who came to be seen as harmed or at risk, in the role they then got."""
    role_changes: tuple[DatedChange, ...] = ()
    """Every change of a role, from which that is told in the order of happening."""
    closed_at: datetime | None = None
    """When the case was closed; this and the next four are None while it is open."""
    closure_reason: ClosureReason | None = None
    """Why it was closed."""
    assurance: Assurance | None = None
    """How sure the landlord was then that risk had been assessed and mitigated."""
    no_assurance_reason: Account[str | None] = None
    """Why it was closed without assurance, where that was said."""
    risk_outcome: RiskOutcome | None = None
    """What had become of the risk by then."""
    reopenings: int = 0
    """How often the case was opened again."""
    reopened_at: datetime | None = None
    """When it was last opened again."""
    last_event_at: datetime
    """When the latest of its events happened."""
    last_recorded_at: datetime
    """When anything was last recorded on it."""
    version: int
    """The place in the case of the last event this row takes account of."""
    corrections: int = 0
    """How many corrections were made to its events."""
