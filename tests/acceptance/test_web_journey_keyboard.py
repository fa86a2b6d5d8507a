"""A long form without a mouse: every control can be come to and seen to have the focus, and what is
wrong is led to."""

from collections.abc import Iterator

import pytest

from domain.identity import case_id_of
from tests.stories.cromwood import CROMWOOD
from tests.support.browsing import Tab, Website

FORM = f"/cases/{case_id_of(CROMWOOD.case_ref)}/record/StrategyMeetingHeld"
PAGES = (1, 2, 3, 4)
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])

_NOTE_CONTROLS = """() => {
  const shown = [...document.querySelectorAll(
    "a[href], button, input:not([type='hidden']), select, textarea, summary, [tabindex]"
  )].filter(each => each.tabIndex >= 0 && each.checkVisibility());
  const first = each => each.checked || !shown.some(other =>
    other.name === each.name && (other.checked || shown.indexOf(other) < shown.indexOf(each)));
  window.controls = shown.filter(each => each.type !== "radio" || first(each));
  return window.controls.map(each => each.outerHTML.slice(0, 90));
}"""
"""Whatever one should come to; of radio buttons the chosen one, or else the first."""

_PLACE = "window.controls.indexOf(document.activeElement)"
_SHOWN_AT = """() => {
  const at = document.activeElement.getBoundingClientRect();
  const top = Math.max(0, at.top - 6), bottom = Math.min(innerHeight, at.bottom + 6);
  return { x: at.x - 6, y: top, width: at.width + 12, height: bottom - top };
}"""
"""Where in the window the control is that has the focus, with its outline."""
_LEAST = 24
"""Of how much of a control is to be in the window, in pixels; WCAG 2.4.11 asks for any."""


def stops(tab: Tab, how_many: int) -> Iterator[int]:
    """Press the Tab key as often as there are controls; yield which has the focus each time."""
    for _ in range(how_many):
        tab.page.keyboard.press("Tab")
        yield tab.page.evaluate(_PLACE)


def shows_its_focus(tab: Tab) -> bool:
    """Whether what has the focus is in the window, and looks other than without it."""
    box = tab.page.evaluate(_SHOWN_AT)
    if box["height"] < _LEAST:
        return False
    with_focus = tab.page.screenshot(clip=box)
    tab.page.evaluate("document.activeElement.blur()")
    return with_focus != tab.page.screenshot(clip=box)


@both_ways
@pytest.mark.parametrize("number", PAGES)
def test_every_control_is_come_to_in_its_turn_and_shows_it(
    website: Website, number: int, scripts: bool
) -> None:
    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit(f"{FORM}/{number}")
        controls = tab.page.evaluate(_NOTE_CONTROLS)
        hidden = []
        for expected, place in enumerate(stops(tab, len(controls))):
            assert place == expected, f"not come to: {controls[expected]}"
            if not shows_its_focus(tab):
                hidden.append(controls[place])
        assert hidden == []


@both_ways
def test_what_is_wrong_is_led_to(website: Website, scripts: bool) -> None:
    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit(f"{FORM}/1")
        tab.presses("Continue", status=422)
        summary = tab.page.locator(".govuk-error-summary")
        links = summary.get_by_role("link")
        if scripts:
            assert summary.evaluate("summary => summary === document.activeElement")
            tab.page.keyboard.press("Tab")
        else:
            tab.goes("link", links.first.inner_text())
        assert links.first.evaluate("link => link === document.activeElement")
        address = links.first.get_attribute("href")
        assert address is not None
        tab.page.keyboard.press("Enter")
        at_fault = f"document.getElementById('{address.removeprefix('#')}')"
        if not tab.page.evaluate(f"{at_fault} === document.activeElement"):
            tab.page.keyboard.press("Tab")
        assert tab.page.evaluate(f"{at_fault}.contains(document.activeElement)")
