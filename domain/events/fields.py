"""Field types shared by the events: bounded, strict, and marked where they hold personal data."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from domain.frozen import Frozen
from domain.identity import event_id_of
from domain.personal import NotPersonal, Personal
from domain.vocabulary.people import PersonRole
from domain.vocabulary.record import ActorKind, PersonalClass

Flag = StrictBool
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000_000)]


SHA256 = r"^[0-9a-f]{64}$"
FIELD_NAME = r"^[a-z][a-z0-9_]{0,60}$"
_SYSTEM_KEY = r"^[A-Za-z0-9][A-Za-z0-9:/._~-]*$"
_CASE_REFERENCE = r"^[a-z][a-z0-9-]{0,30}:[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$"
_REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9:._/-]*$"
_AUTHORITY = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$"
_RULE = r"^R[0-9]{1,2}$"
_AREA = r"^[A-Za-z0-9][A-Za-z0-9 .,'&()/-]{0,99}$"
_ONE_LINE = r"^[^\x00-\x1f\x7f]+$"
_PRINCIPAL = r"^[!-~]+$"

FORMS = {
    SHA256: "a SHA-256 hash, 64 digits or letters from a to f",
    FIELD_NAME: "the name of a field or parameter, such as occurred_at",
    _SYSTEM_KEY: "an identifier without spaces, such as urn:cromwood:asb",
    _CASE_REFERENCE: "a case reference, such as asb:2024-0117",
    _REFERENCE: "a reference without spaces, such as person:4411",
    _AUTHORITY: "a local authority's code or name without spaces, such as E09000001",
    _RULE: "a rule, such as R7",
    _AREA: "an area's code or name on one line, such as E01000001",
    _ONE_LINE: "text on one line",
    _PRINCIPAL: "an issuer and a subject as tokens have them, such as https://id.example|4711",
}
"""What each pattern stands for, in words for whoever sends a value."""


def _identifier(pattern: str, longest: int) -> StringConstraints:
    return StringConstraints(pattern=pattern, min_length=1, max_length=longest)


SystemUri = Annotated[str, _identifier(_SYSTEM_KEY, 200), NotPersonal("names a system")]
"""The system that published an event, e.g. `urn:cromwood:asb`."""

SourceEventId = Annotated[str, _identifier(_SYSTEM_KEY, 200), NotPersonal("a system's own key")]
"""The event's id at its source; with the source it is the duplicate key."""

CaseRef = Annotated[
    str,
    _identifier(_CASE_REFERENCE, 132),
    NotPersonal("a reference number"),
]
"""A case reference qualified by the system that issued it, e.g. `asb:2024-0117`."""

ItemId = Annotated[
    str,
    _identifier(_REFERENCE, 100),
    NotPersonal("a reference number"),
]
"""The reference of an action, referral or meeting within its case."""

PSEUDONYM = NotPersonal("a pseudonymous reference")
"""Marks every field that names a person by reference, so that they can be found by it."""

PersonRef = Annotated[str, _identifier(_REFERENCE, 128), PSEUDONYM]
"""A person as the publishing systems refer to them, e.g. `person:4411`; never a name."""

PropertyRef = Annotated[
    str,
    _identifier(_REFERENCE, 64),
    Personal(PersonalClass.LOCATION),
]
"""A property, by UPRN or unit reference."""

AuthorityRef = Annotated[
    str,
    StringConstraints(pattern=_AUTHORITY),
    NotPersonal("names a local authority"),
]
"""A local authority by its GSS code, e.g. `E09000001`, or by a name without spaces; it stands after
the colon in the reference of the authority's own stream, `authority:E09000001`."""

AreaName = Annotated[
    str, StringConstraints(pattern=_AREA), NotPersonal("names an area of several homes")
]
"""A statistical area, an estate or a block, by its code or name; never a single home."""

RuleId = Annotated[str, StringConstraints(pattern=_RULE), NotPersonal("names a rule")]
"""A rule that raises flags, e.g. `R7`."""

ParameterName = Annotated[
    str, StringConstraints(pattern=FIELD_NAME), NotPersonal("names a parameter")
]
"""A parameter of a rule, as the rule calls it."""

_SHORT = StringConstraints(min_length=1, max_length=200, pattern=_ONE_LINE)
_LONG = StringConstraints(min_length=1, max_length=20_000)

Narrative = Annotated[str, _LONG, Personal(PersonalClass.NARRATIVE)]
"""Free text that may name or describe people."""

HealthText = Annotated[str, _LONG, Personal(PersonalClass.HEALTH)]
"""Free text about health, care needs or capacity."""

OrganisationName = Annotated[str, _SHORT, NotPersonal("names an organisation")]
DocumentName = Annotated[str, _SHORT, NotPersonal("names a document")]
RoleName = Annotated[str, _SHORT, NotPersonal("names a post, not its holder")]
PolicyVersion = Annotated[str, _SHORT, NotPersonal("names a version of a policy")]
StaffName = Annotated[str, _SHORT, Personal(PersonalClass.IDENTITY, whose="actor")]
"""A professional by name or staff number."""

Principal = Annotated[
    str, _identifier(_PRINCIPAL, 400), Personal(PersonalClass.IDENTITY, whose="actor")
]
"""Who signs in, person or system: the issuer and the subject of their tokens, `<iss>|<sub>`."""


class Part(Frozen):
    """A structured value inside an event: frozen, and nothing unknown is let in."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Actor(Part):
    """Who entered the event at its source."""

    id: StaffName
    role: RoleName
    organisation: OrganisationName
    kind: ActorKind = ActorKind.HUMAN


class Subject(Part):
    """A person the event is about, in the role they held in it."""

    person: PersonRef
    role: PersonRole


class Evidence(Part):
    """A document or recording the event rests on, pinned by its hash."""

    ref: ItemId
    sha256: Annotated[str, StringConstraints(pattern=SHA256), NotPersonal("a hash")]
    title: Annotated[str, _SHORT, Personal(PersonalClass.NARRATIVE)]


class EventRef(Part):
    """Points at another event by its duplicate key, which its publisher knows."""

    source: SystemUri
    id: SourceEventId

    @property
    def event_id(self) -> UUID:
        """The id of the event pointed at."""
        return event_id_of(self.source, self.id)


def missing(field: str, why: str) -> PydanticCustomError:
    """Return the error for a field that the values of others make necessary."""
    return PydanticCustomError("missing-member", f"{field} is needed {why}")


def not_restricted() -> PydanticCustomError:
    """Return the error for data about health or care needs that everyone on the case may see."""
    return PydanticCustomError(
        "not-restricted", "special category data must be restricted or sealed"
    )
