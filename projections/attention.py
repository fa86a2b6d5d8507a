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
from projections.read_model import ReadModel, Row


class AttentionRow(Flag, Row):
    """A flag that stands. What is due when is stored, so that "overdue now" needs no timer."""

    KEY: ClassVar[str] = "flag_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("due_at", "owner", "authority")

    def timeliness(self, now: datetime) -> Timeliness:
        """Return how the flag stands at `now`."""
        return timeliness(self.soon_at, self.due_at, now)


attention = ReadModel("attention", 1, AttentionRow, streams=ANY)


@attention.of_whole_streams()
def _flags(history: History, policy: Policy) -> Iterable[AttentionRow]:
    case_id, case_ref = history.recorded[0].case_id, history.recorded[0].case_ref
    for flag in flags_of(history, policy):
        yield AttentionRow(case_id=case_id, case_ref=case_ref, **dict(flag))
