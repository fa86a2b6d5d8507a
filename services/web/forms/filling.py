"""Fills in a form: keeps what is typed, judges it, and has it recorded, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from adapters.draft_store import Draft, DraftStore
from domain.events.fields import Actor
from services.access import Visitor
from services.access.recording import RAISING, Recorded, Recording
from services.web.forms.answers import Answers, Fault, belongs_to, one
from services.web.forms.form import Form, Page
from services.web.forms.happened import HAPPENED, KNOWN, settled
from services.web.forms.targets import Target, action_for
from services.web.forms.telling import Entry, Telling, faults_on, told_of

_NOT_YET = "ct:not-yet"
"""Stands for the reference of a case that is yet to be opened, to judge what opens it."""

_SETTLED = {"happened.at": HAPPENED.name, "known.at": KNOWN.name}
"""Moments that answers are given, and the question whose answer settles each."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One person filling in one form. Blocking, but for `record`."""

    drafts: DraftStore
    recording: Recording
    clock: Callable[[], datetime]
    visitor: Visitor
    target: Target
    form: Form

    def draft(self) -> Draft | None:
        """Return what they have typed so far."""
        return self.drafts.find(self.visitor.principal, self.target.stream_id, self.form.name)

    def answers(self) -> Answers:
        """Return their answers so far."""
        return answers_in(self.draft())

    def keep(self, page: Page, sent: Answers, version: int | None) -> tuple[Answers, list[Fault]]:
        """Keep the answers to the questions of one page, wrong or not; return all there are now,
        and what is wrong with those.

        `version` is that of the case when the form was begun.
        """
        draft = self._begun(version)
        before = answers_in(draft)
        others = {
            name: values
            for name, values in before.items()
            if not any(belongs_to(name, question.name) for question in page)
        }
        own = {
            name: values
            for name, values in sent.items()
            # What is settled here, nobody else says.
            if any(belongs_to(name, question.name) for question in page) and name not in _SETTLED
        }
        kept = _unmoved(before, own)
        answers = settled(others | own | kept, self.clock())
        self.drafts.save(self.visitor.principal, draft.event_id, answers)
        return answers, faults_on(page, answers, self.clock())

    def faults(self, number: int, answers: Answers) -> list[Fault]:
        """Return what is wrong with the answers to one page, by its number."""
        return faults_on(self.form.pages[number - 1], answers, self.clock())

    def replace(self, answers: Answers) -> None:
        """Keep these answers in place of all there were."""
        if (draft := self.draft()) is not None:
            self.drafts.save(self.visitor.principal, draft.event_id, dict(answers))

    def telling(self, draft: Draft) -> Telling:
        """Return what the answers of a draft tell, or what is wrong with them."""
        return told_of(self._entry(draft), answers_in(draft), self.clock())

    async def record(self, draft: Draft, telling: Telling) -> Recorded:
        """Have it recorded; raises what `Recording` does."""
        reference = self.target.reference
        if reference is None:
            return await self.recording.open_case(self.visitor, telling.body)
        if self.target.offers_of is None:
            return await self.recording.on_file(self.visitor, telling.on_file(reference))
        expected = None if self.form.event_type in RAISING else draft.version
        return await self.recording.on_case(
            self.visitor, self.target.stream_id, telling.body, expected
        )

    def done(self, draft: Draft, recorded: Recorded) -> None:
        """Forget what was typed, as it is on record."""
        self.drafts.recorded(
            self.visitor.principal, draft.event_id, recorded.case_ref, recorded.version
        )

    def _begun(self, version: int | None) -> Draft:
        latest = self.target.version
        seen = latest if version is None or latest is None else min(version, latest)
        return self.drafts.begin(
            self.visitor.principal,
            self.form.name,
            self.target.stream_id,
            uuid4(),
            reference=self.target.reference,
            version=seen,
        )

    def _entry(self, draft: Draft) -> Entry:
        reference = self.target.reference or _NOT_YET
        return Entry(self.form, draft.event_id, reference, self._actor())

    def _actor(self) -> Actor:
        who = self.recording.gate.standing(self.visitor)
        return self.recording.actor(who, action_for(self.form.event_type, self.target.reference))


def answers_in(draft: Draft | None) -> dict[str, tuple[str, ...]]:
    """Return the answers that a draft keeps."""
    kept: Mapping[str, list[str]] = draft.answers if draft else {}
    return {name: tuple(values) for name, values in kept.items()}


def _unmoved(before: Answers, now: Answers) -> dict[str, tuple[str, ...]]:
    """Return the moments that were settled before and are told just so again."""
    return {
        settled_as: before[settled_as]
        for settled_as, name in _SETTLED.items()
        if settled_as in before and one(before, name) == one(now, name)
    }
