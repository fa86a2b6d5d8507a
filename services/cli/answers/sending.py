"""Answers of the commands that prepare servers and send or take in files."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from domain.outcomes import Outcome, Reason
from services.cli.answers.base import Answer, Item


class Migrated(Answer):
    """`migrate`: the migrations applied just now, none where all were."""

    applied: Sequence[str]


class Provisioned(Answer):
    """`broker provision`: what was created or changed, nothing where all was as needed."""

    stream: str
    done: Sequence[str]


class BrokerChecked(Answer):
    """`broker check`: printed only where the check succeeds."""

    stream: str
    ok: Literal[True]
    durability_checked: bool


class PublishedFile(Answer):
    """`publish`: how many lines the broker holds now, and how many of them it held before."""

    file: str
    stored: int
    known_before: int
    too_long: int = 0
    """Lines longer than 512 KiB; they were not published."""


class SimulatedCases(Answer):
    """`simulate`: what was made up, and where it went."""

    cases: int
    seed: int
    until: date
    """The last day told of."""
    events: int
    sent_again: int
    """Lines that tell an event again, as sources do that are not sure of having sent it."""
    damaged: int
    """Lines that nobody can understand; the same event comes after them undamaged."""
    file: str | None
    stored: int | None
    """How many lines the broker holds now; null where nothing was published."""
    known_before: int | None
    """How many of them it held before, those sent twice without a difference among them."""


class ImportProblem(Item):
    """A line that was not accepted, and why."""

    line: int
    outcome: Outcome
    reason: Reason | None
    detail: str | None


class ImportedFile(Answer):
    """`import`: what became of each line of the file."""

    file: str
    lines: int
    already_imported: int
    """Lines that an earlier import of the same content had brought in; counted below as well."""
    outcomes: dict[Outcome, int]
    """How the lines stand now, by outcome."""
    problems: Sequence[ImportProblem]
    """The first of the lines that wait or are quarantined."""
    problems_not_shown: int
    """How many more of them there are."""
