"""Who read or exported what, looked for by case, person and day; and what others are told of."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from domain.access import RULES, Action
from domain.identity import case_id_of
from domain.times import in_london, start_of_day
from domain.vocabulary.coded import CodedList
from domain.vocabulary.rights import AccessPurpose, RecordPart
from services.access import Asking, NotThere, Visitor
from services.access.access_log import Before, LogEntry, Page, found_in_log, log_of_case, notices
from services.api.context import Context, InContext
from services.api.lists.formats import as_csv
from services.web.admin.area import ACCESS, NOTICES, admin_page
from services.web.forms.answers import one
from services.web.forms.sent import FormSent, Sent
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin")

_SIZE = 50
_MOST_IN_FILE = 1_000
_LONGEST = timedelta(days=31)
_YEARS = (1900, 2200)
_PLACE = re.compile(r"[1-9][0-9]{0,17}\.[1-9][0-9]{0,17}")
_COLUMNS = tuple(LogEntry.model_fields)
_UNPROCESSABLE = 422


class Look(NamedTuple):
    """What of the access log is looked for, as it was typed, and what is wrong with that."""

    case: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None
    typed: Mapping[str, str] = {}
    faults: Mapping[str, str] = {}

    @property
    def is_any(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.case or self.who or self.first or self.last)


@router.get("/access")
def show_access(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    case: Annotated[str, Query(max_length=120)] = "",
) -> HTMLResponse:
    """Show the form, and the log of a case that an address names."""
    asking = _check(context, visitor)
    look = Look(case=case.strip())
    page = _found(context, visitor, asking, look, Before(), _SIZE) if look.case else None
    return _page(request, look, page)


@router.post("/access")
def look_for_access(
    request: Request, context: InContext, visitor: SignedIn, sent: FormSent
) -> Response:
    """Show what was looked for, or give it as a file; nobody's name stands in an address."""
    asking, look = _check(context, visitor), _look(sent)
    if look.faults:
        return _page(request, look, None, _UNPROCESSABLE)
    if one(sent, "as") == "csv":
        found = _found(context, visitor, asking, look, Before(), _MOST_IN_FILE)
        rows = [each.model_dump(mode="json") for each in found.entries] if found else []
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="access-log.csv"',
        }
        return Response(as_csv(_COLUMNS, rows), media_type="text/csv", headers=headers)
    page = _found(context, visitor, asking, look, _before(one(sent, "before")), _SIZE)
    return _page(request, look, page)


@router.get("/notices")
def show_notices(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    before: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Show what safeguarding and privacy officers are to be told of, the latest first."""
    _check(context, visitor)
    found = notices(context.gate, visitor, _before(before), _SIZE)
    return admin_page(
        request,
        "notices.html",
        NOTICES,
        title="Notices",
        entries=found.entries,
        following=_place(found),
        is_first=not before,
        said=_said,
        why=_why,
    )


def _check(context: Context, visitor: Visitor) -> Asking:
    """Raise `Forbidden` where a visitor does not oversee access; return how they ask for cases."""
    context.gate.allow(
        visitor,
        Asking(action=Action.REVIEW_GLASS, part=RecordPart.ACCESS_LOG, purpose=AccessPurpose.AUDIT),
    )
    return Asking(
        action=Action.READ_ACCESS_LOG, part=RecordPart.ACCESS_LOG, purpose=AccessPurpose.AUDIT
    )


def _found(
    context: Context, visitor: Visitor, asking: Asking, look: Look, before: Before, limit: int
) -> Page | None:
    """Return what is looked for; None of a case that is not there, or that they may not see."""
    if look.case:
        try:
            opened = context.gate.open(visitor, asking, case_id_of(look.case))
            context.reading(opened).check()
        except NotThere:
            return None
        found = log_of_case(context.gate, context.review, opened, before, limit)
        return Page([each for each in found.entries if _fits(each, look)], found.next)
    first, last = _days(look, context.clock())
    since, until = start_of_day(first), start_of_day(last + timedelta(days=1))
    who = _names(look.who) if look.who else None
    return found_in_log(context.gate, visitor, who, since, until, before, limit)


def _fits(entry: LogEntry, look: Look) -> bool:
    day = in_london(entry.at).date()
    names = _names(look.who)
    return (
        (not look.who or entry.staff in names or entry.principal in names)
        and (look.first is None or day >= look.first)
        and (look.last is None or day <= look.last)
    )


def _names(who: str) -> list[str]:
    """Return what somebody may be called in the log: as typed, or as cases name staff."""
    return [who] if ":" in who else [who, f"staff:{who}"]


def _days(look: Look, now: datetime) -> tuple[date, date]:
    """Return the first and last day that are looked through; of one, the other follows."""
    if look.first and look.last:
        return look.first, look.last
    if look.first:
        return look.first, look.first + _LONGEST if look.who else look.first
    last = look.last or in_london(now).date()
    return (last - _LONGEST if look.who else last), last


def _look(sent: Sent) -> Look:
    """Return what is looked for by what was sent."""
    names = [f"{day}.{part}" for day in ("from", "until") for part in ("day", "month", "year")]
    typed = {name: one(sent, name)[:120] for name in ("case", "who", *names)}
    faults: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name, called in (("from", "Date from"), ("until", "Date to")):
        try:
            days[name] = _day(typed, name)
        except (ValueError, OverflowError):
            days[name] = None
            faults[name] = f"{called} must be a real date, such as 27 3 2024"
    first, last = days["from"], days["until"]
    if first and last and last < first:
        faults["until"] = "Date to must not be before date from"
    elif first and last and last - first > _LONGEST and not (typed["who"] or typed["case"]):
        faults["until"] = f"Choose {_LONGEST.days} days at the most, or name a person or a case"
    if not faults and not any(typed.values()):
        faults["case"] = "Enter a case, a person or a day"
    return Look(typed["case"], typed["who"], first, last, typed, faults)


def _day(typed: Mapping[str, str], name: str) -> date | None:
    year, month, day = (typed[f"{name}.{part}"] for part in ("year", "month", "day"))
    if not (year or month or day):
        return None
    found = date(int(year), int(month), int(day))
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise ValueError("no year of the log")
    return found


def _before(place: str) -> Before:
    return Before(*map(int, place.split("."))) if _PLACE.fullmatch(place) else Before()


def _place(page: Page | None) -> str | None:
    return f"{page.next.record}.{page.next.event}" if page and page.next else None


def _page(request: Request, look: Look, found: Page | None, status: int = 200) -> HTMLResponse:
    return admin_page(
        request,
        "access.html",
        ACCESS,
        title="Access log",
        look=look,
        looked=look.is_any and not look.faults,
        entries=found.entries if found else (),
        following=_place(found),
        said=_said,
        why=_why,
        errors=bool(look.faults),
        status=status,
    )


_LISTS: Sequence[type[CodedList]] = (Action, RecordPart, AccessPurpose)


def _said(code: str | None) -> str:
    """Return what a code of the log says in words."""
    for each in _LISTS:
        if code in tuple(each):
            return each(code).label
    return "" if code is None else code


def _why(rule: str) -> str:
    """Return what a rule that decided says."""
    return RULES[rule].why if rule in RULES else "There was no such case."
