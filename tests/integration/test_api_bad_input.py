"""Every row of the bad-input corpus (B1 to B85) has its answer over HTTP, and none is a failure.

What a row is about is in its name. After each request everything received is accounted for, and
nothing that was sent is in what was answered. Where the corpus asks for another answer,
`OTHERWISE` says why this one is given.
"""

import gzip
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.outcomes import Remark
from domain.rules.history import History
from domain.rules.judging import flags_of
from domain.rules.policy import STANDARD
from services.api import app
from tests.support.api import Served, served
from tests.support.databases import throwaway_database
from tests.support.http_servers import answer_on, connected
from tests.support.messages import Message, body, message, with_data, without
from tests.support.stories import (
    SOURCE,
    Told,
    case_closed,
    concern_raised,
    event_corrected,
    feedback_chased,
    hold_placed,
    incident_reported,
    person_data_erased,
    person_involved,
    role_changed,
    the,
)

EVENTS = "/v1/events"
STRUCTURED = {"Content-Type": "application/cloudevents+json"}
BATCH = {"Content-Type": "application/cloudevents-batch+json"}
FOR_RIGHTS = {"Access-Purpose": "subject-access"}
NOT_DECODED = (415, "encoding-not-supported")
CANARY = "Zaphod Beeblebrox"
"""Stands for what somebody wrote about somebody."""

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def api(
    postgres_url: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with (
        throwaway_database(postgres_url, template=migrated_template) as url,
        served(url, tmp_path_factory.mktemp("api")) as found,
    ):
        found.has("asb-system", role="upstream", publishes=SOURCE)
        yield found
        found.guarded.feed.assert_sound()


def publishes(api: Served, sent: bytes, headers: Mapping[str, str] = STRUCTURED) -> httpx.Response:
    return api.post("asb-system", EVENTS, content=sent, headers=headers)


def accounted_for(api: Served) -> int:
    """How much was received over HTTP; fails unless all of it has an outcome."""
    store = api.context.desk.store_sums()
    assert (store.entries_without_event, store.events_without_entry) == (0, 0)
    assert store.cases_with_gaps == 0
    received = 0
    for sums in api.context.desk.sums():
        ended = (sums.accepted, sums.duplicate, sums.waiting, sums.quarantined, sums.refused)
        assert sums.received == sum(ended)
        received += sums.received
    return received


def receipts(api: Served) -> list[dict[str, Any]]:
    """What the system is told of all that it sent."""
    told: list[dict[str, Any]] = []
    while page := api.get(
        "asb-system", "/v1/receipts", params={"since": told[-1]["id"] if told else 0}
    ).json()["receipts"]:
        told += page
    return told


def flagged(api: Served, case: str) -> dict[str, list[str]]:
    """The events behind each flag of a case, as its source calls them, by the rule."""
    events = api.guarded.feed.events(case)
    names = {event.event_id: event.source_event_id for event in events}
    flags = flags_of(History(events), STANDARD)
    return {flag.rule: [names[event_id] for event_id in flag.inputs] for flag in flags}


def slug_of(answered: httpx.Response) -> str | None:
    told = answered.json()
    return str(told["type"]).removeprefix("/problems/") if "type" in told else told["outcome"]


_numbers = iter(range(1_000_000))


def event(told: Told | None = None, *, case: str | None = None, **attributes: Any) -> Message:
    """A valid event of a case of its own, but for the attributes named here."""
    number = next(_numbers)
    sent = message(
        told or concern_raised("2024-03-01", narrative=CANARY),
        f"e-{number}",
        case_ref=case or f"asb:row-{number}",
        source=SOURCE,
    )
    return sent | attributes


def raw(json_text: str) -> bytes:
    """An event whose narrative is a piece of JSON that no JSON library would write."""
    return body(with_data(event(), narrative="to-spoil")).replace(b'"to-spoil"', json_text.encode())


def text(told: str) -> bytes:
    return body(with_data(event(), narrative=told))


def at(time: str | int) -> bytes:
    return body(event(time=time))


def attempt(count: object) -> bytes:
    return body(with_data(event(feedback_chased()), attempt=count))


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


class Row(NamedTuple):
    """What is sent, and what has to be answered."""

    sent: bytes
    status: int
    slug: str
    headers: Mapping[str, str] = STRUCTURED


REFUSED: dict[str, Row] = {
    "B1 truncated JSON": Row(body(event())[:-1], 400, "malformed-json"),
    "B2 empty body": Row(b"", 400, "malformed-json"),
    "B3 null": Row(b"null", 422, "not-an-object"),
    "B4 array": Row(body([event()]), 422, "not-an-object"),
    "B4 string": Row(body(CANARY), 422, "not-an-object"),
    "B4 number": Row(b"42", 422, "not-an-object"),
    "B5 nested 1,000 deep": Row(nested(1_000), 400, "too-deep"),
    "B5 nested 33 deep": Row(nested(33), 400, "too-deep"),
    "B6 nested 20,000 deep": Row(nested(20_000), 400, "too-deep"),
    "B7 string over the limit": Row(text("x" * 300 * 1024), 413, "too-large"),
    "B8 too many members": Row(
        body(with_data(event(), **{f"m{n}": CANARY for n in range(300)})), 422, "too-many-members"
    ),
    "B13 NaN": Row(raw("NaN"), 422, "not-a-json-number"),
    "B14 1e999": Row(raw("1e999"), 422, "not-a-json-number"),
    "B15 negative zero": Row(raw("-0.0"), 422, "not-a-json-number"),
    "B15 1e-400": Row(raw("1e-400"), 422, "not-a-json-number"),
    "B16 4,000 digits": Row(raw("7" * 4_000), 422, "number-out-of-range"),
    "B17 5,000 digits": Row(raw("7" * 5_000), 422, "number-out-of-range"),
    "B18 duplicate member": Row(raw('"a", "narrative": "b"'), 400, "duplicate-member"),
    "B19 lone surrogate": Row(raw(r'"\ud800"'), 422, "invalid-unicode"),
    "B20 lone surrogate in a key": Row(raw(r'"a", "\ud800": 1'), 422, "invalid-unicode"),
    "B21 NUL": Row(raw(r'"a\u0000b"'), 422, "control-character"),
    "B22 invalid UTF-8": Row(text("cafe").replace(b"cafe", b"caf\xe9"), 400, "not-utf-8"),
    "B23 UTF-16": Row(json.dumps(event()).encode("utf-16"), 400, "not-utf-8"),
    "B24 byte order mark": Row(b"\xef\xbb\xbf" + body(event()), 400, "not-utf-8"),
    "B27 homoglyph in a source": Row(
        body(event(source="urn:cr\u043emwood:asb")), 403, "source-mismatch"
    ),
    "B27 homoglyph in an id": Row(body(event(id="\u043e-1")), 422, "invalid-id"),
    "B28 over the limit of its field": Row(text("e\u0301" * 15_000), 422, "invalid-value"),
    "B29 boolean for integer": Row(attempt(True), 422, "wrong-type"),
    "B30 text for integer": Row(attempt("12"), 422, "wrong-type"),
    "B31 1.0 for integer": Row(attempt(1.0), 422, "wrong-type"),
    "B32 unknown member": Row(body(with_data(event(), shoe_size=44)), 422, "unknown-member"),
    "B33 unknown attribute": Row(body(event(signature=CANARY)), 422, "unknown-member"),
    "B37 no id": Row(body(without(event(), "id")), 422, "not-a-cloudevent"),
    "B38 id a number": Row(body(event(id=7)), 422, "invalid-id"),
    "B39 nil UUID": Row(body(event(id="00000000-0000-0000-0000-000000000000")), 422, "invalid-id"),
    "B39 greatest UUID": Row(
        body(event(id="ffffffff-ffff-ffff-ffff-ffffffffffff")), 422, "invalid-id"
    ),
    "B40 id of 10 KB": Row(body(event(id="x" * 10_000)), 422, "invalid-id"),
    "B41 id with a line feed": Row(body(event(id="e-1\n")), 422, "invalid-id"),
    "B41 id that is a path": Row(body(event(id="/../etc")), 422, "invalid-id"),
    "B52 no offset": Row(at("2024-03-01T10:00:00"), 422, "timestamp-needs-offset"),
    "B53 epoch": Row(at(1_709_287_200), 422, "invalid-timestamp"),
    "B54 year 1": Row(at("0001-01-01T00:00:00Z"), 422, "timestamp-out-of-range"),
    "B54 year 9999": Row(at("9999-12-31T23:59:59Z"), 422, "timestamp-out-of-range"),
    "B55 offset +23:59": Row(at("2024-03-01T10:00:00+23:59"), 422, "timestamp-out-of-range"),
    "B58 two years ahead": Row(at("2028-01-05T09:00:00Z"), 422, "future-event"),
    "B78 source of another": Row(body(event(source="urn:other")), 403, "source-mismatch"),
}
"""What cannot be understood: refused, and nothing of it kept."""

KEPT: dict[str, Row] = {
    "B33 newer schema of a known source": Row(
        body(with_data(event(type="uk.casetimeline.ConcernRaised.v2"), shoe_size=44)),
        422,
        "schema-newer",
    ),
    "B34 unknown type": Row(
        body(event(type="uk.casetimeline.CaseVanished.v1")), 422, "unknown-type"
    ),
    "B35 unknown schema version": Row(
        body(event(type="uk.casetimeline.ConcernRaised.v99")), 422, "schema-newer"
    ),
}
"""What a later release may understand: told as a problem, and kept whole."""

NOT_TAKEN = {
    "B69 text": "text/plain",
    "B69 form": "application/x-www-form-urlencoded",
    "B69 multipart": "multipart/form-data; boundary=b",
    "B69 missing": "",
    "B84 JPEG": "image/jpeg",
    "B84 archive": "application/zip",
    "B84 anything": "application/octet-stream",
}
"""Media types that are not taken, so that nothing that comes in them is looked at."""

TEXTS = {
    "B25 bidi override": "\u202egnp.exe",
    "B26 zero width": "Zaphod\u200b Beeblebrox",
    "B28 combining marks": "e" + "\u0301" * 9_999,
    "B60 what a transcoder would make a thing of": '{"_type_": "uuid_hex", "_data_": "zz"}',
    "B61 names of attributes": '{"__class__": "os", "__proto__": {}}',
    "B62 SQL": "'; DROP TABLE case_timeline.case_events; --",
    "B63 template": "{{ 7 * 7 }} ${7*7} %s {0.__class__}",
    "B64 log line": 'x\r\n{"level": "critical", "event": "forged"}',
    "B65 formula": '=HYPERLINK("http://x.example", "click")',
    "B66 script": "<script>alert(1)</script>",
    "B67 address": "http://169.254.169.254/latest/meta-data",
    "B68 path": "file:///etc/passwd ../../etc/passwd",
}
"""What is only text here, and has to come out as it went in."""

ACCEPTED: dict[str, bytes] = {
    "B38 id that is no UUID": body(event(id="ASB/2024.0117~7")),
    "B59 forty years ago": at("1986-01-05T09:00:00Z"),
}
"""What is strange and true."""

REMARKED: dict[str, tuple[bytes, Remark]] = {
    "B25 bidi override": (text("\u202egnp.exe"), Remark.SUSPICIOUS_UNICODE),
    "B26 zero width": (text("Zaphod\u200b Beeblebrox"), Remark.SUSPICIOUS_UNICODE),
    "B56 leap second": (at("2016-12-31T23:59:60Z"), Remark.LEAP_SECOND),
    "B57 five minutes ahead": (at("2026-01-05T09:05:00Z"), Remark.CLOCK_SKEW),
}
"""What is taken, and remarked to its sender."""

IN_TURN = {
    "B42": "test_b42_the_same_again_is_a_duplicate_with_the_first_receipt",
    "B43": "test_b43_an_id_that_is_used_again_is_kept_to_be_seen",
    "B44": "test_b44_the_same_under_another_id_is_another_event_and_flagged",
    "B45": "test_b45_b46_a_day_that_is_sent_again_has_no_effect_whenever_it_comes",
    "B46": "test_b45_b46_a_day_that_is_sent_again_has_no_effect_whenever_it_comes",
    "B47": "test_b47_b49_what_comes_before_its_turn_waits",
    "B49": "test_b47_b49_what_comes_before_its_turn_waits",
    "B50": "test_b50_a_correction_of_another_cases_event_is_kept_to_be_seen",
    "B51": "test_b51_what_refers_to_itself_is_kept_to_be_seen_and_has_no_effect",
    "B81": "test_b81_what_is_said_of_a_person_who_is_not_in_the_case_waits",
    "B82": "test_b82_who_is_named_again_after_their_data_was_erased_is_flagged",
    "B83": "test_b83_what_is_on_hold_is_not_erased",
}
"""Rows that take more than one request, and the test here that shows each."""

ELSEWHERE = {
    "B9": "integration/test_http_bad_requests.py::"
    "test_b9_a_head_of_100_kb_is_refused_however_it_arrives",
    "B10": "integration/test_http_bad_requests.py::"
    "test_b10_b11_a_body_that_announces_an_encoding_is_refused",
    "B11": "integration/test_http_bad_requests.py::"
    "test_b10_b11_a_body_that_announces_an_encoding_is_refused",
    "B12": "integration/test_http_bad_requests.py::"
    "test_b12_an_endless_chunked_body_is_refused_at_the_limit",
    "B36": "unit/test_wire.py::test_an_older_one_is_lifted",
    "B70": "integration/test_http_bad_requests.py::"
    "test_b70_b72_what_is_not_http_is_refused_and_the_connection_closed",
    "B71": "integration/test_http_bad_requests.py::"
    "test_b70_b72_what_is_not_http_is_refused_and_the_connection_closed",
    "B72": "integration/test_http_bad_requests.py::"
    "test_b70_b72_what_is_not_http_is_refused_and_the_connection_closed",
    "B73": "integration/test_http_bad_requests.py::test_b73_other_methods_are_told_which_there_are",
    "B74": "unit/test_tokens.py::test_none_is_no_algorithm",
    "B75": "unit/test_tokens.py::test_a_public_key_is_no_secret_to_sign_with",
    "B76": "unit/test_tokens.py::test_an_extension_that_must_be_understood_is_not",
    "B77": "unit/test_tokens.py::test_a_long_one_is_not_even_read",
    "B79": "integration/test_ingest.py::test_a_header_cannot_have_an_answer_sent_anywhere",
    "B80": "integration/test_http_overload.py::"
    "test_b80_a_source_that_sends_too_much_is_told_so_and_no_other_is",
    "B85": "integration/test_api_recording.py::test_with_any_other_nothing_is_recorded",
}
"""Rows that concern more than publishing, and the test that shows each."""

NOT_BUILT = {
    "B48": "no event carries a number of its source's own sequence, so no gap in one can be seen: "
    "/v1/receipts tells a sender all that arrived, and what the broker numbers is reconciled",
}
"""Rows about what there is not."""

OTHERWISE = {
    "B33": "no event is signed, so that what a signature would be in is an unknown member; what a "
    "newer schema brings is kept as the corpus asks",
    "B37": "to have no id is to lack one of the four attributes without which nothing is a "
    "CloudEvent, and all four have one reason; `invalid-id` is said of one that is there",
    "B38": "an id is whatever its source calls the event, as in CloudEvents: upstream systems have "
    "numbers, and few have UUIDs",
    "B49": "what is not there may be on its way, as in B47: it waits, and after the deadline it is "
    "quarantined for a person",
    "B81": "what says who the person is may be on its way, too; a system is told nothing of any "
    "case, so one that is restricted answers it like all others",
    "B82": "what names a person again may be about danger, so it is taken, and a rule has someone "
    "look (R45): rules decide nothing",
    "B83": "the lifting of the hold may be on its way, so a system's event waits, as `legal-hold`; "
    "a person, who is told at once, gets 409 with that name",
}
"""Rows that are answered otherwise than the corpus has it, and why that is better here."""


def test_every_row_of_the_corpus_is_accounted_for() -> None:
    shown = [*REFUSED, *KEPT, *NOT_TAKEN, *TEXTS, *ACCEPTED, *REMARKED, *IN_TURN, *ELSEWHERE]
    rows = [int(re.match(r"B(\d+)", name)[1]) for name in (*shown, *NOT_BUILT)]  # type: ignore[index]
    assert set(rows) == set(range(1, 86))
    assert {row for row in OTHERWISE if not any(name.startswith(row) for name in shown)} == set()


@pytest.mark.parametrize("row", ELSEWHERE)
def test_a_row_that_is_shown_elsewhere_has_a_test_there(row: str) -> None:
    path, _, name = ELSEWHERE[row].partition("::")
    assert f"def {name}(" in (TESTS / path).read_text()


@pytest.mark.parametrize("row", IN_TURN)
def test_a_row_that_is_shown_here_has_a_test_here(row: str) -> None:
    assert callable(globals()[IN_TURN[row]])


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_understood_is_refused(api: Served, name: str) -> None:
    row, before = REFUSED[name], accounted_for(api)
    answered = publishes(api, row.sent, row.headers)

    assert (answered.status_code, slug_of(answered)) == (row.status, row.slug)
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.json()["outcome"] == "refused"
    assert CANARY not in answered.text
    assert accounted_for(api) == before + 1


@pytest.mark.parametrize("name", KEPT)
def test_what_a_later_release_may_understand_is_kept(api: Served, name: str) -> None:
    row, before = KEPT[name], accounted_for(api)
    answered = publishes(api, row.sent)

    assert (answered.status_code, slug_of(answered)) == (row.status, row.slug)
    assert answered.json()["outcome"] == "quarantined"
    assert CANARY not in answered.text
    assert accounted_for(api) == before + 1


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_comes_in_another_media_type_is_not_looked_at(api: Served, name: str) -> None:
    before = accounted_for(api)
    answered = publishes(api, body(event()), {"Content-Type": NOT_TAKEN[name]})

    assert (answered.status_code, slug_of(answered)) == (415, "unsupported-media-type")
    assert answered.json()["outcome"] == "refused"
    assert accounted_for(api) == before + 1


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_taken_and_read_back_as_it_was_sent(api: Served, name: str) -> None:
    sent = event(concern_raised("2024-03-01", narrative=TEXTS[name]))
    answered = publishes(api, body(sent))

    assert (answered.status_code, slug_of(answered)) == (201, "accepted")
    (recorded,) = api.guarded.feed.events(sent["subject"])
    assert recorded.narrative == TEXTS[name]
    assert accounted_for(api)


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_strange_and_true_is_taken(api: Served, name: str) -> None:
    answered = publishes(api, ACCEPTED[name])

    assert (answered.status_code, slug_of(answered)) == (201, "accepted")
    assert answered.json()["remarks"] == []
    assert accounted_for(api)


@pytest.mark.parametrize("name", REMARKED)
def test_what_its_sender_should_look_at_is_taken_and_remarked(api: Served, name: str) -> None:
    sent, remark = REMARKED[name]
    first, again = publishes(api, sent), publishes(api, sent)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["remarks"] == again.json()["remarks"] == [remark]
    told = [each for each in receipts(api) if each["event_id"] == first.json()["event_id"]]
    assert [each["remarks"] for each in told] == [[remark], [remark]]


def test_b42_the_same_again_is_a_duplicate_with_the_first_receipt(api: Served) -> None:
    sent = body(event())
    first, again = publishes(api, sent), publishes(api, sent)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"outcome": "duplicate"}


def test_b43_an_id_that_is_used_again_is_kept_to_be_seen(api: Served) -> None:
    sent = event()
    publishes(api, body(sent))
    answered = publishes(api, body(with_data(sent, narrative="Otherwise.")))

    assert (answered.status_code, slug_of(answered)) == (409, "id-reused")
    assert answered.json()["outcome"] == "quarantined"
    assert len(api.guarded.feed.events(sent["subject"])) == 1


def test_b44_the_same_under_another_id_is_another_event_and_flagged(api: Served) -> None:
    sent = event()
    again = sent | {"id": f"{sent['id']}-again"}
    publishes(api, body(sent))
    answered = publishes(api, body(again))

    assert (answered.status_code, answered.json()["version"]) == (201, 2)
    assert flagged(api, sent["subject"])["R44"] == [sent["id"], again["id"]]


def test_b45_b46_a_day_that_is_sent_again_has_no_effect_whenever_it_comes(api: Served) -> None:
    day = body([event() for _ in range(100)])
    first = publishes(api, day, BATCH).json()["events"]
    api.guarded.feed.clock.goes(hours=2)
    again = publishes(api, day, BATCH).json()["events"]
    api.guarded.feed.clock.goes(hours=-2)

    assert {each["outcome"] for each in first} == {"accepted"}
    assert again == [each | {"outcome": "duplicate"} for each in first]
    assert accounted_for(api)


@pytest.mark.parametrize(
    ("early", "reason"),
    [
        (case_closed("2024-03-05"), "unknown-case"),
        (event_corrected("2024-03-06", target=the("never-sent")), "awaiting-predecessor"),
    ],
    ids=["B47 closed before it was opened", "B49 correction of what is not there"],
)
def test_b47_b49_what_comes_before_its_turn_waits(api: Served, early: Told, reason: str) -> None:
    opening = event()
    if reason == "awaiting-predecessor":
        publishes(api, body(opening))
    answered = publishes(api, body(event(early, case=opening["subject"])))

    assert (answered.status_code, slug_of(answered)) == (202, "waiting")
    assert answered.json()["reason"] == reason


def test_b50_a_correction_of_another_cases_event_is_kept_to_be_seen(api: Served) -> None:
    one, other = event(), event()
    publishes(api, body([one, other]), BATCH)
    correction = event_corrected("2024-03-06", target=the(other["id"], SOURCE))
    answered = publishes(api, body(event(correction, case=one["subject"])))

    assert (answered.status_code, slug_of(answered)) == (409, "cross-case")
    assert answered.json()["outcome"] == "quarantined"


@pytest.mark.parametrize("together", [True, False], ids=["in a batch", "one by one"])
def test_b51_what_refers_to_itself_is_kept_to_be_seen_and_has_no_effect(
    api: Served, together: bool
) -> None:
    opening = event()
    case = opening["subject"]
    publishes(api, body(opening))
    loop = [
        event(event_corrected("2024-03-06", target=the(f"{case}-{other}", SOURCE)), case=case)
        | {"id": f"{case}-{this}"}
        for this, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"))
    ]
    if together:
        told = publishes(api, body(loop), BATCH).json()["events"]
    else:
        answered = [publishes(api, body(each)) for each in loop]
        assert [each.status_code for each in answered] == [202, 202, 409, 409]
        told = [{"reason": slug_of(each)} | each.json() for each in answered]

    assert [each["outcome"] for each in told] == ["waiting"] * 2 + ["quarantined"] * 2
    assert [each["reason"] for each in told[2:]] == ["correction-loop"] * 2
    assert len(api.guarded.feed.events(case)) == 1


def test_b81_what_is_said_of_a_person_who_is_not_in_the_case_waits(api: Served) -> None:
    opening = event()
    publishes(api, body(opening))
    answered = publishes(api, body(event(role_changed(), case=opening["subject"])))

    assert (answered.status_code, slug_of(answered)) == (202, "waiting")


def test_b82_who_is_named_again_after_their_data_was_erased_is_flagged(api: Served) -> None:
    opening = event()
    case = opening["subject"]
    again = event(person_involved(), case=case)
    for sent in (opening, event(person_data_erased(), case=case), again):
        assert publishes(api, body(sent)).status_code == 201

    assert again["id"] in flagged(api, case)["R45"]


def test_b83_what_is_on_hold_is_not_erased(api: Served) -> None:
    opening = event()
    case = opening["subject"]
    publishes(api, body(opening))
    publishes(api, body(event(hold_placed(), case=case)))
    answered = publishes(api, body(event(person_data_erased(), case=case)))

    assert (answered.status_code, slug_of(answered)) == (202, "waiting")
    assert answered.json()["reason"] == "legal-hold"
    assert "RetentionHoldLifted" in answered.json()["detail"]


def test_b83_a_person_is_told_at_once_that_a_hold_forbids_it(api: Served) -> None:
    api.has("privacy")
    sent = [
        {
            "id": str(uuid4()),
            "type": told["type"].split(".")[2],
            "subject": "person:on-hold",
            "time": told["time"],
            "data": without(told["data"], "actor"),
        }
        for told in (event(hold_placed()), event(person_data_erased(person="person:on-hold")))
    ]
    placed, erased = (
        api.post("privacy", "/v1/files/events", json=each, headers=FOR_RIGHTS) for each in sent
    )

    assert placed.status_code == 201, placed.text
    assert (erased.status_code, slug_of(erased)) == (409, "legal-hold")


TOO_LARGE = b"[" + b" " * 1024 * 1024 + b"]"

UNREAD = {
    "B7 over the limit of its address": (TOO_LARGE, {}, 413, "too-large"),
    "B10 compressed": (gzip.compress(b"0" * 1_000), {"Content-Encoding": "gzip"}, *NOT_DECODED),
    "B11 a bomb": (gzip.compress(b"0" * 1_000_000), {"Content-Encoding": "gzip"}, *NOT_DECODED),
}
"""What is refused before it is read."""


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_counts_as_its_senders(api: Served, name: str) -> None:
    sent, headers, status, slug = UNREAD[name]
    before = accounted_for(api)
    answered = publishes(api, sent, BATCH | headers)

    assert (answered.status_code, slug_of(answered)) == (status, slug)
    assert answered.json()["outcome"] == "refused"
    assert accounted_for(api) == before + 1
    last = receipts(api)[-1]
    assert (last["outcome"], last["reason"], last["event_id"]) == ("refused", slug, None)


def test_b12_what_arrives_in_chunks_without_end_counts_too(api: Served) -> None:
    before = accounted_for(api)
    answered = api.post(
        "asb-system", EVENTS, content=iter([b"x" * 512 * 1024] * 2 + [b"x"]), headers=BATCH
    )

    assert (answered.status_code, slug_of(answered)) == (413, "too-large")
    assert accounted_for(api) == before + 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}], ids=["none", "no token"])
def test_what_is_not_read_and_is_nobodys_counts_as_nobodys(
    api: Served, headers: dict[str, str]
) -> None:
    before = accounted_for(api)
    answered = api.client.post(EVENTS, content=TOO_LARGE, headers=BATCH | headers)

    assert (answered.status_code, slug_of(answered)) == (413, "too-large")
    assert "outcome" not in answered.json()
    assert accounted_for(api) == before


def test_what_is_not_read_of_one_who_publishes_nothing_counts_as_nobodys(api: Served) -> None:
    before = accounted_for(api)
    answered = api.post("officer", EVENTS, content=TOO_LARGE, headers=BATCH)

    assert (answered.status_code, "outcome" in answered.json()) == (413, False)
    assert accounted_for(api) == before


def test_what_does_not_arrive_in_time_counts_until_it_is_one_too_many(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = app._limits
    monkeypatch.setattr(app, "_limits", lambda told: replace(limits(told), body_seconds=0.05))
    with served(database_url, tmp_path, http_rate_per_source=0.1) as api:
        api.has("asb-system", role="upstream", publishes=SOURCE)
        token = api.headers("asb-system")["Authorization"]
        head = f"POST {EVENTS} HTTP/1.1\r\nHost: h\r\nAuthorization: {token}\r\n"
        answers = []
        for _ in range(2):
            with closing(connected(api.client.base_url.port or 0)) as connection:
                connection.sendall(f"{head}Content-Length: 10\r\n\r\nhalf".encode())
                answers.append(answer_on(connection))
        (sums,) = (each for each in api.context.desk.sums() if each.source == SOURCE)

    assert [(each.status, each.problem) for each in answers] == [(408, "request-timeout")] * 2
    assert (sums.received, sums.refused) == (1, 1)


def test_what_was_refused_is_known_again_by_a_hash_that_takes_a_key(api: Served) -> None:
    sent = body(event(id=7))
    publishes(api, sent)
    with psycopg.connect(api.guarded.feed.url) as connection:
        kept = connection.execute(
            "SELECT content_hash FROM case_timeline.intake ORDER BY id DESC LIMIT 1"
        ).fetchone()

    key = api.guarded.feed.cases.refusal_key()
    assert kept == (hmac.digest(key, sent, "sha256"),)
    assert kept != (sha256(sent).digest(),)
    assert len(set(key)) > 8


_messages = st.sampled_from([event(), event(incident_reported())])
_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
_bytes = st.binary(max_size=60)


@st.composite
def _spoilt(draw: st.DrawFn) -> bytes:
    """A valid message, or a batch of some, in which a few bytes are others."""
    one = draw(_messages)
    sent = bytearray(body(draw(st.sampled_from([one, [one], [one, one]]))))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(sent) - 1))
        sent[place : place + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(sent)


@st.composite
def _altered(draw: st.DrawFn) -> bytes:
    """A message of which a member is anything."""
    one = draw(_messages)
    name = draw(st.sampled_from([*one, "surplus"]))
    within = draw(st.booleans())
    value = draw(_json)
    return body(with_data(one, **{name: value}) if within else one | {name: value})


_headers = st.sampled_from([STRUCTURED, BATCH]) | st.fixed_dictionaries(
    {
        "Content-Type": st.just("application/json"),
        "ce-id": st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"])),
        "ce-source": st.sampled_from([SOURCE, "%", '"urn:x"', "urn:other"]),
    },
    optional={
        "ce-specversion": st.just("1.0"),
        "ce-type": st.sampled_from(["uk.casetimeline.IncidentReported.v1", "%41"]),
        "ce-subject": st.just("asb:any"),
        "ce-time": st.just("2024-03-01T10:00:00Z"),
        "ce-data": st.just("{}"),
    },
)


@given(
    sent=_bytes | _json.map(lambda value: body(value)) | _spoilt() | _altered(), headers=_headers
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_sent_has_an_answer_and_is_accounted_for(
    api: Served, sent: bytes, headers: dict[str, str]
) -> None:
    before = accounted_for(api)
    answered = publishes(api, sent, headers)

    assert answered.status_code in {200, 201, 202, 400, 403, 409, 413, 422}
    told = answered.json()
    counted = len(told["events"]) if "events" in told else 1
    assert accounted_for(api) == before + counted
