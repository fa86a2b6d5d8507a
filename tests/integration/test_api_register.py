"""The register over HTTP: filters, orders and pages, of those cases that whoever asks may see."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.identity.demo import DEMO_URL
from domain.identity import case_id_of
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.stories import (
    Told,
    case_allocated,
    case_closed,
    case_opened,
    case_restricted,
    conflict_declared,
    incident_reported,
    person_involved,
    reclassified,
    review_access_granted,
    risk_assessed,
)

HERE, ELSEWHERE = "E09000001", "E09000002"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Cases of two authorities: 1 to 3 of the officer, 3 closed, 4 and 5 of others."""
    with served(database_url, tmp_path) as found:
        for number in range(1, 6):
            found.guarded.tells(
                incident_reported(f"2024-01-0{number}"),
                case_opened(authority=HERE if number < 5 else ELSEWHERE),
                case_allocated(lead="staff:officer" if number < 4 else "staff:other"),
                case_ref=ref(number),
            )
        found.guarded.tells(reclassified(from_="asb", to="adult"), case_ref=ref(2))
        found.guarded.tells(risk_assessed(level="high"), case_ref=ref(1))
        found.guarded.tells(case_closed(), case_ref=ref(3))
        found.has("officer")
        found.has("safeguarding", areas=(HERE,))
        found.catch_up()
        yield found


def ref(number: int) -> str:
    return f"asb:2024-{number:04}"


def refs(told: dict[str, Any]) -> list[str]:
    return [row["case_ref"] for row in told["items"]]


def restricted_to(staff: str) -> Told:
    return case_restricted(named=(staff,), owner=staff)


def granted_to_review(*cases: str) -> Told:
    until = "2027-12-31T00:00:00Z"
    return review_access_granted(principal=f"{DEMO_URL}|reviewer", cases=cases, valid_until=until)


def listed(api: Served, name: str, **asked: Any) -> list[str]:
    answered = api.get(name, "/v1/cases", params=asked)
    assert answered.status_code == 200, answered.text
    return refs(answered.json())


def found(api: Served, name: str, **asked: Any) -> list[str]:
    answered = api.post(name, "/v1/cases/search", json=asked)
    assert answered.status_code == 200, answered.text
    return refs(answered.json())


def test_an_officer_sees_the_cases_given_to_them_and_no_other(api: Served) -> None:
    assert listed(api, "officer") == [ref(3), ref(2), ref(1)]


def test_a_safeguarding_officer_sees_all_of_their_area(api: Served) -> None:
    assert listed(api, "safeguarding") == [ref(4), ref(3), ref(2), ref(1)]


def test_who_holds_no_role_sees_an_empty_register(api: Served) -> None:
    assert listed(api, "reviewer") == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"classification": "adult"}, [2]),
        ({"risk_level": "high"}, [1]),
        ({"status": "closed"}, [3]),
        ({"status": "open", "opened_to": "2024-01-02"}, [2, 1]),
        ({"opened_from": "2024-01-02", "opened_to": "2024-01-03"}, [3, 2]),
        ({"lead": "staff:other"}, [4]),
        ({"authority": HERE, "lead": "staff:officer"}, [3, 2, 1]),
        ({"authority": ELSEWHERE}, []),
    ],
)
def test_filters_keep_what_has_all_of_them(
    api: Served, asked: dict[str, str], expected: list[int]
) -> None:
    assert listed(api, "safeguarding", **asked) == list(map(ref, expected))


def test_the_register_is_sorted_by_what_is_asked_either_way(api: Served) -> None:
    by_reference = listed(api, "safeguarding", sort="case_ref", descending="false")
    recent = listed(api, "safeguarding", sort="last_recorded_at")

    assert by_reference == [ref(1), ref(2), ref(3), ref(4)]
    assert recent == listed(api, "safeguarding", sort="last_recorded_at", descending="false")[::-1]


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "lead"},
        {"limit": "101"},
        {"limit": "0"},
        {"cursor": "bm90IGEgY3Vyc29y"},
        {"cursor": "ÿ"},
        {"opened_from": "yesterday"},
        {"surname": "Smith"},
        {"lead": "a\0b"},
    ],
)
def test_what_cannot_be_asked_is_refused_without_being_echoed(
    api: Served, asked: dict[str, str]
) -> None:
    answered = api.get("officer", "/v1/cases", params=asked)

    assert answered.status_code == 422
    assert answered.json()["type"] == "/problems/invalid-parameter"
    assert "Smith" not in answered.text


def test_a_cursor_of_one_order_is_none_of_another(api: Served) -> None:
    page = api.get("officer", "/v1/cases", params={"limit": 1}).json()

    answered = api.get("officer", "/v1/cases", params={"cursor": page["next"], "sort": "case_ref"})

    assert answered.status_code == 422


def test_a_restricted_case_is_in_nothing_that_others_are_shown(api: Served) -> None:
    api.guarded.own(restricted_to("staff:other"), ref(2))
    api.catch_up()

    assert listed(api, "officer") == [ref(3), ref(1)]
    assert found(api, "safeguarding", reference="2024-0002") == []
    assert listed(api, "safeguarding", classification="adult") == []


def test_a_case_with_a_conflict_is_in_nothing_that_the_person_is_shown(api: Served) -> None:
    declared = conflict_declared(staff="staff:officer", person=None)
    assert api.guarded.own(declared, ref(2)).outcome == "accepted"
    api.catch_up()

    assert listed(api, "officer") == [ref(3), ref(1)]
    assert found(api, "officer", reference="0002") == []
    assert ref(2) in listed(api, "safeguarding")


def test_what_was_restricted_a_moment_ago_is_left_out_though_the_read_models_lag(
    api: Served,
) -> None:
    api.guarded.own(restricted_to("staff:other"), ref(2))

    first = api.get("officer", "/v1/cases", params={"limit": 2}).json()
    second = api.get("officer", "/v1/cases", params={"limit": 2, "cursor": first["next"]}).json()

    assert refs(first) == [ref(3), ref(1)]  # filled up: nobody can tell that one is missing
    assert (refs(second), second["next"]) == ([], None)


def test_a_search_finds_by_reference_and_by_person(api: Served) -> None:
    api.guarded.tells(person_involved(person="person:7", name="Ada Okafor"), case_ref=ref(1))
    api.guarded.tells(person_involved(person="person:7"), case_ref=ref(5))
    api.catch_up()

    assert found(api, "officer", reference="2024-0002") == [ref(2)]
    assert found(api, "officer", person="person:7") == [ref(1)]
    assert found(api, "officer", person="okafor") == [ref(1)]
    assert found(api, "officer", person="okafor", status="closed") == []


def test_a_reviewer_cannot_find_out_a_name_by_looking_for_it(api: Served) -> None:
    api.guarded.tells(person_involved(person="person:7", name="Ada Okafor"), case_ref=ref(1))
    api.has("reviewer")
    assert api.guarded.own(granted_to_review(ref(1)), LANDLORD).outcome == "accepted"
    api.catch_up()

    assert listed(api, "reviewer") == [ref(1)]
    sent = {"person": "Okafor", "limit": 1}
    by_name = api.post("reviewer", "/v1/cases/search", json=sent).json()
    by_another = api.post("reviewer", "/v1/cases/search", json=sent | {"person": "Smith"}).json()
    assert by_name == by_another == {"items": [], "next": None}


def test_each_case_that_was_shown_is_on_record_and_no_other(api: Served) -> None:
    listed(api, "officer", limit=2)

    records = api.guarded.records()
    assert {record["case_ref"] for record in records} == {ref(3), ref(2)}
    assert {record["action"] for record in records} == {"list"}


def test_what_identifies_nobody_is_shown_to_a_reviewer_and_the_lead_is_not(api: Served) -> None:
    api.has("reviewer")
    assert api.guarded.own(granted_to_review(ref(1)), LANDLORD).outcome == "accepted"

    (row,) = api.get("reviewer", "/v1/cases").json()["items"]

    assert (row["risk_level"], row["lead"], row["masked"]) == ("high", None, ["lead"])


def test_the_same_page_comes_as_csv_and_as_lines_of_json(api: Served) -> None:
    told = api.get("officer", "/v1/cases", params={"limit": 2})
    as_csv = api.get("officer", "/v1/cases", params={"limit": 2, "format": "csv"})
    lines = api.get(
        "officer", "/v1/cases", params={"limit": 2}, headers={"Accept": "application/x-ndjson"}
    )

    rows = told.json()["items"]
    assert [json.loads(line) for line in lines.text.splitlines()] == rows
    read = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert [row["case_ref"] for row in read] == [row["case_ref"] for row in rows]
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert as_csv.headers["next-cursor"] == told.json()["next"] == lines.headers["next-cursor"]


def test_a_form_that_there_is_not_is_refused(api: Served) -> None:
    answered = api.get("officer", "/v1/cases", headers={"Accept": "application/pdf"})

    assert answered.status_code == 406
    assert api.guarded.records() == []


def test_no_cell_of_a_download_is_a_formula(api: Served) -> None:
    api.guarded.tells(
        case_allocated("2024-06-01", lead="=HYPERLINK(1)", team=("staff:officer",)),
        case_ref=ref(1),
    )
    api.catch_up()

    answered = api.get("officer", "/v1/cases", params={"format": "csv", "opened_to": "2024-01-01"})

    (row,) = csv.DictReader(io.StringIO(answered.text))
    assert row["lead"] == "'=HYPERLINK(1)"


def test_what_the_client_has_already_is_not_sent_again(api: Served) -> None:
    first = api.get("officer", "/v1/cases")
    again = api.get("officer", "/v1/cases", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["vary"] == "Authorization, Accept"


_days = st.integers(1, 28)
_EARLIER: list[str] = []
"""The cases that earlier examples opened."""


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_paging_leaves_nothing_out_and_repeats_nothing_while_cases_come_in(
    api: Served, data: st.DataObject
) -> None:
    """What was there when the paging began is met once, whatever opens meanwhile, and when."""
    opened = _EARLIER
    limit = data.draw(st.integers(1, 4), label="limit")
    descending = data.draw(st.booleans(), label="descending")
    there = {*map(ref, (1, 2, 3)), *opened}
    met: list[str] = []
    cursor: str | None = None
    while True:
        asked = {"limit": limit, "descending": descending} | ({"cursor": cursor} if cursor else {})
        page = api.get("officer", "/v1/cases", params=asked).json()
        met += refs(page)
        cursor = page["next"]
        if cursor is None:
            break
        for day in data.draw(st.lists(_days, max_size=2), label="opened meanwhile"):
            opened.append(_comes_in(api, f"2024-01-{day:02}"))
        api.catch_up()

    assert len(met) == len(set(met))
    assert there <= set(met)


def _comes_in(api: Served, day: str) -> str:
    case_ref = f"asb:{uuid4()}"
    api.guarded.tells(
        incident_reported(day),
        case_opened(authority=HERE),
        case_allocated(lead="staff:officer"),
        case_ref=case_ref,
    )
    return case_ref


def test_rows_name_the_case_they_are_of(api: Served) -> None:
    answered = api.get("officer", "/v1/cases", params={"limit": 1}).json()

    (row,) = answered["items"]
    assert UUID(row["case_id"]) == case_id_of(row["case_ref"])
