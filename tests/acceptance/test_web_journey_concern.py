"""A housing officer raises a concern on a phone, and later sees how to visit safely."""

import re

import pytest

from domain.identity import case_id_of
from tests.support.browsing import PHONE, Tab, Website
from tests.support.browsing.filling_in import fills_in
from tests.support.stories import case_allocated, visit_control_set

NOTICED = "The front door was kicked in, and she would not say by whom."
TOLD = {
    "Is anyone in immediate danger now?": "Not sure",
    "What are you worried about?": NOTICED,
    "Who are you worried about?": "A woman in her 80s, first floor",
    "Is that an adult or a child?": "Adult",
    "How do you know?": "I saw or heard it myself",
    "Is it safe to contact the person?": "Not known",
    "When did it happen?": "Not known",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_concern_is_raised_on_a_phone_and_then_the_case_warns(
    website: Website, scripts: bool
) -> None:
    with website.tab("officer", width=PHONE, scripts=scripts) as tab:
        tab.visit("/")
        tab.follows("Raise a concern")
        fills_in(tab, TOLD)
        tab.sees(NOTICED, "Not sure", "Adult")
        tab.presses("Record it")
        assert tab.heading == "Concern raised"
        reference = case_reference(tab)

        website.api.guarded.tells(
            case_allocated(lead="staff:sg-07", team=("staff:officer",)),
            visit_control_set(),
            case_ref=reference,
        )
        website.api.catch_up()
        tab.visit(f"/cases/{case_id_of(reference)}")
        tab.sees(NOTICED)
        assert "Do not visit alone" in tab.everything


def test_what_is_missing_is_said_and_what_was_written_stays(website: Website) -> None:
    with website.tab("officer", width=PHONE) as tab:
        tab.visit("/concerns/new")
        tab.answers("What are you worried about?", NOTICED)
        tab.presses("Continue", status=422)
        tab.sees("There is a problem")
        assert tab.page.title().startswith("Error: ")
        assert tab.page.get_by_label("What are you worried about?").input_value() == NOTICED
        tab.answers("Is anyone in immediate danger now?", "No")
        tab.presses("Continue")
        tab.sees("Who are you worried about?")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_draft_waits_for_whoever_was_called_away(website: Website, scripts: bool) -> None:
    with website.tab("officer", width=PHONE, scripts=scripts) as tab:
        tab.visit("/concerns/new/1")
        tab.answers("Is anyone in immediate danger now?", "No")
        tab.answers("What are you worried about?", NOTICED)
        tab.presses("Save and come back later")
        assert tab.heading == "Your drafts"
        tab.visit("/concerns/new/1")
        assert tab.page.get_by_label("What are you worried about?").input_value() == NOTICED


def test_sent_twice_it_is_recorded_once(website: Website) -> None:
    with website.tab("officer", width=PHONE) as tab, website.tab("officer") as again:
        tab.visit("/concerns/new/1")
        fills_in(tab, TOLD)
        again.visit("/concerns/new/check")
        tab.presses("Record it")
        again.presses("Record it")
        assert case_reference(again) == case_reference(tab)


def case_reference(tab: Tab) -> str:
    """The reference that the confirmation gives."""
    found = re.search(r"\bct:[\w-]+", tab.text)
    assert found, tab.text
    return found[0]
