"""One worker: claims its share of the read models' partitions and folds what is new into them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from adapters.read_store.transaction import PARTITIONS, Page, Placed, Transaction, partition_of
from domain.rules.policy import STANDARD
from projections.read_model import ReadModel
from services.projector.folding import PageFold, Stream, anew_in

Clock = Callable[[], datetime]


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
        self._claimed: set[tuple[str, int]] = set()
        self._policy, self._policy_position = STANDARD, 0
        self._taken_in = -1
        """The position up to which all that is claimed has been taken in, as far as known."""
        session.ensure_tables(models)
        session.announce(lane)

    def rebalance(self) -> int:
        """Claim or release partitions until this worker has its share; return how many it has."""
        share = -(-PARTITIONS // max(self._session.workers(self._lane), 1))
        for model_id in self._models:
            own = sorted(partition for name, partition in self._claimed if name == model_id)
            for partition in own[share:]:
                self._session.release(_name(model_id, partition))
                self._claimed.discard((model_id, partition))
            for partition in range(PARTITIONS):
                if len(own) >= share:
                    break
                if partition not in own and self._session.try_claim(_name(model_id, partition)):
                    own.append(partition)
                    self._claimed.add((model_id, partition))
                    self._taken_in = -1
        return len(self._claimed)

    def step(self) -> bool:
        """Take in the next page; return whether there was anything to take in."""
        # Looking first, without locks, spares the disk while nothing happens.
        if not self._claimed or self._session.head() <= self._taken_in:
            return False
        with self._session.transaction() as transaction:
            names = [_name(model_id, partition) for model_id, partition in self._claimed]
            checkpoints = transaction.checkpoints(names)
            head, after = transaction.head(), min(checkpoints.values())
            page = transaction.page(
                after=after,
                up_to=head,
                partitions=sorted({partition for _, partition in self._claimed}),
                limit=self._page_size,
            )
            streams = streams_of(transaction, page, self._models.values())
            self._keep_policy(transaction)
            parked = transaction.parked(list(self._models))
            for model_id, model in self._models.items():
                news = [each for each in page.events if self._is_news(model_id, each, checkpoints)]
                fold = PageFold(model, parked[model_id], self._policy)
                take_in(transaction, self._tables[model_id], fold, news, streams)
                for failure in fold.failures:
                    transaction.park(model_id, failure.at, failure.reason, self._clock())
            transaction.set_checkpoints(dict.fromkeys(names, page.end))
        self._taken_in = page.end
        return True

    def _keep_policy(self, transaction: Transaction) -> None:
        position = transaction.last_policy_position()
        if position > self._policy_position:
            self._policy, self._policy_position = transaction.policy(), position

    def _is_news(self, model_id: str, placed: Placed, checkpoints: dict[str, int]) -> bool:
        checkpoint = checkpoints.get(_name(model_id, partition_of(placed.case_id)))
        return checkpoint is not None and placed.position > checkpoint


def streams_of(
    transaction: Transaction, page: Page, models: Iterable[ReadModel[Any]]
) -> dict[UUID, Stream]:
    """Return the streams, up to where a page ends, of the cases that some model needs whole."""
    cases = {case_id for model in models for case_id in anew_in(page.events, model)}
    streams = transaction.streams(cases, page.end) if cases else {}
    return {case_id: Stream.of(stream) for case_id, stream in streams.items()}


def take_in(
    transaction: Transaction,
    table: Table[Any],
    fold: PageFold,
    events: Sequence[Placed],
    streams: Mapping[UUID, Stream],
) -> None:
    """Fold `events` into `table`; cases with a correction are folded anew from their history."""
    if not events:
        return
    steps = fold.steps(events)
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
