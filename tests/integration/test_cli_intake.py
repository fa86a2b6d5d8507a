"""Commands on the ledger: list, show, retry, close, and whether it all adds up."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import nats
import psycopg
import pytest

from adapters.broker import BrokerLayout
from adapters.embedded import EmbeddedNats
from adapters.wire import encode
from services.bootstrap import prepare_database
from services.cli.answers import ClosedEntry, Entry, Ledger, Reconciled, Retried
from tests.support.command_line import CommandLine
from tests.support.stories import Told, incident_reported, moment, reclassified


@pytest.fixture
def cli(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> CommandLine:
    prepare_database(database_url)
    settings = {"database_url": database_url, "data_dir": str(tmp_path / "data")}
    return CommandLine(monkeypatch, capsys, settings)


@pytest.fixture
def broker(cli: CommandLine, tmp_path: Path) -> Iterator[EmbeddedNats]:
    with EmbeddedNats(tmp_path / "nats") as server:
        cli.set({"nats_url": server.start(), "broker_monitor_url": server.monitor_url})
        yield server


def told(story: Told, ref: str) -> bytes:
    event = Told(story.event_type, story.fields, "2024-03-05", ref=ref)
    return json.dumps(encode(event.placed(1, moment("2024-03-05")))).encode()


OPENING = told(incident_reported(category="asb"), "e-1")
FROM_CHILD = told(reclassified(from_="child", to="adult"), "e-2")
TO_CHILD = told(reclassified(from_="asb", to="child"), "e-3")
TOO_EARLY = told(reclassified(from_="asb", to="child"), "e-4")


def take(cli: CommandLine, path: Path, *lines: bytes) -> None:
    path.write_bytes(b"\n".join(lines))
    assert cli("import", str(path)).code in (0, 1)


def listed(cli: CommandLine, *options: str) -> Ledger:
    return Ledger.model_validate_json(cli.ok("intake", "list", *options, "--json").out)


def test_the_list_is_newest_first_and_goes_on(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", OPENING, b"nope", FROM_CHILD)
    assert [item.outcome for item in listed(cli).entries] == [
        "quarantined",
        "quarantined",
        "accepted",
    ]
    first = listed(cli, "--limit", "2")
    rest = listed(cli, "--before", str(first.next_before))
    assert [item.outcome for item in rest.entries] == ["accepted"]
    assert rest.next_before is None
    assert len(listed(cli, "--outcome", "quarantined").entries) == 2
    assert len(listed(cli, "--source", "urn:cromwood:asb").entries) == 2
    shown = cli.ok("intake", "list", "--limit", "2")
    assert "contradiction" in shown.out
    assert f"--before {first.next_before}" in shown.err


def test_content_is_shown_on_request_only(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", FROM_CHILD.replace(b"He was the one", b"\\u001b[31mHe was"))
    (item,) = listed(cli).entries
    plainly = cli.ok("intake", "show", str(item.id))
    assert "He was" not in plainly.out
    assert "What to do" in plainly.out
    content = cli.ok("intake", "show", str(item.id), "--payload").out
    assert "may hold personal data" in content
    assert "He was" in content
    entry = Entry.model_validate_json(
        cli.ok("intake", "show", str(item.id), "--payload", "--json").out
    )
    assert entry.payload_encoding == "utf-8"
    assert "He was" in (entry.payload or "")
    without = Entry.model_validate_json(cli.ok("intake", "show", str(item.id), "--json").out)
    assert without.payload is None


def test_content_that_is_not_text_is_base64(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", b"\xff\xfe")
    (item,) = listed(cli).entries
    entry = cli.ok("intake", "show", str(item.id), "--payload", "--json").json
    assert (entry["payload"], entry["payload_encoding"]) == ("//4=", "base64")


def test_what_is_put_right_is_accepted_when_retried(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", OPENING, FROM_CHILD, TO_CHILD, b"nope")
    nope, _, contradiction, _ = listed(cli).entries
    answered = cli("intake", "retry", "--reason", "contradiction", "--json")
    assert answered.code == 0, answered.err
    (entry,) = Retried.model_validate_json(answered.out).entries
    assert (entry.id, entry.outcome, entry.version) == (contradiction.id, "accepted", 3)
    again = cli("intake", "retry", "--all", "--json")
    assert again.code == 1
    assert again.sentence == "Still quarantined: 1 of 1."
    assert [entry["id"] for entry in again.json["entries"]] == [nope.id]
    accepted = cli("intake", "retry", str(contradiction.id), str(nope.id), "--json")
    assert accepted.json["not_retriable"] == [contradiction.id]
    assert "closed already" in accepted.sentence
    assert "malformed-json" in cli("intake", "retry", str(nope.id)).out


def test_retrying_needs_to_know_what(cli: CommandLine) -> None:
    assert cli("intake", "retry").code == 2
    assert cli("intake", "retry", "1", "--all").code == 2
    answered = cli("intake", "retry", "--reason", "bad-luck")
    assert (answered.code, answered.sentence) == (2, "There is no reason with the code bad-luck.")
    assert "Nothing waits or is quarantined." in cli.ok("intake", "retry", "--all").err


def test_an_entry_is_closed_once_with_note_and_name(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", OPENING, b"nope")
    nope, accepted = listed(cli).entries
    by = ("--note", "A test line.", "--by", "staff:9")
    closed = cli.ok("intake", "close", str(nope.id), *by, "--json")
    assert ClosedEntry.model_validate_json(closed.out).id == nope.id
    assert [item.id for item in listed(cli).entries] == [accepted.id]
    assert listed(cli, "--closed").entries[0].close_note == "A test line."
    assert "A test line." in cli.ok("intake", "show", str(nope.id)).out
    again = cli("intake", "close", str(nope.id), *by)
    assert (again.code, "closed already" in again.sentence) == (1, True)
    wrong = cli("intake", "close", str(accepted.id), *by)
    assert (wrong.code, "is accepted" in wrong.sentence) == (1, True)
    assert cli("intake", "close", "999", *by).sentence == "There is no entry 999."
    assert cli("intake", "close", str(nope.id), "--note", " ", "--by", "me").code == 2
    assert cli("intake", "close", str(nope.id), "--note", "x").code == 2


def test_several_entries_are_closed_together_or_none(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", OPENING, b"nope", b"neither")
    neither, nope, accepted = (str(item.id) for item in listed(cli).entries)
    by = ("--note", "Test lines.", "--by", "staff:9")
    assert cli("intake", "close", nope, accepted, *by).code == 1
    assert len(listed(cli, "--outcome", "quarantined").entries) == 2
    closed = cli.ok("intake", "close", nope, neither, nope, *by, "--json")
    assert ClosedEntry.model_validate_json(closed.out).ids == [int(nope), int(neither)]
    assert not listed(cli, "--outcome", "quarantined").entries


def test_a_ledger_that_adds_up(cli: CommandLine, tmp_path: Path) -> None:
    take(cli, tmp_path / "lines", OPENING, OPENING, FROM_CHILD, b"nope")
    found = Reconciled.model_validate_json(cli.ok("intake", "reconcile", "--json").out)
    assert found.ok
    assert found.broker is None
    assert {each.source: each.received for each in found.sources} == {
        "file:lines": 1,
        "urn:cromwood:asb": 3,
    }
    shown = cli.ok("intake", "reconcile").out
    assert "1 accepted + 1 duplicate + 1 quarantined" in shown
    assert "Everything adds up: 4 received, 4 accounted for." in shown


def test_an_event_without_entry_does_not_add_up(
    cli: CommandLine, database_url: str, tmp_path: Path
) -> None:
    take(cli, tmp_path / "lines", OPENING, TO_CHILD)
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM case_timeline.intake WHERE version = 2")
    answered = cli("intake", "reconcile", "--json")
    assert answered.code == 1
    assert not answered.json["ok"]
    assert answered.json["store"]["events_without_entry"] == 1
    assert "1 events have no accepted entry" in answered.sentence


def test_what_the_broker_holds_and_the_ledger_does_not(
    cli: CommandLine, broker: EmbeddedNats, tmp_path: Path
) -> None:
    (tmp_path / "lines").write_bytes(b"\n".join([OPENING, TO_CHILD]))
    cli.ok("broker", "provision")
    cli.ok("publish", str(tmp_path / "lines"))
    pending = Reconciled.model_validate_json(cli.ok("intake", "reconcile", "--json").out)
    assert pending.broker is not None
    assert (pending.broker.messages, pending.broker.not_yet_consumed) == (2, 2)
    assert pending.broker.unaccounted == 0
    assert "2 not yet taken in from the broker" in pending.verdict
    asyncio.run(_swallow(broker.start()))
    lost = cli("intake", "reconcile", "--json")
    assert lost.code == 1
    assert lost.json["broker"]["unaccounted"] == 2
    assert lost.json["broker"]["first_unaccounted"] == [1, 2]
    assert "2 messages of the broker are not in the ledger" in lost.sentence


def test_a_broker_that_is_away_leaves_the_check_unfinished(cli: CommandLine) -> None:
    cli.set({"nats_url": "nats://127.0.0.1:1"})
    answered = cli("intake", "reconcile", "--json")
    assert answered.code == 3
    assert not answered.json["ok"]
    assert "the broker could not be compared" in answered.json["verdict"]


async def _swallow(nats_url: str) -> None:
    """Confirm messages without storing them, as no intake must."""
    layout = BrokerLayout()
    client = await nats.connect(nats_url)
    pull = await client.jetstream().pull_subscribe_bind(layout.durable, stream=layout.stream)
    for message in await pull.fetch(2):
        await message.ack_sync()
    await client.close()
