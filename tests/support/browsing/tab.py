"""A tab of the browser, which notes what goes wrong and checks every page it comes to."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

from tests.support.browsing.checks import (
    WIDTHS,
    badly_headed,
    inaccessible,
    run_by_templates,
    sideways,
    telling,
)

Role = Literal["button", "combobox", "group", "link", "searchbox", "textbox"]

WIDE, PHONE = 1280, 390
SCREENSHOTS = Path(__file__).parents[3] / "build" / "screenshots"
"""Where the last run left what pages look like; not kept in the repository."""


class Tab:
    """A page as a person has it in front of them, who uses the keyboard only."""

    def __init__(self, page: Page, url: str, *, scripts: bool) -> None:
        self.page = page
        self.scripts = scripts
        self.url = url
        self._status = 200
        self._noted: list[str] = []
        page.on("console", self._told)
        page.on("pageerror", lambda error: self._noted.append(f"A script failed: {error}."))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("dialog", lambda dialog: self._noted.append(f"A dialog: {dialog.message}."))

    # What somebody does

    def visit(self, path: str, *, status: int = 200, thorough: bool = False) -> None:
        """Open a page, which answers with this status, and check it."""
        self._status = status
        answer = self.page.goto(f"{self.url}{path}")
        assert answer is not None, path
        assert answer.status == status, f"{path}: {answer.status}, not {status}"
        self.check(thorough=thorough)

    def follows(self, name: str) -> None:
        """Follow the link of this name, and check where it leads."""
        self.goes("link", name)
        self._enters(200)

    def follows_to(self, address: str) -> None:
        """Follow the first link whose address holds this, and check where it leads."""
        found = self.page.locator(f"main a[href*='{address}']")
        assert found.count(), f"{self._at} leads nowhere like {address}:\n{self.text}"
        self._goes_to(found.first, f"a link to {address}")
        self._enters(200)

    def presses(self, name: str, *, status: int = 200) -> None:
        """Press the button of this name, and check what comes of it."""
        self.goes("button", name)
        self._enters(status)

    def downloads(self, name: str) -> str:
        """Follow the link of this name to a file, and return what is in it."""
        self.goes("link", name)
        with self.page.expect_download() as found:
            self.page.keyboard.press("Enter")
        text = found.value.path().read_text(encoding="utf-8-sig")
        self._noted = [each for each in self._noted if not each.endswith("net::ERR_ABORTED.")]
        return text

    def answers(self, question: str, answer: str | list[str] | date) -> None:
        """Answer a question in whatever kind of control it is asked: by its label, by some labels,
        or by a day."""
        group = self._asked("group", question)
        if isinstance(answer, date):
            for part, value in (
                ("Day", answer.day),
                ("Month", answer.month),
                ("Year", answer.year),
            ):
                self._writes(group.get_by_label(part, exact=True), str(value))
        elif isinstance(answer, list):
            for label in answer:
                box = group.get_by_role("checkbox", name=label, exact=True)
                self._goes_to(box, f"the box {label!r}")
                self.page.keyboard.press("Space")
                assert box.is_checked(), f"{question} {label}: not ticked"
        elif group.count():
            self._chooses(group, answer)
        elif (select := self._asked("combobox", question)).count():
            self._goes_to(select, f"the choices of {question!r}")
            self.page.keyboard.type(answer)
            chosen = select.locator("option:checked").inner_text()
            assert chosen == answer, f"{question}: {chosen!r}, not {answer!r}"
        else:
            field = self._asked("textbox", question)
            self._writes(field.or_(self._asked("searchbox", question)).first, answer)

    def asks(self, question: str) -> bool:
        """Whether there is such a question on the page."""
        kinds: tuple[Role, ...] = ("group", "combobox", "textbox")
        return any(self._asked(kind, question).count() for kind in kinds)

    def opens(self, summary: str) -> None:
        """Open what is folded away under these words."""
        fold = self.page.locator("summary", has_text=summary).first
        assert fold.count(), f"{self._at} folds nothing away under {summary!r}:\n{self.text}"
        self._goes_to(fold, f"the fold {summary!r}")
        self.page.keyboard.press("Enter")
        assert fold.evaluate("fold => fold.parentElement.open"), f"{summary}: not open"

    def goes(self, role: Role, name: str) -> None:
        """Go to a control with the Tab key, as somebody without a mouse does."""
        found = self.page.get_by_role(role, name=name, exact=True)
        assert found.count(), f"{self._at} has no {role} {name!r}:\n{self.text}"
        self._goes_to(found.first, f"the {role} {name!r}")

    # What somebody sees

    def sees(self, *texts: str) -> None:
        """Fails unless all of this is on the page, whatever space is between the words."""
        shown = self.text
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{self._at} does not show {missing}:\n{shown}"

    def sees_nothing_of(self, *texts: str) -> None:
        """Fails if any of this is anywhere on the page, hidden or not."""
        held = self.page.content()
        assert not (found := [text for text in texts if text in held]), f"{self._at}: {found}"

    @property
    def text(self) -> str:
        """What there is to read on the page."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def everything(self) -> str:
        """All there is to read, above and below the content too."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        """What the page is headed."""
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        """Where one is."""
        return self.page.url.removeprefix(self.url)

    # What every page is held to

    def check(self, *, thorough: bool = False) -> None:
        """Fails, with all that is wrong, unless the page is as every page must be.

        A thorough check looks at it in every width, others in that of the window. Where scripts
        do not run axe cannot either; what it finds is in the HTML, which is the same.
        """
        self.page.wait_for_load_state("load")
        found = [*self._faults(WIDTHS if thorough else self._own_widths), *self._noted]
        self._noted.clear()
        assert not found, "\n".join([f"{self._at} has {len(found)} faults:", *found])

    def shoot(self, name: str) -> None:
        """Keep what the page looks like on a desk and on a phone."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for width in (WIDE, PHONE):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)

    def _faults(self, widths: Sequence[int]) -> Iterator[str]:
        yield from badly_headed(self.page)
        yield from telling(self.page)
        yield from run_by_templates(self.page)
        before = self.page.viewport_size
        assert before is not None
        for width in widths:
            self.page.set_viewport_size({**before, "width": width})
            yield from sideways(self.page)
            if self.scripts and width in (max(widths), min(widths)):
                yield from inaccessible(self.page)
        self.page.set_viewport_size(before)

    @property
    def _own_widths(self) -> Sequence[int]:
        size = self.page.viewport_size
        assert size is not None
        return (size["width"],)

    @property
    def _at(self) -> str:
        size = self.page.viewport_size or {"width": 0}
        how = "with" if self.scripts else "without"
        return f"{self.path} ({size['width']} px, {how} scripts)"

    def _asked(self, role: Role, question: str) -> Locator:
        label = re.compile(rf"^{re.escape(question)}( \(optional\))?$")
        return self.page.get_by_role(role, name=label).first

    def _chooses(self, group: Locator, label: str) -> None:
        radios = group.get_by_role("radio")
        # What is offered of a case has its reference before the words: then a part is enough.
        exact = group.get_by_role("radio", name=label, exact=True)
        chosen = exact if exact.count() else group.get_by_role("radio", name=label)
        name = chosen.get_attribute("name")
        self._tabs_until(lambda: self._focused_name() == name, f"the radio button {label!r}")
        for _ in range(radios.count()):
            if _has_focus(chosen):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert chosen.is_checked(), f"{label}: not chosen"

    def _writes(self, field: Locator, text: str) -> None:
        self._goes_to(field, f"the field for {text!r}")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        assert field.input_value() == text

    def _goes_to(self, control: Locator, what: str) -> None:
        self._tabs_until(lambda: _has_focus(control), what)

    def _tabs_until(self, there: Callable[[], bool], what: str) -> None:
        rounds = 0
        while not there():
            self.page.keyboard.press("Tab")
            # After the last control the page as a whole has the focus, then the first has it.
            rounds += bool(self.page.evaluate("document.activeElement === document.body"))
            if rounds > 1:
                raise AssertionError(f"The Tab key does not come to {what} on {self._at}.")

    def _focused_name(self) -> str:
        return str(self.page.evaluate("document.activeElement.name || ''"))

    def _enters(self, status: int) -> None:
        self._status = status
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.check()

    # What is noted meanwhile

    def _told(self, message: ConsoleMessage) -> None:
        # That the page itself is no success is told too, and may be what is expected.
        of_itself = message.location.get("url") == self.page.url and self._status >= 400
        if message.type == "error" and not of_itself:
            self._noted.append(f"The console says: {message.text}")

    def _failed(self, request: Request) -> None:
        self._noted.append(f"{request.url} failed: {request.failure}.")

    def _answered(self, response: Response) -> None:
        document = response.request.is_navigation_request()
        if response.status >= 400 and not (document and response.status == self._status):
            self._noted.append(f"{response.url} answered {response.status}.")


def _has_focus(control: Locator) -> bool:
    return bool(control.evaluate("control => control === document.activeElement"))
