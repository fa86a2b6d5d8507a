"""The pages of a served application, in windows of whoever is to look at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, StorageState

from adapters.identity.demo import DEMO_CALLERS
from tests.support.api import Served, served
from tests.support.browsing.tab import WIDE, Tab
from tests.support.read_stores import opened, projecting

_MOST_MILLISECONDS = 10_000
_HEIGHT = 900


@dataclass
class Website:
    """A served application and a browser; people are named as `DEMO_CALLERS` has them."""

    api: Served
    browser: Browser
    _signed_in: dict[str, StorageState] = field(default_factory=dict)

    @contextmanager
    def tab(
        self, who: str | None = None, *, width: int = WIDE, scripts: bool = True
    ) -> Iterator[Tab]:
        """A tab of a browser in which somebody is signed in, or nobody."""
        state = self._session_of(who) if who else None
        with self._opened(state, width, scripts) as tab:
            yield tab

    def goes(self, **by: float) -> None:
        """Let time pass, by which everybody's session may end."""
        self.api.guarded.feed.clock.goes(**by)
        self._signed_in.clear()

    def _session_of(self, who: str) -> StorageState:
        if who not in self._signed_in:
            with self._opened(None, WIDE, True) as tab:
                tab.page.goto(f"{tab.url}/sign-in")
                tab.page.get_by_role("button", name=DEMO_CALLERS[who]).click()
                self._signed_in[who] = tab.page.context.storage_state()
        return self._signed_in[who]

    @contextmanager
    def _opened(self, state: StorageState | None, width: int, scripts: bool) -> Iterator[Tab]:
        context = self.browser.new_context(
            viewport={"width": width, "height": _HEIGHT},
            java_script_enabled=scripts,
            storage_state=state,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(_MOST_MILLISECONDS)
        try:
            url = str(self.api.client.base_url).rstrip("/")
            yield Tab(context.new_page(), url, scripts=scripts)
        finally:
            context.close()


@contextmanager
def website_on(database_url: str, folder: Path, browser: Browser) -> Iterator[Website]:
    """The application on this database, a projector, and the browser to look at it with."""
    with opened(database_url) as stores, projecting(stores), served(database_url, folder) as api:
        yield Website(api, browser)
