"""Before anything is recorded, answers are read over: of a concern, on a case and on a file."""

from typing import NamedTuple

import pytest

from domain.identity import case_id_of
from tests.stories.cromwood import CROMWOOD
from tests.support.browsing import PHONE, Tab, Website
from tests.support.browsing.filling_in import Answers, fills_in


class Checked(NamedTuple):
    """A form, who fills it in, and with what."""

    who: str
    form: str
    answers: Answers
    question: str
    """Whose answer is changed; in the form it is called `at`."""
    at: str
    name: str
    """What the screenshots are called."""


FORMS = (
    Checked(
        "officer",
        "/concerns/new",
        {
            "Is anyone in immediate danger now?": "No",
            "What are you worried about?": "He has had no heating since May.",
            "Is that an adult or a child?": "Not known",
            "How do you know?": "I saw or heard it myself",
            "Is it safe to contact the person?": "Not known",
            "When did it happen?": "Not known",
        },
        "What are you worried about?",
        "concern",
        "check-concern",
    ),
    Checked(
        "safeguarding",
        f"/cases/{case_id_of(CROMWOOD.case_ref)}/record/ContactMade",
        {
            "How?": "Visit to the home",
            "Did you see the person?": "Yes",
            "What did you see and hear?": "The lock is mended.",
            "When did it happen?": "Yesterday",
        },
        "What did you see and hear?",
        "observations",
        "check-on-case",
    ),
    Checked(
        "administrator",
        "/files/organisation:landlord/record/RoleGranted",
        {
            "Who signs in?": "https://id.cromwood.example|ho-40",
            "Which role?": "Frontline officer",
            "What are they called on cases?": "staff:ho-40",
            "Who agreed to it?": "staff:manager-01",
            "When did it happen?": "Today",
        },
        "What are they called on cases?",
        "staff",
        "check-on-file",
    ),
)
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
each_form = pytest.mark.parametrize("checked", FORMS, ids=[each.name for each in FORMS])


def begins(tab: Tab, form: str) -> None:
    """Open a form of which no draft is kept."""
    tab.visit(form)
    if tab.page.get_by_role("button", name="Discard it").count():
        tab.presses("Discard it")
        tab.visit(form)


@both_ways
@each_form
def test_answers_are_read_over_and_changed(
    website: Website, checked: Checked, scripts: bool
) -> None:
    said = str(checked.answers[checked.question])
    with website.tab(checked.who, width=PHONE, scripts=scripts) as tab:
        begins(tab, checked.form)
        fills_in(tab, checked.answers)
        tab.sees(said)
        tab.check(thorough=True)
        if scripts:
            tab.shoot(checked.name)

        tab.follows_to(f"#{checked.at}")
        assert tab.page.get_by_label(checked.question).input_value() == said
        tab.answers(checked.question, f"{said} Now.")
        tab.presses("Continue")
        assert tab.heading == "Check your answers", "what was answered after it is not asked again"
        tab.sees(f"{said} Now.")
        tab.presses("Discard this draft")
        tab.visit(f"{checked.form}/check")
        assert tab.path == f"{checked.form}/1", "nothing is left to be checked"


@both_ways
@each_form
def test_what_is_missing_is_told_before_it_is_recorded(
    website: Website, checked: Checked, scripts: bool
) -> None:
    with website.tab(checked.who, width=PHONE, scripts=scripts) as tab:
        begins(tab, checked.form)
        tab.presses("Save and come back later")
        tab.visit(f"{checked.form}/check")
        tab.presses("Record it")
        assert tab.path == f"{checked.form}/check"
        assert tab.page.title().startswith("Error: ")
        tab.sees("There is a problem")
        tab.check(thorough=True)
        if scripts:
            tab.shoot(f"{checked.name}-error")
            summary = tab.page.locator(".govuk-error-summary")
            assert summary.evaluate("summary => summary === document.activeElement")
        tab.follows(tab.page.locator(".govuk-error-summary a").first.inner_text())
        assert tab.page.locator(":target").count(), "a fault leads to its question"
