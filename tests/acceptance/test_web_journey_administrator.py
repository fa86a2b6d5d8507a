"""An administrator sees why a message is in quarantine, has its cause put right, and retries it."""

import pytest

from domain.identity import case_id_of
from tests.support.browsing import Website
from tests.support.browsing.filling_in import records
from tests.support.messages import message
from tests.support.stories import case_allocated, case_opened, incident_reported, reclassified

REASON = "it reclassifies from adult, but the case is classified asb"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_message_is_taken_once_its_cause_is_put_right(website: Website, scripts: bool) -> None:
    reference = f"asb:2026-001{scripts:d}"
    case = f"/cases/{case_id_of(reference)}"
    guarded = website.api.guarded
    guarded.tells(
        incident_reported(category="asb"),
        case_opened(initial_classification="asb"),
        case_allocated(lead="staff:sg-07"),
        case_ref=reference,
    )
    ahead = message(reclassified(from_="adult", to="child"), f"{reference}-a", case_ref=reference)
    assert guarded.feed.takes_one(ahead).outcome == "quarantined"
    website.api.catch_up()
    entry = str(website.api.context.desk.entries(limit=1)[0].id)

    with website.tab("administrator", scripts=scripts) as tab:
        tab.visit("/")
        tab.follows("Intake")
        tab.sees(REASON)
        tab.follows(f"Message {entry}")
        tab.sees(REASON)
        tab.presses("Try again")
        tab.sees("it still cannot be accepted")

        with website.tab("safeguarding", scripts=scripts) as lead:
            lead.visit(f"{case}/record/Reclassified")
            records(
                lead,
                {
                    "What is it treated as now?": "Antisocial behaviour",
                    "What should it be treated as?": "Adult safeguarding",
                    "Why?": "He is the one who is hurt.",
                    "When did it happen?": "Not known",
                },
            )

        tab.presses("Try again")
        tab.sees("It is accepted now")
        tab.visit(case, status=404)  # who looks after messages sees no case for it
    website.api.catch_up()
    with website.tab("safeguarding", scripts=scripts) as lead:
        lead.visit(case)
        assert "Child safeguarding" in lead.everything


def test_what_nothing_can_come_of_is_closed_with_a_reason(website: Website) -> None:
    website.api.guarded.feed.takes_one(
        message(incident_reported(), "beyond") | {"type": "uk.casetimeline.Unheard.v1"}
    )
    entry = str(website.api.context.desk.entries(limit=1)[0].id)
    with website.tab("administrator") as tab:
        tab.visit(f"/admin/intake/{entry}")
        tab.presses("Close with a reason")
        tab.answers("Why is nothing to come of it?", "The source sent it to the wrong case.")
        tab.presses("Close message")
        tab.sees("It is closed", "The source sent it to the wrong case.")
