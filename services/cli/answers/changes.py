"""The answer that says what changed in a case between two days."""

from collections.abc import Sequence
from datetime import date

from pydantic import JsonValue

from projections.marks import Correction
from projections.timeline import TimelineRow
from services.cli.answers.base import Answer, Item


class FieldChange(Item):
    """A field of an event that reads differently, by its name on the wire."""

    field: str
    was: JsonValue
    now: JsonValue


class CorrectedEntry(Item):
    """An event that was known on both days and reads differently on the later one."""

    event: TimelineRow
    """As it reads on the later day."""
    fields: Sequence[FieldChange]
    corrections: Sequence[Correction]
    """What corrected it in between, in the order of recording."""


class ChangedRow(Item):
    """A row as it was seen on the earlier day and on the later; null where there was none."""

    key: str
    columns: Sequence[str]
    """Those that differ, where it was there on both days."""
    before: dict[str, JsonValue] | None
    after: dict[str, JsonValue] | None


class ChangedView(Item):
    """The rows of one read model that differ."""

    view: str
    rows: Sequence[ChangedRow]


class CaseChanges(Answer):
    """`case REF --changes-between X Y`: what became known after one day, by the end of another."""

    case_ref: str
    earlier: date
    later: date
    added: Sequence[TimelineRow]
    """What happened after the earlier day."""
    learned_late: Sequence[TimelineRow]
    """What had happened by the earlier day, and came to be known only later."""
    corrected: Sequence[CorrectedEntry]
    views: Sequence[ChangedView]
    """The views with rows that differ."""
