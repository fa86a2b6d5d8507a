"""Somebody without the right sees nothing: not the case, and not whether there is one."""

import re

import pytest

from domain.identity import case_id_of
from services.web.case.sections import ACCESS, CHANGES, SECTIONS
from tests.stories.cromwood import CROMWOOD
from tests.stories.two_authorities import SECOND_REF
from tests.support.browsing import Tab, Website

CASE = str(case_id_of(CROMWOOD.case_ref))
NO_CASE = str(case_id_of("asb:none"))
CASE_OF_OTHERS = str(case_id_of(SECOND_REF))
"""One that no officer of the demonstration works on, and that nobody reviews."""


def shown(tab: Tab, path: str) -> str:
    """All that a browser is sent, but for what differs from one request to the next."""
    tab.visit(path, status=404)
    return re.sub(r'nonce="[^"]*"', "", tab.page.content())


@pytest.mark.parametrize("who", ["analyst", "administrator"])
@pytest.mark.parametrize("slug", [each.slug for each in (*SECTIONS, CHANGES, ACCESS)])
def test_a_case_looks_like_one_that_is_not_there(website: Website, who: str, slug: str) -> None:
    with website.tab(who, scripts=False) as tab:
        there = shown(tab, f"/cases/{CASE}/{slug}".rstrip("/"))
        not_there = shown(tab, f"/cases/{NO_CASE}/{slug}".rstrip("/"))
    assert there.replace(CASE, NO_CASE) == not_there


@pytest.mark.parametrize("who", ["officer", "reviewer"])
def test_so_does_the_case_of_others(website: Website, who: str) -> None:
    with website.tab("safeguarding") as tab:
        tab.visit(f"/cases/{CASE_OF_OTHERS}")
    with website.tab(who) as tab:
        there = shown(tab, f"/cases/{CASE_OF_OTHERS}?purpose=review")
        not_there = shown(tab, f"/cases/{NO_CASE}?purpose=review")
    assert there.replace(CASE_OF_OTHERS, NO_CASE) == not_there


def test_nobody_who_is_not_signed_in_gets_further_than_to_the_door(website: Website) -> None:
    with website.tab() as tab:
        tab.visit(f"/cases/{CASE}")
        assert tab.heading == "Sign in"
        tab.presses("Designated safeguarding officer")
        assert tab.path == f"/cases/{CASE}"
        tab.presses("Sign out")
        assert tab.heading == "You have signed out"
        tab.visit(f"/cases/{CASE}")
        assert tab.heading == "Sign in"


def test_what_was_on_the_screen_is_not_to_be_had_by_going_back(website: Website) -> None:
    with website.tab() as tab:
        tab.visit(f"/sign-in?next=/cases/{CASE}")
        tab.presses("Designated safeguarding officer")
        tab.presses("Sign out")
        tab.page.go_back()
        tab.check()
        assert tab.heading == "Sign in"
