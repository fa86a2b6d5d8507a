"""The rule that antisocial behaviour is screened for safeguarding before it is dealt with."""

from collections.abc import Iterator, Sequence

from domain.events.envelope import CaseEvent
from domain.events.lifecycle import CaseOpened, IncidentReported, Reclassified, TriageCompleted
from domain.events.people import VulnerabilityEnded, VulnerabilityRecorded
from domain.events.protection import ExploitationIndicatorObserved
from domain.rules.flag import Finding, about_person
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.lifecycle import EnforcementCheck
from domain.vocabulary.safeguarding import Classification
from domain.working_days import by_working_day

_NOT_SEEN_THROUGH = frozenset({Classification.ASB, Classification.UNCLASSIFIED})


@rule(
    "R9",
    "Antisocial behaviour not screened for safeguarding",
    source="HQN article: adults at risk mistaken for perpetrators, abused or cuckooed; "
    "the numbers are ours",
    clears="a triage that says the screen is done, or reclassifying the case, once it is known; or "
    "closing the case",
    screen_working_days=3,
    exploitation_signs=2,
)
def asb_not_screened(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield what is still to be looked at behind antisocial behaviour.

    The screen itself is due within days; at once, where someone on the case is vulnerable, or
    where there are several signs of exploitation.
    """
    reports = _reports_of_asb(case) if case.is_open else []
    unscreened = [report for report in reports if not _is_screened(case, report)]
    if unscreened:
        yield _no_screen(unscreened[0], terms)
    yield from _vulnerable(case, terms, reports)
    yield from _exploited(case, terms, reports)


def _reports_of_asb(case: History) -> list[CaseEvent]:
    """Return what says that it is antisocial behaviour and was not seen otherwise since."""
    badged: list[CaseEvent] = [
        *case.all(IncidentReported, where=lambda it: it.category is Classification.ASB),
        *case.all(CaseOpened, where=lambda it: it.initial_classification is Classification.ASB),
        *case.all(Reclassified, where=lambda it: it.to is Classification.ASB),
    ]
    standing = (report for report in badged if not _is_seen_otherwise(case, report))
    return sorted(standing, key=lambda event: (event.known_at, event.version))


def _is_seen_otherwise(case: History, report: CaseEvent) -> bool:
    opened = case.responses(report, CaseOpened)
    changed = case.responses(report, Reclassified)
    seen_as = {each.initial_classification for each in opened} | {each.to for each in changed}
    return bool(seen_as - _NOT_SEEN_THROUGH)


def _is_screened(case: History, news: CaseEvent) -> bool:
    return bool(case.responses(news, TriageCompleted, where=_says_done))


def _says_done(triage: TriageCompleted) -> bool:
    return triage.enforcement_check is EnforcementCheck.DONE


def _no_screen(report: CaseEvent, terms: Terms) -> Finding:
    under = terms.for_duty_of(report)
    return Finding(
        under=under,
        because=(report,),
        since=report.known_at,
        due=by_working_day(report.known_at, under["screen_working_days"]),
        why="Antisocial behaviour was reported and has not been screened for safeguarding.",
        item="screen",
    )


def _vulnerable(case: History, terms: Terms, reports: Sequence[CaseEvent]) -> Iterator[Finding]:
    told: set[str] = set()
    for vulnerability in case.all(VulnerabilityRecorded):
        report = _unscreened_with(case, reports, vulnerability)
        if report is None or vulnerability.person in told or _has_ended(case, vulnerability):
            continue
        told.add(vulnerability.person)
        why = "Someone in a case of antisocial behaviour is vulnerable; see what lies behind it."
        item = about_person(vulnerability.person)
        yield _at_once(terms, (report, vulnerability), why, item)


def _has_ended(case: History, vulnerability: VulnerabilityRecorded) -> bool:
    return any(
        ended.person == vulnerability.person
        and ended.vulnerability_type is vulnerability.vulnerability_type
        and ended.until >= vulnerability.since
        for ended in case.all(VulnerabilityEnded)
    )


def _exploited(case: History, terms: Terms, reports: Sequence[CaseEvent]) -> Iterator[Finding]:
    signs = sorted(case.all(ExploitationIndicatorObserved), key=lambda sign: sign.known_at)
    for number, sign in enumerate(signs, 1):
        report = _unscreened_with(case, reports, sign)
        if report is None or number < terms.for_duty_of(sign)["exploitation_signs"]:
            continue
        why = "There are several signs of exploitation behind antisocial behaviour."
        yield _at_once(terms, (report, *signs[:number]), why, "exploitation")
        return


def _unscreened_with(
    case: History, reports: Sequence[CaseEvent], sign: CaseEvent
) -> CaseEvent | None:
    """Return the first report that was not screened since both it and `sign` were known."""
    pairs = ((report, _last_known((report, sign))) for report in reports)
    return next((report for report, news in pairs if not _is_screened(case, news)), None)


def _last_known(events: Sequence[CaseEvent]) -> CaseEvent:
    return max(events, key=lambda event: event.known_at)


def _at_once(terms: Terms, because: Sequence[CaseEvent], why: str, item: str) -> Finding:
    news = _last_known(because)
    return Finding(
        under=terms.for_duty_of(news),
        because=because,
        since=news.known_at,
        due=news.known_at,
        why=why,
        item=item,
    )
