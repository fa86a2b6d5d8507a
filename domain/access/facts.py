"""What a decision rests on: who asks, to do what, and how they stand to the case; nothing else.

Each fact has few values, so that every decision there can be is listed and read by a person:
`tests/fixtures/access_matrix.tsv`. Whoever asks for a decision gathers the facts.
"""

from dataclasses import dataclass

from domain.vocabulary.access import Role
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import PersonalClass


class Action(CodedList, source="Case Timeline"):
    """What someone asks to do."""

    LIST = "list", "See that a case is there, in lists, counts and searches"
    READ = "read", "Read a case as it is now"
    TIME_TRAVEL = "time-travel", "Read a case as known or recorded at a time, or what changed"
    REVEAL = "reveal", "See one class of personal data that reading masks"
    EXPORT = "export", "Take what is on record of a case out of the system"
    RAISE = "raise", "Report an incident or raise a concern, which opens a case"
    WRITE = "write", "Record an event on a case"
    ALLOCATE = "allocate", "Give a case to a lead and a team"
    RESTRICT = "restrict", "Restrict a case, lift that, or say who has a conflict of interest"
    CURATE = "curate", "Say what a review makes of an event"
    PEOPLES_RIGHTS = "peoples-rights", "Record subject access, holds on records and erasure"
    READ_ACCESS_LOG = "read-access-log", "Read who read or exported a case"
    BREAK_GLASS = "break-glass", "Open one case in an emergency"
    REVIEW_GLASS = "review-glass", "Review that someone broke the glass"
    READ_FIGURES = "read-figures", "Read figures over all cases, in which small numbers are hidden"
    READ_DIRECTORY = "read-directory", "Read what is on file of the landlord and the authorities"
    READ_RECEIPTS = "read-receipts", "Read what became of the messages of a source"
    READ_MESSAGE = "read-message", "Read what a message that waits or is in quarantine says"
    RUN_INTAKE = "run-intake", "Look after messages that wait or are in quarantine"
    RUN_READ_MODELS = "run-read-models", "Look after the read models"
    GRANT = "grant", "Grant and revoke roles, and cases to reviewers"
    SET_POLICY = "set-policy", "Change what is in force for the landlord or an authority"


class Relation(CodedList, source="Case Timeline"):
    """How near the case is to who asks; the nearest counts."""

    ALLOCATED = "allocated", "Allocated to the person"
    TEAM = "team", "Allocated to their team"
    UNIT = "unit", "In their unit"
    ELSEWHERE = "elsewhere", "Elsewhere, or no case"


class Restriction(CodedList, source="Case Timeline"):
    """Whether the case is for named people only. To be named lifts that, and grants nothing."""

    NONE = "none", "Not restricted"
    LISTED = "listed", "Restricted, and the person is named"
    NOT_LISTED = "not-listed", "Restricted, and the person is not named"


class ReviewGrant(CodedList, source="Case Timeline"):
    """Whether the case, and the days of it that are asked for, are granted to who reviews it."""

    NONE = "none", "Not granted"
    VALID = "valid", "Granted"
    EXPIRED = "expired", "Granted until a time that has passed"


class Glass(CodedList, source="Case Timeline"):
    """Whether the person has overridden, in an emergency, that they may not see this case.

    While it is broken for the case, that counts, however often they broke it today.
    """

    NONE = "none", "Not broken"
    ACTIVE = "active", "Broken for this case within the last 60 minutes"
    SPENT = "spent", "Broken as often today as a day allows"


class Duty(CodedList, source="Case Timeline"):
    """What has to be done for a decision to count."""

    RECORD = "record", "Record the access before anything is shown"
    NOTIFY = "notify", "Tell the safeguarding and the privacy officers at once"
    REVIEW = "review", "Review it on the next working day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Someone asks to do something.

    What may be left out permits least when it is. What denies has to be said, so that nobody
    forgets to look: where no case is concerned, none is restricted, and there is no conflict.
    """

    roles: frozenset[Role]
    """The roles granted to who asks, in force now, as our own log has them."""
    action: Action
    restriction: Restriction
    conflict: bool
    """Whether they have a conflict of interest with the case or with anyone it concerns."""
    own: bool
    """Whether it is their own grant, or their own breaking of the glass, that they ask about."""
    foreign: bool
    """Whether the event or receipt is of a source that is not theirs; the source of people is
    this service."""
    field: PersonalClass | None = None
    """What is to be revealed; with that action and no other."""
    relation: Relation = Relation.ELSEWHERE
    grant: ReviewGrant = ReviewGrant.NONE
    glass: Glass = Glass.NONE
    purpose: bool = False
    """Whether they said what it is for."""

    def __post_init__(self) -> None:
        if (self.field is not None) is not (self.action is Action.REVEAL):
            raise ValueError("a class of personal data is named to reveal it, and only then")
