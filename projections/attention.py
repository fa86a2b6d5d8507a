"""What needs attention: the flags that stand, with who has to settle them and by when."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from domain.rules.flag import Flag, timeliness
from domain.rules.history import History
from domain.rules.judging import flags_of
from domain.rules.policy import Policy
from domain.streams import ANY
from domain.vocabulary.rules import Timeliness
from projections.personal_columns import Authority, Identity, Reference, RuleText
from projections.read_model import ReadModel, Row


class AttentionRow(Flag, Row):
    """A flag that stands. What is due when is stored, so that "overdue now" needs no timer."""

    KEY: ClassVar[str] = "flag_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("due_at", "owner", "authority")

    rule: RuleText[str]
    """The rule that raised it, such as `R5`."""
    title: RuleText[str]
    """What the rule watches for."""
    item: Reference[str]
    """What it is about within the case; empty for the case itself."""
    why: RuleText[str]
    """Why it was raised, in a sentence."""
    clears: RuleText[str]
    """What makes it go away."""
    owner: Identity[str | None]
    """Who has to settle it: whoever owns the action, or else leads the case."""
    team: Identity[tuple[str, ...]]
    """Who works on the case beside its lead."""
    authority: Authority[str | None]
    """The local authority the case lies with."""

    def timeliness(self, now: datetime) -> Timeliness:
        """Return how the flag stands at `now`."""
        return timeliness(self.soon_at, self.due_at, now)


attention = ReadModel("attention", 2, AttentionRow, streams=ANY)


@attention.of_whole_streams()
def _flags(history: History, policy: Policy) -> Iterable[AttentionRow]:
    case_id, case_ref = history.recorded[0].case_id, history.recorded[0].case_ref
    for flag in flags_of(history, policy):
        yield AttentionRow(case_id=case_id, case_ref=case_ref, **dict(flag))
