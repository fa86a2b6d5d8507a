"""Builds read models anew from the first event, beside the live ones, and puts them in their place.

Several are built in one pass, by several processes: each event is read and decoded once for all.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

from adapters.read_store.feed import PARTITIONS
from adapters.read_store.session import Session
from adapters.read_store.tables import Digest, Table
from adapters.read_store.transaction import Transaction
from projections.read_model import ReadModel
from services.helper_process import end_with_parent, loaded_with
from services.projector.building import (
    Built,
    WholeCases,
    bring_up_to,
    build,
    build_in_process,
    ranges,
    shadow,
)
from services.projector.folding import Failure
from services.projector.worker import checkpoint_names
from services.readiness import calm_collector

T = TypeVar("T")
Clock = Callable[[], datetime]
Tell = Callable[[int, int], None]
"""Called with (events taken in, events to take in), about, as the work goes on."""

_RANGES_EACH = 8
"""Into how many ranges a process's share is split, so that none is long without work."""
_FEW = 10_000
"""Up to how many events it does not pay to start processes."""
_FAR = 50_000
"""How far live ones may lag to be compared with; to catch up more takes longer than to build."""
_CLOSE = 2_000
"""How many events may be left to take in when workers are made to wait."""


class RebuildUnderWay(Exception):  # noqa: N818 (names the state)
    """Someone else is rebuilding this read model. The message is one sentence."""

    def __init__(self, model: ReadModel[Any]) -> None:
        super().__init__(f"Another rebuild of {model.name} is under way.")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: the digests of both tables at the same positions."""

    model: ReadModel[Any]
    live: Digest
    rebuilt: Digest
    differing_rows: int
    """Rows that one of the tables had and the other had not, or had otherwise."""
    parked_cases: int
    compared: bool = True
    """False where the live one had not come as far, being new or far behind: it is replaced."""

    @property
    def same(self) -> bool:
        """Whether the live rows were what the events say, as far as that was to be compared."""
        return self.live == self.rebuilt or not self.compared


def rebuild(
    session: Session,
    model: ReadModel[Any],
    clock: Clock,
    *,
    tell: Tell = lambda reached, goal: None,
) -> Rebuilt:
    """Rebuild one read model; see `rebuild_together`.

    Raises RebuildUnderWay, having changed nothing, if it is being rebuilt already.
    """
    rebuilt = rebuild_together(session, [model], clock, tell=tell)
    if not rebuilt:
        raise RebuildUnderWay(model)
    return rebuilt[0]


def rebuild_together(
    session: Session,
    models: Sequence[ReadModel[Any]],
    clock: Clock,
    *,
    processes: int = 1,
    tell: Tell = lambda reached, goal: None,
) -> list[Rebuilt]:
    """Rebuild read models, compare each with its live table at the same positions, and switch.

    Those that someone else is rebuilding are left alone, and are not in what is returned. The
    live tables go on being kept up to date until the switch, which is one transaction for each.
    With more than one process, `models` must be of the catalogue.
    """
    with ExitStack() as claims:
        own = [
            model for model in models if claims.enter_context(session.claim(f"rebuild/{model.id}"))
        ]
        if not own:
            return []
        session.ensure_tables(own)
        return list(_Rebuild(session, own, clock, tell).run(processes))


class _Rebuild:
    def __init__(
        self, session: Session, models: list[ReadModel[Any]], clock: Clock, tell: Tell
    ) -> None:
        self._session, self._models, self._clock, self._tell = session, models, clock, tell
        self._reached = 0
        """The position up to which the tables are built."""
        self._made: dict[str, int | None] = {}
        """The tables that were made to be filled, by what tells them from others."""
        self._failures: dict[str, list[Failure]] = {model.id: [] for model in models}

    def run(self, processes: int) -> Iterator[Rebuilt]:
        with self._session.transaction() as transaction:
            for model in self._models:
                self._made[model.id] = transaction.create_bare(shadow(model))
            least, head = self._least(transaction), transaction.head()
            self._reached = least if least and head - least <= _FAR else head
        at_once = 1 if self._reached <= _FEW else processes
        self._build(at_once)
        list(self._each(self._index, at_once))
        self._catch_up()
        yield from self._each(self._finish, at_once)

    def _each(self, work: Callable[[Session, ReadModel[Any]], T], at_once: int) -> Iterator[T]:
        """Yield what `work` comes to for each read model, of which the server does most."""
        if at_once == 1:
            yield from (work(self._session, model) for model in self._models)
            return

        free: SimpleQueue[Session] = SimpleQueue()

        def done(model: ReadModel[Any]) -> T:
            session = free.get()
            try:
                return work(session, model)
            finally:
                free.put(session)

        with ExitStack() as stack, ThreadPoolExecutor(at_once) as pool:
            for _ in range(at_once):
                free.put(stack.enter_context(closing(Session(self._session.database_url))))
            yield from pool.map(done, self._models)

    def _least(self, transaction: Transaction) -> int:
        """Return how far all live ones have come, but for those that have not begun."""
        names = {model: checkpoint_names(model.id) for model in self._models}
        found = transaction.positions([name for each in names.values() for name in each])
        reached = ([found.get(name, 0) for name in each] for each in names.values())
        return min((min(each) for each in reached if any(each)), default=0)

    def _build(self, processes: int) -> None:
        taken_in = 0
        for built in self._ranges(processes):
            taken_in += built.events
            for model_id, failures in built.failures.items():
                self._failures[model_id] += failures
            self._tell(min(taken_in, self._reached), self._reached)

    def _ranges(self, processes: int) -> Iterator[Built]:
        if not self._reached:
            return
        parts = ranges(_RANGES_EACH * processes)
        if processes == 1:
            for part in parts:
                yield build(self._session, self._models, part, self._reached)
            return
        work = partial(
            build_in_process, self._session.database_url, [model.name for model in self._models]
        )
        context = loaded_with(build_in_process.__module__)
        with ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare) as pool:
            try:
                building = [pool.submit(work, part, self._reached) for part in parts]
                for built in as_completed(building):
                    yield built.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _catch_up(self) -> None:
        """Take in what came meanwhile, until it is so little that workers can wait for the rest."""
        while True:
            with self._session.transaction() as transaction:
                least = self._least(transaction)
            if least - self._reached <= _CLOSE:
                return
            with self._session.transaction() as transaction:
                self._bring_up_to(transaction, self._models, least, range(PARTITIONS))
            self._reached = least

    def _bring_up_to(
        self,
        transaction: Transaction,
        models: Sequence[ReadModel[Any]],
        up_to: int,
        partitions: Sequence[int],
    ) -> None:
        folding = WholeCases(models, transaction.policy())
        anew = bring_up_to(transaction, folding, self._reached, up_to, partitions)
        for model in models:
            kept = [each for each in self._failures[model.id] if each.at.case_id not in anew]
            self._failures[model.id] = kept + folding.failures.get(model.id, [])

    def _hold(self, transaction: Transaction, model: ReadModel[Any]) -> None:
        # The claim is gone with the session that has it, and someone else may have begun.
        if not transaction.hold(shadow(model), self._made[model.id]):
            raise RebuildUnderWay(model)

    def _index(self, session: Session, model: ReadModel[Any]) -> None:
        with session.transaction() as transaction:
            self._hold(transaction, model)
            transaction.index(shadow(model))

    def _finish(self, session: Session, model: ReadModel[Any]) -> Rebuilt:
        live, new = Table(model), shadow(model)
        with session.transaction() as transaction:
            self._hold(transaction, model)
            # Holding the checkpoints keeps workers from moving on while the rest is taken in.
            names = checkpoint_names(model.id)
            held = transaction.checkpoints(names)
            positions = {names.index(name): at for name, at in held.items()}
            for position in set(positions.values()):
                there = [partition for partition, at in positions.items() if at == position]
                self._bring_up_to(transaction, [model], position, there)
            before, after = transaction.digest(live), transaction.digest(new)
            compared = min(positions.values()) >= self._reached
            differs = compared and before != after
            differing = transaction.differing(new, live) if differs else 0
            transaction.set_checkpoints(dict.fromkeys(names, self._reached))
            transaction.switch(new, live)
            transaction.unpark_all(model.id)
            failures = self._failures[model.id]
            for failure in failures:
                transaction.park(model.id, failure.at, failure.reason, self._clock())
        return Rebuilt(model, before, after, differing, len(failures), compared)


def _prepare() -> None:
    end_with_parent()
    calm_collector()
