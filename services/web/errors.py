"""Error pages: what browsers are shown where programs get a problem document."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from services.api.problems import Problem
from services.web.page import page

_FOR_PROGRAMS = ("/v1/", "/healthz", "/readyz", "/metrics")


class _Said(NamedTuple):
    heading: str
    paragraphs: tuple[str, ...]


_NOT_FOUND = _Said(
    "Page not found",
    (
        "There is nothing at this address, or nothing that you may see.",
        "If you typed or pasted the address, check that it is all there.",
        "If you should have access to this case, ask your manager or an administrator.",
    ),
)
_BUSY = _Said(
    "Sorry, the service is busy",
    ("Try again in a moment. If you sent a form, going back brings back what you wrote.",),
)
_SAID = {
    "not-found": _NOT_FOUND,
    "not-permitted": _Said(
        "You cannot open this",
        ("If you need it for your work, ask an administrator whether your role should have it.",),
    ),
    "read-budget-spent": _Said(
        "You have opened more cases than one person may in this time",
        (
            "This protects the people in the cases, in case somebody else uses your account.",
            "Wait a while, or ask your manager if your work needs more.",
        ),
    ),
    "rate-limited": _Said(
        "Too many requests", ("Wait a few seconds, then load the page once more.",)
    ),
    "internal-error": _Said(
        "Sorry, there is a problem with the service",
        ("Try again later. What you had sent before is not lost.",),
    ),
    "unavailable": _Said(
        "Sorry, the service is unavailable",
        ("Something that it needs is away. Try again in a few minutes.",),
    ),
    "overloaded": _BUSY,
    "deadline": _BUSY,
    "outcome-unknown": _Said(
        "We do not know yet whether this was saved",
        ("Send the form again: it is saved only once, however often you send it.",),
    ),
    "too-large": _Said(
        "What you sent is too long", ("Go back and shorten the text, or refer to a document.",)
    ),
}
_OTHERWISE = _Said(
    "That did not work",
    ("Go back and try again from there. If you followed a link, tell whoever gave it to you.",),
)


def asks_for_page(scope: Scope) -> bool:
    """Tell whether a browser asks for a page, and not a program for data."""
    if scope["path"].startswith(_FOR_PROGRAMS):
        return False
    accepted = [value for name, value in scope["headers"] if name == b"accept"]
    return any(b"text/html" in each for each in accepted)


def problem_page(problem: Problem, scope: Scope) -> Response | None:
    """Return the page that tells a person of the problem; None where a program asked."""
    if not asks_for_page(scope):
        return None
    said = _SAID.get(problem.kind.slug, _OTHERWISE)
    answer = page(
        Request(scope),
        "errors/problem.html",
        title=said.heading,
        status=problem.status_code,
        said=said,
        why=problem.document.get("detail") if problem.kind.slug == "not-permitted" else None,
        incident=problem.document.get("incident"),
    )
    answer.headers.update(problem.headers or {})
    return answer
