"""What a rule raises: that something is due or wrong, since when, by when, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.rules.policy import InForce
from domain.vocabulary.rules import FlagEffect, Timeliness

_FLAGS = UUID("c0b0f5f3-9d7b-5d0e-8a55-3a4f2f6b7c91")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the function of a rule found; the rest of a flag follows from it."""

    under: InForce
    """The parameters that were in force when the duty arose."""
    because: Sequence[CaseEvent]
    """The events it rests on."""
    since: datetime
    """When the duty arose, or what is wrong began."""
    due: datetime
    """When it has to be settled; for what needs looking at now, the same as `since`."""
    why: str
    """One sentence for a person, without personal data and without the due time."""
    item: str = ""
    """What it is about within the stream: an action, a referral, a person; empty for all of it.
    With the rule it tells one flag from another."""
    soon: datetime | None = None
    """When to begin to remind; left out, one day before it is due."""
    effect: FlagEffect = FlagEffect.DUTY
    owner: str | None = None
    """Who has to settle it, where that is not the lead."""


class Flag(Part):
    """A standing flag. It goes away by itself once what clears it is on record."""

    flag_id: UUID
    """The flag's identity: what is due at another time is another flag."""
    rule: str
    """The rule that raised it, such as `R5`."""
    rule_version: int
    """The version of the rule that was in force when the duty arose."""
    overridden_by: UUID | None
    """The event that gave the rule the parameters it was judged by; None for its defaults."""
    title: str
    """What the rule watches for."""
    item: str
    """What it is about within the case; empty for the case itself."""
    since: datetime
    """When the duty arose, or what is wrong began."""
    soon_at: datetime
    """From when on it counts as due soon."""
    due_at: datetime
    """When it has to be settled."""
    effect: FlagEffect
    """What it asks for."""
    why: str
    """Why it was raised, in a sentence."""
    clears: str
    """What makes it go away."""
    inputs: tuple[UUID, ...]
    """The events it rests on."""
    owner: str | None
    """Who has to settle it: whoever owns the action, or else leads the case."""
    team: tuple[str, ...]
    """Who works on the case beside its lead."""
    authority: str | None
    """The local authority the case lies with."""


def about_person(person: str) -> str:
    """Return the `item` of what is about a person; their reference may say that it is one."""
    return person if person.startswith("person:") else f"person:{person}"


def about_anyone(person: str | None, what: str) -> str:
    """Return the `item` of one matter of a person, who may not be known."""
    return f"{about_person(person)}/{what}" if person else what


def timeliness(soon_at: datetime, due_at: datetime, now: datetime) -> Timeliness:
    """Return how something due at `due_at` stands at `now`."""
    if now >= due_at:
        return Timeliness.OVERDUE
    return Timeliness.SOON if now >= soon_at else Timeliness.DUE


def flag_id_of(case_ref: str, rule: str, item: str, due: datetime) -> UUID:
    """Return the id of a flag; the same flag has the same id wherever it is worked out."""
    return uuid5(_FLAGS, f"{case_ref}\n{rule}\n{item}\n{due.isoformat()}")
