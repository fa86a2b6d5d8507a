"""Two people have the same form open: whoever sends theirs second is told what changed meanwhile,
and then decides."""

import pytest

from domain.identity import case_id_of
from tests.support.browsing import PHONE, Website
from tests.support.browsing.filling_in import Answers, fills_in
from tests.support.stories import case_allocated, case_opened, contact_made, incident_reported

FIRST = "She said that nobody takes her money now."
SECOND = "She did not come to the door."
THIRD = "Her sister answered, and would not fetch her."
CHANGED = "The case has changed since you began"
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def contact(observed: str) -> Answers:
    return {
        "How?": "Phone",
        "Did you see the person?": "No",
        "What did you see and hear?": observed,
        "When did it happen?": "Today",
    }


def form_on(website: Website, reference: str) -> str:
    """Where contacts are recorded on a case that an officer and the safeguarding lead work on."""
    website.api.guarded.tells(
        incident_reported(category="asb"),
        case_opened(initial_classification="asb"),
        case_allocated(lead="staff:sg-07", team=("staff:officer",)),
        case_ref=reference,
    )
    website.api.catch_up()
    return f"/cases/{case_id_of(reference)}/record/ContactMade"


def recorded(website: Website, form: str) -> list[str]:
    """What contacts with her are on record, in their order."""
    website.api.catch_up()
    case = form.partition("/record")[0]
    rows = website.api.get("safeguarding", f"/v1{case}/timeline").json()["timeline"]
    in_order = sorted(rows, key=lambda row: row["version"])
    return [row["narrative"] for row in in_order if row["type"] == "ContactMade"]


def tells(website: Website, observed: str, reference: str) -> None:
    """Have another system record a contact meanwhile."""
    website.api.guarded.tells(contact_made(observations=observed), case_ref=reference)
    website.api.catch_up()


@both_ways
def test_what_changed_is_told_and_one_can_go_on_knowingly(website: Website, scripts: bool) -> None:
    form = form_on(website, f"asb:2026-020{scripts:d}")
    with (
        website.tab("officer", width=PHONE, scripts=scripts) as late,
        website.tab("safeguarding", scripts=False) as early,
    ):
        late.visit(form)
        fills_in(late, contact(SECOND))
        early.visit(form)
        fills_in(early, contact(FIRST))
        early.presses("Record it")
        assert early.path.startswith("/recorded/"), early.text
        website.api.catch_up()

        late.presses("Record it")
        assert late.path == f"{form}/changed"
        assert late.heading == CHANGED
        late.sees("Contact (phone), person not seen", FIRST)
        late.check(thorough=True)
        if scripts:
            late.shoot("record-changed")
        assert recorded(website, form) == [FIRST]

        late.follows("Look at my answers again")
        late.sees(SECOND)
        late.presses("Record it")
        assert late.heading == CHANGED
        late.presses("Keep my answers and record them")
        assert late.path.startswith("/recorded/"), late.text
    assert recorded(website, form) == [FIRST, SECOND]


@both_ways
def test_what_changed_is_told_and_one_can_give_up(website: Website, scripts: bool) -> None:
    reference = f"asb:2026-021{scripts:d}"
    form = form_on(website, reference)
    with website.tab("officer", width=PHONE, scripts=scripts) as late:
        late.visit(form)
        fills_in(late, contact(SECOND))
        tells(website, FIRST, reference)
        late.presses("Record it")
        late.presses("Discard this draft")
        assert late.heading == "Your drafts"
        assert reference not in late.text
        late.visit(f"{form}/changed")
        assert late.path == f"{form}/1", "nothing is left to be sent"
        late.sees_nothing_of(SECOND)
    assert recorded(website, form) == [FIRST]


def test_what_changes_while_that_is_read_is_told_too(website: Website) -> None:
    form = form_on(website, "asb:2026-0220")
    with website.tab("officer", width=PHONE, scripts=False) as late:
        late.visit(form)
        fills_in(late, contact(SECOND))
        tells(website, FIRST, "asb:2026-0220")
        late.presses("Record it")
        tells(website, THIRD, "asb:2026-0220")
        late.presses("Keep my answers and record them")
        assert late.heading == CHANGED
        late.sees(THIRD)
        assert FIRST not in late.text, "what was read is not told again"
        late.presses("Keep my answers and record them")
    assert recorded(website, form) == [FIRST, THIRD, SECOND]


def test_of_an_unchanged_case_nothing_is_told(website: Website) -> None:
    form = form_on(website, "asb:2026-0230")
    with website.tab("officer", width=PHONE, scripts=False) as tab:
        tab.visit(form)
        fills_in(tab, contact(FIRST))
        tab.visit(f"{form}/changed")
        assert tab.heading == "Check your answers"
        tab.presses("Record it")
    assert recorded(website, form) == [FIRST]
