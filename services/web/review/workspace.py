"""The workspace of a review: its chronology, narrowed, with or without what the author makes of
it."""

from collections import Counter

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from projections.chronology_row import Inclusion
from services.web.case.asked import with_query
from services.web.forms.answers import Answers, Fault, Wrong, answers_of, one
from services.web.forms.moments import day_at
from services.web.listing import Address, Paging
from services.web.page import Link, page
from services.web.review.lines import lines, silence, with_gaps
from services.web.review.narrowing import HINDSIGHT, VOICE, Narrowing, options
from services.web.review.opened_review import OpenedReview

A_PAGE = 50
_SEE_OTHER = 303
_AS_KNOWN = "on"
_OFF = "off"


def show_workspace(request: Request, review: OpenedReview) -> Response:
    """Show a page of the chronology, the earliest first."""
    answers = answers_of(request.query_params.multi_items())
    faults: tuple[Fault, ...] = ()
    try:
        if (day := day_at(answers, _AS_KNOWN)) is not None:
            address = review.address.having(known_on=day.isoformat())
            return RedirectResponse(str(address), _SEE_OTHER)
    except Wrong as wrong:
        faults = (Fault(wrong.name or _AS_KNOWN, str(wrong)),)
    return _shown(request, review, answers, faults)


def _shown(
    request: Request, review: OpenedReview, answers: Answers, faults: tuple[Fault, ...]
) -> HTMLResponse:
    case = review.case
    narrowing = Narrowing.asked(answers)
    address = Address(review.address.path, _kept(request)).having(saved=None)
    paging = _paging(address, answers, sum(map(narrowing.takes, review.rows)))
    told = [row for row in review.rows if narrowing.takes(row)]
    with_comments = one(answers, "comments") != _OFF
    listed = lines(told, case.persons)
    with_gaps(listed, review.gaps)
    return page(
        request,
        "review/workspace.html",
        title=f"Review {review.review_id}{paging.title}: case {case.opened.case_ref}",
        breadcrumbs=review.breadcrumbs[:1],
        errors=bool(faults),
        faults=faults,
        typed={part: one(answers, f"{_AS_KNOWN}.{part}") for part in ("day", "month", "year")},
        review=review,
        case=case,
        of=review.review,
        counts=Counter(row.include for row in review.rows),
        tiles=_tiles(review),
        lines=listed[paging.first - 1 : paging.last] if listed else [],
        gaps=[silence(gap) for gap in review.gaps],
        longest_gap=max((gap.days for gap in review.gaps), default=0),
        hindsight=lines(review.hindsight, case.persons),
        paging=paging,
        narrowing=narrowing,
        options=options(review.rows),
        chosen=list(narrowing.chosen(address)),
        clear=str(review.address.having(comments=None if with_comments else _OFF)),
        kept=_hidden(review, with_comments=with_comments),
        with_comments=with_comments,
        comments_address=str(address.having(comments=_OFF if with_comments else None)),
        now_address=str(
            Address(address.path, address.query).having(known_on=None, recorded_by=None)
        ),
        entry_address=_entries(review, address),
        sections=_sections(review),
        saved=one(answers, "saved"),
    )


def entry_address(review: OpenedReview, event_id: str, query: tuple[tuple[str, str], ...]) -> str:
    """Return where one entry is curated; `query` is that of the list to come back to."""
    base = f"/review/{review.case.opened.case_id}/entries/{event_id}/{review.review_id}"
    return with_query(base, query)


def _entries(review: OpenedReview, address: Address) -> dict[str, str]:
    return {
        str(row.event_id): entry_address(review, str(row.event_id), address.query)
        for row in review.rows
    }


def _kept(request: Request) -> tuple[tuple[str, str], ...]:
    typed = tuple(f"{_AS_KNOWN}.{part}" for part in ("day", "month", "year"))
    told = request.query_params.multi_items()
    return tuple((name, value) for name, value in told if value and name not in typed)


def _hidden(review: OpenedReview, *, with_comments: bool) -> tuple[tuple[str, str], ...]:
    return review.address.query + (() if with_comments else (("comments", _OFF),))


def _paging(address: Address, answers: Answers, total: int) -> Paging:
    asked = one(answers, "page")
    number = int(asked) if asked.isdecimal() and len(asked) < 9 else 1
    pages = max(1, -(-total // A_PAGE))
    return Paging(address, min(max(number, 1), pages), A_PAGE, total)


def _tiles(review: OpenedReview) -> list[tuple[str, int | str, str, str, str]]:
    rows, address = review.rows, review.address
    undecided = sum(row.include is Inclusion.UNDECIDED for row in rows)
    included = sum(row.include is Inclusion.INCLUDED for row in rows)
    late = sum(row.is_hindsight for row in rows)
    voiced = sum(row.voice is not None for row in rows)

    def at(**narrowed: str) -> str:
        return f"{address.having(**narrowed)}#results"

    return [
        (
            "Not decided yet",
            undecided,
            at(include=Inclusion.UNDECIDED.value),
            f"of {len(rows)} entries",
            "yellow" if undecided else "green",
        ),
        ("Included", included, at(include=Inclusion.INCLUDED.value), "in the chronology", "green"),
        ("Known only later", late, at(only=HINDSIGHT), "hindsight: nobody could act", "purple"),
        ("The person's own view", voiced, at(only=VOICE), "what they said or showed", "blue"),
    ]


def _sections(review: OpenedReview) -> list[Link]:
    case = review.case
    return [
        Link("Chronology", str(review.address)),
        Link("Whole case", case.address("")),
        Link("What changed between two days", case.address("changes")),
        Link("Glossary", "/glossary"),
    ]
