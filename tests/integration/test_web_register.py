"""The register in a browser: what it lists and counts, and that no name is in an address."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest

from adapters.identity.demo import DEMO_URL
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.stories import (
    case_allocated,
    case_closed,
    case_opened,
    case_restricted,
    incident_reported,
    person_involved,
    reclassified,
    review_access_granted,
    risk_assessed,
)
from tests.support.web import signed_in

HERE, ELSEWHERE = "E09000001", "E09000002"
NAME = "Marigold Featherstone"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Cases of two authorities: 1 to 3 of the officer, 3 closed, 4 and 5 of others."""
    with served(database_url, tmp_path) as found:
        for number in range(1, 6):
            found.guarded.tells(
                incident_reported(f"2024-01-0{number}", property_ref=f"uprn:10000000000{number}"),
                case_opened(authority=HERE if number < 5 else ELSEWHERE),
                case_allocated(lead="staff:officer" if number < 4 else "staff:other"),
                case_ref=ref(number),
            )
        found.guarded.tells(reclassified(from_="asb", to="adult"), case_ref=ref(2))
        found.guarded.tells(risk_assessed(level="high"), case_ref=ref(1))
        found.guarded.tells(case_closed(), case_ref=ref(3))
        found.guarded.tells(person_involved(person="P-7", name=NAME), case_ref=ref(2))
        found.has("officer")
        found.has("safeguarding", areas=(HERE,))
        found.catch_up()
        yield found


def ref(number: int) -> str:
    return f"asb:2024-{number:04}"


def listed(page: httpx.Response) -> list[int]:
    """The cases of a page, by their numbers."""
    assert page.status_code == 200, page.text
    return [number for number in range(1, 10) if f">{ref(number)}</a>" in page.text]


def test_an_officer_finds_their_cases_and_how_many_they_are(api: Served) -> None:
    with signed_in(api, "officer") as officer:
        page = officer.get("/cases")

    assert listed(page) == [1, 2, 3]
    assert "3 cases" in page.text


def test_a_restricted_case_is_neither_listed_nor_counted_for_whoever_is_not_named(
    api: Served,
) -> None:
    api.guarded.own(case_restricted(named=("staff:officer",), owner="staff:officer"), ref(4))
    api.catch_up()

    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get("/cases")
        assert listed(page) == [1, 2, 3]
        assert "3 cases" in page.text


def test_a_case_restricted_a_moment_ago_is_gone_before_the_read_models_know(api: Served) -> None:
    api.guarded.own(case_restricted(named=("staff:officer",), owner="staff:officer"), ref(4))

    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get("/cases")
        assert listed(page) == [1, 2, 3]
        assert "3 cases" in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category=adult", [2]),
        ("risk=high", [1]),
        ("risk=none", [2, 3, 4]),
        ("risk=high&risk=none", [1, 2, 3, 4]),
        ("status=closed", [3]),
        ("status=open&opened_to=2024-01-02", [1, 2]),
        ("opened_from=2024-01-02&opened_to=2024-01-03", [2, 3]),
        ("authority=E09000001", [1, 2, 3, 4]),
        ("mine=lead", []),
        ("mine=nobody", []),
        ("reference=2024-0003", [3]),
        ("untouched=30", []),
    ],
)
def test_filters_keep_what_has_all_of_them(api: Served, query: str, expected: list[int]) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        assert listed(safeguarding.get(f"/cases?{query}")) == expected


def test_whoever_leads_finds_what_they_lead(api: Served) -> None:
    api.has("officer", staff="staff:other")
    with signed_in(api, "officer") as officer:
        assert listed(officer.get("/cases?mine=lead")) == [1, 2, 3, 4, 5]
    with signed_in(api, "safeguarding") as safeguarding:
        assert listed(safeguarding.get("/cases?mine=work")) == []


def test_what_was_left_empty_in_the_form_is_left_out_of_the_address(api: Served) -> None:
    sent = "mine=&risk=high&category=&opened_from.day=1&opened_from.month=jan&opened_from.year=2024"
    with signed_in(api, "safeguarding") as safeguarding:
        answer = safeguarding.get(f"/cases?{sent}&opened_to.day=&surname=Smith")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/cases?risk=high&opened_from=2024-01-01"


def test_a_chosen_filter_is_a_link_to_the_list_without_it(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get("/cases?status=open&risk=high")

    assert 'href="/cases?risk=high"' in page.text
    assert 'href="/cases?status=open"' in page.text


def test_a_day_that_is_none_is_told_and_nothing_is_left_out_for_it(api: Served) -> None:
    wrong = "opened_from.day=31&opened_from.month=2&opened_from.year=2024"
    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get(f"/cases?{wrong}")

    assert "<title>Error: Cases" in page.text
    assert 'href="#opened_from.' in page.text
    assert listed(page) == [1, 2, 3, 4]


def test_the_fields_of_the_filter_are_shown_to_who_has_to_put_one_right(api: Served) -> None:
    with signed_in(api, "officer") as officer:
        right = officer.get("/cases?opened_from=2025-02-03").text
        wrong = officer.get("/cases?opened_from=2025-02-31").text
    assert 'app-filter__fields">' in right
    assert 'app-filter__fields" open>' in wrong


@pytest.mark.parametrize(
    ("sort", "first", "last"), [("ref", 1, 4), ("-ref", 4, 1), ("opened", 1, 4), ("-risk", 1, 2)]
)
def test_a_header_sorts_all_of_the_list(api: Served, sort: str, first: int, last: int) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get(f"/cases?sort={sort}").text

    assert page.index(f">{ref(first)}<") < page.index(f">{ref(last)}<")
    assert page.count("aria-sort=") == 1


def test_who_is_looked_for_is_in_no_address(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        sent = safeguarding.post("/cases/search", data={"by": "person", "term": "featherstone"})
        assert sent.status_code == 303
        found = safeguarding.get(sent.headers["location"])

    assert "featherstone" not in sent.headers["location"].lower()
    assert listed(found) == [2]
    assert "Remove this filter:</span> featherstone" in found.text
    title = found.text.partition("<title>")[2].partition("</title>")[0]
    assert "featherstone" not in title.lower()


def test_a_name_in_place_of_a_reference_is_in_no_address_either(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        sent = safeguarding.post("/cases/search", data={"by": "reference", "term": NAME})
        assert set(parse_qs(urlsplit(sent.headers["location"]).query)) == {"search"}
        reference = safeguarding.post("/cases/search", data={"by": "reference", "term": ref(3)})
        assert listed(safeguarding.get(reference.headers["location"])) == [3]


def test_cases_are_found_by_the_property(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        sent = safeguarding.post("/cases/search", data={"by": "place", "term": "100000000004"})
        assert listed(safeguarding.get(sent.headers["location"])) == [4]


def test_nobody_sees_what_others_search_for(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding, signed_in(api, "officer") as officer:
        sent = safeguarding.post("/cases/search", data={"by": "person", "term": NAME})
        other = officer.get(sent.headers["location"])
        made_up = officer.get(f"/cases?search={uuid4()}")

    for page in (other, made_up):
        assert NAME not in page.text
        assert "The search in this address is over" in page.text
        assert listed(page) == [1, 2, 3]


def test_a_search_is_forgotten_when_the_day_is_over(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        sent = safeguarding.post("/cases/search", data={"by": "person", "term": NAME})
    api.guarded.feed.clock.goes(hours=12)
    with signed_in(api, "safeguarding") as safeguarding:
        assert NAME not in safeguarding.get(sent.headers["location"]).text


def test_a_reviewer_neither_finds_nor_counts_cases_by_who_is_in_them(api: Served) -> None:
    until = "2027-12-31T00:00:00Z"
    told = review_access_granted(
        principal=f"{DEMO_URL}|reviewer", cases=(ref(2),), valid_until=until
    )
    api.guarded.own(told, LANDLORD)
    api.has("reviewer")
    api.catch_up()

    with signed_in(api, "reviewer") as reviewer:
        assert listed(reviewer.get("/cases")) == [2]
        sent = reviewer.post("/cases/search", data={"by": "person", "term": NAME})
        page = reviewer.get(sent.headers["location"])
        assert listed(page) == []
        assert "0 cases" in page.text


def test_a_filter_is_kept_under_a_name_for_oneself_alone(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding, signed_in(api, "officer") as officer:
        kept = safeguarding.post(
            "/cases/saved", data={"name": "<b>Mine", "query": "status=open&search=x&page=2"}
        )
        assert kept.headers["location"] == "/cases?status=open"
        page = safeguarding.get("/cases").text
        assert 'href="/cases?status=open">&lt;b&gt;Mine</a>' in page
        assert "Mine</a>" not in officer.get("/cases").text
        safeguarding.post("/cases/saved/remove", data={"name": "<b>Mine"})
        assert "Mine</a>" not in safeguarding.get("/cases").text


def test_it_is_told_where_what_keeps_filters_does_not_answer(api: Served) -> None:
    with (
        signed_in(api, "officer") as officer,
        psycopg.connect(api.guarded.feed.url) as holding,
    ):
        holding.execute("LOCK TABLE case_timeline.saved_filter")
        away = officer.get("/cases")

    assert away.status_code == 503
    assert "Sorry, the service is unavailable" in away.text


def test_a_form_of_another_site_keeps_and_looks_for_nothing(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        foreign = {"Sec-Fetch-Site": "cross-site"}
        for path, data in (
            ("/cases/saved", {"name": "Theirs", "query": ""}),
            ("/cases/search", {"by": "person", "term": NAME}),
        ):
            assert safeguarding.post(path, data=data, headers=foreign).status_code == 403
        assert "Theirs" not in safeguarding.get("/cases").text


def test_pages_say_where_they_are(api: Served) -> None:
    for number in range(10, 32):
        api.guarded.tells(
            incident_reported("2024-02-01"), case_opened(authority=HERE), case_ref=ref(number)
        )
    api.catch_up()

    with signed_in(api, "safeguarding") as safeguarding:
        first = safeguarding.get("/cases").text
        last = safeguarding.get("/cases?page=99").text

    assert "Showing 1 to 20 of 26 cases" in first
    assert "<title>Cases (page 1 of 2)" in first
    assert "Showing 21 to 26 of 26 cases" in last
    assert "<title>Cases (page 2 of 2)" in last


def test_the_file_holds_what_the_filters_leave_and_no_formula(api: Served) -> None:
    api.guarded.tells(case_allocated(lead="=1+1"), case_ref=ref(4))
    api.catch_up()

    with signed_in(api, "safeguarding") as safeguarding:
        answer = safeguarding.get("/cases.csv?status=open&sort=ref")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["Case"] for row in rows] == [ref(1), ref(2), ref(4)]
    assert [row["Risk"] for row in rows] == ["High", "Not assessed", "Not assessed"]
    assert rows[2]["Lead"] == "'=1+1"


@pytest.mark.parametrize("name", ["analyst", "administrator"])
def test_whose_role_shows_no_cases_is_told_so(api: Served, name: str) -> None:
    api.has(name)
    with signed_in(api, name) as person:
        for path in ("/cases", "/cases.csv", "/actions", "/attention"):
            assert person.get(path).status_code == 403
