"""People record over HTTP what happened: as themselves, and only what they saw and may."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from adapters.identity.demo import DEMO_URL
from domain.identity import case_id_of
from tests.support.access import LANDLORD
from tests.support.api import CASE, Served, served
from tests.support.messages import RECEIVED, message
from tests.support.stories import (
    CASE_REF,
    Told,
    action_agreed,
    case_allocated,
    case_opened,
    case_restricted,
    concern_raised,
    conflict_declared,
    conflict_ended,
    event_corrected,
    export_produced,
    glass_broken,
    incident_reported,
    record_accessed,
    review_access_granted,
    role_granted,
    role_revoked,
    the,
)

EVENTS = f"{CASE}/events"
ABSENT = "/v1/cases/00000000-0000-4000-8000-000000000000"
Sent = dict[str, Any]


def told(event: Told, **members: Any) -> Sent:
    """An event as a user interface sends it: without what this service fills in."""
    whole = message(event, str(uuid4()))
    data = {name: value for name, value in whole["data"].items() if name != "actor"}
    own = {
        name: whole[name] for name in ("id", "time", "timeprecision", "timeend") if name in whole
    }
    return own | {"type": event.event_type.__name__, "data": data} | members


def on_file(event: Told, subject: str = LANDLORD, **members: Any) -> Sent:
    return told(event, subject=subject, **members)


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported("2024-03-01"),
            case_opened("2024-03-02", authority="E09000001"),
            case_allocated("2024-03-03", lead="staff:officer"),
        )
        found.has("officer")
        yield found


def records(api: Served, who: str, sent: Sent, version: int | str = 3) -> httpx.Response:
    """Record on the case, based on this version of it."""
    match = version if isinstance(version, str) else f'"{version}"'
    return api.post(who, EVENTS, json=sent, headers={"If-Match": match})


def problem(answered: httpx.Response) -> tuple[int, str]:
    assert answered.headers["content-type"] == "application/problem+json", answered.text
    return answered.status_code, answered.json()["type"].removeprefix("/problems/")


class TestOpeningACase:
    def test_a_concern_opens_a_case_under_a_reference_made_here(self, api: Served) -> None:
        answered = api.post("officer", "/v1/cases", json=told(concern_raised()))

        assert answered.status_code == 201
        receipt = answered.json()
        assert (receipt["outcome"], receipt["version"]) == ("accepted", 1)
        assert receipt["case_ref"].startswith("ct:")
        assert receipt["case_id"] == str(case_id_of(receipt["case_ref"]))
        assert answered.headers["location"] == f"/v1/cases/{receipt['case_id']}"
        assert receipt["position"] > 0
        (event,) = api.guarded.feed.events(receipt["case_ref"])
        assert event.type == "ConcernRaised"

    def test_sent_again_it_opens_no_other_case(self, api: Served) -> None:
        sent = told(incident_reported())

        first = api.post("officer", "/v1/cases", json=sent)
        again = api.post("officer", "/v1/cases", json=sent)

        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json() | {"outcome": "duplicate"}

    def test_the_same_id_of_someone_else_or_another_id_opens_another(self, api: Served) -> None:
        api.has("manager")
        sent = told(incident_reported())

        mine = api.post("officer", "/v1/cases", json=sent).json()
        other = api.post("officer", "/v1/cases", json=sent | {"id": str(uuid4())}).json()

        assert mine["case_ref"] != other["case_ref"]
        assert problem(api.post("manager", "/v1/cases", json=sent)) == (409, "id-reused")

    def test_what_opens_no_case_is_refused(self, api: Served) -> None:
        answered = api.post("officer", "/v1/cases", json=told(action_agreed()))

        assert problem(answered) == (422, "unknown-case")

    def test_nobody_names_the_case_that_they_open(self, api: Served) -> None:
        sent = told(concern_raised(), subject="asb:2024-9999")

        assert problem(api.post("officer", "/v1/cases", json=sent)) == (422, "unknown-member")

    @pytest.mark.parametrize("role", ["administrator", "analyst", "privacy", "reviewer"])
    def test_who_does_not_work_with_cases_opens_none(self, api: Served, role: str) -> None:
        api.has(role)

        answered = api.post(role, "/v1/cases", json=told(concern_raised()))

        assert problem(answered) == (403, "not-permitted")

    def test_neither_does_who_holds_no_role_or_is_a_system(self, api: Served) -> None:
        api.has("asb-system", role="upstream", publishes="urn:cromwood:asb")

        for who in ("manager", "asb-system"):
            answered = api.post(who, "/v1/cases", json=told(concern_raised()))
            assert problem(answered) == (403, "not-permitted")


class TestRecordingOnACase:
    def test_what_is_recorded_is_on_the_case_with_who_told_it(self, api: Served) -> None:
        answered = records(api, "officer", told(action_agreed()))

        assert answered.status_code == 201, answered.text
        assert answered.json()["version"] == 4
        event = api.guarded.feed.events()[-1]
        assert (event.type, event.source) == ("ActionAgreed", "urn:case-timeline")
        assert event.actor.model_dump() == {
            "id": "staff:officer",
            "role": "Frontline officer",
            "organisation": "Cromwood Homes",
            "kind": "human",
        }
        assert event.known_at == RECEIVED

    def test_someone_may_be_told_for(self, api: Served) -> None:
        agency = {"id": "PC 4711", "role": "Police", "organisation": "Met"}
        sent = told(action_agreed())
        sent["data"]["on_behalf_of"] = agency

        assert records(api, "officer", sent).status_code == 201
        event = api.guarded.feed.events()[-1]
        assert event.actor.id == "staff:officer"
        assert event.on_behalf_of is not None
        assert event.on_behalf_of.id == "PC 4711"

    def test_nobody_says_that_someone_else_told_it(self, api: Served) -> None:
        sent = told(action_agreed())
        sent["data"]["actor"] = {"id": "staff:sg", "role": "Lead", "organisation": "Cromwood"}

        assert problem(records(api, "officer", sent)) == (422, "unknown-member")
        assert len(api.guarded.feed.events()) == 3

    def test_nobody_says_that_another_system_told_it(self, api: Served) -> None:
        sent = told(action_agreed(), source="urn:cromwood:asb")

        assert problem(records(api, "officer", sent)) == (403, "source-mismatch")
        assert len(api.guarded.feed.events()) == 3

    def test_a_subject_has_to_be_that_of_the_case(self, api: Served) -> None:
        same, other = told(action_agreed(), subject=CASE_REF), told(action_agreed(), subject="a:1")

        assert problem(records(api, "officer", other)) == (409, "cross-case")
        assert records(api, "officer", same).status_code == 201

    def test_a_case_of_others_is_answered_as_one_that_is_not_there(self, api: Served) -> None:
        api.has("manager", role="officer")
        sent, match = told(action_agreed()), {"If-Match": '"3"'}

        of_others = api.post("manager", EVENTS, json=sent, headers=match)
        absent = api.post("manager", f"{ABSENT}/events", json=sent, headers=match)

        assert of_others.status_code == absent.status_code == 404
        assert of_others.json() == absent.json()
        assert len(api.guarded.feed.events()) == 3

    def test_a_concern_is_raised_over_a_case_that_one_may_not_see(self, api: Served) -> None:
        api.has("manager", role="officer")

        assert records(api, "manager", told(concern_raised()), "*").status_code == 201
        stale = records(api, "manager", told(concern_raised()), 1)
        assert problem(stale) == (412, "stale-version")
        assert "version" not in stale.json()
        assert "etag" not in stale.headers

    def test_who_may_only_raise_concerns_does_not_say_where_the_case_lies(
        self, api: Served
    ) -> None:
        api.has("safeguarding", areas=("E09000002",))
        api.guarded.tells(incident_reported("2024-03-01"), case_ref="asb:2024-0200")
        api.guarded.tells(case_allocated("2024-03-02", lead="staff:9"), case_ref="asb:2024-0200")
        api.guarded.own(case_restricted(named=("staff:9",), owner="staff:9"), "asb:2024-0200")
        other = f"/v1/cases/{case_id_of('asb:2024-0200')}/events"
        sent = told(case_opened(authority="E09000002"))

        answered = api.post("safeguarding", other, json=sent, headers={"If-Match": '"3"'})

        assert problem(answered) == (404, "not-found")

    def test_an_officer_neither_allocates_a_case_nor_corrects_who_has_it(self, api: Served) -> None:
        allocating = records(api, "officer", told(case_allocated(lead="staff:9")))
        correcting = records(
            api,
            "officer",
            told(
                event_corrected(target=the("t-3"), field="lead", was="staff:officer", now="staff:9")
            ),
        )

        assert problem(allocating) == problem(correcting) == (404, "not-found")
        assert len(api.guarded.feed.events()) == 3

    def test_a_file_is_no_case_whatever_address_it_is_sent_to(self, api: Served) -> None:
        api.has("safeguarding")
        landlord = f"/v1/cases/{case_id_of(LANDLORD)}/events"

        answered = api.post(
            "safeguarding",
            landlord,
            json=told(conflict_declared(staff="staff:officer")),
            headers={"If-Match": '"2"'},
        )

        assert problem(answered) == (404, "not-found")

    def test_what_contradicts_or_builds_on_nothing_is_refused_and_counted(
        self, api: Served
    ) -> None:
        agreed = told(action_agreed(action_id="A-1"))
        records(api, "officer", agreed)
        before = len(api.guarded.feed.ledger())

        contradicting = records(api, "officer", agreed | {"id": str(uuid4())}, 4)
        early = records(
            api, "officer", told(role_revoked(grant_id="G-9"), type="ActionCompleted"), 4
        )

        assert problem(contradicting) == (409, "contradiction")
        assert problem(early)[0] == 422
        added = list(api.guarded.feed.ledger().values())[before:]
        assert [(str(entry.outcome), entry.payload) for entry in added] == [("refused", None)] * 2

    def test_what_would_wait_for_something_is_refused(self, api: Served) -> None:
        missing = told(event_corrected(target=the("not-there")))

        assert problem(records(api, "officer", missing)) == (409, "awaiting-predecessor")
        assert api.guarded.feed.cases.waiting([case_id_of(CASE_REF)]) == []

    @pytest.mark.parametrize(
        ("spoiled", "expected"),
        [
            ({"id": "1"}, (422, "invalid-id")),
            ({"id": None}, (422, "invalid-id")),
            ({"type": "NoSuchEvent"}, (422, "unknown-type")),
            ({"type": "uk.casetimeline.RoleGranted.v1"}, (422, "unknown-type")),
            ({"time": "2024-03-04T10:00:00"}, (422, "timestamp-needs-offset")),
            ({"knowntime": "2027-03-04T10:00:00Z"}, (422, "future-event")),
            ({"colour": "red"}, (422, "unknown-member")),
            ({"data": {}}, (422, "missing-member")),
            ({"data": []}, (422, "not-an-object")),
        ],
    )
    def test_what_is_no_event_is_refused_with_why(
        self, api: Served, spoiled: Sent, expected: tuple[int, str]
    ) -> None:
        assert problem(records(api, "officer", told(action_agreed()) | spoiled)) == expected
        assert len(api.guarded.feed.events()) == 3

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (b"", (400, "malformed-json")),
            (b'{"id": 1, "id": 2}', (400, "duplicate-member")),
            (b"[]", (422, "not-an-object")),
            (b'"\\ud800"', (422, "invalid-unicode")),
            (b"\xff", (400, "not-utf-8")),
        ],
    )
    def test_what_is_no_json_is_refused_with_why(
        self, api: Served, body: bytes, expected: tuple[int, str]
    ) -> None:
        headers = {"If-Match": '"3"', "Content-Type": "application/json"}

        assert problem(api.post("officer", EVENTS, content=body, headers=headers)) == expected

    def test_a_body_has_to_say_that_it_is_json(self, api: Served) -> None:
        headers = {"If-Match": '"3"', "Content-Type": "text/plain"}

        answered = api.post("officer", EVENTS, content=b"{}", headers=headers)

        assert problem(answered) == (415, "unsupported-media-type")

    @pytest.mark.parametrize("noted", [record_accessed(), export_produced()])
    def test_nobody_says_who_read_what(self, api: Served, noted: Told) -> None:
        assert problem(records(api, "officer", told(noted))) == (403, "source-mismatch")

    def test_the_glass_is_broken_at_its_own_address_alone(self, api: Served) -> None:
        sent = told(glass_broken(until="2030-01-01T00:00:00Z"))

        assert problem(records(api, "officer", sent)) == (403, "source-mismatch")

    def test_without_a_token_nothing_is_recorded(self, api: Served) -> None:
        for path in ("/v1/cases", EVENTS, "/v1/files/events"):
            assert problem(api.client.post(path, json=told(concern_raised())))[0] == 401


class TestWhichVersionItIsBasedOn:
    def test_it_has_to_be_said(self, api: Served) -> None:
        answered = api.post("officer", EVENTS, json=told(action_agreed()))
        any_version = records(api, "officer", told(action_agreed()), "*")

        assert problem(answered) == problem(any_version) == (428, "version-required")

    @pytest.mark.parametrize("match", ["3", '"3', '"three"', 'W/"3"', '"3", "4"', ""])
    def test_it_is_the_version_in_quotation_marks(self, api: Served, match: str) -> None:
        answered = records(api, "officer", told(action_agreed()), match)

        assert problem(answered) == (422, "invalid-parameter")

    def test_the_version_that_reading_gives_is_the_one_to_name(self, api: Served) -> None:
        api.catch_up()
        version = api.get("officer", CASE).json()["version"]

        assert records(api, "officer", told(action_agreed()), version).status_code == 201

    @pytest.mark.parametrize("version", [0, 2, 4])
    def test_with_any_other_nothing_is_recorded(self, api: Served, version: int) -> None:
        answered = records(api, "officer", told(action_agreed()), version)

        assert problem(answered) == (412, "stale-version")
        assert answered.json()["version"] == 3
        assert answered.headers["etag"] == '"3"'
        assert len(api.guarded.feed.events()) == 3

    def test_sent_again_it_is_answered_as_at_first_though_the_case_went_on(
        self, api: Served
    ) -> None:
        sent = told(action_agreed())
        first = records(api, "officer", sent)
        records(api, "officer", told(action_agreed(action_id="A-2")), 4)

        again = records(api, "officer", sent)

        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json()["version"] == first.json()["version"] == 4
        assert again.json()["event_id"] == first.json()["event_id"]
        assert len(api.guarded.feed.events()) == 5

    def test_the_same_id_with_other_content_is_refused(self, api: Served) -> None:
        sent = told(action_agreed())
        records(api, "officer", sent)

        answered = records(api, "officer", sent | {"time": "2024-03-05T10:00:00Z"}, 4)

        assert problem(answered) == (409, "id-reused")

    def test_of_many_who_saw_the_same_one_records(self, api: Served) -> None:
        sent = [told(action_agreed(action_id=f"A-{number}")) for number in range(12)]

        with ThreadPoolExecutor(12) as at_once:
            answers = list(at_once.map(lambda each: records(api, "officer", each), sent))

        assert sorted(each.status_code for each in answers) == [201] + [412] * 11
        assert len(api.guarded.feed.events()) == 4
        assert {each.json()["version"] for each in answers} == {4}
        api.guarded.feed.assert_sound()

    def test_what_another_process_recorded_counts_too(self, api: Served) -> None:
        records(api, "officer", told(action_agreed()))  # so that the API remembers the case
        api.guarded.tells(incident_reported("2024-03-04"))

        stale = records(api, "officer", told(action_agreed(action_id="A-2")), 4)
        fresh = records(api, "officer", told(action_agreed(action_id="A-3")), 5)

        assert problem(stale) == (412, "stale-version")
        assert stale.json()["version"] == 5
        assert fresh.status_code == 201

    def test_a_version_that_the_api_has_not_seen_yet_is_no_stale_one(self, api: Served) -> None:
        records(api, "officer", told(action_agreed()))
        api.guarded.tells(incident_reported("2024-03-04"))

        assert records(api, "officer", told(action_agreed(action_id="A-2")), 5).status_code == 201


class TestFiles:
    @pytest.fixture(autouse=True)
    def _administrator(self, api: Served) -> None:
        api.has("administrator")

    def _grant(self, name: str = "manager", **fields: Any) -> Sent:
        grant = {
            "grant_id": f"G-{uuid4()}",
            "principal": f"{DEMO_URL}|{name}",
            "role": name,
            "staff": f"staff:{name}",
            "approved_by": "staff:director",
        }
        return on_file(role_granted(**{**grant, **fields}))

    def test_an_administrator_grants_a_role_that_someone_else_agreed_to(self, api: Served) -> None:
        answered = api.post("administrator", "/v1/files/events", json=self._grant())

        assert answered.status_code == 201
        assert [each["role"] for each in api.get("manager", "/v1/me").json()["roles"]] == [
            "manager"
        ]

    @pytest.mark.parametrize(
        ("approved_by", "expected"),
        [
            ("staff:administrator", (422, "invalid-value")),
            ("staff:manager", (422, "invalid-value")),
        ],
    )
    def test_nobody_agrees_to_what_they_record_or_are_granted(
        self, api: Served, approved_by: str, expected: tuple[int, str]
    ) -> None:
        sent = self._grant()
        sent["data"]["approved_by"] = approved_by

        answered = api.post("administrator", "/v1/files/events", json=sent)

        assert problem(answered) == expected
        assert api.get("manager", "/v1/me").json()["roles"] == []

    @pytest.mark.parametrize(
        "own",
        [
            {"principal": f"{DEMO_URL}|administrator"},
            {"staff": "staff:administrator"},
        ],
    )
    def test_nobody_grants_a_role_to_themselves(self, api: Served, own: dict[str, str]) -> None:
        answered = api.post("administrator", "/v1/files/events", json=self._grant(**own))

        assert problem(answered) == (403, "not-permitted")
        assert answered.json()["rule"] == "own-matter"

    def test_nobody_grants_cases_to_themselves(self, api: Served) -> None:
        sent = on_file(review_access_granted(principal=f"{DEMO_URL}|administrator"))

        answered = api.post("administrator", "/v1/files/events", json=sent)

        assert problem(answered) == (403, "not-permitted")

    def test_nobody_ends_their_own_conflict_of_interest(self, api: Served) -> None:
        declared = conflict_declared(conflict_id="C-1", staff="staff:administrator")
        api.guarded.own(declared, LANDLORD)
        sent = on_file(conflict_ended(conflict_id="C-1"))

        answered = api.post("administrator", "/v1/files/events", json=sent)

        assert problem(answered) == (403, "not-permitted")

    def test_a_revoked_role_counts_no_more_at_once(self, api: Served) -> None:
        grant = api.has("manager")
        opening = told(concern_raised())
        assert api.post("manager", "/v1/cases", json=opening).status_code == 201

        sent = on_file(role_revoked(grant_id=grant))
        assert api.post("administrator", "/v1/files/events", json=sent).status_code == 201

        answered = api.post("manager", "/v1/cases", json=told(concern_raised()))
        assert problem(answered) == (403, "not-permitted")

    @pytest.mark.parametrize("who", ["officer", "safeguarding", "manager", "privacy"])
    def test_no_one_else_grants_roles(self, api: Served, who: str) -> None:
        if who != "officer":
            api.has(who)
        sent = on_file(role_granted(grant_id="G-9"))

        answered = api.post(who, "/v1/files/events", json=sent)

        assert problem(answered) == (403, "not-permitted")

    def test_what_only_this_service_records_comes_in_no_other_way(self, api: Served) -> None:
        api.has("asb-system", role="upstream", publishes="urn:cromwood:asb")
        sent = message(role_granted(grant_id="G-9"), "e-1", case_ref=LANDLORD)
        published = api.post(
            "asb-system",
            "/v1/events",
            content=json.dumps(sent | {"source": "urn:cromwood:asb"}),
            headers={"Content-Type": "application/cloudevents+json"},
        )

        assert problem(published) == (403, "source-mismatch")

    def test_a_safeguarding_officer_begins_the_file_of_a_person(self, api: Served) -> None:
        api.has("safeguarding")
        sent = on_file(incident_reported(), "person:9")

        first = api.post("safeguarding", "/v1/files/events", json=sent)

        assert first.status_code == 201
        assert first.json()["case_ref"] == "person:9"

    def test_who_has_a_conflict_with_a_person_does_not_write_in_their_file(
        self, api: Served
    ) -> None:
        api.has("safeguarding")
        api.guarded.own(conflict_declared(staff="staff:safeguarding", person="person:9"), LANDLORD)
        sent = on_file(incident_reported(), "person:9")

        answered = api.post("safeguarding", "/v1/files/events", json=sent)

        assert problem(answered) == (404, "not-found")

    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            (CASE_REF, (422, "wrong-stream")),
            ("access:asb/2024-0117", (422, "wrong-stream")),
            ("no reference", (422, "invalid-id")),
            (7, (422, "invalid-id")),
        ],
    )
    def test_the_subject_is_that_of_a_file(
        self, api: Served, subject: Any, expected: tuple[int, str]
    ) -> None:
        sent = on_file(concern_raised(), subject)

        assert problem(api.post("officer", "/v1/files/events", json=sent)) == expected

    def test_the_subject_has_to_be_named(self, api: Served) -> None:
        answered = api.post("officer", "/v1/files/events", json=told(concern_raised()))

        assert problem(answered) == (422, "missing-member")
