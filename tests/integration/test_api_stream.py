"""Live dashboards are told that something changed: at once, where they may see it, and no more."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.identity import case_id_of
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.read_stores import MODELS
from tests.support.stories import (
    CASE_REF,
    case_allocated,
    case_opened,
    incident_reported,
    role_revoked,
)

OTHER = "asb:2024-0999"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported(narrative="Shouting."),
            case_opened(authority="E09000001"),
            case_allocated(lead="staff:officer"),
        )
        found.has("officer", areas=["E09000001"])
        yield found


class Reader:
    """Reads what a stream sends, event by event."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()

    def next(self) -> dict[str, Any] | None:
        """The next event, with its id and name; None at the end of the stream."""
        found: dict[str, Any] = {}
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "data":
                found |= json.loads(value)
            elif name in ("id", "event"):
                found[name] = value
            elif not line and found:
                return found
        return None

    def until(self, position: int) -> list[dict[str, Any]]:
        """The events up to where the stream says that it has come to a position."""
        found = []
        while event := self.next():
            if event["event"] == "changed":
                found.append(event)
            elif event["position"] >= position:
                return found
        raise AssertionError(f"the stream ended before position {position}")


@contextmanager
def reading(api: Served, name: str, after: int | None = None) -> Iterator[Reader]:
    headers = api.headers(name) | ({} if after is None else {"Last-Event-ID": str(after)})
    with api.client.stream("GET", "/v1/stream", headers=headers) as answer:
        yield Reader(answer)


def head(api: Served) -> int:
    return max(each.head for each in api.context.read_store.progress(MODELS))


def test_a_reader_is_told_where_something_changed_and_nothing_of_what(api: Served) -> None:
    with reading(api, "officer") as stream:
        stream.until(head(api))
        api.guarded.tells(incident_reported(narrative="A door was kicked in."))
        (told,) = stream.until(head(api))

    assert told["type"] == "IncidentReported"
    assert told["case_id"] == str(case_id_of(CASE_REF))
    assert told["id"] == str(told["position"]) == str(head(api))
    assert set(told) == {"id", "event", "position", "type", "case_id", "recorded_at"}


def test_a_reader_goes_on_where_they_were(api: Served) -> None:
    with reading(api, "officer", after=0) as stream:
        everything = stream.until(head(api))
    with reading(api, "officer", after=everything[0]["position"]) as stream:
        rest = stream.until(head(api))

    assert [told["type"] for told in everything] == [
        "IncidentReported",
        "CaseOpened",
        "CaseAllocated",
    ]
    assert rest == everything[1:]


def test_a_position_that_is_not_reached_yet_is_not_waited_for(api: Served) -> None:
    with reading(api, "officer", after=10_000) as stream:
        stream.until(head(api))
        api.guarded.tells(incident_reported())
        assert len(stream.until(head(api))) == 1


def test_of_cases_that_are_not_theirs_a_reader_learns_nothing_but_the_position(
    api: Served,
) -> None:
    with reading(api, "officer") as stream:
        stream.until(head(api))
        api.guarded.tells(incident_reported(), case_opened(authority="E09000002"), case_ref=OTHER)
        assert [told for told in stream.until(head(api)) if told["type"] == "CaseOpened"] == []


def test_what_is_granted_or_revoked_tells_no_reader_anything(api: Served) -> None:
    with reading(api, "officer") as stream:
        stream.until(head(api))
        api.has("manager")
        assert stream.until(head(api)) == []


def test_whose_role_is_revoked_is_told_no_more(api: Served) -> None:
    grant = api.has("safeguarding")
    with reading(api, "safeguarding") as stream:
        stream.until(head(api))
        revoked = role_revoked(grant_id=grant)
        receipt = api.guarded.own(revoked, LANDLORD)
        assert receipt.outcome == "accepted", receipt
        api.guarded.tells(incident_reported())
        assert stream.next() is None


def test_a_stream_ends_with_the_token(api: Served) -> None:
    with reading(api, "officer") as stream:
        stream.until(head(api))
        api.guarded.feed.clock.goes(hours=2)
        api.guarded.tells(incident_reported())
        assert stream.next() is None


def test_whoever_holds_no_role_gets_no_stream(api: Served) -> None:
    answered = api.get("analyst", "/v1/stream")
    assert (answered.status_code, answered.json()["rule"]) == (403, "no-role")
    assert api.client.get("/v1/stream").status_code == 401


def test_a_stream_without_news_is_kept_open(api: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.api.stream.HEARTBEAT", timedelta(milliseconds=20))
    with api.client.stream("GET", "/v1/stream", headers=api.headers("officer")) as answer:
        assert next(line for line in answer.iter_lines() if line.startswith(":")) == ": still here"
