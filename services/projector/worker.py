"""One worker: claims its share of the read models' partitions and folds what is new into them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from adapters.read_store.transaction import PARTITIONS, Page, Placed, Transaction, partition_of
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
        transaction.checkpoints(names)
        concerned = [model for model in self._models.values() if news[model.id]]
        streams = streams_of(transaction, page, concerned)
        self._keep_policy(transaction)
        parked = transaction.parked([model.id for model in concerned])
        for model in concerned:
            fold = PageFold(model, parked[model.id], self._policy)
            take_in(transaction, self._tables[model.id], fold, news[model.id], streams)
            for failure in fold.failures:
                transaction.park(model.id, failure.at, failure.reason, self._clock())
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


def take_in(
    transaction: Transaction,
    table: Table[Any],
    fold: PageFold,
    events: Sequence[Placed],
    streams: Streams,
) -> None:
    """Fold `events` into `table`; cases with a correction are folded anew from their history."""
    if not events:
        return
    steps = fold.steps(events, streams)
    places = {(placed.case_id, key): None for placed, keys in steps for key in keys}
    changed = fold.fold(steps, transaction.rows(table, list(places)))
    anew = {case_id: fold.fold_anew(streams[case_id]) for case_id in fold.anew}
    transaction.replace_cases(
        table, {case_id: rows for case_id, rows in anew.items() if rows is not None}
    )
    transaction.write(table, [row for row in changed.values() if row is not None])
    transaction.remove(table, [place for place, row in changed.items() if row is None])


def checkpoint_names(model_id: str) -> list[str]:
    """Return the names under which a read model's checkpoints are kept, by partition."""
    return [_name(model_id, partition) for partition in range(PARTITIONS)]


def _name(model_id: str, partition: int) -> str:
    return f"{model_id}/{partition}"
