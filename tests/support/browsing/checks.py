"""What is wrong with a page, as far as a machine can tell; each function says it in sentences."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from tests.acceptance.test_api_canaries import CANARY

WIDTHS = (1280, 390, 320)
"""Of windows, in pixels; at the last one WCAG 1.4.10 asks that nobody has to scroll sideways."""

_SUFFIX = " – Case Timeline"  # noqa: RUF001
_AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_ADDRESSES = """() => [location.href, ...[...document.querySelectorAll("[href], [src], [action]")]
  .map(each => each.getAttribute("href") || each.getAttribute("src") || each.action)]"""
_WIDER_THAN_THE_WINDOW = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().left
    + Math.max(each.scrollWidth, each.offsetWidth || 0) > window.innerWidth + 1)
  .filter(each => !each.closest("[tabindex='0']"))
  .map(each => each.tagName.toLowerCase() + (each.className ? "." + each.className : ""))
  .slice(-5)"""


def sideways(page: Page) -> Iterator[str]:
    """Tell whether one would have to scroll sideways in a window as wide as this."""
    width = page.evaluate("window.innerWidth")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        widest = ", ".join(page.evaluate(_WIDER_THAN_THE_WINDOW)) or "nothing to be seen"
        yield f"At {width} px it is {wide} px wide, because of {widest}."


def inaccessible(page: Page) -> Iterator[str]:
    """Tell what axe finds at the width that the window has. Needs scripts."""
    page.evaluate(_axe())
    found = page.evaluate(f"axe.run({json.dumps(_AXE)})")
    width = page.evaluate("window.innerWidth")
    for violation in found["violations"]:
        nodes = violation["nodes"]
        violation["nodes"] = [each for each in nodes if not _is_upstreams(violation["id"], each)]
        if violation["nodes"]:
            told = f"{violation['help']} ({violation['id']}): {_where(violation)}"
            yield f"axe at {width} px: {told}."


def badly_headed(page: Page) -> Iterator[str]:
    """Tell what is wrong with the title and the heading."""
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1:
        yield f"It has {len(headings)} h1 and needs one: {headings}."
    title = page.title()
    if not title.endswith(_SUFFIX) or title == _SUFFIX:
        yield f"Its title is {title!r}, where one says what it is about and ends in {_SUFFIX!r}."


def telling(page: Page) -> Iterator[str]:
    """Tell where personal data leaves the page: in its title, its address, those it leads to."""
    addresses = page.evaluate(_ADDRESSES)
    for what, text in (("title", page.title()), *(("address", each) for each in addresses)):
        if CANARY in text.casefold():
            yield f"There is personal data in the {what} {text!r}."


def run_by_templates(page: Page) -> Iterator[str]:
    """Tell whether planted text was taken for a template."""
    if "50337" in page.locator("body").inner_text():
        yield "It worked out {{7*7191}}, which somebody had written as text."


def _is_upstreams(rule: str, node: dict[str, Any]) -> bool:
    """Whether it is what GOV.UK Frontend does on purpose, tested with screen readers: a radio
    button that shows a further question says whether it does (alphagov/govuk-frontend#979)."""
    opening = node["html"].partition(">")[0]
    return (
        rule == "aria-allowed-attr" and "govuk-radios__input" in opening and "aria-exp" in opening
    )


def _where(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    shown = "; ".join(f"{node['target']} {node['html'][:160]}" for node in nodes[:3])
    return shown if len(nodes) <= 3 else f"{shown}; and {len(nodes) - 3} more"


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text()
