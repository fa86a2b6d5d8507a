"""The dashboard in a browser: figures over what one may see, each leading to what it counts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api import Served, served
from tests.support.stories import (
    action_agreed,
    case_allocated,
    case_opened,
    case_restricted,
    consent_decided,
    incident_reported,
    referral_sent,
    risk_assessed,
)
from tests.support.telling import the
from tests.support.web import signed_in

HERE = "E09000001"
_TILE = re.compile(
    r'app-tile__figure">([\d,]+)</span>\s*<a class="[^"]*" href="([^"]*)">([^<]*)</a>'
)


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Two cases, 1 of the officer and 2 of somebody else; it is the 5th of January 2026."""
    with served(database_url, tmp_path) as found:
        # Consent is the second thing told of each case.
        for number, lead, consent in ((1, "staff:officer", "t-2"), (2, "staff:other", "t-9")):
            found.guarded.tells(
                incident_reported("2025-11-03"),
                consent_decided(),
                case_opened("2025-11-04", authority=HERE),
                case_allocated(lead=lead),
                action_agreed(action_id="A1", due="2025-12-31"),
                referral_sent("2025-12-01", consent_ref=the(consent)),
                risk_assessed(level="high", review_due="2026-01-02"),
                case_ref=f"asb:2024-000{number}",
            )
        found.has("officer")
        found.has("safeguarding", areas=(HERE,))
        found.catch_up()
        yield found


def tiles(page: str) -> dict[str, tuple[int, str]]:
    """By heading, the figure and where it leads."""
    return {
        heading: (int(figure.replace(",", "")), href.replace("&amp;", "&"))
        for figure, href, heading in _TILE.findall(page)
    }


def test_each_figure_leads_to_as_many_things(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        found = tiles(safeguarding.get("/dashboard").text)
        assert found["Open cases"][0] == found["Actions overdue"][0] == 2
        assert found["Referrals without an answer"][0] == found["Risk reviews due"][0] == 2
        for figure, href in found.values():
            told = safeguarding.get(href)
            assert told.status_code == 200, href
            counted = re.search(r'role="status">(?:Showing \d+ to \d+ of )?(\d+) ', told.text)
            assert int(counted[1] if counted else 0) == figure, href


def test_an_officer_is_told_of_their_own_cases_alone(api: Served) -> None:
    with signed_in(api, "officer") as officer:
        found = tiles(officer.get("/dashboard").text)

    assert found["Open cases"][0] == 1
    assert found["Actions overdue"][0] == 1


def test_a_restricted_case_is_in_no_figure_of_whoever_is_not_named(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        before = tiles(safeguarding.get("/dashboard").text)
        api.guarded.own(
            case_restricted(named=("staff:officer",), owner="staff:officer"), "asb:2024-0001"
        )
        api.catch_up()
        after = tiles(safeguarding.get("/dashboard").text)

    assert before["High or critical risk"][0] == 2
    assert after["High or critical risk"][0] == 1
    assert all(figure <= 1 for figure, _ in after.values())


def test_it_says_how_far_it_has_come(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        assert "Nothing recorded is missing." in safeguarding.get("/dashboard").text
        api.guarded.tells(risk_assessed(level="low"), case_ref="asb:2024-0001")
        api.guarded.feed.clock.goes(minutes=3)
        assert "3 minutes behind" in safeguarding.get("/dashboard").text


def test_months_lead_to_the_cases_opened_in_them(api: Served) -> None:
    with signed_in(api, "safeguarding") as safeguarding:
        page = safeguarding.get("/dashboard").text
        href = "/cases?opened_from=2025-11-01&amp;opened_to=2025-11-30"
        assert f'href="{href}">2</a>' in page


def test_who_may_see_figures_and_no_cases_is_sent_to_the_figures(api: Served) -> None:
    api.has("analyst")
    with signed_in(api, "analyst") as analyst:
        answer = analyst.get("/dashboard")

    assert (answer.status_code, answer.headers["location"]) == (303, "/reports/kpis")
