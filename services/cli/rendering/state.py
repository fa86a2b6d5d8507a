"""The state of a case: its heading and its facts."""

from datetime import date, datetime

from rich.console import RenderableType
from rich.text import Text

from domain.vocabulary.risk import RiskLevel
from projections.case_state_row import CaseStateRow, CaseStatus, ControlInForce
from projections.consent import Consent
from services.cli.rendering.tables import facts
from services.cli.rendering.theme import NONE, lines, phrase, plain, shown
from services.cli.rendering.times import Told, counted, day, day_of, days_from, often, span

_RISK_STYLES = {RiskLevel.HIGH: "attention", RiskLevel.CRITICAL: "alarm"}


def heading(row: CaseStateRow) -> Text:
    """Return a case in one line: its reference, what it is treated as, how it stands."""
    return phrase(
        Text(row.case_ref, "title"),
        Text(row.classification.label),
        Text(row.status.label.lower(), "quiet"),
        Text(f"{row.risk_level.label.lower()} risk", _risk_style(row.risk_level))
        if row.risk_level
        else None,
    )


def risk_level(level: RiskLevel | None) -> Text:
    """Return a level of risk, the graver ones in colour."""
    if level is None:
        return Text(NONE, "quiet")
    return Text(level.label, _risk_style(level))


def _risk_style(level: RiskLevel) -> str:
    return _RISK_STYLES.get(level, "")


def case_facts(
    row: CaseStateRow,
    today: date,
    *,
    events: int | None = None,
    told: Told = day_of,
) -> RenderableType:
    """Return what the state says of a case; `today` decides what is overdue.

    `events` is how many are seen, `told` says on which day, or in which month, something was.
    """
    return facts(
        ("Status", _status(row, told)),
        ("Treated as", _classification(row, told)),
        ("Strands", Text(", ".join(strand.label for strand in row.strands))),
        ("Danger", Text("immediate, as last reported", "alarm") if row.immediate_danger else None),
        ("Risk", _risk(row, today, told)),
        ("Lead", _lead(row)),
        ("Visits", lines(*(control(held, today) for held in row.visit_controls))),
        ("Consent", lines(*(consent(held) for held in row.consent))),
        ("Still open", still_open(row)),
        ("Enforcement", enforcement(row)),
        ("Partners", _partners(row)),
        ("Last event", _last(row, events, told)),
    )


def control(held: ControlInForce, today: date) -> Text:
    """Return one precaution for visits; one whose last day has passed is marked."""
    what = f"{held.control.label} ({held.scope.label.lower()})"
    if held.until is None:
        return Text(what)
    over = held.until < today
    until = f"until {day(held.until)}" + (", which has passed" if over else "")
    return phrase(Text(what), Text(until, "attention" if over else "quiet"))


def consent(held: Consent) -> Text:
    """Return where one person stands on one scope of consent."""
    said = held.state.label.lower() if held.state else "not asked"
    when = f" {day_of(held.at)}" if held.at else ""
    return phrase(
        Text(f"{held.scope.label}: {said}{when}"),
        shown(held.person, "quiet") if held.person else None,
        Text("overridden", "attention") if held.overridden else None,
    )


def still_open(row: CaseStateRow) -> Text:
    """Return how much is not settled yet."""
    return phrase(
        Text(counted(row.open_actions, "action")),
        Text(counted(row.open_referrals, "referral")),
    )


def enforcement(row: CaseStateRow) -> Text | None:
    """Return how many warnings are owed a review, if any."""
    if not row.enforcement_to_review:
        return None
    owed = counted(len(row.enforcement_to_review), "warning")
    return Text(f"{owed} against a person now seen at risk: to be reviewed", "attention")


def _status(row: CaseStateRow, told: Told) -> Text:
    is_exact = told(row.opened_at) == day_of(row.opened_at)
    late = days_from(row.opened_at, row.opened_known_at) if is_exact else 0
    opened = phrase(
        Text(f"Open since {told(row.opened_at)}"),
        Text(f"known {span(late)} later", "attention") if late > 1 else None,
        Text(f"reopened {often(row.reopenings)}") if row.reopenings else None,
    )
    if row.status is CaseStatus.OPEN or row.closed_at is None:
        return opened
    why = (code.label.lower() for code in (row.closure_reason, row.risk_outcome) if code)
    closed = phrase(Text(f"Closed {told(row.closed_at)}"), Text(", ".join(why), "quiet"))
    return lines(closed, opened)


def _classification(row: CaseStateRow, told: Told) -> Text:
    now = Text.assemble((row.classification.label, "title"), f" since {told(row.classified_at)}")
    if row.reclassified_at is None:
        return now
    first = row.first_classification.label.lower()
    return lines(now, Text(f"taken for {first} at first, {_for(row.misbadged_days)}", "attention"))


def _for(days: int | None) -> str:
    return f"for {span(days)}" if days else "for less than a day"


def _risk(row: CaseStateRow, today: date, told: Told) -> Text:
    general = _assessed(row.risk_level, row.risk_assessed_at, told)
    visitors = _assessed(row.visitor_risk_level, row.visitor_risk_assessed_at, told)
    due = row.risk_review_due
    review = due and Text(f"review due {day(due)}", "alarm" if due < today else "quiet")
    return lines(
        phrase(general, review or None) if general else Text("Not assessed", "attention"),
        Text.assemble("To visitors: ", visitors) if visitors else None,
    )


def _assessed(level: RiskLevel | None, at: datetime | None, told: Told) -> Text | None:
    if level is None or at is None:
        return None
    return Text.assemble(risk_level(level), f", assessed {told(at)}")


def _lead(row: CaseStateRow) -> Text:
    if row.lead is None:
        return Text("Not allocated", "attention")
    team = plain(f"with {', '.join(row.team)}") if row.team else ""
    return phrase(shown(row.lead), Text(team, "quiet"))


def _partners(row: CaseStateRow) -> Text:
    return phrase(
        Text(f"{counted(row.meetings_held, 'meeting')} held") if row.meetings_held else None,
        Text(f"something new from them {often(row.known_from_partners)}")
        if row.known_from_partners
        else None,
    )


def _last(row: CaseStateRow, events: int | None, told: Told) -> Text:
    corrections = counted(row.corrections, "correction")
    return phrase(
        Text(told(row.last_event_at)),
        Text(counted(events, "event"), "quiet") if events else None,
        Text(corrections, "quiet") if row.corrections else None,
    )
