"""The addresses of the work lists."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from adapters.read_store.worklists import (
    ReviewKind,
    Whose,
    open_actions,
    reviews_due,
    standing_flags,
    unanswered_referrals,
)
from domain.access import Action
from domain.rules.catalogue import RULES
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.action_plan import action_plan
from projections.attention import attention
from projections.referrals import referrals
from services.api.context import InContext
from services.web.choices import Choice, Filtering
from services.web.page import page
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes
from services.web.worklists.lines import action_lines, flag_lines, referral_lines
from services.web.worklists.looking import Looking
from services.web.worklists.reviews import KINDS, REVIEW_MODELS, UNTIL, horizon, review_lines
from services.web.worklists.whose import WHOSE, whose_href, whose_links, whose_of

router = APIRouter()

_OVERDUE = "overdue"
_ACTIONS = (
    Choice("due", "Due", {_OVERDUE: "Overdue"}),
    Choice("about", "About", {"safety": "Safety of someone"}),
)
_REFERRALS = (
    Choice("due", "Answer due", {_OVERDUE: "Overdue"}),
    Choice("route", "Sent to", {route.value: route.label for route in ReferralRoute}, "select"),
)
_FLAGS = (
    Choice(
        "state",
        "Due",
        {
            Timeliness.OVERDUE.value: "Overdue",
            Timeliness.SOON.value: "Due soon",
            Timeliness.DUE.value: "Due later",
        },
    ),
    Choice(
        "effect",
        "What it asks for",
        {
            FlagEffect.STOP.value: "Stop: do not go on",
            FlagEffect.WARNING.value: "Look: needs looking at",
            FlagEffect.DUTY.value: "Do: to be done by then",
        },
    ),
    Choice(
        "rule",
        "Rule",
        {rule.id: f"{rule.title} ({rule.id})" for rule in RULES.values()},
        "select",
    ),
)
_SEE_OTHER = 303


@router.get("/actions")
def actions(request: Request, visitor: SignedIn, context: InContext) -> Response:
    """Show the open actions over all cases, what is overdue first."""
    filtering = Filtering.asked(request, _ACTIONS, keeping=[WHOSE])
    if not filtering.is_short:
        return RedirectResponse(filtering.short, _SEE_OTHER)
    looking, whose = Looking(request, context, visitor), _whose(request, filtering)
    found = looking.page(
        action_plan,
        lambda part: open_actions(
            looking.reads_for,
            whose,
            overdue=filtering.only("due") == _OVERDUE,
            safety=bool(filtering.only("about")),
            part=part,
        ),
        filtering.number,
    )
    paging = found.paging(filtering.address)
    return page(
        request,
        "worklists/actions.html",
        title=f"Open actions{paging.title}",
        lines=action_lines(found, looking),
        paging=paging,
        **_shown(filtering, whose),
    )


@router.get("/referrals")
def unanswered(request: Request, visitor: SignedIn, context: InContext) -> Response:
    """Show the referrals whose outcome is not known, the longest waiting first."""
    filtering = Filtering.asked(request, _REFERRALS, keeping=[WHOSE])
    if not filtering.is_short:
        return RedirectResponse(filtering.short, _SEE_OTHER)
    looking, whose = Looking(request, context, visitor), _whose(request, filtering)
    found = looking.page(
        referrals,
        lambda part: unanswered_referrals(
            looking.reads_for,
            whose,
            overdue=filtering.only("due") == _OVERDUE,
            routes=filtering.selected["route"],
            part=part,
        ),
        filtering.number,
    )
    paging = found.paging(filtering.address)
    return page(
        request,
        "worklists/referrals.html",
        title=f"Referrals waiting for an answer{paging.title}",
        may_write=may_sometimes(person_signed_in(request).roles, Action.WRITE),
        lines=referral_lines(found, looking),
        paging=paging,
        **_shown(filtering, whose),
    )


@router.get("/attention")
def flags(request: Request, visitor: SignedIn, context: InContext) -> Response:
    """Show the flags that stand, what stops work first, and then what is due first."""
    filtering = Filtering.asked(request, _FLAGS, keeping=[WHOSE])
    if not filtering.is_short:
        return RedirectResponse(filtering.short, _SEE_OTHER)
    looking, whose = Looking(request, context, visitor), _whose(request, filtering)
    found = looking.page(
        attention,
        lambda part: standing_flags(
            looking.reads_for,
            whose,
            rules=filtering.selected["rule"],
            states=[Timeliness(state) for state in filtering.selected["state"]],
            effects=filtering.selected["effect"],
            part=part,
        ),
        filtering.number,
    )
    paging = found.paging(filtering.address)
    return page(
        request,
        "worklists/attention.html",
        title=f"What needs attention{paging.title}",
        lines=flag_lines(found, looking),
        paging=paging,
        **_shown(filtering, whose),
    )


@router.get("/reviews")
def reviews(request: Request, visitor: SignedIn, context: InContext) -> Response:
    """Show what is to be looked at again, the first due first."""
    filtering = Filtering.asked(request, [UNTIL], keeping=["kind"])
    if not filtering.is_short:
        return RedirectResponse(filtering.short, _SEE_OTHER)
    looking, kind = Looking(request, context, visitor), _kind(filtering)
    until = horizon(filtering.only(UNTIL.name), looking.today)
    found = looking.page(
        REVIEW_MODELS[kind],
        lambda part: reviews_due(kind, looking.reads_for, until, part),
        filtering.number,
    )
    paging = found.paging(filtering.address)
    here = filtering.address.having(kind=None)
    return page(
        request,
        "worklists/reviews.html",
        title=f"Reviews due{paging.title}",
        lines=review_lines(kind, found, looking),
        paging=paging,
        filtering=filtering,
        kind=KINDS[kind],
        links=[each.link(here) for each in KINDS.values()],
        current=KINDS[kind].link(here).href,
    )


def _kind(filtering: Filtering) -> ReviewKind:
    return next((kind for kind in KINDS if kind == filtering.kept["kind"]), "risk")


def _whose(request: Request, filtering: Filtering) -> Whose:
    return whose_of(filtering.kept[WHOSE], person_signed_in(request).roles)


def _shown(filtering: Filtering, whose: Whose) -> dict[str, Any]:
    return {
        "filtering": filtering,
        "links": whose_links(filtering.address),
        "current": whose_href(filtering.address, whose),
    }
