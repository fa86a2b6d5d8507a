"""The safeguarding lead takes over what was treated as antisocial behaviour, and sees it through:
another classification, a referral without consent on a stated ground, a meeting and its action,
feedback that has to be chased, and closing with assurance."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.identity import case_id_of
from tests.support.browsing import Website
from tests.support.browsing.filling_in import Answers, records
from tests.support.stories import case_allocated, case_opened, incident_reported, person_involved

Record = Callable[[str, Answers], None]
"""Records what is called so, with these answers."""
TODAY: Answers = {"When did it happen?": "Today"}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_case_is_led_from_complaint_to_assurance(website: Website, scripts: bool) -> None:
    reference = f"asb:2026-000{scripts:d}"
    case = f"/cases/{case_id_of(reference)}"
    website.api.guarded.tells(
        incident_reported(category="asb", account="Shouting at night."),
        case_opened(initial_classification="asb"),
        case_allocated(lead="staff:sg-07"),
        person_involved(),
        case_ref=reference,
    )
    website.api.catch_up()

    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit(case)
        assert "Antisocial behaviour" in tab.everything

        def record(title: str, answers: Answers) -> None:
            tab.visit(f"{case}/record")
            tab.follows(title)
            records(tab, {**answers, **TODAY})
            website.api.catch_up()

        record(
            "Treat the case as something else",
            {
                "What is it treated as now?": "Antisocial behaviour",
                "What should it be treated as?": "Adult safeguarding",
                "Why?": "The shouting was at the tenant, whose money goes each week.",
            },
        )
        tab.visit(f"{case}/state")
        assert "Adult safeguarding" in tab.everything

        _refers(record)
        tab.visit(f"{case}/consent")
        tab.sees("Other people at risk")
        tab.visit(f"{case}/referrals")
        tab.sees("Riverside Council")

        record(
            "A meeting held",
            {
                "What kind of meeting?": "Strategy meeting",
                "Which agency?": "Police",
                "Who?": "Sergeant",
                "Did they come?": "Attended",
                "Were we invited?": "Invited in time",
                "Which risks were agreed?": "Visits by those who take the money.",
            },
        )
        record(
            "An action agreed",
            {
                "What is to be done?": "Change the locks",
                "What kind of action is it?": "Risk to visitors",
                "Which organisation owes it?": "Cromwood Homes",
                "By when?": date(2026, 1, 9),
                "Does someone's safety depend on it?": "Yes",
                "Where does it come from?": "Meeting",
            },
        )
        tab.visit(f"{case}/actions")
        tab.sees("Change the locks")

        _chases(record)
        tab.visit(f"{case}/referrals")
        tab.sees("attempt 1 (secure email)", "Risk mitigated, as confirmed")

        record("An action completed", {"Which action?": "Change the locks"})
        record(
            "Close the case",
            {
                "Why is the case being closed?": "Risk resolved",
                "How sure are we that the risk was dealt with?": "Confirmed",
                "What became of the risk?": "Risk removed",
                "Who approved closing it?": "staff:manager-01",
            },
        )
        tab.visit(f"{case}/state")
        assert "Closed" in tab.everything
        tab.sees("Confirmed")


def _refers(record: Record) -> None:
    record(
        "A decision to act without consent",
        {
            "Consent to what?": "Referral",
            "On which grounds?": ["Other people at risk"],
            "Why is it right to act without consent?": "A neighbour was hurt when she helped.",
            "Who decided?": "staff:sg-07",
            "What may acting without consent itself put at risk?": "He may stop opening the door.",
        },
    )
    record(
        "A referral sent",
        {
            "Where to?": "Adult social care front door",
            "Which organisation?": "Riverside Council",
            "Or which decision to act without consent?": "overridden",
            "How urgent is it?": "Same day",
            "What do you ask them to do?": "Assess his needs, and the risk to him.",
            "By when do you expect an answer?": date(2026, 1, 7),
        },
    )


def _chases(record: Record) -> None:
    record(
        "Feedback chased",
        {
            "Which referral?": "Riverside Council",
            "Which attempt is it?": "1",
            "Whom did you chase?": "Duty social worker",
            "How?": "Secure email",
        },
    )
    record(
        "Feedback received",
        {
            "Which referral?": "Riverside Council",
            "What did they tell us?": "Risk and mitigation confirmed",
            "Did they confirm that the risk was assessed?": "Yes",
            "Did they confirm that something is done about it?": "Yes",
            "May we pass it on?": "Ask before passing on",
        },
    )
