"""Answers about flags and the rules that raise them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.vocabulary.rules import Timeliness
from projections.attention import AttentionRow
from services.cli.answers.base import Answer, Item


class StandingFlag(AttentionRow):
    """A flag, and how it stands at the moment of asking."""

    state: Timeliness
    """Whether it is due, due soon or overdue."""


class Attention(Answer):
    """`attention`: flags over all cases, the most urgent first; counts are of all asked for."""

    at: datetime
    """When it was asked; `state` is as of then."""
    overdue: int
    soon: int
    due: int
    rows: Sequence[StandingFlag]
    more: bool


class RuleParameter(Item):
    """A number that a rule judges by; its name says the unit."""

    name: str
    value: int
    """What is in force."""
    default: int
    """What the rule says by itself."""


class RuleInForce(Item):
    """A rule as it is in force."""

    id: str
    title: str
    version: int
    parameters: Sequence[RuleParameter]
    overridden_by: UUID | None
    """The latest event that gave it other parameters than its own."""
    source: str
    clears: str


class Rules(Answer):
    """`rules`: every rule as in force at that moment, for that authority or for none."""

    at: datetime
    authority: str | None
    rules: Sequence[RuleInForce]
