"""One worker: claims its share of the read models' partitions and folds what is new into them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from adapters.read_store.feed import PARTITIONS, Page, Placed, partition_of
from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from adapters.read_store.transaction import Place, Transaction
from domain.rules.policy import STANDARD
from projections.read_model import ReadModel
from services.projector.folding import PageFold, Stream, Streams, concerns, needed_whole

Clock = Callable[[], datetime]
Part = tuple[str, int]
"""One partition of one read model."""

_SAVE_SECONDS = 0.5
"""How long it may stay unrecorded that what came did not concern a read model."""


class Worker:
    """Folds pages of events into read models: rows and checkpoints in one transaction.

    Of several workers on one lane, on any machines, each works on its share of the partitions;
    an advisory lock per read model and partition keeps any two apart.
    """

    def __init__(
        self,
        session: Session,
        models: Iterable[ReadModel[Any]],
        clock: Clock,
        *,
        page_size: int = 1_000,
        lane: int = 0,
    ) -> None:
        models = list(models)
        self._session = session
        self._tables = {model.id: Table(model) for model in models}
        self._models = {model.id: model for model in models}
        self._clock = clock
        self._page_size = page_size
        self._lane = lane
        self._reached: dict[tuple[str, int], int] = {}
        """How far each part that is claimed has come, by read model and partition."""
        self._unsaved: set[tuple[str, int]] = set()
        """The parts that have come further than is on record: what came did not concern them."""
        self._saved_at = monotonic()
        self._policy, self._policy_position = STANDARD, 0
        self._taken_in = -1
        """The position up to which all that is claimed has been taken in, as far as known."""
        session.ensure_tables(models)
        session.announce(lane)

    def rebalance(self) -> int:
        """Claim or release partitions until this worker has its share; return how many it has."""
        self._save()
        claimed: list[Part] = []
        share = -(-PARTITIONS // max(self._session.workers(self._lane), 1))
        for model_id in self._models:
            own = sorted(partition for name, partition in self._reached if name == model_id)
            for partition in own[share:]:
                del self._reached[(model_id, partition)]
                self._session.release(_name(model_id, partition))
            for partition in range(PARTITIONS):
                if len(own) >= share:
                    break
                if partition not in own and self._session.try_claim(_name(model_id, partition)):
                    own.append(partition)
                    claimed.append((model_id, partition))
        if claimed:
            self._look_up(claimed)
        return len(self._reached)

    def _look_up(self, claimed: Iterable[Part]) -> None:
        with self._session.transaction() as transaction:
            found = transaction.checkpoints([_name(*part) for part in claimed])
        self._reached |= {part: found[_name(*part)] for part in claimed}
        self._taken_in = -1

    def step(self) -> bool:
        """Take in the next page; return whether there was anything to take in."""
        # Looking first, without locks, spares the disk while nothing happens.
        if not self._reached or self._session.head() <= self._taken_in:
            self._save()
            return False
        with self._session.transaction() as transaction:
            head, after = transaction.head(), min(self._reached.values())
            page = transaction.page(
                after=after,
                up_to=head,
                partitions=sorted({partition for _, partition in self._reached}),
                limit=self._page_size,
            )
            changed = self._take_in(transaction, page)
        self._reached = dict.fromkeys(self._reached, page.end)
        self._unsaved |= self._reached.keys() - changed
        self._unsaved -= changed
        self._taken_in = page.end
        if monotonic() - self._saved_at > _SAVE_SECONDS:
            self._save()
        return True

    def _take_in(self, transaction: Transaction, page: Page) -> set[Part]:
        """Take a page in; return the parts of read models that it concerned."""
        news = {
            model.id: [each for each in page.events if self._is_news(model, each)]
            for model in self._models.values()
        }
        changed = {
            (model_id, partition_of(placed.case_id))
            for model_id, events in news.items()
            for placed in events
        }
        if not changed:
            return changed
        # From here on nobody else moves these on, nor puts another table in their place.
        names = [_name(*part) for part in changed]
        held = transaction.checkpoints(names)
        for model_id, events in news.items():
            # A table that was put in its place may have come further than the one before.
            news[model_id] = [
                each
                for each in events
                if each.position > held[_name(model_id, partition_of(each.case_id))]
            ]
        concerned = [model for model in self._models.values() if news[model.id]]
        streams = streams_of(transaction, page, concerned)
        self._keep_policy(transaction)
        parked = transaction.parked([model.id for model in concerned])
        changes = [
            Change(self._tables[model.id], PageFold(model, parked[model.id], self._policy))
            for model in concerned
        ]
        for change in changes:
            change.look(news[change.fold.model.id], streams)
        rows = transaction.rows({change.table: change.places for change in changes})
        for change in changes:
            change.work_out(rows[change.table], streams)
        with transaction.together():
            for change in changes:
                change.write(transaction, self._clock)
            transaction.set_checkpoints(dict.fromkeys(names, page.end))
        return changed

    def _save(self) -> None:
        """Put on record how far those have come whom the latest pages did not concern."""
        if self._unsaved:
            with self._session.transaction() as transaction:
                positions = {_name(*part): self._reached[part] for part in self._unsaved}
                transaction.set_checkpoints(positions)
            self._unsaved.clear()
        self._saved_at = monotonic()

    def _keep_policy(self, transaction: Transaction) -> None:
        position = transaction.last_policy_position()
        if position > self._policy_position:
            self._policy, self._policy_position = transaction.policy(), position

    def _is_news(self, model: ReadModel[Any], placed: Placed) -> bool:
        reached = self._reached.get((model.id, partition_of(placed.case_id)))
        return reached is not None and placed.position > reached and concerns(placed, model)


def streams_of(
    transaction: Transaction, page: Page, models: Sequence[ReadModel[Any]]
) -> dict[UUID, Stream]:
    """Return the streams, up to where a page ends, of the cases that some model needs whole."""
    cases = needed_whole(page.events, models)
    streams = transaction.streams(cases, page.end) if cases else {}
    return {case_id: Stream.of(stream) for case_id, stream in streams.items()}


@dataclass(eq=False)
class Change:
    """What a page of events changes in one table; all tables are read, and written, together."""

    table: Table[Any]
    fold: PageFold
    _steps: list[tuple[Placed, list[str]]] = field(default_factory=list)
    _rows: dict[Place, Any] = field(default_factory=dict)
    """The rows that change; None where one goes."""
    _anew: dict[UUID, list[Any]] = field(default_factory=dict)
    """Cases all of whose rows are replaced."""

    def look(self, events: Sequence[Placed], streams: Streams) -> None:
        """Find out which rows `events` concern."""
        self._steps = self.fold.steps(events, streams)

    @property
    def places(self) -> list[Place]:
        """Where the rows stand that have to be known."""
        found = ((placed.case_id, key) for placed, keys in self._steps for key in keys)
        return list(dict.fromkeys(found))

    def work_out(self, rows: Mapping[Place, Any], streams: Streams) -> None:
        """Fold the events into these rows; cases with a correction anew from their history."""
        self._rows = self.fold.fold(self._steps, rows)
        anew = ((case_id, self.fold.fold_anew(streams[case_id])) for case_id in self.fold.anew)
        self._anew = {case_id: rows for case_id, rows in anew if rows is not None}

    def write(self, transaction: Transaction, clock: Clock) -> None:
        """Put the rows in their places, and set aside the cases that could not be folded."""
        transaction.replace_cases(self.table, self._anew)
        transaction.write(self.table, [row for row in self._rows.values() if row is not None])
        gone = [place for place, row in self._rows.items() if row is None]
        transaction.remove(self.table, gone)
        for failure in self.fold.failures:
            transaction.park(self.fold.model.id, failure.at, failure.reason, clock())


def checkpoint_names(model_id: str) -> list[str]:
    """Return the names under which a read model's checkpoints are kept, by partition."""
    return [_name(model_id, partition) for partition in range(PARTITIONS)]


def _name(model_id: str, partition: int) -> str:
    return f"{model_id}/{partition}"
