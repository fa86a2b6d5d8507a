"""What those may do who look at cases without working on them: reviewers, privacy officers,
analysts."""

from domain.access.facts import Action, Duty, ReviewGrant
from domain.access.rule import CONTENT, HIDDEN, Permit
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass

_REVIEWER = frozenset({Role.REVIEWER})
_PRIVACY = frozenset({Role.PRIVACY})
_GRANTED = frozenset({ReviewGrant.VALID})
_READING = frozenset({Action.READ, Action.TIME_TRAVEL})
_IDENTITY = frozenset({PersonalClass.IDENTITY})
_WHO_AND_WHY = _IDENTITY | {PersonalClass.NARRATIVE}
_RECORDED = frozenset({Duty.RECORD})
_TOLD = frozenset({Duty.RECORD, Duty.NOTIFY})

PERMITS = (
    Permit(
        id="reviewer-list",
        why="A reviewer sees in lists the cases granted to them, and searches no other.",
        source="part 2, T9; part 8, reviewer: no search",
        roles=_REVIEWER,
        actions=frozenset({Action.LIST}),
        grants=_GRANTED,
        duties=_RECORDED,
    ),
    Permit(
        id="reviewer-read",
        why="A reviewer who says what for reads the cases, and the days of them, granted to them, "
        "without the names of people: what happened can be judged without.",
        source="part 2, T9: masked third parties; part 8, reviewer: granted list, range, expiry",
        roles=_REVIEWER,
        actions=_READING,
        grants=_GRANTED,
        needs_purpose=True,
        shows=CONTENT - _IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="reviewer-reveal",
        why="A reviewer who says what for may reveal names in such a case, but neither where "
        "someone is nor who reported.",
        source="part 8, reviewer: no location",
        roles=_REVIEWER,
        actions=frozenset({Action.REVEAL}),
        grants=_GRANTED,
        needs_purpose=True,
        shows=_IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="reviewer-curate",
        why="A reviewer says what the review makes of events of the cases granted to them; that "
        "is a layer over the record, and the only thing they write.",
        source="part 8, reviewer: no writing; curation is ours, as reviews ask for it",
        roles=_REVIEWER,
        actions=frozenset({Action.CURATE}),
        grants=_GRANTED,
    ),
    Permit(
        id="reviewer-access-log",
        why="A reviewer reads who read or exported the cases granted to them.",
        source="part 8, reviewer: audit trail of those cases",
        roles=_REVIEWER,
        actions=frozenset({Action.READ_ACCESS_LOG}),
        grants=_GRANTED,
        shows=_WHO_AND_WHY,
        duties=_RECORDED,
    ),
    Permit(
        id="privacy-list",
        why="A privacy officer finds every case that a person's request or a hold may be about.",
        source="part 7, subject access; part 8, privacy officer",
        roles=_PRIVACY,
        actions=frozenset({Action.LIST}),
        shows=_IDENTITY,
        duties=_RECORDED,
    ),
    Permit(
        id="privacy-read",
        why="A privacy officer who says what for reads any case, or takes out what is on record of "
        "it to answer the person it is about; the safeguarding officer is told.",
        source="part 7, subject access; part 8, privacy officer: no silent access",
        roles=_PRIVACY,
        actions=_READING | {Action.EXPORT},
        needs_purpose=True,
        shows=CONTENT,
        duties=_TOLD,
    ),
    Permit(
        id="privacy-reveal",
        why="A privacy officer who says what for may reveal where someone is or who reported, to "
        "tell what a person may be given; the safeguarding officer is told.",
        source="part 7, field classes; part 8, privacy officer: no silent access",
        roles=_PRIVACY,
        actions=frozenset({Action.REVEAL}),
        needs_purpose=True,
        shows=HIDDEN,
        duties=_TOLD,
    ),
    Permit(
        id="privacy-rights",
        why="A privacy officer records requests for access, holds on records and erasure, which "
        "two people approve.",
        source="part 7; part 8, privacy officer: subject access, hold, erasure",
        roles=_PRIVACY,
        actions=frozenset({Action.PEOPLES_RIGHTS}),
    ),
    Permit(
        id="privacy-access-log",
        why="A privacy officer reads who read or exported any case.",
        source="part 8, privacy officer: disclosure log",
        roles=_PRIVACY,
        actions=frozenset({Action.READ_ACCESS_LOG}),
        shows=_WHO_AND_WHY,
        duties=_RECORDED,
    ),
    Permit(
        id="glass-review",
        why="Safeguarding and privacy officers review that someone broke the glass, and why.",
        source="part 8, break-glass: mandatory review; privacy officer: break-glass review",
        roles=_PRIVACY | {Role.SAFEGUARDING},
        actions=frozenset({Action.REVIEW_GLASS}),
        shows=_WHO_AND_WHY,
        duties=_RECORDED,
    ),
    Permit(
        id="figures-read",
        why="Analysts, managers and safeguarding officers read figures over all cases, in which "
        "small numbers are hidden; no row of them can be opened.",
        source="part 2, T10; part 8, analyst: aggregates with suppression",
        roles=frozenset({Role.ANALYST, Role.MANAGER, Role.SAFEGUARDING}),
        actions=frozenset({Action.READ_FIGURES}),
    ),
)
"""Every permit for looking at cases from outside the work on them."""
