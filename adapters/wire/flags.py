"""A raised flag as it is announced: a CloudEvent of its own type, with the rules as its source."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from domain.events.fields import ItemId, OrganisationName, StaffName
from domain.personal import NotPersonal
from domain.times import Timestamp
from domain.vocabulary.rules import FlagEffect

FLAG_SOURCE = "urn:case-timeline:rules"
FLAG_TYPE = "uk.casetimeline.FlagRaised.v1"

FlagItem = Annotated[
    str, StringConstraints(min_length=1, max_length=200), NotPersonal("a reference")
]
Wording = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    NotPersonal("worded by a rule from codes, references and days"),
]


class FlagRaised(BaseModel):
    """A rule found something that a person should look at; it decides nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    rule: ItemId
    """The rule's id, such as `R7`."""
    rule_version: Annotated[StrictInt, Field(ge=1)]
    """The version of the rule that was in force when the duty arose."""
    item: FlagItem | None = None
    """What it is about within the case, such as an action or a referral; left out, the case."""
    since: Timestamp
    """When the duty arose, or what is wrong began."""
    due_at: Timestamp
    """When it has to be settled; the same as `since` for what needs looking at now."""
    effect: FlagEffect
    why: Wording
    """Why it was raised, in a sentence without free text of any event."""
    clears: Wording
    """What makes it go away."""
    owner: StaffName | None = None
    """Who has to settle it: whoever owns the item, or else leads the case."""
    authority: OrganisationName | None = None
    """The local authority the case lies with."""


def encode_flag(flag: FlagRaised, *, flag_id: UUID, case_ref: str, at: datetime) -> dict[str, Any]:
    """Return `flag`, raised at that moment about the case, as a CloudEvent.

    `flag_id` is the same whenever the same flag is announced, so that it has one effect.
    """
    return {
        "specversion": "1.0",
        "id": str(flag_id),
        "source": FLAG_SOURCE,
        "type": FLAG_TYPE,
        "subject": case_ref,
        "time": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": flag.model_dump(mode="json", exclude_none=True),
    }
