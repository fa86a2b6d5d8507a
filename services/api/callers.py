"""Who makes a request: taken from the access token, and from nothing else."""

import re
from typing import Annotated, Any

import structlog
from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from structlog.contextvars import get_contextvars

from adapters.identity.caller import RefusalReason, TokenRefused
from services.access import Visitor
from services.api.context import InContext
from services.api.problems import Problem
from services.api.rates import Rates
from services.api.refusals import RETRY_AFTER

_log = structlog.get_logger(__name__)

_BEARER = re.compile(r"Bearer ([!-~]+)\Z", re.IGNORECASE)

_ASK_FOR_TOKEN = {"WWW-Authenticate": "Bearer"}

described = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="An OpenID Connect access token of a provider that is configured here.",
)
"""Says in the description of the API that a token is needed; what it holds is judged here."""


async def visitor_of(
    request: Request, context: InContext, _: Annotated[object, Depends(described)] = None
) -> Visitor:
    """Return who asks, unless they ask too often; without one valid token all are answered alike.

    A route with much to do calls it. As a parameter it is looked up with all that it needs itself,
    at some cost to each request.
    """
    told = request.headers.getlist("authorization")
    token = _BEARER.match(told[0]) if len(told) == 1 else None
    if token is None:
        raise Problem("invalid-token", headers=_ASK_FOR_TOKEN)
    try:
        caller = context.verifier.verify(token[1])
    except TokenRefused as refused:
        # Whoever sent it is not told what was wrong: that would help none but those who forge.
        _log.info("token_refused", reason=refused.reason.value)
        if refused.reason is RefusalReason.KEYS_UNAVAILABLE:
            raise Problem("unavailable", headers=RETRY_AFTER) from None
        raise Problem("invalid-token", headers=_ASK_FOR_TOKEN) from None
    rates = request.app.state.rates
    assert isinstance(rates, Rates)
    rates.take(caller.principal, request.scope["path"])
    return Visitor(caller.principal, caller.session, get_contextvars().get("request", ""))


TOKEN_NEEDED: dict[str, Any] = {"security": [{described.scheme_name: []}]}
"""Says the same in `openapi_extra`, for routes that call `visitor_of`."""

Asker = Annotated[Visitor, Depends(visitor_of)]
"""A parameter of a route: who asks, by a token that was verified."""
