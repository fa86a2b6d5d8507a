"""Safeguarding and privacy officers are told of what was opened only if they are told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.access import PERMITS, Duty
from domain.identity import case_id_of
from tests.support.api import CASE, Served, served
from tests.support.stories import (
    CASE_REF,
    case_allocated,
    case_opened,
    case_restricted,
    incident_reported,
)

NOTICES = "/v1/notices"
ELSEWHERE_REF = "asb:2024-0118"
ELSEWHERE = f"/v1/cases/{case_id_of(ELSEWHERE_REF)}"
AUDIT = {"Access-Purpose": "audit", "Access-Reason": "A complaint."}


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        for ref, authority in ((CASE_REF, "E09000001"), (ELSEWHERE_REF, "E09000002")):
            found.guarded.tells(
                incident_reported(),
                case_opened(authority=authority),
                case_allocated(lead="staff:officer"),
                case_ref=ref,
            )
        for name in ("officer", "privacy", "manager"):
            found.has(name)
        found.has("safeguarding", areas=("E09000001",))
        found.catch_up()
        yield found


def told(api: Served, who: str, **asked: Any) -> dict[str, Any]:
    answered = api.get(who, NOTICES, params=asked)
    assert answered.status_code == 200, answered.text
    page: dict[str, Any] = answered.json()
    return page


def kinds(page: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["staff"], each["action"], each["case_ref"]) for each in page["entries"]]


def test_what_a_privacy_officer_reads_is_told_at_once_and_what_others_read_is_not(
    api: Served,
) -> None:
    assert told(api, "safeguarding")["entries"] == []
    assert api.get("officer", CASE).status_code == 200
    assert api.get("privacy", CASE, headers=AUDIT).status_code == 200

    for who in ("safeguarding", "privacy"):
        assert kinds(told(api, who)) == [("staff:privacy", "read", CASE_REF)]
    (entry,) = told(api, "safeguarding")["entries"]
    assert (entry["purpose"], entry["rules"]) == ("audit", ["privacy-read"])


def test_breaking_the_glass_is_told(api: Served) -> None:
    said = {"ground": "visit-under-way", "reason": "Shouting behind the door."}
    assert api.post("manager", f"{CASE}/break-glass", json=said).status_code == 200

    assert kinds(told(api, "safeguarding")) == [("staff:manager", "break-glass", CASE_REF)]


@pytest.mark.parametrize("who", ["safeguarding", "privacy"])
def test_breaking_the_glass_of_a_case_that_is_closed_to_reviewers_is_told_with_why(
    api: Served, who: str
) -> None:
    named = case_restricted(named=("staff:sg-09",), owner="staff:sg-09")
    assert api.guarded.own(named, ELSEWHERE_REF).outcome == "accepted"
    said = {"ground": "life-at-risk", "reason": "Screams are heard behind the door."}
    assert api.post("manager", f"{ELSEWHERE}/break-glass", json=said).status_code == 200

    assert api.get(who, ELSEWHERE, headers=AUDIT).status_code == 404
    (entry,) = told(api, who)["entries"]
    assert (entry["staff"], entry["in_emergency"]) == ("staff:manager", True)
    assert "Screams are heard" in entry["reason"]


def test_what_was_refused_is_no_notice(api: Served) -> None:
    assert api.get("privacy", CASE).status_code == 404  # without saying what for

    assert told(api, "safeguarding")["entries"] == []


def test_nobody_is_told_of_a_case_that_they_may_not_see(api: Served) -> None:
    assert api.get("privacy", ELSEWHERE, headers=AUDIT).status_code == 200
    assert api.get("privacy", CASE, headers=AUDIT).status_code == 200
    assert kinds(told(api, "safeguarding")) == [("staff:privacy", "read", CASE_REF)]
    assert len(told(api, "privacy")["entries"]) == 2

    api.guarded.own(case_restricted(named=("staff:sg-09",), owner="staff:sg-09"))

    assert told(api, "safeguarding")["entries"] == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_leave_nothing_out_and_repeat_nothing(api: Served, limit: int) -> None:
    for path in (CASE, f"{CASE}/risk", ELSEWHERE, f"{CASE}/people", ELSEWHERE):
        assert api.get("privacy", path, headers=AUDIT).status_code == 200
    whole = told(api, "safeguarding")["entries"]

    page = told(api, "safeguarding", limit=limit)
    found = page["entries"]
    while page["next"]:
        page = told(api, "safeguarding", limit=limit, before=page["next"])
        found += page["entries"]

    assert found == whole
    assert len(found) == 3


@pytest.mark.parametrize("who", ["officer", "manager", "administrator"])
def test_others_are_not_told(api: Served, who: str) -> None:
    assert api.get(who, NOTICES).status_code == 403


def test_every_permit_that_others_are_told_of_is_looked_for_by_an_index(api: Served) -> None:
    rules = sorted(each.id for each in PERMITS if Duty.NOTIFY in each.duties)
    with psycopg.connect(api.guarded.feed.url, autocommit=True) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute(
            "EXPLAIN SELECT * FROM case_timeline.access_record WHERE permitted"
            f" AND rules && '{{{','.join(rules)}}}'::text[] AND id < 9 ORDER BY id DESC LIMIT 9"
        ).fetchall()
    assert "access_record_notice_idx" in str(plan)
