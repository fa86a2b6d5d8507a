"""What needs attention: the flags that stand, with who has to settle them and by when."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.rules.flag import timeliness
from domain.rules.history import History
from domain.rules.judging import flags_of
from domain.rules.policy import Policy
from domain.streams import ANY
from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.read_model import ReadModel, Row


class AttentionRow(Row):
    """A flag that stands. What is due when is stored, so that "overdue now" needs no timer."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "flag_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("due_at", "owner", "authority")

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

    def timeliness(self, now: datetime) -> Timeliness:
        """Return how the flag stands at `now`."""
        return timeliness(self.soon_at, self.due_at, now)


attention = ReadModel("attention", 1, AttentionRow, streams=ANY)


@attention.of_whole_streams
def _flags(history: History, policy: Policy) -> Iterable[AttentionRow]:
    case_id, case_ref = history.recorded[0].case_id, history.recorded[0].case_ref
    for flag in flags_of(history, policy):
        yield AttentionRow(case_id=case_id, case_ref=case_ref, **dict(flag))
