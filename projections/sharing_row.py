"""The columns of the consent and sharing register: one row per decision or exchange."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict

from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import (
    Agency,
    ConsentScope,
    ConsentState,
    InformedAbout,
    LegalBasis,
    OnwardSharing,
    OverrideGround,
    SharingMethod,
)
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.vulnerability import ContactMethod
from projections.event_row import EventRow
from projections.personal_columns import Account, Identity, Post, Pseudonym, Reference


class SharingKind(CodedList, source="Case Timeline: disclosure register"):
    """What an entry of the register is about."""

    CONSENT = "consent", "Consent decision"
    OVERRIDE = "override", "Acting without consent"
    INFORMED = "informed", "Person informed, or not"
    SHARED = "shared", "Information shared"
    RECEIVED = "received", "Information received"
    ADVICE = "advice", "Advice sought"


class SharingRow(EventRow):
    """One entry of the register; what does not belong to its kind is None or empty."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    kind: SharingKind
    """What the entry is about."""
    person: Pseudonym[str | None] = None
    """Whose consent it is, who was informed, or whom advice was about; None for nobody named."""
    persons: Pseudonym[tuple[str, ...]] = ()
    """Everyone it is about or names."""
    scope: ConsentScope | None = None
    """What consent, or acting without it, covers."""
    state: ConsentState | None = None
    """Where the person stood."""
    current: bool | None = None
    """Whether a consent decision or an override holds: no later decision has taken its place."""
    sought_by: Identity[str | None] = None
    """Who asked for consent."""
    how: ContactMethod | None = None
    """How consent was asked for, or how the person was informed."""
    reason_not_sought: Account[str | None] = None
    """Why consent was not sought."""
    overridden_at: datetime | None = None
    """When it was last decided to act without the consent that this decision is about."""
    grounds: tuple[OverrideGround, ...] = ()
    """On what grounds it was decided to act without consent."""
    rationale: Account[str | None] = None
    """Why, in words."""
    decider: Identity[str | None] = None
    """Who decided that."""
    dissenting_view: Account[str | None] = None
    """Who saw it otherwise, and why."""
    risk_of_sharing: Account[str | None] = None
    """What acting without consent may itself put at risk."""
    about: InformedAbout | None = None
    """What the person was told about, or was not."""
    informed: bool | None = None
    """Whether the person was informed; of an override None while neither that nor why not is
    recorded."""
    informed_at: datetime | None = None
    """When the person was informed, or when it was decided not to."""
    not_informed_reason: Account[str | None] = None
    """Why the person was not informed."""
    agency: Agency | None = None
    """The kind of organisation that was told, told us or was asked."""
    agency_role: Post[str | None] = None
    """The post there."""
    items: Account[tuple[str, ...]] = ()
    """What was shared: these items and nothing else."""
    item_count: int = 0
    """How many items were shared."""
    legal_basis: LegalBasis | None = None
    """What in law allowed sharing them."""
    rests_on: UUID | None = None
    """The consent decision or override that sharing rests on; None where a child is at risk."""
    rests_on_kind: SharingKind | None = None
    """Whether that is a consent decision or an override."""
    method: SharingMethod | None = None
    """How information was handed over."""
    request_id: Reference[str | None] = None
    """The request that it answers."""
    sealed_items: bool = False
    """Whether any item came from what is sealed."""
    released_by: Identity[str | None] = None
    """Who released what is sealed."""
    topic: Account[str | None] = None
    """What another agency told us about."""
    new_to_us: bool | None = None
    """Whether the landlord had not known it."""
    onward_sharing: OnwardSharing | None = None
    """Whether the landlord may pass on what it was told."""
    identities_disclosed: bool | None = None
    """Whether whoever was asked for advice was told whom it is about."""
    question: Account[str | None] = None
    """What advice was sought on."""
    advice: Account[str | None] = None
    """What they said."""
    refer_advised: YesNoUnknown | None = None
    """Whether the advice was to refer."""
