"""Lists over HTTP beside the register: flags, figures, people and properties."""

import csv
import io
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.read_store.kpi import Period, ScopedFigure
from domain.identity import case_id_of
from services.api.lists.formats import as_csv
from services.api.lists.small_numbers import held_back
from tests.support.access import LANDLORD
from tests.support.api import Served, served
from tests.support.stories import (
    action_agreed,
    case_allocated,
    case_opened,
    case_restricted,
    concern_raised,
    conflict_declared,
    incident_reported,
    person_involved,
    records_merged,
)

HERE, ELSEWHERE = "E09000001", "E09000002"
HOME = "uprn:100012345678"
YEAR = {"period": "year", "day": "2024-06-01"}


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Six cases here, of which the officer has two, and one elsewhere."""
    with served(database_url, tmp_path) as found:
        for number in range(1, 8):
            found.guarded.tells(
                incident_reported(f"2024-01-0{number}", property_ref=HOME),
                case_opened(
                    authority=HERE if number < 7 else ELSEWHERE, initial_classification="adult"
                ),
                case_allocated(lead="staff:officer" if number < 3 else "staff:other"),
                concern_raised(),
                person_involved(person="person:7", name="Ada Okafor"),
                action_agreed(action_id="A1", owner="staff:officer", due="2024-04-01"),
                case_ref=ref(number),
            )
        found.has("officer")
        found.has("safeguarding", areas=(HERE,))
        found.has("analyst")
        found.catch_up()
        yield found


def ref(number: int) -> str:
    return f"asb:2024-{number:04}"


def told(answered: httpx.Response) -> list[str]:
    assert answered.status_code == 200, answered.text
    return [row["case_ref"] for row in answered.json()["items"]]


def restrict(api: Served, number: int) -> None:
    restricted = case_restricted(named=("staff:other",), owner="staff:other")
    assert api.guarded.own(restricted, ref(number)).outcome == "accepted"


def test_flags_are_listed_for_the_cases_that_are_theirs(api: Served) -> None:
    assert set(told(api.get("officer", "/v1/attention"))) == {ref(1), ref(2)}
    of_area = set(told(api.get("safeguarding", "/v1/attention", params={"limit": 100})))
    assert of_area == {ref(number) for number in range(1, 7)}
    assert told(api.get("analyst", "/v1/attention")) == []


def test_flags_come_page_by_page_the_most_urgent_first(api: Served) -> None:
    whole = api.get("safeguarding", "/v1/attention", params={"limit": 100}).json()["items"]
    met: list[dict[str, Any]] = []
    cursor = None
    while True:
        asked = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = api.get("safeguarding", "/v1/attention", params=asked).json()
        met += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(whole) > 4
    assert met == whole
    urgency = [(row["effect"] != "stop", row["due_at"]) for row in whole]
    assert urgency == sorted(urgency)


def test_flags_are_filtered_by_rule_owner_and_state(api: Served) -> None:
    some = api.get("officer", "/v1/attention").json()["items"][0]
    for name in ("rule", "owner", "state"):
        asked = {name: some[name]}
        found = api.get("officer", "/v1/attention", params=asked).json()["items"]
        assert some in found
        assert {row[name] for row in found} == {some[name]}
    nobody = api.get("officer", "/v1/attention", params={"owner": "staff:nobody"})
    assert told(nobody) == []


def test_a_case_that_was_restricted_a_moment_ago_raises_no_flag_for_others(api: Served) -> None:
    restrict(api, 1)

    assert set(told(api.get("officer", "/v1/attention"))) == {ref(2)}


def test_figures_are_read_by_those_who_may_and_the_small_ones_by_nobody(api: Served) -> None:
    refused = api.get("officer", "/v1/kpis", params=YEAR)
    assert refused.status_code == 403
    assert refused.json()["rule"] == "nothing-permits"

    of_all = _figures(api.get("analyst", "/v1/kpis", params=YEAR))
    here = _figures(api.get("analyst", "/v1/kpis", params=YEAR | {"authority": HERE}))
    elsewhere = _figures(api.get("analyst", "/v1/kpis", params=YEAR | {"authority": ELSEWHERE}))

    assert of_all["new_cases", ""]["value"] == 7
    # One elsewhere is too few to be told, and the total less those here would tell it.
    for line in (here["new_cases", ""], elsewhere["new_cases", ""]):
        assert (line["value"], line["facts"], line["held_back"]) == (None, None, True)


def _figures(answered: httpx.Response) -> dict[tuple[str, str], dict[str, Any]]:
    assert answered.status_code == 200, answered.text
    return {(line["figure"], line["dimension"]): line for line in answered.json()["items"]}


def test_a_period_is_told_by_any_day_in_it(api: Served) -> None:
    asked = {"period": "financial-year", "day": "2024-03-31"}
    answered = api.get("analyst", "/v1/kpis", params=asked).json()

    assert (answered["starts_on"], answered["ends_on"]) == ("2023-04-01", "2024-03-31")
    now = api.get("analyst", "/v1/kpis").json()
    assert (now["starts_on"], now["ends_on"]) == ("2026-01-01", "2026-01-31")


def test_of_the_cases_behind_a_figure_each_is_shown_their_own(api: Served) -> None:
    restrict(api, 6)
    behind = "/v1/kpis/new_cases/cases"

    seen = told(api.get("safeguarding", behind, params=YEAR))
    assert sorted(seen) == [ref(number) for number in range(1, 6)]
    assert told(api.get("analyst", behind, params=YEAR)) == []
    assert api.get("officer", behind, params=YEAR).status_code == 403
    assert api.get("analyst", "/v1/kpis/nothing/cases", params=YEAR).status_code == 404
    shown = {record["case_ref"] for record in api.guarded.records() if record["action"] == "list"}
    assert shown == set(seen)


def test_the_cases_behind_a_figure_come_page_by_page(api: Served) -> None:
    behind = "/v1/kpis/new_cases/cases"
    asked = YEAR | {"limit": "4"}
    first = api.get("safeguarding", behind, params=asked)
    second = api.get("safeguarding", behind, params=asked | {"cursor": first.json()["next"]})

    assert sorted(told(first) + told(second)) == [ref(number) for number in range(1, 7)]
    assert second.json()["next"] is None


def test_facts_that_are_alike_are_each_told_on_pages_of_one(api: Served) -> None:
    people = [
        person_involved("2024-01-09", person=f"person:{name}", role="alleged-perpetrator")
        for name in ("one", "two", "three")
    ]
    api.guarded.tells(
        incident_reported("2024-01-08"),
        case_opened("2024-01-08", authority=HERE, initial_classification="asb"),
        *people,
        case_ref=ref(9),
    )
    api.catch_up()
    behind, asked = "/v1/kpis/asb_re_roled/cases", YEAR | {"limit": 1}
    found = []
    page = api.get("safeguarding", behind, params=asked)
    while told(page):
        found += told(page)
        following = page.json()["next"]
        if following is None:
            break
        page = api.get("safeguarding", behind, params=asked | {"cursor": following})
    assert found == [ref(9)] * 3


def test_a_made_up_cursor_is_refused_whatever_is_in_it(api: Served) -> None:
    place = ["kpi-cases", ["2024-01-08", str(case_id_of(ref(9))), "\0", "", 1]]
    cursor = urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")
    params = YEAR | {"cursor": cursor}
    assert api.get("analyst", "/v1/kpis/new_cases/cases", params=params).status_code == 422


def test_the_benchmark_and_a_scorecard_hold_back_small_numbers(api: Served) -> None:
    benchmark = api.get("analyst", "/v1/benchmark", params={"year": 2024}).json()["items"]
    assert {line["scope"] for line in benchmark} == {"all", "authority"}
    assert all(line["is_suppressed"] for line in benchmark if line["authority"] == ELSEWHERE)

    where = f"/v1/authorities/{HERE}/scorecard"
    scorecard = api.get("analyst", where, params=YEAR)
    lines = _figures(scorecard)
    assert ("actions_late", "") in lines
    assert {figure for figure, _ in lines}.isdisjoint({"new_cases"})
    by_reference = api.get("analyst", f"/v1/authorities/authority:{HERE}/scorecard", params=YEAR)
    # Nothing counts these yet, so that each answer is counted for itself.
    one, other = ({**each.json(), "counted_at": None} for each in (by_reference, scorecard))
    assert one == other
    assert api.get("officer", where).status_code == 403


def test_a_person_is_shown_over_the_cases_that_are_theirs_to_see(api: Served) -> None:
    api.guarded.tells(records_merged(survivor="person:7", retired="person:old"), case_ref=ref(1))
    api.guarded.tells(person_involved(person="person:old"), case_ref=ref(3))
    api.catch_up()

    answered = api.get("officer", "/v1/people/person:7")
    assert set(told(answered)) == {ref(1), ref(2)}
    assert "person:old" in answered.json()["references"]
    of_area = set(told(api.get("safeguarding", "/v1/people/person:old")))
    assert of_area == {ref(number) for number in range(1, 7)}


def test_a_person_of_others_is_answered_as_one_who_is_not_there(api: Served) -> None:
    api.guarded.tells(person_involved(person="person:8"), case_ref=ref(7))
    api.catch_up()

    of_others = api.get("officer", "/v1/people/person:8")
    absent = api.get("officer", "/v1/people/person:nobody")

    assert of_others.status_code == absent.status_code == 404
    assert of_others.json() == absent.json()


def test_a_conflict_with_a_person_closes_their_history(api: Served) -> None:
    declared = conflict_declared(staff="staff:officer", person="person:7")
    assert api.guarded.own(declared, LANDLORD).outcome == "accepted"

    assert api.get("officer", "/v1/people/person:7").status_code == 404
    assert told(api.get("officer", "/v1/cases")) == []
    assert told(api.get("officer", "/v1/attention")) == []


def test_a_property_is_looked_for_in_the_body_and_its_place_stays_masked(api: Served) -> None:
    restrict(api, 2)
    for sought in (HOME, HOME.removeprefix("uprn:")):
        found = api.post("officer", "/v1/properties/search", json={"property": sought})
        assert told(found) == [ref(1)]
        (row,) = found.json()["items"]
        assert (row["place"], row["property_ref"]) == (None, None)
        assert HOME.removeprefix("uprn:") not in found.text
    nothing = api.post("officer", "/v1/properties/search", json={"property": "uprn:1"})
    assert told(nothing) == []


def test_what_was_shown_in_lists_is_on_record(api: Served) -> None:
    api.get("officer", "/v1/people/person:7", headers={"Access-Purpose": "case-work"})

    records = api.guarded.records()
    assert {record["case_ref"] for record in records} == {ref(1), ref(2)}
    assert {(record["action"], record["purpose"]) for record in records} == {("list", "case-work")}


def test_every_list_comes_as_csv_with_its_columns(api: Served) -> None:
    for name, path in (
        ("officer", "/v1/attention"),
        ("analyst", "/v1/kpis?period=year&day=2024-06-01"),
        ("analyst", "/v1/benchmark?year=2024"),
        ("officer", "/v1/people/person:7"),
    ):
        rows = api.get(name, path).json()["items"]
        answered = api.get(name, path, headers={"Accept": "text/csv"})
        read = list(csv.DictReader(io.StringIO(answered.text)))
        assert len(read) == len(rows) > 0
        assert set(read[0]) == set(rows[0])


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\uff1d1", "=cmd|' /C calc'!A0"],
)
def test_no_text_begins_a_formula(text: str) -> None:
    line = as_csv(["told"], [{"told": text}, {"told": [text, "x"]}])

    cells = [row["told"] for row in csv.DictReader(io.StringIO(line, newline=""))]
    assert cells == [f"'{text}", f"'{text}; x"]


def test_numbers_and_what_is_made_of_parts_read_as_they_are() -> None:
    line = as_csv(["a", "b", "c", "d"], [{"a": -1.5, "b": None, "c": True, "d": [{"x": "=1"}]}])

    assert line == 'a,b,c,d\r\n-1.5,,true,"[{""x"":""=1""}]"\r\n'


def figure(dimension: str, facts: int, authority: str | None = None) -> ScopedFigure:
    scope = "authority" if authority else "all"
    return ScopedFigure("new_cases", dimension, scope, authority, float(facts), facts)


def test_the_smallest_other_part_is_held_back_with_a_small_one() -> None:
    parts = [figure("adult", 40), figure("child", 2), figure("hoarding", 9)]

    assert {key[1] for key in held_back(parts)} == {"child", "hoarding"}


def test_nothing_is_held_back_where_nothing_is_small() -> None:
    assert (
        held_back([figure("", 40), figure("", 5, HERE), figure("", 35, ELSEWHERE)]) == frozenset()
    )


@pytest.mark.parametrize(
    ("kind", "begins", "ends"),
    [
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
        ("financial-year", date(2023, 4, 1), date(2024, 3, 31)),
    ],
)
def test_a_period_lies_around_any_day_in_it(kind: str, begins: date, ends: date) -> None:
    for day in (date(2024, 2, 29), date(2024, 2, 1)):
        assert Period.around(kind, day) == Period(kind, begins, ends)
