"""What Prometheus is told beside requests: the intake, the read models, pools, keys, readiness.

Nothing of it names a person or a case. It is gathered in the background and told from memory, so
that to ask costs nothing, and works when PostgreSQL does not.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from adapters.event_store.desk import SourceSums
from adapters.event_store.oversight import OpenEntries
from adapters.pools import Pooled, pool_use
from adapters.read_store.reader import Progress
from domain.outcomes import Outcome
from services.api.context import Context
from services.api.health import Readiness, State
from services.api.readiness import Needs
from services.threads import finished_in_thread

INTERVAL_SECONDS = 10.0
_SHARE = 60
"""Counting the whole ledger may take one part in so many of the time."""

_log = structlog.get_logger(__name__)

_PREFIX = "case_timeline"


class ServiceFigures(Collector):
    """Answers a scrape from what was gathered last. `run` gathers."""

    def __init__(self, behind: Callable[[], Context], needs: Needs, readiness: Readiness) -> None:
        self._behind = behind
        self._needs = needs
        self._readiness = readiness
        self._sums: Sequence[SourceSums] = ()
        self._open: Sequence[OpenEntries] = ()
        self._sums_due = 0.0

    async def run(self) -> None:
        """Gather until cancelled; what cannot be had stays as it was."""
        while True:
            try:
                await finished_in_thread(self.gather)
            except Exception as error:
                # Only the kind of error: its text may quote rows.
                _log.warning("figures_not_gathered", error=type(error).__name__)
            await asyncio.sleep(INTERVAL_SECONDS)

    def gather(self) -> None:
        """Look at everything now. Blocking."""
        context = self._behind()
        self._open = context.oversight.open_entries()
        begun = time.monotonic()
        if begun >= self._sums_due:
            self._sums = context.desk.sums()
            ended = time.monotonic()
            self._sums_due = ended + _SHARE * (ended - begun)

    def describe(self) -> Iterable[Metric]:
        """Return nothing: it is only known what there is while the service runs."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield everything, as far as it is known."""
        yield from _checks(self._readiness)
        yield from _intake(self._sums)
        try:
            context = self._behind()
        except AttributeError:  # the service is starting, or has stopped
            return
        now = context.clock()
        yield from _open_entries(self._open, now)
        yield from _read_models(self._needs.progress, now)
        yield _connections(context)
        yield _keys(context)


def _gauge(name: str, about: str, labels: Sequence[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}_{name}", about, labels=labels)


def _checks(readiness: Readiness) -> Iterator[Metric]:
    ready = _gauge("ready", "Whether a check of readiness passes.", ["check"])
    for check in readiness.report().checks:
        ready.add_metric([check.name], check.state is State.OK)
    yield ready


def _intake(sums: Sequence[SourceSums]) -> Iterator[Metric]:
    told = _gauge(
        "intake_messages", "Messages received, by what became of them.", ["source", "outcome"]
    )
    for each in sums:
        for outcome in Outcome:
            told.add_metric([each.source, outcome.value], getattr(each, outcome))
    yield told


def _open_entries(entries: Sequence[OpenEntries], now: datetime) -> Iterator[Metric]:
    labels = ["source", "outcome"]
    count = _gauge("intake_open", "Messages that wait or are in quarantine.", labels)
    age = _gauge("intake_open_oldest_seconds", "How old the oldest of them is.", labels)
    for each in entries:
        count.add_metric([each.source, each.outcome], each.entries)
        age.add_metric([each.source, each.outcome], (now - each.oldest).total_seconds())
    yield from (count, age)


def _read_models(progress: Sequence[Progress], now: datetime) -> Iterator[Metric]:
    labels = ["read_model"]
    events = _gauge("read_model_lag_events", "Events that it has yet to take in.", labels)
    seconds = _gauge("read_model_lag_seconds", "How long the oldest of these has waited.", labels)
    parked = _gauge("read_model_parked_cases", "Cases that it cannot fold.", labels)
    for each in progress:
        events.add_metric([each.read_model], each.behind)
        seconds.add_metric([each.read_model], waited_seconds(each, now))
        parked.add_metric([each.read_model], each.parked_cases)
    yield from (events, seconds, parked)


def waited_seconds(progress: Progress, now: datetime) -> float:
    """Return for how long the oldest event that a read model lacks has waited for it."""
    since = progress.waiting_since
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _connections(context: Context) -> Metric:
    told = _gauge("pool_connections", "Connections to PostgreSQL of this process.", ["pool", "is"])
    pools: dict[str, Pooled] = {
        "read-models": context.read_store,
        "ledger": context.desk,
        "oversight": context.oversight,
    }
    for name, store in pools.items():
        for state, count in pool_use(store)._asdict().items():
            told.add_metric([name, state], count)
    return told


def _keys(context: Context) -> Metric:
    told = _gauge("signing_keys_age_seconds", "How old a provider's keys are.", ["issuer"])
    for keys in context.keys:
        if keys.age is not None:
            told.add_metric([keys.issuer.url], keys.age.total_seconds())
    return told
