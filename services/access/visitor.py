"""Who asks, what for, and the answers that are no content."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from domain.access import Action
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose, RecordPart


class Visitor(NamedTuple):
    """Someone whose token was verified. What they may do is in our own log, not in the token."""

    principal: str
    """The issuer and subject of the token, `<iss>|<sub>`."""
    session: str
    """What tells one session of theirs from another, and is no secret."""
    request: str
    """The id of the request, which the logs have too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked for, and what for; this is what an access record says beside who and when."""

    action: Action
    part: RecordPart = RecordPart.WHOLE
    purpose: AccessPurpose | None = None
    reason: str | None = None
    """More on why, in words."""
    field: PersonalClass | None = None
    """The class of personal data to reveal; with that action and no other."""
    known_on: date | None = None
    recorded_by: datetime | None = None
    own: bool = False
    foreign: bool = False


class NotThere(Exception):  # noqa: N818 (an answer, and no fault of anything)
    """There is no such case, or none that the visitor may know of: nobody can tell which."""


class Forbidden(Exception):  # noqa: N818 (an answer, and no fault of anything)
    """The visitor may not do what they asked for, and it concerns no case; `rule` says why."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.rule = rule
        self.why = why


class ReadBudgetSpent(Exception):  # noqa: N818 (an answer)
    """The visitor read as many cases as one person may within an hour."""

    def __init__(self, seconds: int) -> None:
        super().__init__("as many cases were read as one person may read within an hour")
        self.seconds = seconds
        """After how long they may read another."""


class AccessUnavailable(Exception):  # noqa: N818 (an answer)
    """Access can be neither decided nor recorded, so nothing is shown; to be asked again later."""
