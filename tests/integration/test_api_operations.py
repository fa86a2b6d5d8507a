"""Over HTTP the intake and the read models are looked after, and nobody sees more for it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.events.registry import EVENT_TYPES
from tests.support.api import Served, served
from tests.support.messages import example, message, submission
from tests.support.stories import SOURCE, action_completed, case_opened, incident_reported

CANARY = "Canary Wharf 12"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.has("administrator")
        found.has("safeguarding")
        yield found


@pytest.fixture
def quarantined(api: Served) -> int:
    """The number of a message that cannot be understood."""
    sent = message(incident_reported(narrative=CANARY), "bad-1") | {"type": CANARY}
    api.guarded.feed.takes_one(submission(sent))
    (entry,) = api.get("administrator", "/v1/intake").json()["entries"]
    return int(entry["id"])


def entry_of(api: Served, number: int) -> dict[str, Any]:
    found: dict[str, Any] = api.get("administrator", f"/v1/intake/{number}").json()
    return found


def test_what_is_in_quarantine_is_listed_without_anything_its_sender_wrote(
    api: Served, quarantined: int
) -> None:
    listed = api.get("administrator", "/v1/intake")
    one = api.get("administrator", f"/v1/intake/{quarantined}")

    assert listed.json()["entries"] == [one.json()]
    assert (one.json()["outcome"], one.json()["reason"]) == ("quarantined", "unknown-type")
    assert one.json()["payload_bytes"] > 100
    assert CANARY not in listed.text + one.text


def test_the_list_goes_on_where_a_page_ended(api: Served) -> None:
    for number in range(5):
        api.guarded.feed.takes_one(submission(b"{", f"d-{number}"))
    first = api.get("administrator", "/v1/intake", params={"limit": 3}).json()
    rest = api.get("administrator", "/v1/intake", params={"before": first["next_before"]}).json()

    ids = [entry["id"] for entry in (*first["entries"], *rest["entries"])]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)
    assert rest["next_before"] is None


def test_only_who_may_reads_what_a_message_says_and_that_is_on_record(
    api: Served, quarantined: int
) -> None:
    path = f"/v1/intake/{quarantined}/message"
    refused = api.get("administrator", path)
    read = api.get("safeguarding", path)

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-permitted")
    assert CANARY not in refused.text
    assert json.loads(read.json()["payload"])["type"] == CANARY
    assert [(record["action"], record["permitted"]) for record in api.guarded.records()] == [
        ("read-message", False),
        ("read-message", True),
    ]


def test_who_has_a_conflict_with_a_case_does_not_read_messages_about_it(api: Served) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    sent = message(incident_reported(), "bad-2") | {"type": "uk.casetimeline.Nothing.v1"}
    api.guarded.feed.takes_one(submission(sent))
    (entry,) = api.get("safeguarding", "/v1/intake").json()["entries"]
    path = f"/v1/intake/{entry['id']}/message"
    assert api.get("safeguarding", path).status_code == 200

    api.has("reviewer", role="safeguarding", staff="staff:other")
    conflict = EVENT_TYPES["ConflictDeclared"]
    told = example(conflict)
    data = told["data"] | {"staff": "staff:safeguarding"}
    data.pop("person", None)
    body = json.dumps(told | {"data": data, "subject": sent["subject"]}).encode()
    own = submission(body, "own-conflict", source=told["source"])
    receipt = api.guarded.feed.takes_one(own._replace(delivery="own:conflict"))
    assert receipt.outcome == "accepted", receipt

    assert api.get("safeguarding", path).status_code == 404


def test_what_waits_is_decided_again_on_request(api: Served, quarantined: int) -> None:
    assert api.post("officer", f"/v1/intake/{quarantined}/retry").status_code == 403
    again = api.post("administrator", f"/v1/intake/{quarantined}/retry")

    assert again.status_code == 200
    assert (again.json()["outcome"], again.json()["attempts"]) == ("quarantined", 2)


def test_what_is_closed_says_by_whom_and_why_and_stays_so(api: Served, quarantined: int) -> None:
    path = f"/v1/intake/{quarantined}/close"
    closed = api.post("administrator", path, json={"reason": "A test of the sender's."})
    again = api.post("safeguarding", path, json={"reason": "Another reason."})

    assert closed.status_code == 200
    assert closed.json()["closed_by"] == "staff:administrator"
    assert closed.json()["close_note"] == "A test of the sender's."
    assert again.json() == closed.json()
    assert api.get("administrator", "/v1/intake").json()["entries"] == []


def test_a_reason_is_needed_to_close(api: Served, quarantined: int) -> None:
    answered = api.post("administrator", f"/v1/intake/{quarantined}/close", json={"reason": " "})
    assert answered.status_code == 422
    assert entry_of(api, quarantined)["closed_at"] is None


def test_an_entry_that_is_not_there_is_not_found(api: Served) -> None:
    assert api.get("administrator", "/v1/intake/77").status_code == 404
    assert api.post("administrator", "/v1/intake/77/retry").status_code == 404
    assert api.post("administrator", "/v1/intake/77/close", json={"reason": "x"}).status_code == 404


def test_how_far_read_models_lag_is_told_in_events_and_seconds(api: Served) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    api.guarded.feed.clock.goes(seconds=90)
    before = api.get("administrator", "/v1/projections").json()
    api.catch_up()
    after = api.get("administrator", "/v1/projections").json()

    assert {each["behind_events"] for each in before["read_models"]} == {before["head"]}
    assert {each["behind_seconds"] for each in before["read_models"]} == {90.0}
    assert {each["position"] for each in after["read_models"]} == {after["head"]}
    assert {each["behind_seconds"] for each in after["read_models"]} == {0.0}
    assert api.get("safeguarding", "/v1/projections").status_code == 403


def test_a_system_reads_its_own_receipts_and_goes_on_from_the_last(api: Served) -> None:
    api.has("asb-system", "upstream", publishes=SOURCE)
    api.guarded.tells(incident_reported(), case_opened())
    api.guarded.feed.takes_one(message(action_completed(), "early-1"))
    first = api.get("asb-system", "/v1/receipts", params={"limit": 2}).json()
    rest = api.get("asb-system", "/v1/receipts", params={"since": first["next_since"]}).json()

    assert [each["outcome"] for each in first["receipts"]] == ["accepted", "accepted"]
    assert [each["source_event_id"] for each in rest["receipts"]] == ["early-1"]
    assert rest["receipts"][0]["outcome"] == "waiting"


def test_nobody_reads_receipts_of_another_source(api: Served) -> None:
    api.has("housing-system", "upstream", publishes="urn:elsewhere:housing")
    api.guarded.tells(incident_reported())

    assert api.get("housing-system", "/v1/receipts").json()["receipts"] == []
    foreign = api.get("housing-system", "/v1/receipts", params={"source": SOURCE})
    assert (foreign.status_code, foreign.json()["rule"]) == (403, "foreign-source")
    assert api.get("administrator", "/v1/receipts").status_code == 403


def test_schemas_and_channels_are_described_to_everyone(api: Served) -> None:
    listed = api.client.get("/v1/schemas").json()["schemas"]
    for name in ("CaseOpened", "CaseOpened.v1", "CaseOpened.v1.json"):
        schema = api.client.get(f"/v1/schemas/{name}").json()
        assert schema["$id"] == "urn:case-timeline:schema:uk.casetimeline.CaseOpened.v1"
    assert set(EVENT_TYPES) <= {name.partition(".")[0] for name in listed}
    assert all(api.client.get(path).status_code == 200 for path in list(listed.values())[:3])
    assert api.client.get("/v1/schemas/Nothing").status_code == 404
    assert api.client.get("/v1/asyncapi.json").json()["asyncapi"] == "3.0.0"


def test_the_description_of_the_api_is_complete(api: Served) -> None:
    document = api.client.get("/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "HTTPValidationError" not in json.dumps(document)
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    problem = {"$ref": "#/components/schemas/Problem"}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert {"400", "500", "503"} <= set(operation["responses"]), path
            if operation.get("security"):
                assert {"401", "429"} <= set(operation["responses"]), path
            for answer in operation["responses"].values():
                for media_type, content in answer.get("content", {}).items():
                    assert (media_type == "application/problem+json") == (
                        content.get("schema") == problem
                    ), path
