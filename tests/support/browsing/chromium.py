"""The browser: a Chromium of the system, which `make test` installs where it may."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """Where the browser is: what CHROMIUM names, or else the first that is on the path.

    Fails the test where there is none, rather than skip it: nobody would see that pages broke.
    """
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(which, [named] if named else NAMES)), None)
    if found is None:
        where = f"CHROMIUM names {named}, which is no program" if named else "no Chromium is found"
        pytest.fail(
            f"Browser tests need a browser, and {where}: run `make browser`, or install Chromium"
            " or Google Chrome, or set CHROMIUM to where one is.",
            pytrace=False,
        )
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser, to be used and closed in this thread.

    While it runs, asyncio takes this thread for one with a running loop: no test that is a
    coroutine, or calls `asyncio.run`, can run before it is closed.
    """
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
