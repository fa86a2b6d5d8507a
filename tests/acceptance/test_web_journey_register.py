"""The register: somebody searches it by a name that gets into no address, narrows and sorts it,
keeps a filter, and takes the list away as a file."""

import csv
import io
import re
from collections.abc import Iterator

import pytest

from tests.acceptance.test_api_canaries import CANARY
from tests.support.browsing import PHONE, Tab, Website
from tests.support.stories import case_opened, incident_reported, person_involved

FOUND = "asb:2026-0500"
NAME = f"{CANARY.capitalize()} Featherstone"
"""A name that every check of a page looks for in titles and addresses."""
CLOSED = "/cases?status=closed"
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture(scope="module", autouse=True)
def somebody_to_find(website: Website) -> None:
    website.api.guarded.tells(
        incident_reported(), case_opened(), person_involved(name=NAME), case_ref=FOUND
    )
    website.api.catch_up()


def listed(tab: Tab) -> list[str]:
    """The references of the cases on a page, in their order."""
    return tab.page.locator("tbody th a").all_inner_texts()


def on_all_pages(tab: Tab) -> Iterator[str]:
    """The references of the cases on this page and those that follow."""
    yield from listed(tab)
    while tab.page.get_by_role("link", name="Next page").count():
        tab.follows("Next page")
        yield from listed(tab)


def how_many(tab: Tab) -> int:
    shown = tab.page.locator("#results [role=status]").inner_text()
    found = re.search(r"(\d+) cases?$", shown.strip())
    assert found, tab.text
    return int(found[1])


@both_ways
def test_a_person_is_searched_for_and_no_address_holds_the_name(
    website: Website, scripts: bool
) -> None:
    with website.tab("safeguarding", width=PHONE, scripts=scripts) as tab:
        tab.visit("/cases")
        all_there_are = how_many(tab)
        tab.answers("Search by", "Person")
        tab.answers("Search for", NAME)
        tab.presses("Search")
        assert listed(tab) == [FOUND]
        tab.sees(NAME)
        assert CANARY not in tab.path.casefold()
        tab.check(thorough=True)

        tab.page.reload()
        assert listed(tab) == [FOUND], "what was searched for stays"
        tab.follows(f"Remove this filter: {NAME}")
        assert how_many(tab) == all_there_are

        with website.tab("officer", scripts=False) as other:
            tab.page.go_back()
            other.visit(tab.path)
            other.sees("The search in this address is over, or was not yours")
            other.sees_nothing_of(NAME)


def test_whom_nobody_knows_is_not_found(website: Website) -> None:
    with website.tab("safeguarding", width=PHONE) as tab:
        tab.visit("/cases")
        tab.answers("Search by", "Person")
        tab.answers("Search for", f"{CANARY} Nobody")
        tab.presses("Search")
        tab.sees("No cases that you may see match")


@both_ways
def test_a_filter_is_kept_come_back_to_and_forgotten(website: Website, scripts: bool) -> None:
    called = f"Closed ones, {'with' if scripts else 'without'} scripts"
    with website.tab("safeguarding", width=PHONE, scripts=scripts) as tab:
        tab.visit("/cases")
        all_there_are = how_many(tab)
        tab.opens("Choose filters")
        tab.answers("Status", ["Closed"])
        tab.presses("Apply filters")
        assert tab.path.partition("#")[0] == CLOSED
        closed = how_many(tab)
        assert 0 < closed < all_there_are
        tab.answers("Keep these filters under a name", called)
        tab.presses("Keep")
        assert tab.path == CLOSED
        assert not tab.page.get_by_role("button", name="Keep", exact=True).count(), "it is kept"

        tab.follows("Clear filters")
        assert how_many(tab) == all_there_are
        tab.follows(called)
        assert tab.path == CLOSED
        assert how_many(tab) == closed
        with website.tab("officer", scripts=False) as other:
            other.visit("/cases")
            other.sees_nothing_of(called)
        tab.presses(f"Remove the filter {called}")
        tab.sees_nothing_of(called)


@both_ways
def test_the_list_is_sorted_paged_and_taken_away_as_it_is_narrowed(
    website: Website, scripts: bool
) -> None:
    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit("/cases")
        tab.follows("Case")
        header = tab.page.get_by_role("columnheader", name="Case")
        assert header.get_attribute("aria-sort") == "ascending"
        upwards = list(on_all_pages(tab))
        assert len(set(upwards)) == len(upwards) == how_many(tab)
        assert tab.page.title().startswith("Cases (page 2 of ")
        assert upwards == sorted(upwards)
        tab.follows("Case")
        assert header.get_attribute("aria-sort") == "descending"
        assert "page=" not in tab.path, "another order begins at its first page"
        assert listed(tab) == upwards[::-1][: len(listed(tab))]

        tab.visit(f"{CLOSED}&sort=ref")
        shown = list(on_all_pages(tab))
        file = csv.DictReader(io.StringIO(tab.downloads("Download as a CSV file")))
        lines = [(line["Case"], line["Status"]) for line in file]
        assert lines == [(reference, "Closed") for reference in shown]
        tab.check()
