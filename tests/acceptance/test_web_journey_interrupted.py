"""Somebody is interrupted: a session that ends in the middle of a form loses nothing that was
written, and what is sent twice is recorded once."""

import pytest
from playwright.sync_api import Route

from domain.identity import case_id_of
from tests.support.browsing import PHONE, Tab, Website
from tests.support.browsing.filling_in import fills_in
from tests.support.stories import case_allocated, case_opened, incident_reported

NOTICED = "He has not been seen since the electricity was cut off."
WHO = "A man in his 70s, ground floor"
LONGER_THAN_A_SESSION = 31
"""Minutes without a page."""
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def signs_in_again(tab: Tab) -> None:
    assert tab.heading == "Sign in"
    tab.sees("You were signed out, because you had not used the service for a while")
    tab.presses("Frontline officer")


@both_ways
def test_what_was_kept_is_there_after_signing_in_again(website: Website, scripts: bool) -> None:
    with website.tab("officer", width=PHONE, scripts=scripts) as tab:
        tab.visit("/concerns/new/1")
        tab.answers("Is anyone in immediate danger now?", "No")
        tab.answers("What are you worried about?", NOTICED)
        tab.presses("Continue")
        website.goes(minutes=LONGER_THAN_A_SESSION)
        tab.visit("/concerns/new/2")
        signs_in_again(tab)
        assert tab.path == "/concerns/new/2"
        tab.follows("Back")
        assert tab.page.get_by_label("What are you worried about?").input_value() == NOTICED
        tab.visit("/concerns/new/check")
        tab.presses("Discard this draft")


@both_ways
def test_what_was_just_written_is_sent_again_after_signing_in(
    website: Website, scripts: bool
) -> None:
    with website.tab("officer", width=PHONE, scripts=scripts) as tab:
        tab.visit("/concerns/new/1")
        tab.answers("Is anyone in immediate danger now?", "No")
        tab.answers("What are you worried about?", NOTICED)
        website.goes(minutes=LONGER_THAN_A_SESSION)
        tab.presses("Continue", status=403)
        assert tab.heading == "Sign in again to go on"
        tab.check(thorough=True)
        if scripts:
            tab.shoot("sign-in-again")
        tab.presses("Send what I wrote", status=403)
        assert tab.heading == "Sign in again to go on", "as long as nobody is signed in"

        with tab.page.context.expect_page() as opened:
            tab.goes("link", "Sign in (opens in a new tab)")
            tab.page.keyboard.press("Enter")
        other = Tab(opened.value, tab.url, scripts=scripts)
        other.check()
        other.presses("Frontline officer")
        other.page.close()

        tab.presses("Send what I wrote")
        assert tab.path == "/concerns/new/2"
        tab.follows("Back")
        assert tab.page.get_by_label("What are you worried about?").input_value() == NOTICED
        tab.visit("/concerns/new/check")
        tab.presses("Discard this draft")


@both_ways
def test_what_is_sent_twice_is_recorded_once(website: Website, scripts: bool) -> None:
    reference = f"asb:2026-060{scripts:d}"
    case = f"/cases/{case_id_of(reference)}"
    website.api.guarded.tells(
        incident_reported(category="asb"),
        case_opened(initial_classification="asb"),
        case_allocated(lead="staff:sg-07", team=("staff:officer",)),
        case_ref=reference,
    )
    website.api.catch_up()
    with website.tab("officer", width=PHONE, scripts=scripts) as tab:
        tab.visit(f"{case}/record/ContactMade")
        answers = {
            "How?": "Phone",
            "Did you see the person?": "No",
            "When did it happen?": "Today",
        }
        fills_in(tab, answers)
        first: list[str] = []

        def twice(route: Route) -> None:
            if route.request.method == "POST":
                first.append(route.fetch(max_redirects=0).headers["location"])
            route.continue_()

        tab.page.route("**/ContactMade/check", twice)
        tab.presses("Record it")
        assert [tab.path] == first, tab.text
        tab.sees(reference)
    website.api.catch_up()
    rows = website.api.get("safeguarding", f"/v1{case}/timeline").json()["timeline"]
    assert [row["type"] for row in rows].count("ContactMade") == 1


def test_a_button_that_is_clicked_twice_sends_once(website: Website) -> None:
    with website.tab("officer", width=PHONE) as tab:
        tab.visit("/concerns/new/1")
        sent: list[str] = []
        tab.page.on("request", lambda each: sent.append(each.method))
        with tab.page.expect_navigation():
            tab.page.get_by_role("button", name="Continue", exact=True).dblclick()
        tab.page.wait_for_load_state()
        assert sent.count("POST") == 1
