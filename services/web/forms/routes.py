"""The routes of the forms: to record on a case or a file, to raise a concern, one's drafts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from domain.events.integrity import EventCorrected
from domain.outcomes import Reason
from services.access import NotThere
from services.access.telling import NotRecorded
from services.api.context import InContext
from services.api.recording import recording_of
from services.web.forms import concern
from services.web.forms.answers import one
from services.web.forms.catalogue import (
    form_named,
    forms_on_case,
    forms_on_file,
    often_recorded,
)
from services.web.forms.correcting import correction_of
from services.web.forms.filling import Filling
from services.web.forms.form import Form
from services.web.forms.pages import FormPages
from services.web.forms.questions import Kind
from services.web.forms.sent import FormSent, Sent
from services.web.forms.store import Drafts, opening
from services.web.forms.targets import NEW, Target, case_target, file_target, new_target
from services.web.page import Link, page
from services.web.signing_in import SignedIn

_SEE_OTHER = 303
_REFERRING = (Kind.REFERENCE, Kind.EVENT)

router = APIRouter(lifespan=opening)


def _form(name: str) -> Form:
    form = form_named(name)
    if form is None:
        raise NotThere
    return form


def _on_case(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    drafts: Drafts,
    case_id: UUID,
    name: str,
) -> FormPages:
    form = _form(name)
    target = case_target(context, visitor, case_id, form.event_type)
    return _pages(request, context, visitor, drafts, target, form)


def _on_new(request: Request, context: InContext, visitor: SignedIn, drafts: Drafts) -> FormPages:
    target = new_target(context, visitor)
    return _pages(request, context, visitor, drafts, target, concern.CONCERN_FORM)


def _on_file(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    drafts: Drafts,
    reference: str,
    name: str,
) -> FormPages:
    form = _form(name)
    target = file_target(context, visitor, reference, form.event_type)
    return _pages(request, context, visitor, drafts, target, form)


def _pages(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    drafts: Drafts,
    target: Target,
    form: Form,
) -> FormPages:
    recording = recording_of(context)
    filling = Filling(drafts, recording, context.clock, visitor, target, form)
    if form.event_type is EventCorrected and target.offers_of is not None:
        own = correction_of(context, visitor, target.offers_of, filling.answers())
        filling = replace(filling, form=own)
    return FormPages(request, context, filling)


@router.get("/cases/{case_id:uuid}/record")
def what_to_record(
    case_id: UUID, request: Request, context: InContext, visitor: SignedIn
) -> Response:
    """Show what may be recorded on a case."""
    target = case_target(context, visitor, case_id, concern.CONCERN_FORM.event_type)
    groups = forms_on_case(context, visitor, case_id, target.base)
    return page(
        request,
        "forms/what_to_record.html",
        title=f"Record something, {target.called}",
        target=target,
        groups=groups,
        often=often_recorded(groups),
        short=Link(concern.CONCERN_FORM.title, f"{target.base}/{concern.NAME}"),
    )


@router.get("/files/{reference}/record")
def what_to_record_on_file(
    reference: str, request: Request, context: InContext, visitor: SignedIn
) -> Response:
    """Show what may be recorded on a file of its own."""
    base = f"/files/{reference}/record"
    groups = forms_on_file(context, visitor, reference, base)
    if not groups:
        raise NotThere
    target = Target(base, NEW, reference, reference, back="/")
    return page(
        request,
        "forms/what_to_record.html",
        title=f"Record something, {reference}",
        target=target,
        groups=groups,
        often=often_recorded(groups),
        short=None,
    )


def _begin(pages: FormPages) -> Response:
    """Begin a form, or ask whether to go on with it."""
    draft = pages.filling.draft()
    if draft is not None and draft.answers:
        return pages.begun_before()
    query = f"?{pages.request.url.query}" if pages.request.url.query else ""
    return pages.at(f"1{query}")


def _show(pages: FormPages, number: int, more: str, wrong: str, back: str) -> Response:
    """Show a page of questions, as answered so far; with what is `wrong`, once it was sent."""
    if not 1 <= number <= len(pages.filling.form.pages):
        raise NotThere
    answers = _named(pages) | dict(pages.filling.answers())
    faults = pages.filling.faults(number, answers) if wrong else ()
    return pages.questions(number, answers, faults, more, back)


def _named(pages: FormPages) -> dict[str, tuple[str, ...]]:
    """Return what an address names that leads to a form, such as the action it is about."""
    named = {each.name for each in pages.filling.form.questions if each.kind in _REFERRING}
    return {name: (value,) for name, value in pages.request.query_params.items() if name in named}


def _keep(pages: FormPages, number: int, sent: Sent) -> Response:
    """Keep the answers of a page, and go on to the next as far as they are right."""
    form = pages.filling.form
    if not 1 <= number <= len(form.pages):
        raise NotThere
    asked = form.pages[number - 1]
    version = one(sent, "version")
    answers, faults = pages.filling.keep(asked, sent, int(version) if version.isdigit() else None)
    back = "&back=check" if one(sent, "back") else ""
    if wanted := one(sent, "add"):
        return pages.at(f"{number}?more={wanted}{back}#{wanted}")
    if unwanted := one(sent, "remove"):
        kept = {name: each for name, each in answers.items() if not name.startswith(f"{unwanted}.")}
        pages.filling.replace(kept)
        return pages.at(f"{number}?{back[1:]}" if back else number)
    if one(sent, "later"):
        return RedirectResponse("/drafts", _SEE_OTHER)
    if faults:
        return pages.at(f"{number}?wrong=yes{back}")
    return pages.at(number + 1 if number < len(form.pages) and not back else "check")


async def _record(pages: FormPages, sent: Sent) -> Response:
    """Have it recorded, unless something was recorded meanwhile that was not seen."""
    return await to_thread.run_sync(_judge, pages, sent) or await _recorded(pages, sent)


def _judge(pages: FormPages, sent: Sent) -> Response | None:
    """Return where to go instead of recording; None where it can be recorded."""
    filling = pages.filling
    draft = filling.draft()
    own = one(sent, "event")
    if draft is None or str(draft.event_id) != own:
        # It was sent before, and is on record, or it was discarded.
        return RedirectResponse(f"/recorded/{own}" if own else f"{pages.base}/1", _SEE_OTHER)
    seen = one(sent, "seen")
    if seen.isdigit() and draft.version is not None:
        latest = filling.target.version or 0
        filling.drafts.rebase(filling.visitor.principal, draft.event_id, min(int(seen), latest))
    faults = filling.telling(draft).faults
    return pages.check(faults) if faults else None


async def _recorded(pages: FormPages, sent: Sent) -> Response:
    filling = pages.filling
    draft = await to_thread.run_sync(filling.draft)
    if draft is None:
        return RedirectResponse(f"/recorded/{one(sent, 'event')}", _SEE_OTHER)
    telling = await to_thread.run_sync(filling.telling, draft)
    try:
        recorded = await filling.record(draft, telling)
    except NotRecorded as refused:
        if refused.reason is Reason.STALE_VERSION and draft.version is not None:
            return pages.at("changed")
        return await to_thread.run_sync(partial(pages.check, refused=refused))
    await to_thread.run_sync(filling.done, draft, recorded)
    return RedirectResponse(f"/recorded/{draft.event_id}", _SEE_OTHER)


def _discard(pages: FormPages) -> Response:
    """Forget what was typed."""
    filling = pages.filling
    if (draft := filling.draft()) is not None:
        filling.drafts.discard(filling.visitor.principal, draft.event_id)
    return RedirectResponse("/drafts", _SEE_OTHER)


def _add_form(at: str, pages_at: Callable[..., FormPages]) -> None:
    """Add the routes of forms under one address; `pages_at` says which form is filled in there."""
    of = Depends(pages_at)

    def begin(pages: Annotated[FormPages, of]) -> Response:
        return _begin(pages)

    def check(pages: Annotated[FormPages, of]) -> Response:
        return pages.check()

    async def record(pages: Annotated[FormPages, of], sent: FormSent) -> Response:
        return await _record(pages, sent)

    def discard(pages: Annotated[FormPages, of]) -> Response:
        return _discard(pages)

    def show(
        pages: Annotated[FormPages, of],
        number: int,
        more: str = "",
        wrong: str = "",
        back: str = "",
    ) -> Response:
        return _show(pages, number, more, wrong, back)

    def changed(pages: Annotated[FormPages, of]) -> Response:
        return pages.changed()

    def keep(pages: Annotated[FormPages, of], number: int, sent: FormSent) -> Response:
        return _keep(pages, number, sent)

    router.add_api_route(at, begin, methods=["GET"])
    router.add_api_route(f"{at}/check", check, methods=["GET"])
    router.add_api_route(f"{at}/check", record, methods=["POST"])
    router.add_api_route(f"{at}/changed", changed, methods=["GET"])
    router.add_api_route(f"{at}/discard", discard, methods=["POST"])
    router.add_api_route(f"{at}/{{number:int}}", show, methods=["GET"])
    router.add_api_route(f"{at}/{{number:int}}", keep, methods=["POST"])


_add_form("/cases/{case_id:uuid}/record/{name}", _on_case)
_add_form("/concerns/new", _on_new)
_add_form("/files/{reference}/record/{name}", _on_file)


@router.get("/recorded/{event_id:uuid}")
def recorded(event_id: UUID, request: Request, visitor: SignedIn, drafts: Drafts) -> Response:
    """Confirm that something is on record, under which reference."""
    receipt = drafts.receipt(visitor.principal, event_id)
    form = form_named(receipt.form) if receipt else None
    if receipt is None or form is None:
        raise NotThere
    return page(
        request,
        "forms/recorded.html",
        title=f"Recorded, {receipt.reference}",
        form=form,
        receipt=receipt,
        is_new=receipt.stream_id == NEW,
    )


@router.get("/drafts")
def my_drafts(request: Request, visitor: SignedIn, drafts: Drafts) -> Response:
    """Show what somebody has begun and not recorded yet."""
    begun = [
        (draft, form, _address(draft.stream_id, draft.reference, form))
        for draft in drafts.drafts_of(visitor.principal)
        if draft.answers and (form := form_named(draft.form)) is not None
    ]
    return page(request, "forms/drafts.html", title="Your drafts", drafts=begun)


def _address(stream_id: UUID, reference: str | None, form: Form) -> str:
    if reference is None:
        return "/concerns/new"
    if reference.partition(":")[0] in ("person", "property", "organisation", "authority"):
        return f"/files/{reference}/record/{form.name}"
    return f"/cases/{stream_id}/record/{form.name}"
