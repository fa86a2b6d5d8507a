"""Who read a case is told to those who oversee that, and everyone what they read themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.identity.demo import DEMO_URL
from domain.identity import case_id_of
from domain.streams import access_stream_of
from tests.support.access import LANDLORD
from tests.support.api import CASE, Served, served
from tests.support.stories import (
    CASE_REF,
    case_allocated,
    case_opened,
    export_produced,
    glass_broken,
    incident_reported,
    record_accessed,
    review_access_granted,
    role_revoked,
)

LOG = f"{CASE}/access-log"
OWN = "/v1/me/access-log"
ABSENT = "/v1/cases/00000000-0000-4000-8000-000000000000"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported("2024-03-01"),
            case_opened("2024-03-02", authority="E09000001"),
            case_allocated("2024-03-03", lead="staff:officer"),
        )
        found.has("officer")
        found.has("privacy")
        found.catch_up()
        yield found


def log(api: Served, who: str = "privacy", path: str = LOG, **asked: Any) -> Any:
    answered = api.get(who, path, params=asked)
    assert answered.status_code == 200, answered.text
    return answered.json()


def pages(api: Served, who: str, path: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    """Every page, one after the other."""
    page = log(api, who, path, limit=limit)
    yield page["entries"]
    while page["next"]:
        page = log(api, who, path, limit=limit, before=page["next"])
        yield page["entries"]


def problem(answered: httpx.Response) -> tuple[int, str]:
    return answered.status_code, answered.json()["type"].removeprefix("/problems/")


class TestOfACase:
    def test_tells_who_asked_for_what_and_why_the_latest_first(self, api: Served) -> None:
        api.get("officer", f"{CASE}/timeline", headers={"Access-Reason": "Visit tomorrow."})
        api.has("manager", role="officer")
        api.get("manager", f"{CASE}/risk")

        asked, denied, read = log(api)["entries"]

        assert (asked["staff"], asked["action"]) == ("staff:privacy", "read-access-log")
        assert (denied["staff"], denied["permitted"]) == ("staff:manager", False)
        assert (read["staff"], read["part"], read["reason"]) == (
            "staff:officer",
            "timeline",
            "Visit tomorrow.",
        )
        assert read["principal"] == f"{DEMO_URL}|officer"
        assert read["rules"] == ["officer-read"]
        assert "session" not in read

    def test_tells_what_other_systems_told_too(self, api: Served) -> None:
        stream = access_stream_of(CASE_REF)
        api.guarded.tells(record_accessed(), export_produced(), case_ref=stream)
        api.guarded.feed.clock.goes(hours=1)
        api.get("officer", CASE)

        entries = log(api)["entries"]

        assert [(each["action"], each["source"]) for each in entries] == [
            ("read-access-log", "urn:case-timeline"),
            ("read", "urn:case-timeline"),
            ("export", "urn:cromwood:asb"),
            ("read", "urn:cromwood:asb"),
        ]
        assert entries[2]["recipient"] == "Safeguarding Adults Board"

    def test_tells_what_went_by_breaking_the_glass(self, api: Served) -> None:
        api.has("manager", role="officer")
        actor = {"id": "staff:manager", "role": "Officer", "organisation": "Cromwood Homes"}
        api.guarded.own(glass_broken(until="2026-01-05T10:00:00Z", actor=actor))
        api.get("manager", CASE)

        assert [each["in_emergency"] for each in log(api)["entries"]] == [False, True]

    @pytest.mark.parametrize("limit", [1, 2, 3, 5, 7, 100])
    def test_pages_leave_nothing_out_and_repeat_nothing(self, api: Served, limit: int) -> None:
        for hour in range(4):
            api.get("officer", CASE)
            api.get("officer", f"{CASE}/risk")
            noted = record_accessed(reason=f"Elsewhere {hour}.")
            api.guarded.tells(noted, case_ref=access_stream_of(CASE_REF))
            api.guarded.feed.clock.goes(hours=1)

        found = list(pages(api, "privacy", LOG, limit))

        assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)
        read = [each for page in found for each in page if each["action"] == "read"]
        assert len(read) == 12
        assert [each["at"] for each in read] == sorted((each["at"] for each in read), reverse=True)
        elsewhere = [each["reason"] for each in read if each["source"] != "urn:case-timeline"]
        assert elsewhere == [f"Elsewhere {hour}." for hour in (3, 2, 1, 0)]

    def test_reading_it_is_on_record_itself(self, api: Served) -> None:
        log(api)

        record = api.guarded.records()[-1]
        assert (record["action"], record["part"]) == ("read-access-log", "access-log")

    def test_a_reviewer_reads_that_of_the_cases_granted_to_them(self, api: Served) -> None:
        api.has("reviewer")
        assert api.get("reviewer", LOG).status_code == 404
        granted = review_access_granted(
            principal=f"{DEMO_URL}|reviewer", valid_until="2026-12-31T00:00:00Z"
        )
        api.guarded.own(granted, LANDLORD)

        assert api.get("reviewer", LOG).status_code == 200

    @pytest.mark.parametrize("who", ["officer", "manager", "administrator", "analyst"])
    def test_others_are_answered_as_if_there_were_no_case(self, api: Served, who: str) -> None:
        if who != "officer":
            api.has(who)

        denied, absent = api.get(who, LOG), api.get(who, f"{ABSENT}/access-log")

        assert problem(denied) == problem(absent) == (404, "not-found")
        assert denied.json() == absent.json()

    @pytest.mark.parametrize(
        "asked", [{"limit": 0}, {"limit": 501}, {"before": "1"}, {"before": "0.0"}, {"limit": "x"}]
    )
    def test_a_page_that_cannot_be_is_refused(self, api: Served, asked: dict[str, Any]) -> None:
        assert problem(api.get("privacy", LOG, params=asked)) == (422, "invalid-parameter")


class TestOfOneself:
    def test_tells_what_one_asked_for_and_nobody_else(self, api: Served) -> None:
        api.get("officer", CASE)
        api.get("privacy", CASE, headers={"Access-Purpose": "audit"})

        (entry,) = log(api, "officer", OWN)["entries"]

        assert (entry["staff"], entry["case_ref"]) == ("staff:officer", CASE_REF)

    def test_of_what_was_denied_it_tells_no_more_than_that(self, api: Served) -> None:
        api.has("manager", role="officer")
        api.get("manager", CASE)
        api.get("manager", ABSENT)

        absent, of_others = log(api, "manager", OWN)["entries"]

        assert of_others["case_id"] == str(case_id_of(CASE_REF))
        assert absent["permitted"] is False
        assert of_others | {"case_id": None, "at": None} == absent | {"case_id": None, "at": None}

    def test_pages_leave_nothing_out(self, api: Served) -> None:
        for _ in range(5):
            api.get("officer", CASE)
            api.guarded.feed.clock.goes(minutes=1)

        found = list(pages(api, "officer", OWN, 2))

        assert [len(page) for page in found] == [2, 2, 1]

    def test_needs_no_role(self, api: Served) -> None:
        api.get("manager", CASE)

        assert len(log(api, "manager", OWN)["entries"]) == 1

    def test_needs_a_token(self, api: Served) -> None:
        for path in (OWN, "/v1/me", LOG):
            assert problem(api.client.get(path)) == (401, "invalid-token")


class TestWhatIsGrantedToOneself:
    def test_tells_the_roles_that_are_in_force(self, api: Served) -> None:
        api.has("manager", areas=("E09000001",), valid_until="2026-01-05T10:00:00Z")
        gone = api.has("manager", role="analyst")
        api.guarded.own(role_revoked(grant_id=gone), LANDLORD)

        told = api.get("manager", "/v1/me").json()

        assert told == {
            "principal": f"{DEMO_URL}|manager",
            "staff": ["staff:manager"],
            "roles": [
                {
                    "role": "manager",
                    "label": "Manager",
                    "areas": ["E09000001"],
                    "publishes": None,
                    "until": "2026-01-05T10:00:00Z",
                }
            ],
            "reviews": [],
        }
        api.guarded.feed.clock.goes(hours=1, seconds=1)
        assert api.get("manager", "/v1/me").json()["roles"] == []

    def test_tells_the_cases_granted_for_a_review(self, api: Served) -> None:
        granted = review_access_granted(
            principal=f"{DEMO_URL}|reviewer",
            valid_until="2026-12-31T00:00:00Z",
            scope_from="2024-01-01",
        )
        api.guarded.own(granted, LANDLORD)

        (review,) = api.get("reviewer", "/v1/me").json()["reviews"]

        assert review == {
            "cases": [str(case_id_of(CASE_REF))],
            "scope_from": "2024-01-01",
            "scope_to": None,
            "until": "2026-12-31T00:00:00Z",
        }

    def test_of_someone_nobody_knows_it_is_empty(self, api: Served) -> None:
        told = api.get("manager", "/v1/me").json()

        assert (told["staff"], told["roles"], told["reviews"]) == ([], [], [])
