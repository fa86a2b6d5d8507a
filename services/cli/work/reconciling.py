"""Checks that everything received is accounted for: ledger, event store and broker agree."""

import asyncio
from collections.abc import Sequence

from adapters.broker import BrokerNotReady, BrokerUnreachable
from adapters.broker.reconciling import stream_state
from adapters.event_store.desk import IntakeDesk, SourceSums
from adapters.event_store.reckoning import StoreSums
from services.bootstrap import Servers, intake_desk
from services.cli.answers import BrokerSums, Reconciled
from services.cli.connecting import stores, stores_and_broker
from services.cli.console import emit
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.reconciliation import print_reconciliation
from services.reconciling import faults, verdict
from services.settings import Settings


def reconcile_ledger(*, as_json: bool) -> None:
    """Compare ledger, event store and broker; fail where they do not add up."""
    settings = Settings()
    has_broker = settings.nats_url is not None or (settings.data_dir / "nats").exists()
    opened = stores_and_broker(settings) if has_broker else stores(settings)
    with opened as servers, intake_desk(servers.database_url) as desk:
        trouble: BrokerNotReady | None = None
        broker = None
        try:
            broker = _broker_sums(settings, servers, desk) if has_broker else None
        except BrokerNotReady as error:
            trouble = error
        answer = _reconciled(desk.sums(), desk.store_sums(), broker, trouble)
    if as_json:
        emit(answer)
    else:
        print_reconciliation(answer)
    if trouble is not None:
        away = isinstance(trouble, BrokerUnreachable)
        raise CommandError(str(trouble), ExitCode.UNAVAILABLE if away else ExitCode.NOT_READY)
    if not answer.ok:
        raise CommandError(answer.verdict)


def _broker_sums(settings: Settings, servers: Servers, desk: IntakeDesk) -> BrokerSums:
    assert servers.nats_url is not None
    # The broker first: what the intake had confirmed by then is in the ledger by now.
    state = asyncio.run(stream_state(servers.nats_url, settings.broker_layout))
    count, first = desk.unaccounted(state.stream, state.created, state.settled_up_to)
    return BrokerSums(
        stream=state.stream,
        first_sequence=state.first_sequence,
        last_sequence=state.last_sequence,
        messages=state.messages,
        not_yet_consumed=state.not_yet_consumed,
        unaccounted=count,
        first_unaccounted=first,
    )


def _reconciled(
    sources: Sequence[SourceSums],
    store: StoreSums,
    broker: BrokerSums | None,
    trouble: BrokerNotReady | None,
) -> Reconciled:
    wrong = list(faults(store, broker.unaccounted if broker else 0))
    if trouble is not None:
        wrong.append("the broker could not be compared")
    told = verdict(sources, wrong, broker.not_yet_consumed if broker else 0)
    return Reconciled(ok=not wrong, verdict=told, sources=sources, store=store, broker=broker)
