"""Says over HTTP what the gate, the intake and the stores answer instead of content."""

from typing import Any

from fastapi import Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from adapters.event_store.application import StoreUnavailable
from adapters.read_store.session import ReadStoreUnavailable
from services.access import AccessUnavailable, Forbidden, NotThere, ReadBudgetSpent
from services.api.problems import Problem, answer_with
from services.intake import IntakeBusy

RETRY_AFTER = {"Retry-After": "5"}


async def _not_there(request: Request, error: Exception) -> Response:
    return answer_with(Problem("not-found"), request.scope)


async def _forbidden(request: Request, error: Exception) -> Response:
    assert isinstance(error, Forbidden)
    return answer_with(Problem("not-permitted", error.why, rule=error.rule), request.scope)


async def _budget_spent(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReadBudgetSpent)
    headers = {"Retry-After": str(error.seconds)}
    return answer_with(Problem("read-budget-spent", headers=headers), request.scope)


async def _away(request: Request, error: Exception) -> Response:
    return answer_with(Problem("unavailable", headers=RETRY_AFTER), request.scope)


async def _busy(request: Request, error: Exception) -> Response:
    return answer_with(Problem("overloaded", headers=RETRY_AFTER), request.scope)


REFUSALS: dict[Any, ExceptionHandler] = {
    NotThere: _not_there,
    Forbidden: _forbidden,
    ReadBudgetSpent: _budget_spent,
    AccessUnavailable: _away,
    IntakeBusy: _busy,
    # Whichever store raised it, those of sessions, filters and drafts included.
    **dict.fromkeys((*StoreUnavailable, *ReadStoreUnavailable), _away),
}
"""What answers each of them."""
