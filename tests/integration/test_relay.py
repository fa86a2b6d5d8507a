"""The relay publishes every accepted event once, in order, wherever it was interrupted."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from nats.js import JetStreamContext
from nats.js.api import PubAck
from structlog.testing import capture_logs

from adapters.broker import BrokerLayout, BrokerNotReady, provision
from adapters.embedded import EmbeddedNats
from adapters.read_store.session import Session
from adapters.read_store.transaction import Transaction
from adapters.wire import decode, encode
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from tests.support.brokers import jetstream, provisioned, unused_layout
from tests.support.read_stores import NOW, STORY, Stores, opened
from tests.support.relays import Attention, count_out, gone_out, relay_all, relaying, resumed
from tests.support.stories import action_agreed, event_corrected, incident_reported
from tests.support.waiting import eventually_async


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.fixture
async def layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    async with provisioned(nats_url) as layout:
        yield layout


@pytest.fixture
async def forgetful_layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    """A broker that knows an id again for a tenth of a second only."""
    short = replace(unused_layout(), duplicate_window=timedelta(milliseconds=100))
    async with provisioned(nats_url, short) as layout:
        yield layout


async def forgotten(nats_url: str, layout: BrokerLayout) -> None:
    """Return once the broker has forgotten every id that it has been given up to now."""
    async with jetstream(nats_url) as context:

        async def is_new() -> bool:
            return not (await probe(context, layout)).duplicate

        await probe(context, layout)
        await eventually_async(is_new, what="forgetting ids")


async def probe(context: JetStreamContext, layout: BrokerLayout) -> PubAck:
    subject = layout.subject_of_flag("probe")
    return await context.publish(subject, b"{}", headers={"Nats-Msg-Id": "probe"})


async def assert_all_out_once(nats_url: str, layout: BrokerLayout, *told: list[CaseEvent]) -> None:
    """Fails unless the stream has these cases' events, each once, in the order of acceptance."""
    found = await gone_out(nats_url, layout)
    events = [each for each in found if each.position]
    assert [each.event_id for each in events] == [event.event_id for case in told for event in case]


async def test_accepted_events_go_out_in_their_order_as_cloudevents(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    told = [stores.told(f"asb:{n}", *STORY) for n in range(3)]
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    found = await gone_out(nats_url, layout)
    events = [event for case in told for event in case]
    assert [each.subject for each in found] == [f"{layout.out_prefix}{e.type}" for e in events]
    assert [each.id for each in found] == [str(event.event_id) for event in events]
    assert [each.position for each in found] == list(range(1, len(events) + 1))
    for each, event in zip(found, events, strict=True):
        assert each.sent == encode(event)
        decoded = decode(json.dumps(each.sent).encode(), received_at=event.recorded_at).event
        assert decoded.event_id == event.event_id


async def test_a_correction_goes_out_as_an_event_of_its_own(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    first = stores.told("asb:1", incident_reported(narrative="As first told."))
    target = {"source": first[0].source, "id": first[0].source_event_id}
    correction = event_corrected(target=target, was="As first told.", now="As it was.")
    stores.told("asb:1", correction, after=1)
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    incident, corrected = await gone_out(nats_url, layout)
    assert incident.sent["data"]["narrative"] == "As first told."
    assert corrected.subject == f"{layout.out_prefix}EventCorrected"


async def test_another_relay_goes_on_where_the_last_one_was(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    told = []
    for n in range(3):
        told.append(stores.told(f"asb:{n}", *STORY))
        async with resumed(stores.url, nats_url, layout) as relay:
            assert relay.position == 4 * n
            await relay_all(relay)
    await assert_all_out_once(nats_url, layout, *told)


async def test_what_was_published_and_not_noted_is_not_published_again(
    stores: Stores,
    nats_url: str,
    forgetful_layout: BrokerLayout,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also when the relay comes back after the broker has forgotten the ids."""
    told = stores.told("asb:1", *STORY)

    def fail(*_: object) -> None:
        raise RuntimeError("as if the process had died here")

    async with resumed(stores.url, nats_url, forgetful_layout) as relay:
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, "set_checkpoints", fail)
            with pytest.raises(RuntimeError):
                await relay.step()
    await forgotten(nats_url, forgetful_layout)
    later = stores.told("asb:2", *STORY)
    async with resumed(stores.url, nats_url, forgetful_layout) as relay:
        assert relay.position == len(told)
        await relay_all(relay)
    await assert_all_out_once(nats_url, forgetful_layout, told, later)


async def test_the_stream_has_the_last_word_on_what_it_holds(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    """Should a broker have lost what it had confirmed, then that goes out again."""
    told = stores.told("asb:1", *STORY)
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    lost = stores.told("asb:2", *STORY)
    stores.admin("UPDATE case_timeline.read_model_tracking SET notification_id = 6")
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    await assert_all_out_once(nats_url, layout, told, lost)


async def test_the_checkpoint_counts_once_everything_has_grown_too_old_to_be_kept(
    stores: Stores, nats_url: str
) -> None:
    brief = replace(
        unused_layout(),
        duplicate_window=timedelta(milliseconds=100),
        out_max_age=timedelta(milliseconds=200),
    )
    async with provisioned(nats_url, brief) as layout:
        stores.told("asb:1", *STORY)
        async with resumed(stores.url, nats_url, layout) as relay:
            await relay_all(relay)

        async def is_empty() -> bool:
            return await count_out(nats_url, layout) == 0

        await eventually_async(is_empty, what="growing old")
        async with resumed(stores.url, nats_url, layout) as relay:
            assert relay.position == 4
            assert not await relay.step()


async def test_a_stream_made_anew_is_filled_from_the_first_event(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    told = stores.told("asb:1", *STORY)
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
        async with jetstream(nats_url) as context:
            await context.delete_stream(layout.out_stream)
        await provision(nats_url, layout)
        later = stores.told("asb:2", *STORY)
        with pytest.raises(BrokerNotReady, match="wrong last sequence"):
            await relay.step()
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    await assert_all_out_once(nats_url, layout, told, later)


async def test_a_database_put_back_to_an_earlier_state_loses_nothing_that_is_new(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    told = stores.told("asb:1", *STORY)
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    async with jetstream(nats_url) as context:
        # What was published of the time that the database no longer knows.
        gone = {"Nats-Msg-Id": str(uuid4()), "Case-Timeline-Position": "7"}
        await context.publish(layout.subject_of_event("Gone"), b"{}", headers=gone)
    later = stores.told("asb:2", *STORY)
    with capture_logs() as logged:
        async with resumed(stores.url, nats_url, layout) as relay:
            await relay_all(relay)
    found = await gone_out(nats_url, layout)
    ids = [each.event_id for each in found if not each.subject.endswith("Gone")]
    assert ids == [event.event_id for event in (*told, *later)]
    assert [(each["event"], each["position"]) for each in logged] == [
        ("relayed_event_not_recorded", 7)
    ]


async def test_two_relays_at_work_neither_repeat_nor_skip_anything(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    """As when a relay has lost its lock and does not know it yet."""
    attention = Attention(stores.url)
    first = stores.told("asb:1", *STORY)
    async with (
        resumed(stores.url, nats_url, layout) as one,
        resumed(stores.url, nats_url, layout) as two,
    ):
        # With the flag, events are at other places in the stream than the second relay thinks.
        flag_id = attention.stands(NOW)
        await one.announce()
        await relay_all(one)
        second = stores.told("asb:2", *STORY)
        with pytest.raises(BrokerNotReady, match="wrong last"):
            await two.step()
        assert await count_out(nats_url, layout) == 1 + len(first)
        await relay_all(one)
    await assert_all_out_once(nats_url, layout, first, second)
    assert (await gone_out(nats_url, layout))[0].event_id == flag_id


async def test_where_one_message_is_refused_those_after_it_wait(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    told = stores.told(
        "asb:1", *STORY, incident_reported(narrative="Long. " * 1000), action_agreed(action_id="A9")
    )
    async with jetstream(nats_url) as context:
        async with resumed(stores.url, nats_url, layout) as relay:
            stream = (await context.stream_info(layout.out_stream)).config
            await context.update_stream(stream.evolve(max_msg_size=4_000))
            with pytest.raises(BrokerNotReady, match="message size"):
                await relay.step()
            assert relay.position == len(STORY)
        assert await count_out(nats_url, layout) == len(STORY)
        with pytest.raises(BrokerNotReady, match="max_msg_size 4000"):
            await resumed(stores.url, nats_url, layout).__aenter__()
    await provision(nats_url, layout)
    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
    await assert_all_out_once(nats_url, layout, told)


async def test_an_event_that_cannot_be_read_is_passed_over_and_told(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    first = stores.told("asb:1", *STORY)
    stores.admin(
        "INSERT INTO case_timeline.case_events (originator_id, originator_version, topic, state) "
        "VALUES (%s, 1, 'os:system', '{}')",
        case_id_of("asb:bad"),
    )
    last = stores.told("asb:2", *STORY)
    with capture_logs() as logged:
        async with resumed(stores.url, nats_url, layout) as relay:
            await relay_all(relay)
            assert relay.position == 9
    await assert_all_out_once(nats_url, layout, first, last)
    assert [(each["event"], each["position"]) for each in logged] == [
        ("unreadable_event_not_relayed", 5)
    ]


async def test_an_idle_relay_opens_no_transaction_to_look_for_events(
    stores: Stores, nats_url: str, layout: BrokerLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.told("asb:1", *STORY)

    def refuse(_: Session) -> None:
        raise AssertionError("a transaction was opened")

    async with resumed(stores.url, nats_url, layout) as relay:
        await relay_all(relay)
        monkeypatch.setattr(Session, "transaction", refuse)
        assert [await relay.step() for _ in range(20)] == [False] * 20
        stores.told("asb:2", *STORY)
        with pytest.raises(AssertionError, match="opened"):
            await relay.step()


async def test_of_two_that_run_one_stands_by_and_takes_over(
    stores: Stores, nats_url: str, layout: BrokerLayout
) -> None:
    told = [stores.told("asb:0", *STORY)]

    async def out() -> bool:
        return await count_out(nats_url, layout) == sum(map(len, told))

    with capture_logs() as logged:
        async with relaying(stores.url, nats_url, layout):
            await eventually_async(out, what="the first case")
            async with relaying(stores.url, nats_url, layout) as second:
                await eventually_async(
                    lambda: _is(any(each["event"] == "relay_standing_by" for each in logged)),
                    what="standing by",
                )
                stores.admin(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                    "AND granted AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())"
                )
                told.append(stores.told("asb:1", *STORY))
                await eventually_async(out, what="the second case")
                assert not second.done()
    assert "read_store_unavailable" in {each["event"] for each in logged}
    await assert_all_out_once(nats_url, layout, *told)


async def _is(condition: bool) -> bool:
    return condition


async def test_a_broker_that_goes_away_is_awaited(
    stores: Stores, tmp_path_factory: pytest.TempPathFactory
) -> None:
    layout = unused_layout()
    with EmbeddedNats(tmp_path_factory.mktemp("nats")) as server:
        url = server.start()
        await provision(url, layout)
        told = [stores.told("asb:0", *STORY)]

        async def out() -> bool:
            return await count_out(url, layout) == sum(map(len, told))

        with capture_logs() as logged:
            async with relaying(stores.url, url, layout):
                await eventually_async(out, what="the first case")
                await asyncio.to_thread(server.kill)
                told.append(stores.told("asb:1", *STORY))
                await eventually_async(
                    lambda: _is(any(each["event"] == "relay_interrupted" for each in logged)),
                    timeout=30,
                    what="noticing",
                )
                await asyncio.to_thread(server.start)
                await eventually_async(out, timeout=30, what="the second case")
        await assert_all_out_once(url, layout, *told)


async def test_it_does_not_start_without_its_stream(stores: Stores, nats_url: str) -> None:
    layout = unused_layout()
    with pytest.raises(BrokerNotReady, match=f"no stream {layout.out_stream}; run"):
        async with relaying(stores.url, nats_url, layout) as task:
            await task
