"""Systems publish events over HTTP: each event has one outcome and a receipt, in every mode."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from domain.identity import case_id_of
from services.api.cloudevents_http import MOST_EVENTS
from services.intake import IntakeBusy
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.messages import Message, body, message, submission, with_data
from tests.support.stories import (
    CASE_REF,
    SOURCE,
    action_agreed,
    action_completed,
    incident_reported,
    person_involved,
    reclassified,
    role_revoked,
)
from tests.support.waiting import eventually

EVENTS = "/v1/events"
STRUCTURED = {"Content-Type": "application/cloudevents+json"}
BATCH = {"Content-Type": "application/cloudevents-batch+json; charset=UTF-8"}
REPAIRS = "urn:cromwood:repairs"

OPENING = message(incident_reported("2024-03-01"), "opening")
PERSON = message(person_involved("2024-03-02"), "person")
AGREED = message(action_agreed("2024-03-03"), "agreed")
COMPLETED = message(action_completed("2024-03-05"), "completed")


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.has("asb-system", role="upstream", publishes=SOURCE)
        yield found
        found.guarded.feed.assert_sound()


def publishes(
    api: Served, sent: Message | bytes, name: str = "asb-system", **headers: str
) -> httpx.Response:
    """Send one event in structured mode."""
    content = sent if isinstance(sent, bytes) else body(sent)
    return api.post(name, EVENTS, content=content, headers=STRUCTURED | headers)


def publishes_binary(api: Served, sent: Message, **replaced: str) -> httpx.Response:
    """Send one event in binary mode."""
    attributes = {k: quote(v, safe="") for k, v in sent.items() if isinstance(v, str)}
    del attributes["datacontenttype"]
    headers = {f"ce-{name}": value for name, value in (attributes | replaced).items()}
    headers["Content-Type"] = "application/json; charset=utf-8"
    return api.post("asb-system", EVENTS, content=body(sent["data"]), headers=headers)


def publishes_batch(api: Served, *sent: object, name: str = "asb-system") -> list[dict[str, Any]]:
    """Send a batch; return what became of each of its events."""
    answered = api.post(name, EVENTS, content=body(list(sent)), headers=BATCH)
    assert answered.status_code == 200, answered.text
    told: list[dict[str, Any]] = answered.json()["events"]
    return told


def ledger(api: Served) -> list[dict[str, Any]]:
    """Every entry that came over HTTP, in order."""
    with (
        psycopg.connect(api.guarded.feed.url) as connection,
        connection.cursor(row_factory=dict_row) as cursor,
    ):
        return cursor.execute(
            "SELECT * FROM case_timeline.intake WHERE starts_with(delivery, 'http:') ORDER BY id"
        ).fetchall()


def problem(answered: httpx.Response) -> tuple[int, str]:
    """The status and the name of the problem that was answered."""
    assert answered.headers["content-type"] == "application/problem+json"
    return answered.status_code, answered.json()["type"].removeprefix("/problems/")


class TestInEveryMode:
    def test_a_structured_event_is_accepted_with_its_receipt(self, api: Served) -> None:
        answered = publishes(api, OPENING)

        assert answered.status_code == 201
        (event,) = api.guarded.feed.events()
        assert answered.json() == {
            "outcome": "accepted",
            "reason": None,
            "detail": None,
            "event_id": str(event.event_id),
            "case_ref": CASE_REF,
            "case_id": str(case_id_of(CASE_REF)),
            "version": 1,
            "position": 2,
            "remarks": [],
        }
        (entry,) = ledger(api)
        assert (entry["source"], entry["outcome"]) == (SOURCE, "accepted")

    def test_the_same_event_in_binary_mode_is_the_same_event(self, api: Served) -> None:
        first = publishes_binary(api, OPENING)
        again = publishes(api, OPENING)

        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json()["outcome"] == "duplicate"

    def test_header_values_are_unquoted_and_percent_decoded_once(self, api: Served) -> None:
        quoted = publishes_binary(api, OPENING, id='"open\\ing"')
        lower_case = publishes_binary(api, PERSON, id="p%65rson%2d1")
        twice = publishes_binary(api, AGREED, id="%2565")

        assert (quoted.status_code, lower_case.status_code) == (201, 201)
        assert api.guarded.feed.told() == ["opening", "person-1"]
        assert problem(twice) == (422, "invalid-id"), "%25 is a percent sign, and stays one"

    @pytest.mark.parametrize("value", ["%C0%A0", "%ff", "caf%e9"])
    def test_a_header_that_is_no_utf_8_is_refused(self, api: Served, value: str) -> None:
        assert problem(publishes_binary(api, OPENING, id=value)) == (400, "not-utf-8")

    def test_nothing_in_the_body_passes_for_an_attribute(self, api: Served) -> None:
        headers = {f"ce-{name}": OPENING[name] for name in ("specversion", "id", "source", "type")}
        content = body(OPENING["data"]) + b',"subject":"asb:1","time":"2024-03-01T10:00:00Z"'
        answered = api.post(
            "asb-system",
            EVENTS,
            content=content,
            headers=headers | {"Content-Type": "application/json"},
        )

        assert problem(answered) == (400, "malformed-json")

    @pytest.mark.parametrize("name", ["data", "datacontenttype"])
    def test_no_header_passes_for_what_the_body_is(self, api: Served, name: str) -> None:
        answered = publishes_binary(api, OPENING, **{name: "application/json"})

        assert problem(answered) == (400, "duplicate-member")

    def test_an_attribute_that_comes_twice_is_refused(self, api: Served) -> None:
        headers = [(f"ce-{name}", str(OPENING[name])) for name in OPENING if name != "data"]
        headers = [pair for pair in headers if pair[0] != "ce-datacontenttype"]
        headers += [("ce-source", SOURCE), ("Content-Type", "application/json")]
        answered = api.client.post(
            EVENTS,
            content=body(OPENING["data"]),
            headers=[*headers, *api.headers("asb-system").items()],
        )

        assert problem(answered) == (400, "duplicate-member")

    def test_a_batch_is_answered_event_by_event_in_order(self, api: Served) -> None:
        told = publishes_batch(api, OPENING, AGREED, PERSON)

        assert [(each["outcome"], each["version"]) for each in told] == [
            ("accepted", 1),
            ("accepted", 2),
            ("accepted", 3),
        ]
        assert api.guarded.feed.told() == ["opening", "agreed", "person"]

    def test_an_empty_batch_holds_nothing(self, api: Served) -> None:
        assert publishes_batch(api) == []
        assert ledger(api) == []

    @pytest.mark.parametrize(
        "media_type",
        [
            "text/plain",
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/cloudevents+xml",
            "application/cloudevents+json; charset=iso-8859-1",
            "",
        ],
    )
    def test_another_media_type_is_not_taken(self, api: Served, media_type: str) -> None:
        answered = publishes(api, OPENING, **{"Content-Type": media_type})

        assert problem(answered) == (415, "unsupported-media-type")
        (entry,) = ledger(api)
        assert (entry["outcome"], entry["reason"]) == ("refused", "unsupported-media-type")
        assert (entry["payload"], entry["content_hash"]) == (None, None)


class TestOutcomes:
    def test_a_duplicate_has_the_receipt_of_the_first(self, api: Served) -> None:
        first = publishes(api, OPENING).json()
        publishes(api, PERSON)
        again = publishes(api, OPENING)

        assert again.status_code == 200
        assert again.json() == first | {"outcome": "duplicate"}
        assert [entry["outcome"] for entry in ledger(api)] == ["accepted", "accepted", "duplicate"]

    def test_a_duplicate_of_what_waits_says_what_that_waits_for(self, api: Served) -> None:
        first = publishes(api, AGREED)
        again = publishes(api, AGREED)

        assert (first.status_code, again.status_code) == (202, 200)
        assert again.json() == first.json() | {"outcome": "duplicate"}
        assert again.json()["reason"] == "unknown-case"

    def test_what_waited_is_accepted_once_it_can_be(self, api: Served) -> None:
        publishes(api, OPENING)
        waiting = publishes(api, COMPLETED)
        publishes(api, AGREED)

        assert waiting.status_code == 202
        assert waiting.json()["outcome"] == "waiting"
        assert waiting.json()["reason"] == "awaiting-predecessor"
        assert api.guarded.feed.told() == ["opening", "agreed", "completed"]
        again = publishes(api, COMPLETED).json()
        assert (again["outcome"], again["version"]) == ("duplicate", 3)

    def test_what_contradicts_its_case_is_kept_for_a_person(self, api: Served) -> None:
        publishes(api, OPENING)
        answered = publishes(api, message(reclassified(from_="adult", to="child"), "r"))

        assert problem(answered) == (409, "contradiction")
        assert answered.json()["outcome"] == "quarantined"
        assert ledger(api)[-1]["payload"] is not None

    def test_an_id_with_other_content_is_kept_for_a_person(self, api: Served) -> None:
        publishes(api, OPENING)
        answered = publishes(api, with_data(OPENING, narrative="Something else."))

        assert problem(answered) == (409, "id-reused")
        assert answered.json()["outcome"] == "quarantined"
        assert len(api.guarded.feed.events()) == 1

    def test_what_cannot_be_understood_is_refused_and_nothing_of_it_kept(self, api: Served) -> None:
        sent = with_data(OPENING, shoe_size="Zaphod Beeblebrox")
        answered = publishes(api, sent)

        assert problem(answered) == (422, "unknown-member")
        told = answered.json()
        assert told["outcome"] == "refused"
        assert told["detail"].startswith("data.shoe_size: is not a member of this event type; ")
        assert "Zaphod" not in answered.text
        (entry,) = ledger(api)
        kept = {name: value for name, value in entry.items() if value is not None}
        assert kept.keys() == {
            "id",
            "delivery",
            "source",
            "received_at",
            "decided_at",
            "outcome",
            "reason",
            "detail",
            "content_hash",
            "attempts",
        }
        assert (entry["outcome"], entry["reason"]) == ("refused", "unknown-member")
        assert entry["detail"].endswith(f"; {len(body(sent))} bytes")

    @pytest.mark.parametrize(
        ("event_type", "reason"),
        [("IncidentReported.v9", "schema-newer"), ("CaseVanished.v1", "unknown-type")],
    )
    def test_what_a_later_release_may_understand_is_kept(
        self, api: Served, event_type: str, reason: str
    ) -> None:
        answered = publishes(api, OPENING | {"type": f"uk.casetimeline.{event_type}"})

        assert problem(answered) == (422, reason)
        assert answered.json()["outcome"] == "quarantined"
        (entry,) = ledger(api)
        assert (entry["outcome"], entry["reason"]) == ("quarantined", reason)
        assert json.loads(entry["payload"])["id"] == "opening"

    def test_the_same_on_the_broker_is_kept_as_ever(self, api: Served) -> None:
        receipt = api.guarded.feed.takes_one(submission(b"{", "b-1"))

        assert (str(receipt.outcome), receipt.detail) == (
            "quarantined",
            "not JSON from character 1 on",
        )

    def test_a_case_may_be_told_by_http_and_broker(self, api: Served) -> None:
        publishes(api, OPENING)
        api.guarded.feed.takes_one(PERSON)
        over_http = publishes(api, AGREED).json()
        again = publishes(api, PERSON).json()
        back = api.guarded.feed.takes_one(submission(AGREED, "again"))

        assert api.guarded.feed.told() == ["opening", "person", "agreed"]
        assert (over_http["version"], again["outcome"], again["version"]) == (3, "duplicate", 2)
        assert (str(back.outcome), back.version) == ("duplicate", 3)

    def test_everything_received_is_accounted_for(self, api: Served) -> None:
        publishes(api, b"{")
        publishes_batch(api, COMPLETED, OPENING, {}, OPENING, with_data(OPENING, kind="noise"))

        (sums,) = (each for each in api.context.desk.sums() if each.source == SOURCE)
        assert (sums.received, sums.accepted, sums.duplicate) == (6, 1, 1)
        assert (sums.waiting, sums.quarantined, sums.refused) == (1, 1, 2)


class TestBatches:
    def test_one_bad_event_never_hurts_the_others(self, api: Served) -> None:
        spoilt = body([OPENING, {"id": "X"}, PERSON, AGREED, COMPLETED])
        spoilt = spoilt.replace(b'{"id": "X"}', b'{"a": NaN}, {"a\xff": "\\ud800"}, [1, {}], null')
        spoilt = spoilt.replace(b"null,", b'{"a": 1, "a": 2}, {"a": ' + b"7" * 5_000 + b"},")
        answered = api.post("asb-system", EVENTS, content=spoilt, headers=BATCH)

        assert answered.status_code == 200
        told = answered.json()["events"]
        assert [each["reason"] for each in told] == [
            None,
            "not-a-json-number",
            "not-utf-8",
            "not-an-object",
            "duplicate-member",
            "number-out-of-range",
            None,
            None,
            None,
        ]
        assert api.guarded.feed.told() == ["opening", "person", "agreed", "completed"]

    @pytest.mark.parametrize(
        ("sent", "answer"),
        [
            (b"[{}", (400, "malformed-json")),
            (b"[{},]", (400, "malformed-json")),
            (b"[{}] {}", (400, "malformed-json")),
            (b"[{} {}]", (400, "malformed-json")),
            (b"", (400, "malformed-json")),
            (body(OPENING), (422, "not-a-cloudevent")),
            (b"null", (422, "not-a-cloudevent")),
            (b"\xef\xbb\xbf[]", (400, "not-utf-8")),
            ("[]".encode("utf-16"), (400, "not-utf-8")),
            (b"[" * 100_000, (400, "too-deep")),
            (b"[" + b"{}," * MOST_EVENTS + b"{}]", (413, "too-large")),
        ],
    )
    def test_what_cannot_be_taken_apart_is_refused_as_a_whole(
        self, api: Served, sent: bytes, answer: tuple[int, str]
    ) -> None:
        answered = api.post("asb-system", EVENTS, content=sent, headers=BATCH)

        assert problem(answered) == answer
        (entry,) = ledger(api)
        assert (entry["outcome"], entry["payload"]) == ("refused", None)

    def test_as_many_events_as_a_batch_may_have_are_taken(self, api: Served) -> None:
        told = publishes_batch(
            api, *(OPENING | {"id": f"o-{number}"} for number in range(MOST_EVENTS))
        )

        assert [each["version"] for each in told] == list(range(1, MOST_EVENTS + 1))


class TestWhoMayPublish:
    def test_an_event_of_another_source_is_refused_and_on_record(self, api: Served) -> None:
        answered = publishes(api, OPENING | {"source": REPAIRS})

        assert problem(answered) == (403, "source-mismatch")
        (entry,) = ledger(api)
        assert (entry["source"], entry["outcome"]) == (SOURCE, "refused")
        (record,) = api.guarded.records()
        assert (record["action"], record["permitted"]) == ("write", False)
        assert record["rules"] == ["foreign-source"]

    def test_in_a_batch_it_hurts_no_other_and_is_on_record_once(self, api: Served) -> None:
        told = publishes_batch(
            api, OPENING, PERSON | {"source": REPAIRS}, AGREED | {"source": REPAIRS}, COMPLETED
        )

        assert [each["outcome"] for each in told] == ["accepted", "refused", "refused", "waiting"]
        assert [each["reason"] for each in told[1:3]] == ["source-mismatch"] * 2
        assert len(api.guarded.records()) == 1

    def test_a_source_that_looks_like_its_own_on_the_broker_is_another(self, api: Served) -> None:
        api.has("housing-system", role="upstream", publishes="urn:crom_wood")
        answered = publishes(api, OPENING | {"source": "urn:crom.wood"}, name="housing-system")

        assert problem(answered) == (403, "source-mismatch")

    def test_two_systems_tell_of_one_case_each_as_itself(self, api: Served) -> None:
        api.has("housing-system", role="upstream", publishes=REPAIRS)
        person = PERSON | {"source": REPAIRS}

        assert publishes(api, OPENING).status_code == 201
        assert publishes(api, person, name="housing-system").status_code == 201
        assert problem(publishes(api, person))[1] == "source-mismatch"
        assert [event.source for event in api.guarded.feed.events()] == [SOURCE, REPAIRS]

    def test_one_system_may_hold_several_sources(self, api: Served) -> None:
        api.has("asb-system", role="upstream", publishes=REPAIRS)

        told = publishes_batch(api, OPENING, PERSON | {"source": REPAIRS})

        assert [each["outcome"] for each in told] == ["accepted", "accepted"]
        assert [entry["source"] for entry in ledger(api)] == [SOURCE, REPAIRS]

    def test_a_revoked_grant_counts_for_none_at_once(self, api: Served) -> None:
        grant = api.has("housing-system", role="upstream", publishes=REPAIRS)
        sent = OPENING | {"source": REPAIRS}
        assert publishes(api, sent, name="housing-system").status_code == 201

        api.guarded.own(role_revoked(grant_id=grant), LANDLORD)

        assert problem(publishes(api, sent, name="housing-system")) == (403, "not-permitted")
        assert len(ledger(api)) == 1
        assert [record["rules"] for record in api.guarded.records()] == [["no-role"]]

    @pytest.mark.parametrize("role", ["officer", "safeguarding", "administrator", "privacy"])
    def test_people_publish_nothing(self, api: Served, role: str) -> None:
        api.has(role)

        assert problem(publishes(api, OPENING, name=role)) == (403, "not-permitted")
        assert ledger(api) == []

    def test_without_a_token_nothing_is_taken(self, api: Served) -> None:
        answered = api.client.post(EVENTS, content=body(OPENING), headers=STRUCTURED)

        assert problem(answered) == (401, "invalid-token")
        assert ledger(api) == []

    @pytest.mark.parametrize("event", [OPENING | {"source": "urn:case-timeline"}])
    def test_nobody_publishes_as_this_service(self, api: Served, event: Message) -> None:
        assert problem(publishes(api, event)) == (403, "source-mismatch")


class TestWhenSomethingIsAway:
    def test_what_there_is_no_room_for_may_be_sent_again(
        self, api: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: object) -> bool:
            return False

        monkeypatch.setattr(api.context.intake, "_has_room", full)
        busy = publishes(api, OPENING)
        monkeypatch.undo()

        assert problem(busy) == (503, "overloaded")
        assert "retry-after" in busy.headers
        assert IntakeBusy.__name__ not in busy.text
        assert publishes(api, OPENING).status_code == 201

    def test_while_the_database_is_away_nothing_is_taken_and_that_is_said(
        self, api: Served
    ) -> None:
        url = api.guarded.feed.url
        name = conninfo_to_dict(url)["dbname"]
        allow = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        with psycopg.connect(url, dbname="postgres", autocommit=True) as admin:
            admin.execute(allow.format(Identifier(str(name)), SQL("false")))
            admin.execute(
                "SELECT pg_terminate_backend(pid, 10_000) FROM pg_stat_activity WHERE datname = %s",
                (name,),
            )
            away = publishes(api, OPENING)
            admin.execute(allow.format(Identifier(str(name)), SQL("true")))

        assert problem(away) == (503, "unavailable")
        assert "retry-after" in away.headers
        eventually(lambda: publishes(api, OPENING).status_code == 200, what="a duplicate")
        assert [entry["outcome"] for entry in ledger(api)][:2] == ["accepted", "duplicate"]

    def test_an_event_whose_sender_left_is_not_lost_and_takes_effect_once(
        self, api: Served
    ) -> None:
        url = httpx.URL(str(api.client.base_url))
        assert url.port is not None
        content = body(OPENING)
        token = api.headers("asb-system")["Authorization"]
        head = (
            f"POST {EVENTS} HTTP/1.1\r\nHost: here\r\nAuthorization: {token}\r\n"
            f"Content-Type: application/cloudevents+json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        with psycopg.connect(api.guarded.feed.url) as holding:
            holding.execute("LOCK TABLE case_timeline.case_events IN EXCLUSIVE MODE")
            with closing(socket.create_connection((url.host, url.port), 10)) as connection:
                connection.sendall(head.encode() + content)
                eventually(lambda: _waits_for_a_lock(api), what="a commit that is held up")
            holding.rollback()
        again = publishes(api, OPENING)

        assert again.json()["outcome"] == "duplicate"
        assert again.json()["version"] == 1
        assert len(api.guarded.feed.events()) == 1


def _waits_for_a_lock(api: Served) -> bool:
    with psycopg.connect(api.guarded.feed.url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ).fetchone()
    assert row is not None
    return bool(row[0])
