"""Who oversees access finds what was asked for, of the cases whose log they may read."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest

from domain.identity import case_id_of
from tests.support.api import CASE, Served, served
from tests.support.stories import case_allocated, case_opened, incident_reported
from tests.support.web import signed_in

OTHER = "asb:2024-0555"
NOBODY = "staff:nobody-at-all"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(database_url, tmp_path) as found:
        found.guarded.tells(
            incident_reported(), case_opened(), case_allocated(lead="staff:officer")
        )
        found.guarded.tells(incident_reported(), case_opened(), case_ref=OTHER)
        found.has("officer")
        found.has("privacy")
        found.catch_up()
        assert found.get("officer", f"{CASE}/timeline").status_code == 200
        yield found


@pytest.fixture
def privacy(api: Served) -> Iterator[httpx.Client]:
    with signed_in(api, "privacy") as client:
        yield client


def look(client: httpx.Client, **typed: str) -> httpx.Response:
    return client.post("/admin/access", data=typed)


def test_what_a_person_asked_for_is_found_without_their_name_in_an_address(
    privacy: httpx.Client,
) -> None:
    found = look(privacy, who="officer")
    assert found.status_code == 200
    assert "Read a case as it is now" in found.text
    assert f'href="/cases/{case_id_of("asb:2024-0117")}"' in found.text
    assert "?who" not in found.text
    assert "Nothing found that you may see" in look(privacy, who=NOBODY).text


def test_the_log_of_a_case_is_found_by_its_reference(privacy: httpx.Client) -> None:
    by_address = privacy.get("/admin/access", params={"case": "asb:2024-0117"}).text
    assert "staff:officer" in by_address
    assert "staff:officer" in look(privacy, case="asb:2024-0117").text
    for absent in (OTHER, "asb:1999-0001"):
        assert "staff:officer" not in look(privacy, case=absent).text


def test_a_day_is_looked_through_and_no_other(api: Served, privacy: httpx.Client) -> None:
    today = api.guarded.feed.clock().date()
    day = {"from.day": str(today.day), "from.month": str(today.month)}
    assert "staff:officer" in look(privacy, **day, **{"from.year": str(today.year)}).text
    assert "staff:officer" not in look(privacy, **day, **{"from.year": str(today.year - 1)}).text


def test_what_is_looked_for_can_be_taken_along_as_a_file(privacy: httpx.Client) -> None:
    answered = look(privacy, who="officer", **{"as": "csv"})
    (row,) = [each for each in csv.DictReader(StringIO(answered.text)) if each["action"] == "read"]
    assert answered.headers["content-type"].startswith("text/csv")
    assert (row["staff"], row["case_ref"], row["permitted"]) == (
        "staff:officer",
        "asb:2024-0117",
        "true",
    )


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"from.day": "31", "from.month": "2", "from.year": "2024"},
        {"from.day": "1", "from.month": "1", "from.year": "9" * 40},
        {"until.year": "9999", "until.day": "31", "until.month": "12"},
        {"from.day": "1", "from.month": "1", "from.year": "2024"}
        | {"until.day": "1", "until.month": "1", "until.year": "2023"},
        {"from.day": "1", "from.month": "1", "from.year": "2023"}
        | {"until.day": "1", "until.month": "1", "until.year": "2024"},
    ],
)
def test_what_cannot_be_looked_for_is_said_where_it_was_typed(
    privacy: httpx.Client, typed: dict[str, str]
) -> None:
    answered = look(privacy, **typed)
    assert answered.status_code == 422
    assert "<title>Error: " in answered.text
    assert "There is a problem" in answered.text


def test_pages_go_on_where_the_one_before_ended(api: Served, privacy: httpx.Client) -> None:
    for _ in range(60):
        assert api.get("officer", f"{CASE}/timeline").status_code == 200
    first = look(privacy, who="officer").text
    assert first.count("<tr") == 51
    place = first.partition('name="before" value="')[2].partition('"')[0]
    rest = look(privacy, who="officer", before=place).text
    assert rest.count("<tr") == 12
    assert 'name="before"' not in rest


def test_of_cases_whose_log_one_may_not_read_nothing_is_found(api: Served) -> None:
    api.has("safeguarding", areas=("E09000033",))
    with signed_in(api, "safeguarding") as safeguarding:
        shown = look(safeguarding, who="officer")
    assert shown.status_code == 200
    assert "Read a case as it is now" not in shown.text


def test_what_privacy_officers_read_is_a_notice(api: Served, privacy: httpx.Client) -> None:
    empty = privacy.get("/admin/notices").text
    headers = {"Access-Purpose": "subject-access"}
    assert api.get("privacy", f"{CASE}/timeline", headers=headers).status_code == 200
    told = privacy.get("/admin/notices").text
    assert "No notices" in empty
    assert "staff:privacy" in told
    assert "Subject access request" in told
