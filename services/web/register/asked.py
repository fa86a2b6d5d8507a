"""What of the register somebody asks for: by filters, and by what they search for."""

from collections.abc import Collection
from datetime import datetime, timedelta

from starlette.requests import Request

from adapters.filter_store import Search
from adapters.read_store.register import NOT_ASSESSED, Sought
from domain.places import place_of
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.rules import FlagEffect
from domain.vocabulary.safeguarding import Classification
from projections.case_state_row import CaseStatus
from services.web.choices import Choice, DayChoice, Filtering

REFERENCE, PERSON, PLACE = "reference", "person", "place"
"""What the register is searched by."""
SEARCH = "search"
"""Under which name the id of a search stands in the address."""

UNTOUCHED_DAYS = (30, 60, 90)
_NO_AUTHORITY = "none"

_CASES = Choice(
    "mine",
    "Whose",
    {"lead": "I lead", "work": "I lead or work on", "nobody": "Nobody leads"},
    "radios",
)
_STATUS = Choice("status", "Status", {each.value: each.label for each in CaseStatus})
_RISK = Choice(
    "risk",
    "Risk",
    {level.value: level.label for level in sorted(RiskLevel, key=lambda it: -it.rank)}
    | {NOT_ASSESSED: "Not assessed"},
)
_CATEGORY = Choice(
    "category", "Category", {each.value: each.label for each in Classification}, "select"
)
_FLAGS = Choice(
    "flag",
    "Flags",
    {"overdue": "A duty is overdue", "stop": "Work is stopped", "late": "Recorded late"},
)
_UNTOUCHED = Choice(
    "untouched",
    "Nothing recorded for",
    {str(days): f"{days} days or more" for days in UNTOUCHED_DAYS},
    "select",
)
_DAYS = (
    DayChoice("opened_from", "Opened from (earliest)"),
    DayChoice("opened_to", "Opened to (latest)"),
    DayChoice("closed_from", "Closed from (earliest)", is_rare=True),
    DayChoice("closed_to", "Closed to (latest)", is_rare=True),
)


def asked_of(request: Request, authorities: Collection[str | None]) -> Filtering:
    """Return by what the register is filtered; `authorities` are those there are to choose."""
    names = {each or _NO_AUTHORITY: each or "Not known" for each in authorities}
    authority = Choice("authority", "Local authority", dict(sorted(names.items())), "select")
    choices = (_CASES, _STATUS, _RISK, _CATEGORY, authority, _FLAGS, _UNTOUCHED)
    return Filtering.asked(request, choices, _DAYS, keeping=[REFERENCE, SEARCH])


def sought_of(
    filtering: Filtering, search: Search | None, staff: Collection[str], now: datetime
) -> Sought:
    """Return which cases are asked for by somebody who works under these names."""
    chosen = filtering.selected
    mine, flags = filtering.only("mine"), chosen["flag"]
    names = tuple(sorted(staff))
    untouched = filtering.only("untouched")
    return Sought(
        leads=names if mine == "lead" else None,
        workers=names if mine == "work" else None,
        is_without_lead=True if mine == "nobody" else None,
        status=CaseStatus(chosen["status"][0]) if len(chosen["status"]) == 1 else None,
        risk_levels=chosen["risk"] or None,
        classifications=chosen["category"] or None,
        authorities=tuple(_code(each) for each in chosen["authority"]) or None,
        overdue_at=now if "overdue" in flags else None,
        stops=FlagEffect.STOP.value if "stop" in flags else None,
        is_recorded_late=True if "late" in flags else None,
        untouched_since=now - timedelta(days=int(untouched)) if untouched else None,
        opened_from=filtering.on["opened_from"],
        opened_to=filtering.on["opened_to"],
        closed_from=filtering.on["closed_from"],
        closed_to=filtering.on["closed_to"],
        reference=_reference(filtering, search),
        person=search.term if search and search.kind == PERSON else None,
        place=place_of(search.term) if search and search.kind == PLACE else None,
    )


def _reference(filtering: Filtering, search: Search | None) -> str | None:
    if search is not None and search.kind == REFERENCE:
        return search.term
    return filtering.kept[REFERENCE] or None


def _code(authority: str) -> str:
    return "" if authority == _NO_AUTHORITY else authority
