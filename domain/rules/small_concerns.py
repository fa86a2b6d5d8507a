"""The rule about small concerns that add up."""

from collections.abc import Iterator, Sequence

from domain.events.envelope import CaseEvent
from domain.events.lifecycle import ConcernRaised, IncidentReported
from domain.events.plan import ManagementOversightRecorded
from domain.events.risk import RiskAssessed
from domain.rules.flag import Finding, about_person
from domain.rules.history import History
from domain.rules.patterns import first_run, within_days
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import FILES, StreamKind
from domain.vocabulary.people import PersonRole
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.rules import FlagEffect
from domain.vocabulary.safeguarding import ConcernBasis

_NOT_ABOUT = {
    PersonRole.REPORTER,
    PersonRole.WITNESS,
    PersonRole.PROFESSIONAL,
    PersonRole.ADVOCATE,
}


@rule(
    "R21",
    "Small concerns about the same person or property add up",
    source="Community Care article: low-level concerns are kept so that patterns show; the numbers "
    "are ours, near the three in 12 months at which abuse counts as escalating for a MARAC",
    clears="an assessment of risk, a manager's oversight or a concern based on the pattern since, "
    "or closing the case",
    streams=FILES,
    concerns_count=3,
    window_days=90,
)
def low_level_pattern(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning for each person or property about whom small concerns come in a row.

    On the file of a person or property that is every incident reported there. Patterns across
    files are for whoever looks at all of them.
    """
    told: set[Sequence[CaseEvent]] = set()
    for about, concerns in _small_concerns(file).items() if file.is_open else ():
        found = first_run(concerns, terms, "concerns_count", within_days("window_days"))
        if found is None or tuple(found[0]) in told:
            continue
        run, under = found
        told.add(tuple(run))
        known = max(event.known_at for event in run)
        yield Finding(
            under=under,
            because=tuple(run),
            since=known,
            due=known,
            why="Several concerns that each seemed small came within a short while: look at them "
            "together.",
            item=about_person(about[1]) if about[0] else f"concern:{run[-1].event_id}",
            effect=FlagEffect.WARNING,
        )


def _small_concerns(file: History) -> dict[tuple[bool, str], list[CaseEvent]]:
    """Return them by the persons and then by the properties they are about."""
    looked_at = [
        event.occurred_at
        for event in (
            *file.all(RiskAssessed, where=lambda each: each.tool is not RiskTool.VISITOR),
            *file.all(ManagementOversightRecorded),
            *file.all(ConcernRaised, where=lambda each: each.basis is ConcernBasis.PATTERN),
        )
    ]
    since = max(looked_at, default=None)
    small: list[CaseEvent] = [*file.all(ConcernRaised, where=lambda each: each.low_level)]
    if file.kind is not StreamKind.CASE:
        small += file.all(IncidentReported)
    found: dict[tuple[bool, str], list[CaseEvent]] = {}
    for event in sorted(small, key=lambda event: (event.occurred_at, event.version)):
        if since is None or event.occurred_at > since:
            for about in sorted(_about(file, event), reverse=True):
                found.setdefault(about, []).append(event)
    return dict(sorted(found.items(), reverse=True))


def _about(file: History, event: CaseEvent) -> set[tuple[bool, str]]:
    """Return whom and what it is about: persons marked True, the property, or else the file."""
    if file.kind is not StreamKind.CASE:
        return {(False, "")}
    persons = {(True, each.person) for each in event.subjects if each.role not in _NOT_ABOUT}
    place = {(False, event.property_ref)} if event.property_ref else set()
    return persons | place or {(False, "")}
