"""Reports on pages: figures and the cases behind them, authorities, people and homes."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from domain.identity import case_id_of
from tests.support.api import Served, served
from tests.support.stories import (
    case_allocated,
    case_opened,
    concern_raised,
    incident_reported,
    person_involved,
)
from tests.support.web import signed_in

HERE, ELSEWHERE = "E09000001", "E09000002"
HOME = "uprn:100012345678"
NEW_CASES = "/reports/kpis/new_cases"
YEAR = "period=year&day=2024-06-01"


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Six cases here, of which the officer has two, and one elsewhere."""
    with served(database_url, tmp_path) as running:
        for number in range(1, 8):
            running.guarded.tells(
                incident_reported(f"2024-01-0{number}", property_ref=HOME),
                case_opened(
                    authority=HERE if number < 7 else ELSEWHERE, initial_classification="adult"
                ),
                case_allocated(lead="staff:officer" if number < 3 else "staff:other"),
                concern_raised(),
                person_involved(person="person:7", name="Ada Okafor"),
                case_ref=ref(number),
            )
        for name in ("officer", "analyst"):
            running.has(name)
        running.has("safeguarding", areas=(HERE,))
        running.catch_up()
        yield running


def ref(number: int) -> str:
    return f"asb:2024-{number:04}"


def cases_in(text: str) -> set[str]:
    return set(re.findall(r"asb:2024-000\d", text))


def test_figures_stand_side_by_side_and_small_ones_are_held_back(api: Served) -> None:
    with signed_in(api, "analyst") as analyst:
        overall = analyst.get(f"/reports/kpis?{YEAR}").text
        elsewhere = analyst.get(f"{NEW_CASES}?{YEAR}&authority={ELSEWHERE}").text
    assert "<svg" in overall
    row = overall.split(">New cases</a>")[1].split("</tr>")[0]
    assert re.findall(r"numeric\">(\w+)</td>", row) == ["0", "0", "7"]
    assert "Held back" in elsewhere


def test_a_figure_leads_to_the_cases_behind_it_that_are_theirs(api: Served) -> None:
    with signed_in(api, "safeguarding") as lead, signed_in(api, "analyst") as analyst:
        listed = unescape(lead.get(f"{NEW_CASES}?{YEAR}").text)
        (href,) = set(re.findall(rf'href="({NEW_CASES}/cases\?[^"]*)"', listed))
        behind = lead.get(href).text
        unlinked = analyst.get(f"{NEW_CASES}?{YEAR}").text
        nothing = analyst.get(href).text
    assert cases_in(behind) == {ref(number) for number in range(1, 7)}
    assert f"/cases/{case_id_of(ref(1))}" in behind
    assert "/cases?" not in unlinked
    assert cases_in(nothing) == set()


@pytest.mark.parametrize("path", ["/reports/kpis", NEW_CASES, f"{NEW_CASES}/cases", "/authorities"])
def test_who_may_read_no_figures_is_refused(api: Served, path: str) -> None:
    with signed_in(api, "officer") as officer:
        assert officer.get(path).status_code == 403


def test_a_figure_that_there_is_not_is_not_found(api: Served) -> None:
    with signed_in(api, "analyst") as analyst:
        assert analyst.get("/reports/kpis/nothing").status_code == 404
        assert analyst.get("/reports/kpis/nothing/cases").status_code == 404


def test_earlier_and_later_periods_follow_each_other(api: Served) -> None:
    with signed_in(api, "analyst") as analyst:
        text = unescape(analyst.get("/reports/kpis?period=quarter&day=2023-05-01").text)
        (later,) = re.findall(r'href="([^"]*)">Later periods', text)
        after = analyst.get(later).text
    assert "Apr to Jun 2023" in text
    assert "Jul to Sep 2023" not in text
    assert "Jul to Sep 2023" in after


def test_an_authority_has_a_scorecard_beside_all_of_them(api: Served) -> None:
    with signed_in(api, "analyst") as analyst:
        listed = unescape(analyst.get(f"/authorities?{YEAR}").text)
        (href,) = re.findall(rf'href="(/authorities/{HERE}[^"]*)"', listed)
        card = analyst.get(href)
        by_reference = analyst.get(href.replace(HERE, f"authority:{HERE}"))
        unknown = analyst.get("/authorities/E00000000")
    assert "All authorities, 2024" in card.text
    assert by_reference.status_code == 200
    assert "Nothing was counted of this authority" in unknown.text


def test_the_benchmark_holds_back_small_numbers(api: Served) -> None:
    with signed_in(api, "analyst") as analyst:
        text = analyst.get("/reports/benchmark?year=2024").text
    assert HERE in text
    assert "Held back" in text


def test_a_person_is_found_by_name_and_by_reference_and_named_in_no_address(api: Served) -> None:
    with signed_in(api, "officer") as officer:
        by_name = officer.post("/people", data={"looked_for": "okaf"})
        by_reference = officer.post("/people", data={"looked_for": "person:7"})
        history = officer.get(by_reference.headers["location"])
        nobody = officer.post("/people", data={"looked_for": "Nobody"})
        empty = officer.post("/people", data={"looked_for": " "})
    assert "Ada Okafor" in by_name.text
    assert by_reference.headers["location"] == "/people/person:7"
    assert cases_in(by_name.text) == cases_in(history.text) == {ref(1), ref(2)}
    assert "0 people found" in nobody.text
    assert empty.status_code == 422


def test_a_person_of_others_is_answered_as_one_who_is_not_there(api: Served) -> None:
    api.guarded.tells(
        incident_reported(),
        case_opened(authority=HERE, initial_classification="adult"),
        person_involved(person="person:8", name="Ben Ade"),
        case_ref=ref(8),
    )
    api.catch_up()
    with signed_in(api, "officer") as officer:
        assert officer.get("/people/person:8").status_code == 404
        assert "0 people found" in officer.post("/people", data={"looked_for": "Ben Ade"}).text


def test_a_home_is_found_by_any_of_its_references_without_an_address(api: Served) -> None:
    with signed_in(api, "officer") as officer:
        for sought in (HOME, "100012345678"):
            found = officer.post("/properties", data={"looked_for": sought})
            assert cases_in(found.text) == {ref(1), ref(2)}
        assert "No case or file" in officer.post("/properties", data={"looked_for": "1"}).text


def test_who_may_see_no_case_is_offered_no_search(api: Served) -> None:
    with signed_in(api, "analyst") as analyst:
        assert analyst.get("/people").status_code == 404
        assert analyst.post("/properties", data={"looked_for": HOME}).status_code == 404
