"""A case on paper: without what is there to click, and with all there is to read."""

import pytest
from playwright.sync_api import ViewportSize

from domain.identity import case_id_of
from tests.stories.cromwood import CROMWOOD
from tests.support.browsing import Website
from tests.support.browsing.tab import SCREENSHOTS
from tests.support.stories import case_opened, incident_reported

CASE = f"/cases/{case_id_of(CROMWOOD.case_ref)}"
TOLD_AT_LENGTH = "asb:2026-0700"
LONG = " ".join(f"On night {night} there was shouting again." for night in range(1, 80))
"""An account that is folded away on a screen."""
PRINTED = (
    ("case-timeline", CASE),
    ("case-state", f"{CASE}/state"),
    ("case-people", f"{CASE}/people"),
    ("case-access", f"{CASE}/access"),
    ("case-known-on", f"{CASE}?known_on=2024-03-05"),
    ("case-at-length", f"/cases/{case_id_of(TOLD_AT_LENGTH)}"),
    ("register", "/cases"),
)
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])

PAPER = ViewportSize(width=680, height=1000)
"""A4 within margins of 15 mm, in pixels of CSS."""
TO_CLICK = "nav, footer, button, input, select, textarea, summary, .govuk-skip-link, .app-no-print"

_CUT = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.checkVisibility() && !each.closest(".govuk-visually-hidden"))
  .filter(each => getComputedStyle(each).overflowX !== "visible" && !each.closest("svg")
    && each.scrollWidth > each.clientWidth + 1
    || each.getBoundingClientRect().right > window.innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 120))"""
_TEXTS = """() => [...document.querySelectorAll("h1, h2, h3, p, dt, dd, th, td, figcaption")]
  .filter(each => !each.closest("nav, form, summary, header, footer, [hidden], " +
    ".app-no-print, .govuk-summary-list__actions"))
  .map(each => each.innerText.replace(/\\s+/g, " ").trim())
  .filter(text => text)"""
"""What there is to read, piece by piece, but for what only leads elsewhere."""
_TOLD = "all => all.map(each => each.outerHTML.slice(0, 120))"
_UNFOLD = """unfold => {
  document.querySelectorAll("main details").forEach(each => { each.open = unfold; });
  document.querySelectorAll(".app-no-print").forEach(
    each => { each.style.display = unfold ? "none" : ""; });
}"""


@pytest.fixture(scope="module", autouse=True)
def told_at_length(website: Website) -> None:
    website.api.guarded.tells(
        incident_reported(account=LONG), case_opened(), case_ref=TOLD_AT_LENGTH
    )
    website.api.catch_up()


@both_ways
@pytest.mark.parametrize(("name", "path"), PRINTED, ids=[name for name, _ in PRINTED])
def test_on_paper_all_is_there_to_read_and_nothing_to_click(
    website: Website, name: str, path: str, scripts: bool
) -> None:
    with website.tab("safeguarding", scripts=scripts) as tab:
        tab.visit(path)
        tab.page.set_viewport_size(PAPER)
        tab.page.evaluate(_UNFOLD, True)
        to_read = tab.page.evaluate(_TEXTS)
        tab.page.evaluate(_UNFOLD, False)
        tab.page.emulate_media(media="print")
        assert tab.page.evaluate(_TEXTS) == to_read
        assert path != PRINTED[5][1] or LONG in tab.text
        assert tab.page.locator(TO_CLICK).filter(visible=True).evaluate_all(_TOLD) == []
        assert tab.page.evaluate(_CUT) == []
        if scripts:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            margin = "15mm"
            paper = tab.page.pdf(
                path=SCREENSHOTS / f"{name}-print.pdf",
                format="A4",
                margin={"top": margin, "right": margin, "bottom": margin, "left": margin},
            )
            assert paper.startswith(b"%PDF")
