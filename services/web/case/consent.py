"""Consent in a case, and what was shared with whom: each entry leads to its event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from projections.sharing import sharing
from projections.sharing_row import SharingKind, SharingRow
from projections.timeline import timeline
from services.web.case.banner import Tag
from services.web.case.opened_case import OpenedCase
from services.web.case.state import Causes
from services.web.dates import day

_COLOURS = {
    SharingKind.CONSENT: "blue",
    SharingKind.OVERRIDE: "orange",
    SharingKind.INFORMED: "grey",
    SharingKind.SHARED: "purple",
    SharingKind.RECEIVED: "green",
    SharingKind.ADVICE: "grey",
}

Facts = Iterator[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One entry of the register in words."""

    title: str
    when: str
    href: str
    tag: Tag
    holds: Tag | None
    facts: Sequence[tuple[str, Sequence[str]]]


def show_consent(case: OpenedCase) -> HTMLResponse:
    """Show where people stand on consent, then all decisions and exchanges, the latest first."""
    rows = sorted(case.rows(sharing), key=lambda row: row.occurred_at, reverse=True)
    causes = Causes(case)
    places = {row["event_id"]: row["version"] for row in case.shown[timeline.name]}
    register = [
        _entry(case, row, causes, case.event(places.get(str(row.event_id), 1))) for row in rows
    ]
    return case.render(
        "consent.html", register=register, consents=case.state.consent if case.state else ()
    )


def _entry(case: OpenedCase, row: SharingRow, causes: Causes, href: str) -> RegisterEntry:
    tag = (row.kind.label, _COLOURS[row.kind])
    told = [(name, lines) for name, lines in _facts(case, row) if lines]
    return RegisterEntry(_title(row), causes.when(row.occurred_at), href, tag, _holds(row), told)


def _title(row: SharingRow) -> str:
    match row.kind:
        case SharingKind.CONSENT:
            return f"{_of(row)}: {row.state.label.lower() if row.state else 'not recorded'}"
        case SharingKind.OVERRIDE:
            return f"{_of(row)}: decided to act without consent"
        case SharingKind.INFORMED:
            return "Told what was done" if row.informed else "Not told what was done"
        case SharingKind.SHARED:
            return f"Shared with {_agency(row)}"
        case SharingKind.RECEIVED:
            return f"Received from {_agency(row)}"
        case SharingKind.ADVICE:
            return f"Advice sought of {_agency(row)}"


def _of(row: SharingRow) -> str:
    return row.scope.label if row.scope else "Consent"


def _agency(row: SharingRow) -> str:
    return row.agency.label if row.agency else "an agency that is not recorded"


def _holds(row: SharingRow) -> Tag | None:
    if row.current is None:
        return None
    if row.current and row.overridden_at:
        return ("Overridden", "orange")
    return ("Holds", "green") if row.current else ("Replaced since", "grey")


def _facts(case: OpenedCase, row: SharingRow) -> Facts:
    people = dict.fromkeys((*([row.person] if row.person else []), *row.persons))
    yield "About", [case.persons.name(each) for each in people]
    yield "Asked by", _lines(row.sought_by)
    yield "How", [row.how.label] if row.how else []
    yield "Not asked because", _lines(row.reason_not_sought)
    yield "Grounds", [each.label for each in row.grounds]
    yield "Why", _lines(row.rationale)
    yield "Decided by", _lines(row.decider)
    yield "Who saw it otherwise", _lines(row.dissenting_view)
    yield "Risk of doing so", _lines(row.risk_of_sharing)
    yield "The person was told", _informed(row)
    yield "Items", list(row.items) or ([f"{row.item_count}"] if row.item_count else [])
    yield "Lawful because", [row.legal_basis.label] if row.legal_basis else []
    yield "Rests on", [row.rests_on_kind.label] if row.rests_on_kind else []
    yield "By", [row.method.label] if row.method else []
    yield "Post there", _lines(row.agency_role)
    yield "About what", _lines(row.topic)
    yield "New to the landlord", _yes_or_no(row.new_to_us)
    yield "May be passed on", [row.onward_sharing.label] if row.onward_sharing else []
    yield "Names disclosed", _yes_or_no(row.identities_disclosed)
    yield "Asked", _lines(row.question)
    yield "They said", _lines(row.advice)
    yield "Recorded by", [row.recorded_by]


def _informed(row: SharingRow) -> list[str]:
    if row.informed is None:
        return []
    about = f" about {row.about.label.lower()}" if row.about else ""
    at = f", {day(row.informed_at)}" if row.informed_at else ""
    return [("Yes" if row.informed else "No") + about + at, *_lines(row.not_informed_reason)]


def _yes_or_no(told: bool | None) -> list[str]:
    return [] if told is None else ["Yes" if told else "No"]


def _lines(text: str | None) -> list[str]:
    return [text] if text else []
