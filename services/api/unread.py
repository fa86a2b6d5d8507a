"""Counts in the intake what a system sent that nobody looked at: too large, too slow, encoded."""

import asyncio

import structlog
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from adapters.wire import Refusal
from domain.outcomes import Outcome, Reason
from services.access import Forbidden
from services.api.callers import visitor_of
from services.api.cloudevents_http import Sent
from services.api.context import context_of
from services.api.middleware import HttpMiddleware
from services.api.problems import Problem
from services.api.publishing import handed_in, publishers_of
from services.api.rates import PUBLISHING

_UNREAD = frozenset({Reason.TOO_LARGE, Reason.ENCODING_NOT_SUPPORTED, Reason.REQUEST_TIMEOUT})
_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class UnreadCounted(HttpMiddleware):
    """Has what is refused below it before it was read entered in the ledger, then answered.

    It counts under its sender's source, so that what was received from a source is still the sum
    of what became of it. Where nobody can be told to have sent it, or they send more than they may,
    there is nothing to count it under: metrics alone know of it then.
    """

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except Problem as problem:
            published = (scope["method"], scope["path"]) == ("POST", PUBLISHING)
            is_unread = published and problem.kind.slug in _UNREAD
            if is_unread and await _is_counted(Request(scope), Reason(problem.kind.slug)):
                problem.document["outcome"] = Outcome.REFUSED
            raise


async def _is_counted(request: Request, reason: Reason) -> bool:
    try:
        async with asyncio.timeout(_SECONDS):
            context = context_of(request)
            visitor = await visitor_of(request, context)
            sources = await publishers_of(request, context).sources(visitor)
            refusal = Refusal(reason, "nothing of it was looked at")
            await handed_in([Sent(b"", refusal=refusal)], context, sources)
            return True
    except (Problem, Forbidden):
        return False  # it is nobody's, or one too many
    except Exception as error:  # what was wrong with the request is to be answered all the same
        _log.warning("refusal_not_counted", reason=reason.value, error=type(error).__name__)
        return False
