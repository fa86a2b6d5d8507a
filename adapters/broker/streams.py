"""Sets up the streams and the consumer, and refuses a broker on which events could be lost."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nats.aio.client import Client
from nats.errors import Error
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    ConsumerInfo,
    DeliverPolicy,
    DiscardPolicy,
    ReplayPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
    StreamInfo,
)
from nats.js.errors import APIError, NotFoundError
from nats.js.manager import JetStreamManager

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable, connected
from adapters.broker.durability import check_durability
from adapters.broker.layout import BrokerLayout

_LARGEST_MESSAGE = 1024 * 1024
"""Above what the intake accepts, so that larger events arrive and are quarantined."""
_UNLIMITED = -1
_REMEDY = "run `case-timeline broker provision`"


async def provision(nats_url: str, layout: BrokerLayout | None = None) -> list[str]:
    """Create the streams and the consumer, or change what differs; return what was done."""
    layout = layout or BrokerLayout()
    async with connected(nats_url) as client:
        manager, stream = client.jsm(), layout.stream
        try:
            done = await _provide_stream(manager, stream, _stream_settings(layout))
            done += await _provide_consumer(manager, layout)
            stream = layout.out_stream
            return done + await _provide_stream(manager, stream, _out_settings(layout))
        except APIError as error:
            raise BrokerNotReady(
                f"The broker refuses what {stream} needs: {error.description}."
            ) from None
        except Error:
            raise BrokerUnreachable("The broker did not answer: is JetStream on?") from None


async def check(
    nats_url: str,
    monitor_url: str | None,
    layout: BrokerLayout | None = None,
    *,
    durability_unchecked: bool = False,
) -> None:
    """Raise `BrokerNotReady` unless everything is there as needed and kept on disk.

    `monitor_url` is where the server reports on itself over HTTP. With `durability_unchecked` the
    operator answers for the server's durability and it is not asked.
    """
    looks = (verify, verify_out)
    await _check(nats_url, monitor_url, layout, looks, durability_unchecked)


async def check_in(
    nats_url: str,
    monitor_url: str | None,
    layout: BrokerLayout | None = None,
    *,
    durability_unchecked: bool = False,
) -> None:
    """As `check`, for what the intake needs and nothing else."""
    await _check(nats_url, monitor_url, layout, (verify,), durability_unchecked)


async def check_out(
    nats_url: str,
    monitor_url: str | None,
    layout: BrokerLayout | None = None,
    *,
    durability_unchecked: bool = False,
) -> None:
    """As `check`, for what the relay needs and nothing else."""
    await _check(nats_url, monitor_url, layout, (verify_out,), durability_unchecked)


async def _check(
    nats_url: str,
    monitor_url: str | None,
    layout: BrokerLayout | None,
    looks: tuple[Callable[[Client, BrokerLayout], Awaitable[None]], ...],
    durability_unchecked: bool,
) -> None:
    if not durability_unchecked:
        await asyncio.to_thread(check_durability, monitor_url)
    async with connected(nats_url) as client:
        for look in looks:
            await look(client, layout or BrokerLayout())


async def verify(client: Client, layout: BrokerLayout) -> None:
    """Raise `BrokerNotReady` unless the stream and its consumer are there with their settings.

    Raises `BrokerUnreachable` where that cannot be found out just now.
    """
    try:
        stream = await _stream(client.jsm(), layout.stream)
        consumer = await _consumer(client.jsm(), layout) if stream else None
    except Error:
        raise BrokerUnreachable("The broker did not answer: is JetStream on?") from None
    if stream is None:
        raise BrokerNotReady(f"The broker has no stream {layout.stream}; {_REMEDY}.")
    if consumer is None:
        raise BrokerNotReady(
            f"The stream {layout.stream} has no consumer {layout.durable}; {_REMEDY}."
        )
    _refuse(
        [
            *_differences(f"stream {layout.stream}", stream.config, _stream_settings(layout)),
            *_differences(
                f"consumer {layout.durable}", consumer.config, _consumer_settings(layout)
            ),
        ]
    )


async def verify_out(client: Client, layout: BrokerLayout) -> None:
    """Raise `BrokerNotReady` unless the stream out is there with its settings.

    Raises `BrokerUnreachable` where that cannot be found out just now.
    """
    try:
        stream = await _stream(client.jsm(), layout.out_stream)
    except Error:
        raise BrokerUnreachable("The broker did not answer: is JetStream on?") from None
    if stream is None:
        raise BrokerNotReady(f"The broker has no stream {layout.out_stream}; {_REMEDY}.")
    _refuse(_differences(f"stream {layout.out_stream}", stream.config, _out_settings(layout)))


def _refuse(drift: list[str]) -> None:
    if drift:
        raise BrokerNotReady(f"The broker is set up differently: {'; '.join(drift)}; {_REMEDY}.")


def _stream_settings(layout: BrokerLayout) -> dict[str, Any]:
    return {
        "subjects": [layout.subjects],
        "max_age": layout.max_age.total_seconds(),
        **_kept_settings(layout),
    }


def _out_settings(layout: BrokerLayout) -> dict[str, Any]:
    return {
        "subjects": [layout.out_subjects, layout.flags_subjects],
        "max_age": layout.out_max_age.total_seconds(),
        **_kept_settings(layout),
    }


def _kept_settings(layout: BrokerLayout) -> dict[str, Any]:
    return {
        "storage": StorageType.FILE,
        "retention": RetentionPolicy.LIMITS,
        # A full stream tells publishers so; `old` would silently drop what was not taken in yet.
        "discard": DiscardPolicy.NEW,
        "max_msgs_per_subject": _UNLIMITED,
        "max_msg_size": _LARGEST_MESSAGE,
        "num_replicas": layout.replicas,
        "duplicate_window": layout.duplicate_window.total_seconds(),
        "deny_delete": True,
        "deny_purge": True,
        # What follows is the default, but would let a publisher remove messages or be lied to.
        "allow_rollup_hdrs": False,
        "allow_msg_ttl": False,
        "no_ack": False,
        "persist_mode": None,
    }


def _consumer_settings(layout: BrokerLayout) -> dict[str, Any]:
    return {
        "deliver_policy": DeliverPolicy.ALL,
        "replay_policy": ReplayPolicy.INSTANT,
        "filter_subject": layout.subjects,
        "ack_policy": AckPolicy.EXPLICIT,
        "ack_wait": layout.ack_wait.total_seconds(),
        # With a limit a message would stay undelivered for ever, and only an advisory say so.
        "max_deliver": _UNLIMITED,
        "max_ack_pending": layout.max_ack_pending,
        "headers_only": False,
        "backoff": None,
        "deliver_subject": None,
    }


async def _provide_stream(
    manager: JetStreamManager, stream: str, wanted: Mapping[str, Any]
) -> list[str]:
    name = f"stream {stream}"
    info = await _stream(manager, stream)
    if info is None:
        await manager.add_stream(StreamConfig(name=stream, **wanted))
        return [f"{name} created"]
    drift = _differences(name, info.config, wanted)
    if drift:
        await manager.update_stream(info.config.evolve(**wanted))
    return [f"changed: {difference}" for difference in drift]


async def _provide_consumer(manager: JetStreamManager, layout: BrokerLayout) -> list[str]:
    name, wanted = f"consumer {layout.durable}", _consumer_settings(layout)
    info = await _consumer(manager, layout)
    if info is None:
        config = ConsumerConfig(name=layout.durable, durable_name=layout.durable, **wanted)
        await manager.add_consumer(layout.stream, config)
        return [f"{name} created"]
    drift = _differences(name, info.config, wanted)
    if drift:
        await manager.add_consumer(layout.stream, info.config.evolve(**wanted))
    return [f"changed: {difference}" for difference in drift]


async def _stream(manager: JetStreamManager, stream: str) -> StreamInfo | None:
    try:
        return await manager.stream_info(stream)
    except NotFoundError:
        return None


async def _consumer(manager: JetStreamManager, layout: BrokerLayout) -> ConsumerInfo | None:
    try:
        info: ConsumerInfo = await manager.consumer_info(layout.stream, layout.durable)
    except NotFoundError:
        return None
    return info


def _differences(name: str, actual: object, wanted: Mapping[str, Any]) -> list[str]:
    found = {setting: getattr(actual, setting) for setting in wanted}
    return [
        f"{name} has {setting} {_shown(found[setting])}, not {_shown(value)}"
        for setting, value in wanted.items()
        # The server leaves out what is off.
        if (found[setting] or None) != (value or None)
    ]


def _shown(value: object) -> str:
    return str(getattr(value, "value", value))
