"""The JSON answers of the commands. Their shape is stable: fields are added, never changed.

The rows of a case are those of its read models; docs/cli.md has an example of every answer.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from adapters.event_store.desk import DeskItem, SourceSums, StoreSums
from adapters.read_store.tables import Digest
from domain.outcomes import Outcome, Reason
from projections.action_plan import ActionRow
from projections.case_state_row import CaseStateRow
from projections.meetings import MeetingRow
from projections.people import PersonRow
from projections.read_model import Row
from projections.referrals import ReferralRow
from projections.risk import RiskRow
from projections.timeline import TimelineRow
from services.cli.options import View

R = TypeVar("R", bound=Row)


class Item(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(Item):
    """All that a command answers."""


class Register(Answer):
    """`register`: cases by reference; `more` tells whether `--limit` cut the list."""

    rows: Sequence[CaseStateRow]
    more: bool


class CaseView(Answer, Generic[R]):
    """`case REF --view VIEW`: the rows of one read model."""

    case_ref: str
    view: View
    known_on: date | None
    recorded_by: datetime | None
    rows: Sequence[R]
    hindsight: Sequence[TimelineRow]
    """What had happened by `known_on` but came to be known only later."""


VIEWS: dict[View, type[CaseView[Any]]] = {
    View.STATE: CaseView[CaseStateRow],
    View.TIMELINE: CaseView[TimelineRow],
    View.ACTIONS: CaseView[ActionRow],
    View.REFERRALS: CaseView[ReferralRow],
    View.MEETINGS: CaseView[MeetingRow],
    View.RISK: CaseView[RiskRow],
    View.PEOPLE: CaseView[PersonRow],
}
"""The answer that each view gets."""


class CaseFile(Answer):
    """`case REF`: all views of a case together."""

    case_ref: str
    known_on: date | None
    recorded_by: datetime | None
    state: CaseStateRow | None
    timeline: Sequence[TimelineRow]
    actions: Sequence[ActionRow]
    referrals: Sequence[ReferralRow]
    meetings: Sequence[MeetingRow]
    risk: Sequence[RiskRow]
    people: Sequence[PersonRow]
    hindsight: Sequence[TimelineRow]


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


class Ledger(Answer):
    """`intake list`: entries, newest first; `next_before` is what `--before` takes to go on."""

    entries: Sequence[DeskItem]
    next_before: int | None


class Entry(Answer):
    """`intake show`: an entry, and others with the same source and id at the source."""

    entry: DeskItem
    same_event: Sequence[DeskItem]
    payload: str | None
    """The original content if asked for and kept, as `payload_encoding` says."""
    payload_encoding: Literal["utf-8", "base64"] | None


class RetriedEntry(Item):
    """What became of an entry decided again."""

    id: int
    outcome: Outcome
    reason: Reason | None
    detail: str | None
    case_ref: str | None
    event_id: UUID | None
    version: int | None


class Retried(Answer):
    """`intake retry`."""

    entries: Sequence[RetriedEntry]
    not_retriable: Sequence[int]
    """Ids asked for that are neither waiting nor quarantined, or were closed."""


class ClosedEntry(Answer):
    """`intake close`."""

    id: int
    """The entry, or the first of several."""
    ids: Sequence[int]
    """All entries that were closed."""
    closed: Literal[True]


class BrokerSums(Item):
    """How ledger and broker compare."""

    stream: str
    first_sequence: int
    last_sequence: int
    messages: int
    not_yet_consumed: int
    unaccounted: int
    """Messages that the intake confirmed, or that are no longer kept, and the ledger lacks."""
    first_unaccounted: Sequence[int]
    """The sequence numbers of the first of them."""


class Reconciled(Answer):
    """`intake reconcile`; `broker` is null where no broker answers for what it holds."""

    ok: bool
    verdict: str
    sources: Sequence[SourceSums]
    store: StoreSums
    broker: BrokerSums | None


class ReadModelProgress(Item):
    """How far one read model has come."""

    name: str
    version: int
    position: int
    behind: int
    parked_cases: int
    waiting_since: datetime | None


class ProjectionsStatus(Answer):
    """`projections status`; positions are places in the order of all events."""

    head: int
    read_models: Sequence[ReadModelProgress]


class RebuiltModel(Item):
    """What the rebuild of one read model found."""

    read_model: str
    same: bool
    """Whether the live rows were what the events say."""
    live: Digest
    rebuilt: Digest
    differing_rows: int
    parked_cases: int


class RebuiltModels(Answer):
    """`projections rebuild`."""

    rebuilt: Sequence[RebuiltModel]
