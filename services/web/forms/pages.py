"""Shows a form to one person: a page of it, what to check, what changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from services.access.telling import NotRecorded
from services.api.context import Context
from services.web.forms.answers import Answers, Fault
from services.web.forms.filling import Filling, answers_in
from services.web.forms.offers import Offers
from services.web.forms.questions import Kind
from services.web.forms.refused import words_of
from services.web.forms.shown import Filled, rows_to_check, to_change
from services.web.page import page

_SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class FormPages:
    """The pages of one form, for one person."""

    request: Request
    context: Context
    filling: Filling

    @property
    def base(self) -> str:
        """The address of the form."""
        target, form = self.filling.target, self.filling.form
        return target.base if target.reference is None else f"{target.base}/{form.name}"

    def at(self, number: int | str) -> Response:
        """Send the browser to one of the pages."""
        return RedirectResponse(f"{self.base}/{number}", _SEE_OTHER)

    def questions(
        self,
        number: int,
        answers: Answers,
        faults: Sequence[Fault] = (),
        more: str = "",
        back: str = "",
    ) -> Response:
        """Return a page of questions, with what is wrong with the answers there are; `back` says
        that one came from where they are checked, and goes back there."""
        asked = self.filling.form.pages[number - 1]
        has_file = any(question.kind is Kind.FINGERPRINT for question in asked)
        return self._page(
            "forms/questions.html",
            faults=faults,
            questions=asked,
            number=number,
            filled=Filled(answers, faults, self._offers(), more),
            encoding="multipart/form-data" if has_file else None,
            version=self.filling.target.version,
            back=bool(back),
        )

    def check(self, faults: Sequence[Fault] = (), refused: NotRecorded | None = None) -> Response:
        """Return the page on which the answers are checked before they are recorded."""
        draft = self.filling.draft()
        if draft is None:
            return self.at(1)
        answers, form = answers_in(draft), self.filling.form
        told = self.filling.telling(draft)
        wrong = [
            (fault.message, to_change(self.base, form.page_of(fault.name), fault.name))
            for fault in (faults or told.faults)
        ]
        if refused is not None:
            wrong.append((words_of(refused), f"{self.base}/1"))
        sensitivity = told.event.sensitivity if told.event else None
        return self._page(
            "forms/check.html",
            faults=wrong,
            wrong=wrong,
            event_id=draft.event_id,
            rows=rows_to_check(form, answers, self._offers(), self.base, self.context.clock()),
            sensitivity=sensitivity,
        )

    def changed(self) -> Response:
        """Return the page that tells what was recorded since the version that was seen."""
        draft = self.filling.draft()
        if draft is None or draft.version is None or draft.version == self.filling.target.version:
            return self.at("check" if draft else 1)
        seen = draft.version
        since = self._offers().since(seen)
        latest = self.filling.target.version or seen
        return self._page(
            "forms/changed.html",
            event_id=draft.event_id,
            since=[
                row | {"recorded_at": datetime.fromisoformat(row["recorded_at"])} for row in since
            ],
            hidden=max(0, latest - seen - len(since)),
            latest=latest,
        )

    def begun_before(self) -> Response:
        """Return the page that asks whether to go on with what was begun before."""
        return self._page("forms/begun_before.html", draft=self.filling.draft())

    def _offers(self) -> Offers:
        return Offers(self.context, self.filling.visitor, self.filling.target.offers_of)

    def _page(self, template: str, *, faults: Sequence[object] = (), **own: Any) -> Response:
        target, form = self.filling.target, self.filling.form
        shared: Mapping[str, Any] = {"form": form, "target": target, "base": self.base}
        title = f"{form.title}, {target.called}"
        return page(
            self.request,
            template,
            title=title,
            errors=bool(faults),
            faults=faults,
            **shared,
            **own,
        )
