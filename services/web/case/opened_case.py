"""An opened case as its pages have it: its rows as they may be shown, and what every page says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from fastapi import Request
from pydantic_core import from_json
from starlette.responses import HTMLResponse

from domain.access import Action
from domain.times import in_london
from projections.case_state import case_state
from projections.case_state_row import CaseStateRow
from projections.people import people
from projections.read_model import ReadModel, Row
from projections.time_travel import PointOfView
from services.access import Opened
from services.access.reading import OpenedReading
from services.api.context import Context
from services.web.case.asked import Seen, with_query
from services.web.case.banner import Banner, banner_of
from services.web.case.persons import Persons
from services.web.case.recording_links import recording_links
from services.web.case.sections import ACCESS, BANNER, CHANGES, SECTIONS, Section
from services.web.case.withheld import row_of
from services.web.dates import day, day_and_time
from services.web.page import Link, page
from services.web.signing_in import person_signed_in
from services.web.signing_in.navigation import may_sometimes

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class OpenedCase:
    """One case, opened for one of its pages."""

    request: Request
    context: Context
    opened: Opened
    section: Section
    seen: Seen
    reading: OpenedReading
    shown: Mapping[str, list[dict[str, Any]]]
    """By read model, the rows as `projections.masking.shown` has them."""
    missing: int = 0
    revealed: str | None = None
    """What was revealed for this page alone."""

    def rows(self, model: ReadModel[R]) -> list[R]:
        """Return the case's rows in a read model that the section names."""
        return [row_of(model.row, each) for each in self.shown.get(model.name, ())]

    def rows_recorded(self, model: ReadModel[Any]) -> list[dict[str, Any]]:
        """Return shown rows of all that was recorded by then, also of what was known later."""
        view = PointOfView(recorded_by=self.seen.view.recorded_by)
        found = self.reading.shown((model,), self.opened.masked, view)
        rows: list[dict[str, Any]] = from_json(found.rows[model.name])
        return rows

    @cached_property
    def state(self) -> CaseStateRow | None:
        """The case as it stands; None of a file that is no case, or where nothing was known."""
        return next(iter(self.rows(case_state)), None)

    @cached_property
    def persons(self) -> Persons:
        """What to call the persons of the case."""
        return Persons(self.rows(people), self.address("people"))

    @property
    def now(self) -> datetime:
        """The moment at which to judge what is due."""
        return self.seen.judged_at(self.context.clock())

    @property
    def today(self) -> date:
        """The day, in England, at which to judge what is due."""
        return in_london(self.now).date()

    def address(self, slug: str, *query: tuple[str, str]) -> str:
        """Return where another page of the case is, from the same point of view."""
        return with_query(self._path(slug), (*self.seen.query, *query))

    def event(self, version: int) -> str:
        """Return where the timeline has an event."""
        return f"{self.address('', ('event', str(version)))}#event-{version}"

    def render(self, template: str, *, subtitle: str = "", **context: Any) -> HTMLResponse:
        """Return the page of this section."""
        title = self.section.title
        return page(
            self.request,
            f"case/{template}",
            title=f"{title}{subtitle}: case {self.opened.case_ref}",
            heading=title,
            breadcrumbs=self._breadcrumbs(),
            case=self,
            ref=self.opened.case_ref,
            banner=self.banner,
            sections=self._sections(),
            here=self.address(self.section.slug),
            records=self._records(),
            **context,
        )

    @cached_property
    def banner(self) -> Banner:
        """What every page begins with."""
        return banner_of(self.state, self.today)

    @property
    def as_of(self) -> str:
        """As of when the case is shown, in words."""
        view = self.seen.view
        known = f"As known on {day(view.known_on)}" if view.known_on else ""
        recorded = f"as recorded by {day_and_time(view.recorded_by)}" if view.recorded_by else ""
        told = ", ".join(part for part in (known, recorded) if part)
        return told[:1].upper() + told[1:]

    @property
    def as_of_means(self) -> str:
        """What is left out of the page."""
        if self.seen.view.known_on:
            return "It leaves out all that the landlord came to know only after that day."
        return "It leaves out all that was recorded only after that moment."

    @property
    def now_address(self) -> str:
        """Where the same page is as things are now."""
        return with_query(self._path(self.section.slug), self.seen.from_now().query)

    @property
    def warning(self) -> str:
        """The first thing to know before visiting."""
        if self.banner.not_alone:
            return "Do not visit alone"
        if self.banner.controls:
            return "Before you visit"
        return "Immediate danger was reported"

    def may(self, action: Action) -> bool:
        """Tell whether it is worth offering something: whether some rule lets such people do it."""
        return may_sometimes(person_signed_in(self.request).roles, action)

    @property
    def can_travel(self) -> bool:
        """Whether to offer the page as of another time."""
        is_section = self.section in SECTIONS
        return is_section and not self.opened.in_emergency and self.may(Action.TIME_TRAVEL)

    @property
    def as_of_address(self) -> str:
        """Where to say as of when."""
        purpose = self.seen.from_now().query
        return with_query(self._path("as-of"), (("page", self.section.slug), *purpose))

    @property
    def can_reveal(self) -> bool:
        """Whether to offer to show what is withheld."""
        if self.opened.in_emergency or not self.seen.view.is_now or self.revealed:
            return False
        return self.section in SECTIONS and self.may(Action.REVEAL)

    @property
    def reveal_address(self) -> str:
        """Where to ask for what is withheld on this page."""
        own = self.request.query_params.multi_items()
        return with_query(self._path("reveal"), (("section", self.section.slug), *own))

    def _path(self, slug: str) -> str:
        return f"/cases/{self.opened.case_id}" + (f"/{slug}" if slug else "")

    def _breadcrumbs(self) -> tuple[Link, ...]:
        return (Link("Cases", "/cases"), Link(self.opened.case_ref, self.address("")))

    def _sections(self) -> list[Link]:
        others = [each for each in (CHANGES, ACCESS) if self.may(each.action)]
        return [Link(each.title, self.address(each.slug)) for each in (*SECTIONS, *others)]

    def _records(self) -> Sequence[Link]:
        if self.section not in SECTIONS or not self.seen.view.is_now or self.opened.in_emergency:
            return ()
        if not self.may(Action.WRITE):
            return ()
        return recording_links(self._path(""), self.section.records)


def opened_case(
    request: Request,
    context: Context,
    opened: Opened,
    section: Section,
    seen: Seen,
    revealed: str | None = None,
    reading: OpenedReading | None = None,
) -> OpenedCase:
    """Return a case that was opened at the gate, with the rows of one of its pages.

    `reading` is what reads it, where something was read of it before.
    """
    reading = reading or context.reading(opened)
    models = (*BANNER, *section.models)
    found = reading.shown(models, opened.masked, seen.view)
    shown = {name: from_json(rows) for name, rows in found.rows.items()}
    return OpenedCase(
        request, context, opened, section, seen, reading, shown, found.missing, revealed
    )
