"""Over HTTP a case is read by those who may, as of when they ask, and each reading is on record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from projections.case_state import case_state
from services.api import reading_own_writes
from tests.support.api import CASE, Served, served
from tests.support.stories import (
    case_allocated,
    case_opened,
    incident_reported,
    reclassified,
)


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported("2024-03-01", narrative="Shouting, and a door was kicked in."),
            case_opened("2024-03-02", authority="E09000001"),
            case_allocated("2024-03-03", lead="staff:officer"),
            reclassified("2024-03-12", from_="asb", to="adult"),
        )
        found.has("officer")
        found.catch_up()
        yield found


def test_the_timeline_tells_every_event_in_order(api: Served) -> None:
    answered = api.get("officer", f"{CASE}/timeline")

    assert answered.status_code == 200
    told = answered.json()
    assert [row["type"] for row in told["timeline"]] == [
        "IncidentReported",
        "CaseOpened",
        "CaseAllocated",
        "Reclassified",
    ]
    assert (told["version"], told["missing"]) == (4, 0)
    assert told["masked"] == ["location", "reporter"]


def test_the_case_as_known_on_a_day_is_what_it_was_then(api: Served) -> None:
    now = api.get("officer", CASE).json()
    then = api.get("officer", CASE, params={"known_on": "2024-03-05"}).json()

    assert now["case_state"][0]["classification"] == "adult"
    assert then["case_state"][0]["classification"] == "asb"


def test_what_was_read_already_is_not_sent_again_and_is_on_record_twice(api: Served) -> None:
    first = api.get("officer", CASE)
    again = api.get("officer", CASE, headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert len(api.guarded.records()) == 2


def test_without_a_token_nothing_is_told(api: Served) -> None:
    answered = api.client.get(CASE)

    assert answered.status_code == 401
    assert answered.json()["type"] == "/problems/invalid-token"


def test_a_case_of_others_is_answered_as_one_that_is_not_there(api: Served) -> None:
    api.has("manager", role="officer")

    of_others = api.get("manager", CASE)
    absent = api.get("manager", "/v1/cases/00000000-0000-4000-8000-000000000000")

    assert of_others.status_code == absent.status_code == 404
    assert of_others.json() == absent.json()


def test_what_changed_between_two_days_is_told(api: Served) -> None:
    told = api.get("officer", f"{CASE}/changes", params={"from": "2024-03-05", "to": "2024-03-13"})

    assert told.status_code == 200
    assert [each["type"] for each in told.json()["added"]] == ["Reclassified"]
    (state,) = told.json()["rows"]["case_state"]
    assert "classification" in state["columns"]
    assert state["before"]["classification"] == "asb"
    assert state["after"]["classification"] == "adult"


def test_days_the_wrong_way_round_are_refused(api: Served) -> None:
    told = api.get("officer", f"{CASE}/changes", params={"from": "2024-03-05", "to": "2024-03-01"})

    assert (told.status_code, told.json()["type"]) == (422, "/problems/invalid-parameter")


def test_a_reader_may_wait_for_what_they_wrote(api: Served) -> None:
    position = api.context.read_store.progress([case_state])[0].head

    assert api.get("officer", CASE, params={"wait_for": position}).status_code == 200


def test_a_reader_does_not_wait_for_ever(api: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_own_writes, "LONGEST_WAIT_SECONDS", 0.0)

    waited = api.get("officer", CASE, params={"wait_for": 10_000})

    assert (waited.status_code, waited.json()["type"]) == (409, "/problems/not-yet")


def test_what_was_shown_before_is_shown_anew_once_the_case_moves_on(api: Served) -> None:
    def told() -> list[str]:
        return [row["type"] for row in api.get("officer", f"{CASE}/timeline").json()["timeline"]]

    assert told() == told()
    api.guarded.tells(reclassified("2024-03-20", from_="adult", to="domestic-abuse"))

    behind = api.get("officer", f"{CASE}/timeline").json()
    assert (behind["version"], behind["missing"], len(behind["timeline"])) == (5, 1, 4)
    api.catch_up()
    assert told()[-1] == "Reclassified"
    assert len(told()) == 5


def test_what_was_shown_before_is_not_shown_to_who_may_not_see_it(api: Served) -> None:
    api.has("manager", role="officer")
    assert api.get("officer", f"{CASE}/timeline").status_code == 200

    assert api.get("manager", f"{CASE}/timeline").status_code == 404


def test_an_address_names_all_its_methods_wherever_they_are_answered(api: Served) -> None:
    listed = api.client.put("/v1/cases")
    searched = api.get("officer", "/v1/cases/search")

    assert (listed.status_code, listed.headers["allow"]) == (405, "GET, POST")
    assert (searched.status_code, searched.headers["allow"]) == (405, "POST")


def test_no_address_is_sent_back_to_who_asks_with_a_slash_too_many(api: Served) -> None:
    answered = api.get("officer", f"{CASE}/")

    assert answered.status_code == 404
    assert "location" not in answered.headers


def test_requests_are_measured_by_the_template_that_the_description_has(api: Served) -> None:
    api.get("officer", f"{CASE}/timeline")

    assert "/v1/cases/{case_id}/timeline" in api.client.get("/v1/openapi.json").json()["paths"]
    assert 'route="/v1/cases/{case_id}/timeline"' in api.client.get("/metrics").text
