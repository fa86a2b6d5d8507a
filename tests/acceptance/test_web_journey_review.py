"""A reviewer reads a case as it was known on a day, curates the chronology, and sees hindsight."""

from datetime import date

import pytest

from domain.identity import case_id_of
from tests.stories.child import CHILD_CASE
from tests.stories.cromwood import CROMWOOD
from tests.support.browsing import Tab, Website

CASE = f"/cases/{case_id_of(CROMWOOD.case_ref)}"
REVIEW = f"/review/{case_id_of(CHILD_CASE.case_ref)}/RR-7"
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@both_ways
def test_a_case_is_read_as_it_was_known_before_it_was_understood(
    website: Website, scripts: bool
) -> None:
    with website.tab("reviewer", scripts=scripts) as tab:
        tab.visit(f"{CASE}/state?purpose=review")
        assert "Adult safeguarding" in tab.everything
        tab.follows("See this page as of an earlier time")
        tab.answers("Show the case as", "the landlord knew it by the end of a day")
        tab.answers("Day", date(2024, 3, 5))
        tab.presses("Show it")
        assert "known_on=2024-03-05" in tab.path
        assert "This is not the case as it is now" in tab.everything
        assert "Antisocial behaviour" in tab.everything
        assert "Adult safeguarding" not in tab.everything
        tab.follows("Timeline")
        assert "known_on=2024-03-05" in tab.path, "one day holds for all pages of the case"
        tab.sees("Warning")
        tab.sees_nothing_of("/record/")
        tab.follows("Show it as it is now")
        assert "known_on" not in tab.path


@both_ways
def test_what_changed_between_two_days_is_told(website: Website, scripts: bool) -> None:
    with website.tab("reviewer", scripts=scripts) as tab:
        tab.visit(f"{CASE}/changes?purpose=review&from=2024-03-05&to=2024-03-31")
        tab.sees("Antisocial behaviour", "Adult safeguarding")


@both_ways
def test_a_chronology_is_curated_and_the_record_stays(website: Website, scripts: bool) -> None:
    analysis = f"The school had told it twice before. ({'with' if scripts else 'without'} scripts)"
    with website.tab("reviewer", scripts=scripts) as tab:
        tab.visit("/")
        tab.follows("Review")
        tab.follows("RR-7")
        tab.follows(_to_decide(tab))
        tab.answers("Does it belong in the chronology?", "Include")
        tab.answers("What does it stand for?", "Missed opportunity")
        tab.answers("Analysis", analysis)
        tab.presses("Save")
        tab.sees("is saved", analysis)
        tab.follows("Hide the review\N{RIGHT SINGLE QUOTATION MARK}s comments")
        tab.sees_nothing_of(analysis)


@both_ways
def test_hindsight_is_marked_and_apart(website: Website, scripts: bool) -> None:
    with website.tab("reviewer", scripts=scripts) as tab:
        tab.visit(REVIEW)
        tab.opens("Narrow the chronology")
        tab.answers("Show what was known on", date(2025, 3, 5))
        tab.presses("Show that day")
        tab.sees("Hindsight:", "the landlord came to know of it only later")


def _to_decide(tab: Tab) -> str:
    """The first link to an entry of which nothing is decided yet."""
    links = tab.page.get_by_role("link").all()
    names = (" ".join(link.inner_text().split()) for link in links)
    return next(name for name in names if name.startswith("Decide entry"))
