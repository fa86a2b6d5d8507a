"""What changed in a case between two days: what was added, learned late, corrected; and in rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from domain.access import Action
from domain.times import Day
from domain.vocabulary.record import PersonalClass
from projections.action_plan import action_plan
from projections.attention import attention
from projections.case_state import case_state
from projections.case_state_row import CaseStateRow
from projections.changes import RowChange
from projections.masking import shown
from projections.meetings import meetings
from projections.people import people
from projections.read_model import ReadModel, Row
from projections.referrals import referrals
from projections.relationships import relationships
from projections.risk import risk
from projections.timeline import timeline
from services.access import Asking
from services.api.context import InContext
from services.row_wording import CLOCKWORK, heading, is_column
from services.web.case.asked import AskedFor, Seen
from services.web.case.not_open import CaseRoute, needs_to_say
from services.web.case.opened_case import OpenedCase, opened_case
from services.web.case.row_words import in_words, parts
from services.web.case.sections import CHANGES
from services.web.case.timeline import listed_entries
from services.web.case.withheld import row_of
from services.web.forms.answers import Answers, Fault, Wrong, answers_of
from services.web.forms.moments import day_at
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/cases/{case_id:uuid}", route_class=CaseRoute)

_LONGEST = 200
_MOST = 100
"""So many events at the most are listed as added."""
_OF_STATE = frozenset(
    (
        "status",
        "classification",
        "strands",
        "immediate_danger",
        "risk_level",
        "risk_review_due",
        "visitor_risk_level",
        "visit_controls",
        "lead",
        "team",
        "consent",
        "open_actions",
        "open_referrals",
        "meetings_held",
        "known_from_partners",
        "closure_reason",
        "assurance",
        "risk_outcome",
    )
)
"""The columns of the state that its own page shows."""
_MODELS: tuple[tuple[str, ReadModel[Any]], ...] = (
    ("How it stands", case_state),
    ("People", people),
    ("Relationships", relationships),
    ("Risk", risk),
    ("Actions", action_plan),
    ("Referrals", referrals),
    ("Meetings", meetings),
)


@dataclass(frozen=True, slots=True)
class ChangedColumn:
    """A value before and since."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that is new, gone or reads differently."""

    name: str
    state: str
    summary: str
    columns: Sequence[ChangedColumn]


@router.get("/changes", response_model=None)
def show_changes(
    case_id: UUID,
    request: Request,
    visitor: SignedIn,
    context: InContext,
    seen: AskedFor,
    earlier: Annotated[Day | None, Query(alias="from")] = None,
    later: Annotated[Day | None, Query(alias="to")] = None,
) -> Response:
    """Show what became known after one day, up to the end of another; without them ask for both."""
    if (question := needs_to_say(request, Action.TIME_TRAVEL, seen)) is not None:
        return question
    answers = answers_of(request.query_params.multi_items())
    asked = _asked(answers) if earlier is None and later is None else (earlier, later)
    if not isinstance(asked, Fault) and None not in asked and earlier is None:
        return RedirectResponse(_address(case_id, seen, asked), 303)
    asking = Asking(action=Action.TIME_TRAVEL, part=CHANGES.part, purpose=seen.purpose)
    opened = context.gate.open(visitor, asking, case_id)
    fault = asked if isinstance(asked, Fault) else _order(earlier, later)
    case = opened_case(request, context, opened, CHANGES, seen.from_now())
    typed = {name: next(iter(values), "") for name, values in answers.items()}
    if earlier and later:
        typed |= _typed("first", earlier) | _typed("last", later)
    told = _told(case, earlier, later) if earlier and later and not fault else None
    return case.render(
        "changes.html",
        told=told,
        fault=fault,
        typed=typed,
        earlier=earlier,
        later=later,
        errors=fault is not None,
    )


def _asked(answers: Answers) -> tuple[date | None, date | None] | Fault:
    try:
        return day_at(answers, "first"), day_at(answers, "last")
    except Wrong as wrong:
        return Fault(wrong.name or "first", str(wrong))


def _order(earlier: date | None, later: date | None) -> Fault | None:
    if (earlier is None) != (later is None):
        return Fault("last.day" if later is None else "first.day", "Enter both days")
    if earlier and later and earlier > later:
        return Fault("last.day", "The second day must not be before the first")
    return None


def _address(case_id: UUID, seen: Seen, days: tuple[date | None, date | None]) -> str:
    purpose = f"&purpose={seen.purpose.value}" if seen.purpose else ""
    return f"/cases/{case_id}/changes?from={days[0]}&to={days[1]}{purpose}"


def _typed(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}.day": str(day.day),
        f"{name}.month": str(day.month),
        f"{name}.year": str(day.year),
    }


def _told(case: OpenedCase, earlier: date, later: date) -> dict[str, Any]:
    found = case.reading.changes(earlier, later)
    told = case.shown[timeline.name]

    def entries(events: Iterable[Any]) -> list[Any]:
        wanted = {str(event.event_id) for event in events}
        listed = [row for row in told if row["event_id"] in wanted]
        return listed_entries(case, listed, told)

    masked = case.opened.masked
    models = [model for _, model in _MODELS]
    differing = case.reading.rows_changed((*models, attention), earlier, later)
    views = [
        (title, list(_rows(model, differing[model.name], masked, case))) for title, model in _MODELS
    ]
    days = _typed("from", earlier + timedelta(days=1)) | _typed("until", later)
    return {
        "added": entries(found.added[:_MOST]),
        "more": max(0, len(found.added) - _MOST),
        "rest": case.address("", *days.items()),
        "late": entries(found.learned_late),
        "corrected": entries(each.after for each in found.corrected),
        "views": [(title, rows) for title, rows in views if rows],
        "flags": list(_flags(differing[attention.name])),
    }


def _rows(
    model: ReadModel[Any],
    changes: Iterable[RowChange[Any]],
    masked: frozenset[PersonalClass],
    case: OpenedCase,
) -> Iterator[ChangedRow]:
    for each in changes:
        before = each.before and row_of(model.row, shown(each.before, masked))
        after = each.after and row_of(model.row, shown(each.after, masked))
        if before and after:
            columns = list(_columns(each.columns, before, after))
            if columns:
                yield ChangedRow(_name(after, case), "Changed", "", columns)
        elif row := after or before:
            state = "New" if after else "Gone"
            yield ChangedRow(_name(row, case), state, _summary(row), ())


def _name(row: Row, case: OpenedCase) -> str:
    key = str(getattr(row, row.KEY)) if row.KEY else ""
    return " · ".join(case.persons.name(part) for part in key.split("|")) if key else ""


def _columns(names: Iterable[str], before: Row, after: Row) -> Iterator[ChangedColumn]:
    for name in names:
        if not is_column(name) or name in CLOCKWORK:
            continue
        if isinstance(after, CaseStateRow) and name not in _OF_STATE:
            continue
        was, now = _apart(getattr(before, name), getattr(after, name))
        if was != now:
            yield ChangedColumn(heading(name), was or "nothing", now or "nothing")


def _apart(was: Any, now: Any) -> tuple[str, str]:
    """Return two values in words; of several values those that the other has not."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        gone = tuple(each for each in was if each not in now)
        was, now = gone, tuple(each for each in now if each not in was)
    return _short(in_words(was)), _short(in_words(now))


def _summary(row: Row) -> str:
    return _short(", ".join(parts(row, but=(*Row.model_fields, row.KEY or ""))))


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _flags(changes: Iterable[RowChange[Any]]) -> Iterator[tuple[str, str]]:
    """Yield the flags that were raised or went away; of like ones, one."""
    told: dict[tuple[str, str], None] = {}
    for each in changes:
        row = each.after or each.before
        if row and (each.before is None or each.after is None):
            told["Raised" if each.after else "Gone", f"{row.why} ({row.rule})"] = None
    moved = {why for state, why in told if ("Gone" if state == "Raised" else "Raised", why) in told}
    yield from (("Moved", why) for why in sorted(moved))
    yield from ((state, why) for state, why in told if why not in moved)
