"""Takes in events that systems publish over HTTP."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from pydantic_core import to_json

from adapters.wire import Refusal, source_of_subject, subject_for
from domain.outcomes import Outcome, Reason
from services.api.answers import JSON
from services.api.callers import TOKEN_NEEDED, visitor_of
from services.api.cloudevents_http import Mode, Sent, events_of, mode_of
from services.api.context import Context, context_of
from services.api.problems import Problem
from services.api.publishers import Publishers, Sources
from services.api.publishing_described import ANSWERS, REQUEST
from services.api.rates import PUBLISHING
from services.intake import Receipt, Refuses, Submission

_STATUS = {Outcome.ACCEPTED: 201, Outcome.DUPLICATE: 200, Outcome.WAITING: 202}
_WHAT_IS_TAKEN = (
    f"Send {Mode.STRUCTURED} or {Mode.BATCH}, or {Mode.BINARY} with the event's attributes in ce- "
    "headers; in UTF-8."
)

router = APIRouter(tags=["publishing"])


@router.post(
    PUBLISHING,
    summary="Publish an event, or a batch of events",
    operation_id="publish_events",
    status_code=201,
    responses=ANSWERS,
    openapi_extra=REQUEST | TOKEN_NEEDED,
)
async def publish(request: Request) -> Response:
    """Take in what is sent, and answer once that is committed.

    What is sent again under its id takes effect only once: whoever got no answer may repeat.
    """
    context = context_of(request)
    visitor = await visitor_of(request, context)
    publishers = publishers_of(request, context)
    sources = await publishers.sources(visitor)
    mode = mode_of(request.headers)
    if mode is None:
        sent = [Sent(b"", refusal=Refusal(Reason.UNSUPPORTED_MEDIA_TYPE, _WHAT_IS_TAKEN))]
    else:
        body = await request.body()
        try:
            sent = await _events_of(mode, request, body)
        except Refusal as refusal:
            sent, mode = [Sent(body, refusal=refusal)], Mode.STRUCTURED
    own = [each if _is_own(each, sources) else _foreign(each) for each in sent]
    if own != sent:
        await publishers.publishes_as_another(visitor)
    receipts = await handed_in(own, context, sources)
    if mode is Mode.BATCH:
        return _json({"events": [_told(each) for each in receipts]}, 200)
    return _answer(receipts[0])


def publishers_of(request: Request, context: Context) -> Publishers:
    """Return what says who may publish which sources."""
    state = request.app.state
    if not hasattr(state, "publishers"):
        state.publishers = Publishers(context.gate, context.clock)
    found = state.publishers
    assert isinstance(found, Publishers)
    return found


async def _events_of(mode: Mode, request: Request, body: bytes) -> list[Sent]:
    headers = request.scope["headers"]
    if mode is Mode.BATCH:  # it may be large
        return await to_thread.run_sync(events_of, mode, headers, body)
    return events_of(mode, headers, body)


def _is_own(sent: Sent, sources: Sources) -> bool:
    return sent.source is None or sent.source in sources


def _foreign(sent: Sent) -> Sent:
    detail = "source: is not one whose events you may publish"
    return sent._replace(source=None, refusal=Refusal(Reason.SOURCE_MISMATCH, detail))


async def handed_in(
    events: Sequence[Sent], context: Context, sources: Sources
) -> Sequence[Receipt]:
    """Return what became of events that someone sent who may publish these sources."""
    if not events:
        return ()
    now = context.clock()
    # Not the id of the request: that is the sender's to choose. Nor anything that could be seeded:
    # of two requests of one name the second would be answered as the first, and lost.
    this = f"{now:%Y%m%dT%H%M%S}-{token_hex(8)}"
    submissions = []
    for place, event in enumerate(events):
        source = source_of_subject(subject_for(event.source or min(sources)))
        delivery = f"http:{source}:{this}:{place}"
        submissions.append(
            Submission(
                delivery,
                source,
                event.body,
                now,
                refusal=event.refusal,
                refuses=Refuses.NOT_UNDERSTOOD,
            )
        )
    return await context.intake.submit(submissions, patient=False)


def _answer(receipt: Receipt) -> Response:
    if (status := _STATUS.get(receipt.outcome)) is not None:
        return _json(_told(receipt), status)
    assert receipt.reason is not None
    raise Problem(receipt.reason.value, receipt.detail, outcome=receipt.outcome.value)


def _told(receipt: Receipt) -> dict[str, Any]:
    return {
        "outcome": receipt.outcome,
        "reason": receipt.reason,
        "detail": receipt.detail,
        "event_id": receipt.event_id,
        "case_ref": receipt.case_ref,
        "case_id": receipt.case_id,
        "version": receipt.version,
        "position": receipt.position,
        "remarks": receipt.remarks,
    }


def _json(members: dict[str, Any], status: int) -> Response:
    return Response(to_json(members), status, media_type=JSON)
