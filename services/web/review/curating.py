"""Says what a review makes of one event: a layer over the record, which it never changes."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from anyio import to_thread
from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.events.envelope import CaseEvent
from domain.events.reviews import ChronologyEntryCurated
from domain.outcomes import Reason
from domain.times import parse_timestamp
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.reviews import Impact, Significance
from projections.chronology_row import ChronologyRow, Inclusion
from services.access import NotThere, Visitor
from services.access.telling import NotRecorded
from services.api.context import Context
from services.api.problems import Problem
from services.api.recording import recording_of
from services.web.case.asked import as_asked
from services.web.case.withheld import WITHHELD
from services.web.dates import day_and_time
from services.web.forms.answers import Answers, Fault, one
from services.web.forms.words import title_of
from services.web.listing import Address
from services.web.page import Link, page
from services.web.review.lines import lines
from services.web.review.opened_review import OpenedReview
from services.web.review.workspace import entry_address

_SEE_OTHER = 303
_CONFLICT = 409
_UNPROCESSABLE = 422
_LONGEST = 20_000
_YES, _NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Curated:
    """What somebody sent of one entry."""

    request: Request
    review: OpenedReview
    row: ChronologyRow
    sent: Answers

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it."""
        found = []
        if one(self.sent, "include") not in (_YES, _NO):
            found.append(Fault("include", "Choose whether it belongs in the chronology"))
        elif self._significance is None:
            found.append(Fault("significance", "Choose what it stands for"))
        if len(one(self.sent, "analysis")) > _LONGEST:
            found.append(Fault("analysis", "The analysis must be 20,000 characters or fewer"))
        return tuple(found)

    def body(self, now: datetime) -> bytes:
        """Return the event that tells it.

        Its id and its time were made when the form was begun: sent twice, it is one event.
        """
        told: dict[str, Any] = {
            "id": self._event_id,
            "type": ChronologyEntryCurated.__name__,
            "time": as_asked(self._begun(now)),
            "data": {
                "review_id": self.review.review_id,
                "event": {"source": self.row.source, "id": self.row.source_event_id},
                "include": one(self.sent, "include") == _YES,
                "significance": self._significance,
                **self._unless_empty("analysis", "impact", "policy_expectation_met"),
            },
        }
        return json.dumps(told).encode()

    @property
    def version(self) -> int:
        """Which version of the case it is based on."""
        told = one(self.sent, "version")
        return int(told) if told.isdecimal() and len(told) < 18 else 0

    @property
    def _significance(self) -> str | None:
        told = one(self.sent, "significance")
        if not told and one(self.sent, "include") == _NO:
            return Significance.BACKGROUND.value
        return told or None

    @property
    def _event_id(self) -> str:
        with suppress(ValueError):
            return str(UUID(one(self.sent, "event")))
        return str(uuid4())

    def _begun(self, now: datetime) -> datetime:
        with suppress(ValueError):
            return min(now, parse_timestamp(one(self.sent, "begun")))
        return now

    def _unless_empty(self, *names: str) -> dict[str, str]:
        return {name: told for name in names if (told := one(self.sent, name))}


async def curate(curated: Curated, visitor: Visitor, context: Context) -> Response:
    """Record it, and lead on; or show the form again, with what is wrong or what changed."""
    if faults := curated.faults:
        return _shown(curated, context, faults=faults, status=_UNPROCESSABLE)
    case_id = curated.review.case.opened.case_id
    body = curated.body(context.clock())
    try:
        await recording_of(context).on_case(visitor, case_id, body, curated.version)
    except NotRecorded as refused:
        if refused.reason is not Reason.STALE_VERSION:
            raise Problem(refused.reason.value, refused.detail) from None
        since = await to_thread.run_sync(curated.review.reading.since, curated.version)
        return _shown(curated, context, since=since, status=_CONFLICT)
    return RedirectResponse(_onwards(curated), _SEE_OTHER)


def show_entry(request: Request, review: OpenedReview, row: ChronologyRow) -> HTMLResponse:
    """Show an entry and the form, filled with what was last said of it."""
    if not review.may_curate:
        raise NotThere
    return _shown(Curated(request, review, row, {}), review.case.context, words=_words_of(row))


def _onwards(curated: Curated) -> str:
    """Return where to go on: to the next that waits, where that is wanted, or back to the list."""
    review, row = curated.review, curated.row
    query = _list_query(curated.request)
    if one(curated.sent, "then") == "next":
        following = review.next_undecided(row.place)
        if following is not None and following.event_id != row.event_id:
            saved = (("saved", str(row.place)),)
            return entry_address(review, str(following.event_id), query + saved)
    back = Address(review.address.path, query).having(saved=row.place)
    return f"{back}#results"


def _shown(
    curated: Curated,
    context: Context,
    *,
    words: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
    since: Sequence[CaseEvent] | None = None,
    status: int = 200,
) -> HTMLResponse:
    review, row, request = curated.review, curated.row, curated.request
    query = _list_query(request)
    back = Address(review.address.path, query)
    overtaken = since is not None and any(
        isinstance(it, ChronologyEntryCurated) and it.event.event_id == row.event_id for it in since
    )
    typed = words if words is not None else _typed(curated.sent)
    (line,) = lines([row], review.case.persons)
    following = review.next_undecided(row.place)
    return page(
        request,
        "review/entry.html",
        title=f"Entry {row.place} of review {review.review_id}: case {review.case.opened.case_ref}",
        breadcrumbs=(*review.breadcrumbs,),
        errors=bool(faults),
        status=status,
        review=review,
        case=review.case,
        line=line,
        total=len(review.rows),
        typed=typed,
        faults=faults,
        messages={fault.name: fault.message for fault in faults},
        since=None if since is None else [_told(event) for event in since],
        overtaken=overtaken,
        version=review.case.opened.version,
        event=str(uuid4()),
        begun=as_asked(context.clock()),
        action=entry_address(review, str(row.event_id), query),
        back=f"{back}#{line.anchor}",
        neighbours=_neighbours(review, row, query),
        has_next=following is not None and following.event_id != row.event_id,
        saved=request.query_params.get("saved", ""),
        significances=list(Significance),
        impacts=list(Impact),
        answers=list(YesNoUnknown),
        withheld=WITHHELD,
    )


def _words_of(row: ChronologyRow) -> dict[str, str]:
    include = {Inclusion.INCLUDED: _YES, Inclusion.LEFT_OUT: _NO}.get(row.include, "")
    return {
        "include": include,
        "significance": row.significance or "",
        "impact": row.impact or "",
        "policy_expectation_met": row.policy_expectation_met,
        "analysis": "" if row.analysis in (None, WITHHELD) else row.analysis,
    }


def _typed(sent: Answers) -> dict[str, str]:
    names = ("include", "significance", "impact", "policy_expectation_met", "analysis")
    return {name: one(sent, name) for name in names}


def _told(event: CaseEvent) -> str:
    who = event.actor.role
    return f"{title_of(type(event))}, recorded {day_and_time(event.recorded_at)} by {who}"


def _neighbours(
    review: OpenedReview, row: ChronologyRow, query: tuple[tuple[str, str], ...]
) -> list[Link]:
    found = []
    for text, place in (("Previous entry", row.place - 1), ("Next entry", row.place + 1)):
        beside = next((each for each in review.rows if each.place == place), None)
        if beside is not None:
            found.append(Link(text, entry_address(review, str(beside.event_id), query)))
    return found


def _list_query(request: Request) -> tuple[tuple[str, str], ...]:
    told = request.query_params.multi_items()
    return tuple((name, value) for name, value in told if name not in ("saved",) and value)
