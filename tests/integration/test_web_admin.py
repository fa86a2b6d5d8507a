"""The pages for who keeps the service going: each acts through the gate, and tells no content."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from domain.events.registry import EVENT_TYPES
from domain.outcomes import Reason
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.messages import example, message, submission, with_data
from tests.support.stories import (
    SOURCE,
    action_completed,
    case_opened,
    conflict_declared,
    incident_reported,
    role_revoked,
)
from tests.support.waiting import eventually
from tests.support.web import signed_in

CANARY = "Canary Wharf 12"
HOSTILE = "<script>alert(1)</script>{{7*7191}}"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.has("administrator")
        found.has("safeguarding")
        yield found


@pytest.fixture
def admin(api: Served) -> Iterator[httpx.Client]:
    with signed_in(api, "administrator") as client:
        yield client


@pytest.fixture
def safeguarding(api: Served) -> Iterator[httpx.Client]:
    with signed_in(api, "safeguarding") as client:
        yield client


def quarantined(api: Served, ref: str = "bad-1", **spoilt: Any) -> int:
    """The number of a message that cannot be understood."""
    sent = message(incident_reported(narrative=f"{CANARY} {HOSTILE}"), ref)
    api.guarded.feed.takes_one(submission(sent | {"type": CANARY} | spoilt))
    return newest(api)


def newest(api: Served) -> int:
    """The number of the entry that was received last."""
    return int(api.context.desk.entries(limit=1)[0].id)


def path_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_somebody_without_a_role_for_it_is_shown_none_of_the_pages(api: Served) -> None:
    api.has("officer")
    number = quarantined(api)
    paths = ["", "/intake", "/intake/retry", f"/intake/{number}", "/intake/reconciliation"]
    paths += ["/read-models", "/read-models/timeline/rebuild", "/sources", "/grants", "/access"]
    paths += [f"/intake/{number}/message", f"/intake/{number}/close", "/notices"]
    with signed_in(api, "officer") as officer:
        answers = {path: officer.get(f"/admin{path}").status_code for path in paths if path}
        posted = {
            path: officer.post(f"/admin{path}", data={"reason": "x"}).status_code
            for path in (
                f"/intake/{number}/retry",
                f"/intake/{number}/close",
                "/intake/retry",
                "/read-models/timeline/rebuild",
                "/access",
            )
        }
    assert set(answers.values()) == {403}, answers
    assert set(posted.values()) == {403}, posted
    entry = api.context.desk.entry(number)
    assert entry is not None
    assert (entry.attempts, entry.closed_at) == (1, None)


def test_the_first_page_tells_what_is_wrong_and_leads_to_it(
    api: Served, admin: httpx.Client
) -> None:
    quarantined(api)
    shown = admin.get("/admin")
    assert shown.status_code == 200
    assert re.search(r'tile__figure">1</span>\s*<a [^>]*outcome=quarantined', shown.text)
    assert 'href="/admin/read-models"' in shown.text
    assert 'href="/admin/access"' not in shown.text


def test_what_is_not_settled_is_counted_by_reason_and_source_and_narrowed(
    api: Served, admin: httpx.Client
) -> None:
    for number in range(3):
        quarantined(api, f"bad-{number}")
    api.guarded.feed.takes_one(submission(b"{", "d-1"))
    everything = admin.get("/admin/intake").text
    one = admin.get("/admin/intake", params={"reason": "malformed-json"}).text

    assert Reason.UNKNOWN_TYPE.label.partition("; ")[0] in everything
    assert "4 messages" in everything
    assert "1 message<" in one
    assert "Remove this filter" in one
    assert CANARY not in everything + one


def test_filters_that_name_nothing_there_is_are_as_if_they_were_not_there(
    api: Served, admin: httpx.Client
) -> None:
    quarantined(api)
    asked = {"reason": "'; --", "outcome": "accepted", "day": "2024-02-31", "page": "9"}
    assert "1 message<" in admin.get("/admin/intake", params=asked).text
    nowhere = admin.get("/admin/intake", params={"source": "a\x00b"})
    assert "No messages match these filters" in nowhere.text


def test_a_message_is_shown_by_its_shape_with_nothing_that_its_sender_wrote(
    api: Served, admin: httpx.Client
) -> None:
    sent = with_data(message(incident_reported(narrative=CANARY), "bad-7"), **{HOSTILE: 1})
    api.guarded.feed.takes_one(submission(sent))
    shown = admin.get(f"/admin/intake/{newest(api)}").text

    assert Reason.UNKNOWN_MEMBER.label.partition("; ")[0] in shown
    assert "<strong>narrative</strong>: text, 15 characters" in shown
    assert "a member of another name" in shown
    assert "alert(1)" not in shown
    assert CANARY not in shown
    assert "/message" not in shown


def test_where_the_fault_is_is_marked_in_the_tree(api: Served, admin: httpx.Client) -> None:
    sent = with_data(message(incident_reported(), "bad-8"), category="no such code")
    api.guarded.feed.takes_one(submission(sent))
    shown = admin.get(f"/admin/intake/{newest(api)}").text
    assert re.search(
        r"<strong>category</strong>: text, 12 characters <strong[^>]*>The fault", shown
    )


def test_only_who_may_reads_a_message_as_text_and_that_is_on_record(
    api: Served, admin: httpx.Client, safeguarding: httpx.Client
) -> None:
    number = quarantined(api)
    refused = admin.get(f"/admin/intake/{number}/message")
    read = safeguarding.get(f"/admin/intake/{number}/message")

    assert refused.status_code == 403
    assert CANARY not in refused.text
    assert CANARY in read.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7191}}" in read.text
    records = [each for each in api.guarded.records() if each["action"] == "read-message"]
    assert [each["permitted"] for each in records] == [False, True]


def test_what_is_no_json_is_shown_as_the_text_it_is(
    api: Served, safeguarding: httpx.Client
) -> None:
    api.guarded.feed.takes_one(submission(f"{{{HOSTILE}\xff".encode("latin-1"), "d-1"))
    number = newest(api)
    shape = safeguarding.get(f"/admin/intake/{number}").text
    text = safeguarding.get(f"/admin/intake/{number}/message").text
    assert "not a JSON object" in shape
    assert "alert(1)" not in shape
    assert "{&lt;script&gt;alert(1)" in text


def test_a_message_whose_cause_was_put_right_is_accepted_on_request(
    api: Served, admin: httpx.Client
) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    number = quarantined(api, "late-1", type=CANARY)
    sent = example_of_incident()
    with psycopg.connect(api.guarded.feed.url, autocommit=True) as connection:
        # As a release that knows the type would read it.
        connection.execute(
            "UPDATE case_timeline.intake SET payload = %s WHERE id = %s", (sent, number)
        )
    done = admin.get(path_of(admin.post(f"/admin/intake/{number}/retry")))

    entry = api.context.desk.entry(number)
    assert entry is not None
    assert (entry.outcome, entry.attempts) == ("accepted", 2)
    assert "It is accepted now" in done.text
    assert "Try again" not in done.text


def example_of_incident() -> bytes:
    return submission(message(incident_reported(), "late-1")).body


def test_a_retry_that_changes_nothing_says_so(api: Served, admin: httpx.Client) -> None:
    number = quarantined(api)
    done = admin.get(path_of(admin.post(f"/admin/intake/{number}/retry")))
    assert "it still cannot be accepted" in done.text
    assert api.context.desk.entry(number).attempts == 2  # type: ignore[union-attr]


def test_closing_asks_why_and_keeps_by_whom(api: Served, admin: httpx.Client) -> None:
    number = quarantined(api)
    path = f"/admin/intake/{number}/close"
    empty = admin.post(path, data={"reason": " \n "})
    long = admin.post(path, data={"reason": "x" * 501})
    closed = admin.get(path_of(admin.post(path, data={"reason": HOSTILE})))
    again = admin.post(path, data={"reason": "Another."})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "<title>Error: " in empty.text
    assert 'href="#reason"' in empty.text
    assert "&lt;script&gt;" in closed.text
    assert path_of(again).endswith("done=settled")
    entry = api.context.desk.entry(number)
    assert entry is not None
    assert (entry.closed_by, entry.close_note) == ("staff:administrator", HOSTILE)
    assert admin.get(path).status_code == 404


def test_several_are_tried_again_by_what_they_are_narrowed_to(
    api: Served, admin: httpx.Client
) -> None:
    numbers = [quarantined(api, f"bad-{number}") for number in range(3)]
    api.guarded.feed.takes_one(submission(b"{", "d-1"))
    asked = admin.get("/admin/intake/retry", params={"reason": "unknown-type"})
    done = admin.post("/admin/intake/retry", data={"reason": "unknown-type"})

    assert "Try 3 messages again?" in asked.text
    assert "3 still not" in admin.get(path_of(done)).text
    tried = {each.id: each.attempts for each in api.context.desk.entries(limit=10) if each.reason}
    assert {tried[number] for number in numbers} == {2}
    assert tried[max(tried)] == 1


def test_what_is_not_there_is_not_found(admin: httpx.Client) -> None:
    for path in ("intake/77", "intake/77/close", "read-models/nothing/rebuild"):
        assert admin.get(f"/admin/{path}").status_code == 404
    assert admin.post("/admin/intake/77/retry").status_code == 404
    assert admin.post("/admin/read-models/nothing/rebuild").status_code == 404


def test_what_was_received_is_the_sum_of_what_became_of_it(
    api: Served, admin: httpx.Client
) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    quarantined(api)
    api.guarded.feed.takes_one(message(action_completed(), "early-1"))
    shown = admin.get("/admin/intake/reconciliation").text

    assert "Everything adds up" in shown
    row = re.search(rf"{re.escape(SOURCE)}</th>(.*?)</tr>", shown, re.DOTALL)
    assert row is not None
    received, *became = map(int, re.findall(r">(\d+)</td>", row[1]))
    assert received == sum(became) == 4
    with psycopg.connect(api.guarded.feed.url, autocommit=True) as connection:
        connection.execute("ALTER TABLE case_timeline.intake DISABLE TRIGGER USER")
        connection.execute(
            "DELETE FROM case_timeline.intake WHERE id = "
            "(SELECT min(id) FROM case_timeline.intake WHERE source = %s)",
            (SOURCE,),
        )
    broken = admin.get("/admin/intake/reconciliation").text
    assert "1 events have no accepted entry" in broken


def test_sources_tell_what_became_of_their_messages(api: Served) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    api.guarded.feed.takes_one(message(action_completed(), "early-1"))
    api.guarded.feed.clock.goes(days=3)
    with signed_in(api, "administrator") as admin:
        shown = admin.get("/admin/sources").text
    row = re.search(rf"{re.escape(SOURCE)}.*?</tr>", shown, re.DOTALL)
    assert row is not None
    assert "Quiet" in row[0]
    assert "outcome=waiting" in row[0]
    assert ">0.4<" in row[0]


def test_read_models_tell_how_far_they_lag_and_how_fast_they_are(
    api: Served, admin: httpx.Client
) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    api.guarded.feed.clock.goes(seconds=90)
    before = admin.get("/admin/read-models").text
    api.catch_up()
    api.guarded.feed.clock.goes(seconds=10)
    after = admin.get("/admin/read-models").text

    assert before.count(">Late<") == before.count("<tr") - 1
    assert "1 minute" in before
    assert after.count(">Up to date<") == before.count(">Late<")
    assert ">0.4<" in after


def test_a_read_model_is_rebuilt_in_the_background_and_what_was_wrong_is_told(
    api: Served, admin: httpx.Client
) -> None:
    api.guarded.tells(incident_reported(), case_opened())
    api.catch_up()
    with psycopg.connect(api.guarded.feed.url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO case_timeline.parked_case SELECT t.application_name, e.originator_id, "
            "e.notification_id, 'ValidationError', now() FROM case_timeline.case_events AS e, "
            "(SELECT split_part(application_name, '/', 1) AS application_name "
            "FROM case_timeline.read_model_tracking WHERE application_name LIKE 'timeline@%') AS t "
            "LIMIT 1"
        )
    parked = admin.get("/admin/read-models").text
    assert "ValidationError at event" in parked
    confirm = admin.get("/admin/read-models/timeline/rebuild")
    assert "Rebuild Timeline?" in confirm.text
    path = path_of(admin.post("/admin/read-models/timeline/rebuild"))

    def rebuilt() -> bool:
        return ">Rebuilt<" in admin.get("/admin/read-models").text

    eventually(rebuilt)
    assert "Rebuild asked for: Timeline" in admin.get(path).text
    assert "ValidationError" not in admin.get("/admin/read-models").text


def test_grants_are_listed_with_since_when_by_whom_and_until_when(
    api: Served, admin: httpx.Client
) -> None:
    soon = api.guarded.feed.clock() + timedelta(days=3)
    ending = api.has("officer", valid_until=soon)
    revoked = api.has("manager")
    told = role_revoked(grant_id=revoked)
    assert api.guarded.own(told, LANDLORD).outcome == "accepted"
    now = admin.get("/admin/grants").text
    ever = admin.get("/admin/grants", params={"ended": "yes"}).text

    assert "Ends soon" in now
    assert f"reference={ending}" in now
    assert "staff:manager" not in now
    assert "staff:manager" in ever
    assert ">Revoked<" in ever
    assert "Yours" in now


def test_a_grant_is_revoked_once_however_often_that_is_sent(
    api: Served, admin: httpx.Client
) -> None:
    grant = api.has("officer")
    asked = admin.get("/admin/grants/end", params={"file": LANDLORD, "reference": grant})
    event = re.search(r'name="event" value="([^"]+)"', asked.text)
    assert event is not None
    sent = {"file": LANDLORD, "reference": grant, "event": event[1], "reason": "Left the team."}
    done = admin.get(path_of(admin.post("/admin/grants/end", data=sent)))
    again = admin.post("/admin/grants/end", data=sent)

    assert "It counts no more" in done.text
    assert again.status_code == 404
    assert api.get("officer", "/v1/me").json()["roles"] == []


def test_nobody_ends_a_conflict_of_interest_of_their_own(api: Served, admin: httpx.Client) -> None:
    declared = conflict_declared(
        conflict_id="CO-1", staff="staff:administrator", person="person:tenant"
    )
    assert api.guarded.own(declared, LANDLORD).outcome == "accepted"
    listed = admin.get("/admin/grants").text
    sent = {"file": LANDLORD, "reference": "CO-1"}

    assert "reference=CO-1" in listed
    assert admin.post("/admin/grants/end", data=sent).status_code == 403


def test_policies_tell_the_default_and_what_changed_it(api: Served, admin: httpx.Client) -> None:
    api.catch_up()
    shown = admin.get("/admin/policies")
    assert shown.status_code == 200
    assert "all rules have their default times" in shown.text
    sent = example_override()
    own = submission(sent, "own-rule")._replace(delivery="own:rule", source=sent["source"])
    receipt = api.guarded.feed.takes_one(own)
    assert receipt.outcome == "accepted", receipt
    changed = admin.get("/admin/policies").text
    assert ">Changed<" in changed
    assert "by default" in changed
    assert f'href="/files/{LANDLORD}/record/RuleOverrideWithdrawn?rule=R1"' in changed
    assert "/files/organisation:landlord/record/RuleOverridden?rule=R7" in changed


def test_who_may_not_set_policy_is_led_to_no_form_that_does(api: Served) -> None:
    api.has("safeguarding")
    api.catch_up()
    with signed_in(api, "safeguarding") as lead:
        shown = lead.get("/admin/policies")
    assert shown.status_code == 200
    assert "/record/" not in shown.text


def example_override() -> dict[str, Any]:
    sent = example(EVENT_TYPES["RuleOverridden"])
    data = sent["data"] | {
        "rule": "R1",
        "parameters": [{"name": "working_days", "value": 9}],
        "valid_from": "2020-01-01",
    }
    return sent | {"data": data, "subject": LANDLORD}
