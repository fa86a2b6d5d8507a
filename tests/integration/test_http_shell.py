"""What every answer of the API has in common, whatever route it comes from."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from tests.support.http_servers import connected, post
from tests.support.http_tiny import CANARY, Served, running


@pytest.fixture(scope="module")
def api() -> Iterator[Served]:
    """A server for tests that leave it as it was."""
    with running() as api:
        yield api


def test_no_answer_holds_what_was_sent(api: Served) -> None:
    form = {CANARY: CANARY, "reason": [CANARY], "tags": {CANARY: CANARY}}
    answers = [
        api.get(f"/{CANARY}"),
        api.get(f"/cases/1?known_on={CANARY}"),
        api.get("/cases/1", method=CANARY.replace("-", "")),
        post(api.port, "/forms", json.dumps(form).encode(), "Content-Type: application/json"),
        post(api.port, "/forms", b"{" + CANARY.encode(), "Content-Type: application/json"),
        api.get("/fails"),
    ]
    assert [answer.status for answer in answers] == [404, 422, 405, 422, 400, 500]
    assert [answer.problem for answer in answers] == [
        "not-found",
        "invalid-parameter",
        "method-not-allowed",
        "invalid-parameter",
        "malformed-json",
        "internal-error",
    ]
    for answer in answers:
        assert CANARY.encode() not in answer.body
        assert CANARY.lower() not in str(answer.headers)


def test_a_wrong_parameter_is_named_with_what_is_wrong_with_it(api: Served) -> None:
    document = json.loads(api.get("/cases/1?known_on=someday").body)
    fault = {"in": "query", "name": "known_on", "fault": "is not a date"}
    assert document["errors"] == [fault]


def test_a_wrong_member_of_a_body_is_named_unless_its_name_was_sent(api: Served) -> None:
    form = {"tags": {"a": "x"}, "b": 1}
    answer = post(api.port, "/forms", json.dumps(form).encode(), "Content-Type: application/json")
    assert json.loads(answer.body)["errors"] == [
        {"in": "body", "name": "reason", "fault": "is missing"},
        {"in": "body", "name": "tags", "fault": "is not a whole number"},
        {"in": "body", "fault": "is not known here"},
    ]


def test_a_problem_that_a_route_raises_is_answered_with_its_document(api: Served) -> None:
    answer = api.get("/stale")
    assert (answer.status, answer.problem) == (412, "stale-version")
    document = json.loads(answer.body)
    assert document["detail"] == "The case is at version 3."
    assert document["version"] == 3


def test_an_unforeseen_error_is_logged_by_type_and_incident_and_never_by_text(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with running() as api, capture_logs(processors=[merge_contextvars]) as logged:
        trace = "0af7651916cd43dd8448eb211c80319c"
        answer = api.get("/fails", f"traceparent: 00-{trace}-b7ad6b7169203331-01")
    [entry] = [each for each in logged if each["log_level"] == "error"]
    assert entry["error"] == "RuntimeError"
    assert entry["incident"] == json.loads(answer.body)["incident"]
    assert entry["request"] == trace == answer.headers["x-request-id"]
    written = capfd.readouterr()
    assert CANARY not in written.out + written.err + str(logged)


def test_an_answer_that_fails_half_way_is_cut_off_and_tells_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with running() as api, capture_logs() as logged:
        with closing(connected(api.port)) as connection:
            connection.sendall(b"GET /fails-late HTTP/1.1\r\nHost: h\r\n\r\n")
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        assert api.get("/cases/1").status == 200
    assert b"first" in received
    assert not received.endswith(b"0\r\n\r\n"), "the answer looks complete"
    failures = [(each["event"], each["error"]) for each in logged if "error" in each]
    assert failures == [("internal_error", "RuntimeError"), ("http_server_failed", "unknown")]
    written = capfd.readouterr()
    assert CANARY not in received.decode() + written.out + written.err + str(logged)


def test_each_answer_has_an_id_and_is_not_to_be_stored(api: Served) -> None:
    answers = [api.get("/cases/1"), api.get("/nowhere"), api.get("/healthz")]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers


def test_requests_are_counted_by_template_method_and_status_class() -> None:
    with running() as api:
        for path in ("/cases/1", f"/cases/{CANARY}", f"/{CANARY}", "/cases/1?known_on=x"):
            api.get(path)
        api.get(f"/v1/people/{CANARY}")
        api.get("/cases/1", method="BREW")
        lines = [line for line in api.metrics().splitlines() if "_seconds_count" in line]
    counted = {line.partition("{")[2] for line in lines}
    assert counted == {
        'method="GET",route="/cases/{reference}",status="2xx"} 2.0',
        'method="GET",route="/cases/{reference}",status="4xx"} 1.0',
        'method="other",route="/cases/{reference}",status="4xx"} 1.0',
        'method="GET",route="/v1/people/{reference}",status="2xx"} 1.0',
        'method="GET",route="unmatched",status="4xx"} 1.0',
    }
    assert CANARY not in str(lines)
