"""A manager opens the figures of a quarter, and reaches the cases behind one of them."""

import pytest

from tests.support.browsing import Website


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_figure_leads_to_its_cases(website: Website, scripts: bool) -> None:
    with website.tab("manager", scripts=scripts) as tab:
        tab.visit("/")
        tab.follows("Reports")
        assert tab.heading.endswith("Key figures")
        figure = tab.page.locator("main a[href*='/open_cases/cases']").first.inner_text()
        tab.follows_to("/open_cases/cases")
        cases = tab.page.locator("tbody a[href^='/cases/']")
        assert 0 < cases.count() <= int(figure), (
            "others may be behind it that are not theirs to see"
        )

        reference = cases.first.inner_text()
        tab.follows(reference)
        assert tab.heading == "What do you need this case for?"
        tab.presses("Open the case")
        assert reference in tab.everything
