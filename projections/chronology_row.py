"""The columns of a chronology for a review: one row per review and event."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.personal import NotPersonal
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import Precision, Sensitivity
from domain.vocabulary.reviews import Impact, Significance
from projections.contacts import Gap
from projections.marks import Corrections, Dispute, Redacted
from projections.personal_columns import (
    Account,
    Catalogued,
    EventAccount,
    Headline,
    Identity,
    Organisation,
    Post,
    Pseudonym,
    Reference,
    System,
)
from projections.read_model import Row


class Inclusion(CodedList, source="Case Timeline: curated chronology"):
    """Whether an event has a place in the chronology of a review."""

    UNDECIDED = "undecided", "Not decided"
    INCLUDED = "included", "Included"
    LEFT_OUT = "left-out", "Left out"


class ChronologyRow(Row):
    """One event as a review sees it. What happened is the timeline's; the author's part is kept
    apart from it and can be taken away."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "entry"

    entry: Reference[str]
    """The review's reference and the event's id, as `SAR-1|<event id>`."""
    review_id: Reference[str]
    """The review."""
    event_id: UUID
    """The event."""
    place: int
    """Its number within the chronology, in order of happening, from 1."""
    in_scope: bool
    """Whether it lies within the days that the review looks at; else it was chosen all the same."""
    type: Catalogued[str]
    """The event's name in the catalogue."""
    occurred_at: datetime
    """The date and time, or the beginning of the period."""
    occurred_precision: Precision
    """How exactly that is known."""
    occurred_to: datetime | None
    """The end of the period, where it happened between two moments."""
    agency: Organisation[str]
    """The organisation whose contact or knowledge it is."""
    source: System[str]
    """The system that holds the source record."""
    source_event_id: Reference[str]
    """The record's reference there."""
    author_role: Post[str]
    """As what whoever entered it did so."""
    persons: Pseudonym[tuple[str, ...]]
    """Everyone it is about or names, by pseudonymous reference."""
    about_review_persons: bool | None
    """Whether one of them is whom the review is about; None where it names nobody."""
    headline: Headline[str]
    """What happened, in one line without free text."""
    account: EventAccount[str | None]
    """What happened, in words; None also where it was redacted."""
    seen: YesNoUnknown | None
    """Whether the person was seen; None where it was no contact."""
    seen_alone: YesNoUnknown | None
    """Whether the person was seen alone; None also where that was not said."""
    voice: Account[str | None]
    """What the person said or showed of their own view."""
    decision: Account[str | None]
    """What was decided."""
    rationale: Account[str | None]
    """Why."""
    response: Account[str | None]
    """What was done, or came of it."""
    who_was_told: Annotated[tuple[str, ...], NotPersonal("posts, and persons by reference")]
    """Who was told: organisations, posts, or persons by reference."""
    known_at: datetime
    """When the landlord knew."""
    recorded_at: datetime
    """When this service took it in."""
    known_after_days: int
    """Calendar days in England from its happening, or the end of that period, until the landlord
    knew; 0 where it knew at once."""
    is_hindsight: bool
    """Whether the landlord knew only on a later day: nobody could act on it before."""
    contact_gap_before: Gap | None
    """With a contact: for how long there was none before it, where that was four weeks or more."""
    contact_gap_after: Gap | None
    """With a contact: for how long there was none after it, where that was four weeks or more."""
    corrections: Corrections
    """What was corrected in it, to be shown struck through."""
    disputes: tuple[Dispute, ...]
    """Who disagrees with it, with their statements."""
    redacted: Redacted | None
    """The decision that what is personal in it is not to be read again."""
    include: Inclusion
    """Author: whether it has a place in the chronology."""
    significance: Significance | None
    """Author: what it stands for; None while not curated."""
    impact: Impact | None
    """Author: what it meant for the person."""
    policy_expectation_met: YesNoUnknown
    """Author: whether what policy asks for was done."""
    analysis: Account[str | None]
    """Author: what the author thinks of it."""
    curated_at: datetime | None
    """When the author last said so; None while not curated."""
    curated_by: Identity[str | None]
    """Who the author is."""
    sensitivity: Sensitivity
    """Who may see it: that of the event, or of the author's word if stricter."""
