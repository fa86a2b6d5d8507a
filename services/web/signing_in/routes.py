"""The pages and ways through which people sign in and out."""

from typing import Annotated

import structlog
from anyio import to_thread
from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from adapters.identity.attempt import Attempt
from adapters.identity.caller import Caller
from adapters.identity.code_flow import CodeFlow, NotSignedIn, ProviderAway, with_query
from services.api.context import InContext
from services.api.problems import Problem
from services.web.page import Link, page
from services.web.signing_in.cookies import Begun
from services.web.signing_in.demo_people import DEMO_NAMES, DEMO_PEOPLE
from services.web.signing_in.entrance import Entrance, entrance_of
from services.web.signing_in.local_paths import local_path
from services.web.signing_in.signed_in import SIGN_IN, sign_in_address

CALLBACK = "/signed-in"
SIGNED_OUT = "/signed-out"

_SEE_OTHER = 303
_LONGEST_NAME = 80
_NO_NAME = "Signed in"
_WHY = {
    "ended": "You were signed out, because you had not used the service for a while or had been "
    "signed in for a long time. Sign in to go on.",
    "failed": "You are not signed in: the attempt was not completed, or took too long. Try again.",
    "away": "You are not signed in: the sign-in service cannot be reached. Try again in a moment.",
}
"""What the page tells people about how they came to it."""

_log = structlog.get_logger(__name__)

router = APIRouter()


@router.get(SIGN_IN)
async def choose_how(request: Request, next: str | None = None, why: str = "") -> Response:  # noqa: A002
    """Show how one can sign in."""
    entrance, wanted = entrance_of(request), local_path(next)
    began = [f"{SIGN_IN}/with/{number}" for number in range(len(entrance.flows))]
    return page(
        request,
        "signing_in/sign_in.html",
        title="Sign in",
        why=_WHY.get(why),
        next=wanted,
        providers=[
            Link(f"Sign in with {flow.issuer.called}", with_query(href, {"next": wanted}))
            for flow, href in zip(entrance.flows, began, strict=True)
        ],
        demo_people=DEMO_PEOPLE if entrance.demo else (),
    )


@router.get(f"{SIGN_IN}/with/{{number}}")
async def begin(request: Request, number: int, next: str | None = None) -> Response:  # noqa: A002
    """Send somebody to their provider."""
    entrance = entrance_of(request)
    entrance.take_attempt(request)
    begun = Begun(Attempt(), number, local_path(next))
    try:
        address = await _flow(entrance, number).address(begun.attempt, _callback(entrance))
    except ProviderAway as away:
        return _not_signed_in(away, begun.next)
    answer = RedirectResponse(address, _SEE_OTHER)
    entrance.cookies.set_begun(answer, begun)
    return answer


@router.get(CALLBACK)
async def complete(request: Request) -> Response:
    """Sign in whom their provider sends back."""
    entrance = entrance_of(request)
    entrance.take_attempt(request)
    begun = entrance.cookies.begun(request.cookies)
    if begun is None:
        return _not_signed_in(NotSignedIn("nothing-begun"), local_path(None))
    try:
        flow = _flow(entrance, begun.provider)
        person = await flow.person(request.query_params, begun.attempt, _callback(entrance))
    except NotSignedIn as reason:
        answer = _not_signed_in(reason, begun.next)
    else:
        answer = await _signed_in(request, person.caller, person.name, begun.next)
    entrance.cookies.forget_begun(answer)
    return answer


@router.post(f"{SIGN_IN}/demo")
async def sign_in_to_demo(
    request: Request,
    context: InContext,
    person: Annotated[str, Form()],
    next: Annotated[str, Form()] = "",  # noqa: A002
) -> Response:
    """Take somebody at their word, where the demonstration is on."""
    entrance = entrance_of(request)
    if entrance.demo is None or person not in DEMO_NAMES:
        raise Problem("not-found")
    entrance.take_attempt(request)
    caller = context.verifier.verify(entrance.demo.token_for(person))
    return await _signed_in(request, caller, "Demonstration", local_path(next))


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session of who is signed in, at once and wherever it is used."""
    entrance = entrance_of(request)
    await to_thread.run_sync(entrance.end, request)
    answer = RedirectResponse(SIGNED_OUT, _SEE_OTHER)
    entrance.cookies.forget_session(answer)
    return answer


@router.get(SIGNED_OUT)
async def signed_out(request: Request) -> Response:
    """Say that one is signed out here, and where one may still be signed in."""
    flows = entrance_of(request).flows
    elsewhere = [link for flow in flows if (link := await _way_out(flow)) is not None]
    return page(
        request, "signing_in/signed_out.html", title="You have signed out", elsewhere=elsewhere
    )


async def _signed_in(request: Request, caller: Caller, name: str | None, wanted: str) -> Response:
    entrance = entrance_of(request)
    called = (name or _NO_NAME)[:_LONGEST_NAME]
    secret = await to_thread.run_sync(entrance.begin, request, caller.principal, called)
    _log.info("signed_in")
    answer = RedirectResponse(wanted, _SEE_OTHER)
    entrance.cookies.set_session(answer, secret)
    return answer


def _not_signed_in(reason: NotSignedIn, wanted: str) -> Response:
    # Whoever tried is not told more: that would help none but those who forge.
    _log.info("not_signed_in", reason=reason.reason)
    why = "away" if isinstance(reason, ProviderAway) else "failed"
    return RedirectResponse(sign_in_address(wanted, why), _SEE_OTHER)


async def _way_out(flow: CodeFlow) -> Link | None:
    try:
        end_session = (await flow.endpoints()).end_session
    except ProviderAway:
        return None
    if end_session is None:
        return None
    href = with_query(end_session, {"client_id": flow.issuer.client_id or ""})
    return Link(f"Sign out of {flow.issuer.called} too", href)


def _flow(entrance: Entrance, number: int) -> CodeFlow:
    if not 0 <= number < len(entrance.flows):
        raise Problem("not-found")
    return entrance.flows[number]


def _callback(entrance: Entrance) -> str:
    # The settings name the address wherever people sign in with a provider.
    return f"{entrance.public_url}{CALLBACK}"
