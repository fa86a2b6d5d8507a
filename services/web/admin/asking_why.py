"""Asks why something is to end for good, before it does: one page, whatever it is that ends."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fastapi import Request
from starlette.responses import HTMLResponse

from services.web.admin.area import Section, admin_page
from services.web.page import Link

_LONGEST = 500
_UNPROCESSABLE = 422


class Ending(NamedTuple):
    """What ends, in the words of the page, and where the answer is sent."""

    title: str
    """Of the page, without a name."""
    caption: str
    heading: str
    means: str
    """What comes of it."""
    question: str
    example: str
    button: str
    action: str
    back: str
    sent: Mapping[str, str] = {}
    """What is sent along, by its name."""


class TypedReason(NamedTuple):
    """A reason as it was typed, and what is wrong with it."""

    typed: str = ""
    fault: str | None = None


def reason_in(typed: str) -> str:
    """Return a reason in one line."""
    return " ".join(typed.replace("\x00", "").split())


def too_long(reason: str) -> str | None:
    """Return what is wrong with a reason that is too long; None of any other."""
    return f"Use {_LONGEST} characters or fewer" if len(reason) > _LONGEST else None


def ask_why(
    request: Request,
    section: Section,
    trail: Sequence[Link],
    ending: Ending,
    reason: TypedReason,
) -> HTMLResponse:
    """Return the page that asks, with what is wrong with the answer once it was given."""
    return admin_page(
        request,
        "asking_why.html",
        section,
        title=ending.title,
        trail=tuple(trail),
        ending=ending,
        reason=reason,
        longest=_LONGEST,
        errors=reason.fault is not None,
        status=_UNPROCESSABLE if reason.fault else 200,
    )
