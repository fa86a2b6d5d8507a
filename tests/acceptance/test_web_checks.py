"""The checks of pages find what they are there to find."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.acceptance.test_api_canaries import CANARY
from tests.support.browsing import PHONE, WIDE, Tab, launched

NOWHERE = "http://127.0.0.1:9/"
"""Where nothing is served."""

GOOD = """<!doctype html><html lang="en"><head><title>Cases &ndash; Case Timeline</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Cases</h1>
<p>One <a href="#end">way</a> down.</p>
<fieldset><legend>How</legend>
<input type="radio" name="how" id="phone"><label for="phone">By phone</label>
<input type="radio" name="how" id="post"><label for="post">By post</label></fieldset>
<label for="note">Note</label><input id="note">
<div tabindex="-1" role="button" id="end">Not for the keyboard</div></main></body></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def loaded(browser: Browser, content: str, *, width: int = WIDE, scripts: bool = True) -> Tab:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    tab = Tab(context.new_page(), NOWHERE, scripts=scripts)
    tab.page.set_content(content, wait_until="load")
    return tab


@pytest.mark.parametrize("scripts", [True, False])
def test_a_good_page_passes(browser: Browser, scripts: bool) -> None:
    loaded(browser, GOOD, scripts=scripts).check(thorough=True)


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("<h1>Cases</h1>", "<h1>Cases</h1><h1>Again</h1>", "It has 2 h1 and needs one"),
        ("<h1>Cases</h1>", "<h2>Cases</h2>", "It has 0 h1 and needs one"),
        ("Cases &ndash; Case", "Case", "Its title is 'Case Timeline'"),
        ("<title>Cases", f"<title>{CANARY.upper()}", "There is personal data in the title"),
        ("#end", f"/people/{CANARY}", "There is personal data in the address"),
        ("<p>", "<p style='width: 350px'>", "At 320 px it is 358 px wide, because of "),
        ("<p>", "<p style='color: #ccc'>", "color-contrast"),
        ("<p>", "<p>50337", "It worked out {{7*7191}}"),
        ("<p>", f"<img alt='' src='{NOWHERE}planted'><p>", "planted failed: net::ERR_"),
        ("<p>", "<script>console.error('Oh')</script><p>", "The console says: Oh"),
        ("<p>", "<script>nothing.there</script><p>", "A script failed: nothing is not defined"),
    ],
)
def test_a_bad_page_is_told_of(browser: Browser, good: str, bad: str, told: str) -> None:
    assert good in GOOD
    tab = loaded(browser, GOOD.replace(good, bad, 1))
    with pytest.raises(AssertionError, match="faults:") as failed:
        tab.check(thorough=True)
    assert told in str(failed.value)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_the_keyboard_cannot_reach_is_not_reached(browser: Browser, scripts: bool) -> None:
    tab = loaded(browser, GOOD, width=PHONE, scripts=scripts)
    tab.goes("link", "way")
    tab.answers("How", "By post")
    tab.answers("Note", "A")
    tab.answers("Note", "B")
    assert tab.page.get_by_label("Note").input_value() == "B"
    with pytest.raises(AssertionError, match="The Tab key does not come to the button"):
        tab.goes("button", "Not for the keyboard")
