"""Flags are announced once each, at their time, and never because of what is not read yet."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs

from adapters.broker import BrokerLayout
from adapters.broker.outgoing import MOST_AT_ONCE
from adapters.read_store.feed import partition_of
from adapters.read_store.transaction import Transaction
from adapters.wire.flags import FLAG_SOURCE, FLAG_TYPE, FlagRaised
from tests.integration.test_relay import forgotten
from tests.support.brokers import provisioned, unused_layout
from tests.support.intakes import Clock
from tests.support.read_stores import NOW, STORY, Stores, opened
from tests.support.relays import Attention, GoneOut, gone_out, relay_all, relaying, resumed
from tests.support.waiting import eventually_async


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.fixture
async def layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    """A broker that knows an id again for a tenth of a second only."""
    short = replace(unused_layout(), duplicate_window=timedelta(milliseconds=100))
    async with provisioned(nats_url, short) as layout:
        yield layout


@pytest.fixture
def attention(stores: Stores) -> Attention:
    return Attention(stores.url)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


async def announced(nats_url: str, layout: BrokerLayout) -> list[GoneOut]:
    found = await gone_out(nats_url, layout)
    flags = [each for each in found if each.subject.startswith(layout.flags_prefix)]
    return [each for each in flags if each.id != "probe"]


async def ids(nats_url: str, layout: BrokerLayout) -> list[UUID]:
    return [each.event_id for each in await announced(nats_url, layout)]


async def test_a_flag_is_announced_when_its_time_has_come(
    attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    later = attention.stands(NOW + timedelta(hours=2))
    sooner = attention.stands(NOW + timedelta(hours=1))
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        await relay.announce()
        assert await ids(nats_url, layout) == []
        clock.goes(hours=1)
        await relay.announce()
        assert await ids(nats_url, layout) == [sooner]
        clock.goes(hours=1)
        await relay.announce()
        await relay.announce()
    assert await ids(nats_url, layout) == [sooner, later]


async def test_an_announcement_is_a_cloudevent_of_the_described_form(
    attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    flag_id = attention.stands(NOW)
    of_the_case = attention.stands(NOW, rule="R12", item="")
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        await relay.announce()
    found = {each.event_id: each for each in await announced(nats_url, layout)}
    assert found[of_the_case].subject == f"{layout.flags_prefix}R12"
    assert "item" not in found[of_the_case].sent["data"]
    sent = found[flag_id].sent
    assert found[flag_id].subject == f"{layout.flags_prefix}R5"
    assert (sent["id"], sent["subject"]) == (str(flag_id), "asb:2024-0117")
    assert (sent["source"], sent["type"]) == (FLAG_SOURCE, FLAG_TYPE)
    assert sent["time"] == "2026-01-05T09:00:00Z"
    flag = FlagRaised.model_validate_json(json.dumps(sent["data"]))
    assert (flag.rule, flag.rule_version, flag.item) == ("R5", 1, "R1")
    assert (flag.since, flag.due_at) == (NOW - timedelta(days=10), NOW)
    assert (flag.owner, flag.authority) == ("staff:12", "Cromwood Borough Council")


async def test_a_flag_that_comes_back_is_not_announced_again(
    attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    flag_id = attention.stands(NOW)
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        await relay.announce()
    attention.cleared(flag_id)
    await forgotten(nats_url, layout)
    attention.stands(NOW, flag_id=flag_id)
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        await relay.announce()
    assert await ids(nats_url, layout) == [flag_id]


async def test_what_was_announced_and_not_remembered_is_not_announced_again(
    attention: Attention,
    clock: Clock,
    nats_url: str,
    layout: BrokerLayout,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also when the relay comes back after the broker has forgotten the ids."""
    first = attention.stands(NOW - timedelta(days=1))

    def fail(*_: object) -> None:
        raise RuntimeError("as if the process had died here")

    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        await relay.announce()
        others = [attention.stands(NOW - timedelta(minutes=n)) for n in (3, 2, 1)]
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, "remember_flags", fail)
            with pytest.raises(RuntimeError):
                await relay.announce()
    await forgotten(nats_url, layout)
    new = attention.stands(NOW)
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        await relay.announce()
    assert await ids(nats_url, layout) == [first, *others, new]


async def test_a_case_with_events_that_are_not_read_yet_is_left_for_later(
    stores: Stores, attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    case_id = stores.told("asb:1", *STORY)[0].case_id
    flag_id = attention.stands(NOW, case_id=case_id)
    checkpoint = f"attention@2/{partition_of(case_id)}"
    read_up_to = "INSERT INTO case_timeline.read_model_tracking VALUES (%s, %s)"
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        stores.admin(read_up_to, checkpoint, 3)
        assert not await relay.announce()
        assert await ids(nats_url, layout) == []
        stores.admin("UPDATE case_timeline.read_model_tracking SET notification_id = 4")
        await relay.announce()
    assert await ids(nats_url, layout) == [flag_id]


async def test_more_flags_than_are_published_at_once_are_all_announced(
    attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    due = [attention.stands(NOW - timedelta(days=n)) for n in reversed(range(MOST_AT_ONCE + 10))]
    async with resumed(attention.database_url, nats_url, layout, clock) as relay:
        assert await relay.announce()
        assert not await relay.announce()
    assert await ids(nats_url, layout) == due


async def test_a_flag_that_is_not_of_its_form_holds_up_no_other(
    attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    unsound = [attention.stands(NOW - timedelta(days=1), rule="") for _ in range(MOST_AT_ONCE)]
    sound = attention.stands(NOW)
    with capture_logs() as logged:
        async with resumed(attention.database_url, nats_url, layout, clock) as relay:
            assert await relay.announce()
            assert not await relay.announce()
    assert await ids(nats_url, layout) == [sound]
    assert [(each["event"], each["error"]) for each in logged] == [
        ("flag_not_announced", "ValidationError")
    ] * len(unsound)


async def test_without_the_read_model_there_is_nothing_to_announce(
    stores: Stores, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    stores.admin("DROP TABLE read_models.attention_v2 CASCADE")
    async with resumed(stores.url, nats_url, layout, clock) as relay:
        assert not await relay.announce()
    assert await gone_out(nats_url, layout) == []


async def test_events_and_flags_go_out_side_by_side(
    stores: Stores, attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    told, flags = [], []
    for n in range(3):
        told += stores.told(f"asb:{n}", *STORY)
        flags.append(attention.stands(NOW - timedelta(days=3 - n)))
        async with resumed(stores.url, nats_url, layout, clock) as relay:
            await relay_all(relay)
            await relay.announce()
    found = await gone_out(nats_url, layout)
    assert [each.event_id for each in found if each.position] == [e.event_id for e in told]
    assert [each.event_id for each in found if not each.position] == flags


async def test_events_go_out_whatever_ails_the_flags(
    stores: Stores, attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    stores.admin("ALTER TABLE read_models.attention_v2 RENAME COLUMN due_at TO later")
    told = stores.told("asb:1", *STORY)

    async def is_out() -> bool:
        return len(await gone_out(nats_url, layout)) == len(told)

    with capture_logs() as logged:
        async with relaying(stores.url, nats_url, layout, clock):
            await eventually_async(is_out, what="the events")
            told += stores.told("asb:2", *STORY)
            await eventually_async(is_out, what="more events")
    failed = [each for each in logged if each["log_level"] == "error"]
    assert [(each["event"], each["error"]) for each in failed] == [
        ("flags_not_announced", "UndefinedColumn")
    ]


async def test_a_running_relay_announces_by_itself(
    attention: Attention, clock: Clock, nats_url: str, layout: BrokerLayout
) -> None:
    flag_id = attention.stands(NOW, flag_id=uuid4())

    async def is_out() -> bool:
        return await ids(nats_url, layout) == [flag_id]

    async with relaying(attention.database_url, nats_url, layout, clock):
        await eventually_async(is_out, what="the announcement")
