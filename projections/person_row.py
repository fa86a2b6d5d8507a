"""The columns of the people of a case: one row per person."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict, Field

from domain.events.fields import Part
from domain.events.people import ContactPoint
from domain.roles import RoleFacts, Roles
from domain.vocabulary.consent import InformedAbout
from domain.vocabulary.housing import Tenure
from domain.vocabulary.lifecycle import ChildAim
from domain.vocabulary.people import (
    Involvement,
    PersonRole,
    PersonType,
    TenureRole,
    YesNoUnknown,
)
from domain.vocabulary.safeguarding import RiskOutcome
from domain.vocabulary.vulnerability import ContactMethod
from projections.aliases import RecordLinks
from projections.person_voice import Advocate, Capacity, DesiredOutcomes, OutcomeFeedback
from projections.personal_columns import Account, Catalogued, Identity, Place, Pseudonym
from projections.read_model import Row
from projections.residence import Residences
from projections.vulnerabilities import Vulnerability, VulnerabilityFacts


class Communication(Part):
    """How to reach a person, and what is safe; no safe channel means none is known to be safe."""

    method: ContactMethod
    language: Identity[str | None]
    interpreter: YesNoUnknown
    safe_channels: tuple[ContactMethod, ...]
    unsafe_channels: tuple[ContactMethod, ...]
    safe_times: Place[str | None]
    written_ineffective: bool
    contact_points: tuple[ContactPoint, ...]
    noted_at: datetime


class Informed(Part):
    """The last time a person was told what was done about them, or deliberately was not."""

    about: InformedAbout
    informed: bool
    method: ContactMethod | None
    not_informed_reason: Account[str | None]
    at: datetime


class Outcome(Part):
    """What had become of a person's risk when the case was closed; for a child, of the aims."""

    risk_outcome: RiskOutcome | None
    child_aims: tuple[ChildAim, ...]
    summary: Account[str | None]
    at: datetime


class PersonRow(Row):
    """One person of a case: everyone an event is about or names, known by name or not."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "person"

    person: Pseudonym[str]
    """The person as the publishing systems refer to them; not a name."""
    alias_of: Pseudonym[str | None] = None
    """The reference that goes on being used in place of this one, where records were merged. What
    was recorded under this one stays in this row."""
    aliases: Pseudonym[tuple[str, ...]] = ()
    """The references in whose place this one goes on being used."""
    record_links: RecordLinks = ()
    """What was last said of this reference and others, from which that is told."""
    name: Identity[str | None] = None
    """The name, where one was given."""
    unidentified_description: Identity[str | None] = None
    """What is known of someone whose identity is not."""
    date_of_birth: Identity[date | None] = None
    """When the person was born, where that was given."""
    date_of_death: Identity[date | None] = None
    """When the person died, where that was given."""
    person_type: PersonType | None = None
    """What the person is to the landlord."""
    tenure_role: TenureRole | None = None
    """How the person holds or shares a home now; the end of a tenancy makes a former tenant of
    someone where it is not said otherwise."""
    tenure: Tenure | None = None
    """On what terms the person lives there."""
    residences: Residences = ()
    """What was said of where the person lives, in order of happening; see `household_at`."""
    known_to_social_care: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether social care knew the person; an answer is not undone by a later "not known"."""
    involvement: Involvement | None = None
    """How far the person has a part in what is decided about them."""
    not_involved_reason: Account[str | None] = None
    """Why they do not, where that was said with it."""
    said_at: Catalogued[dict[str, datetime]] = Field(default_factory=dict)
    """When each of these was last said, by its column; what is not known undoes nothing."""
    current_roles: tuple[PersonRole, ...] = ()
    """The roles the person has now."""
    roles: Roles = ()
    """Every role the person has or had, in the order of happening."""
    role_facts: RoleFacts = ()
    """What events said of these, from which that is told."""
    vulnerabilities: tuple[Vulnerability, ...] = ()
    """What puts or put the person at risk, each from when to when; see `vulnerable_on`."""
    vulnerability_facts: VulnerabilityFacts = ()
    """What events said of these, from which that is told."""
    communication: Communication | None = None
    """How to reach the person safely, as last recorded."""
    informed: Informed | None = None
    """When and of what the person was last told, or why they were not."""
    capacity: tuple[Capacity, ...] = ()
    """Whether the person could take a decision: the latest consideration of each decision."""
    desired_outcomes: DesiredOutcomes | None = None
    """What the person wants to come of it, or that they were not asked."""
    outcome_feedback: OutcomeFeedback | None = None
    """What the person makes of what was done."""
    advocates: tuple[Advocate, ...] = ()
    """Who supports the person in being heard."""
    outcome: Outcome | None = None
    """What had become of the person's risk when the case was last closed."""

    def vulnerable_on(self, day: date) -> tuple[Vulnerability, ...]:
        """Return what put the person at risk on `day`, as far as this row knows."""
        return tuple(held for held in self.vulnerabilities if held.holds_on(day))
