"""What could put someone in danger is withheld, and shown once to who says what for."""

import pytest

from domain.identity import case_id_of
from tests.support.browsing import PHONE, Website
from tests.support.stories import (
    case_allocated,
    case_opened,
    communication_preference_recorded,
    incident_reported,
    person_involved,
)

WHERE = "Mornings, at her sister's in Elm Road"
REASON = "A visit is due tomorrow."


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_is_withheld_is_shown_once_and_that_is_on_record(
    website: Website, scripts: bool
) -> None:
    reference = f"asb:2026-040{scripts:d}"
    case = f"/cases/{case_id_of(reference)}"
    website.api.guarded.tells(
        incident_reported(),
        case_opened(),
        case_allocated(lead="staff:sg-07", team=("staff:officer",)),
        person_involved(),
        communication_preference_recorded(safe_times=WHERE),
        case_ref=reference,
    )
    website.api.catch_up()

    with website.tab("officer", width=PHONE, scripts=scripts) as tab:
        tab.visit(f"{case}/people")
        tab.sees("Safe times: Withheld")
        tab.sees_nothing_of("Elm Road")
        tab.follows("Show what is withheld")
        tab.presses("Show it")
        assert tab.page.title().startswith("Error: ")
        tab.sees("Choose what to show", "Say in a few words why you need it")
        tab.sees_nothing_of("Elm Road")
        tab.check(thorough=True)

        tab.answers("What to show", "Where someone is or can be reached")
        tab.answers("What you need it for", "Work on the case")
        tab.answers("Why", REASON)
        tab.presses("Show it")
        tab.sees(WHERE, "Shown for this page only: Where someone is or can be reached")
        tab.check(thorough=True)
        if scripts:
            tab.shoot("case-revealed")
        assert REASON not in tab.path

        tab.visit(f"{case}/people")
        tab.sees_nothing_of("Elm Road")

    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit(f"{case}/access")
        tab.sees("See one class of personal data that reading masks: people", REASON)
