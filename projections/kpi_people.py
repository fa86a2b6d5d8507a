"""KPI facts about people: who was taken for a perpetrator, and turned out to be at risk."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from domain.events.lifecycle import Reclassified
from domain.roles import RoleFact, role_facts
from domain.rules.history import History
from domain.vocabulary.people import HARMED_OR_AT_RISK, PersonRole
from domain.vocabulary.safeguarding import Classification

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_FAR_OFF = datetime.max.replace(tzinfo=UTC)


class _Told(NamedTuple):
    """What was said of a person's role, and when the landlord came to see it so."""

    at: datetime
    fact: RoleFact


class _Span(NamedTuple):
    since: datetime
    until: datetime


def alleged_in_asb(history: History, first: Classification) -> dict[str, int]:
    """Count who was seen as a perpetrator while the case was antisocial behaviour, by columns.

    What counts is when the landlord came to know: who is blamed only once the case is treated as
    something else was never taken for a perpetrator of antisocial behaviour.
    """
    spans = [span for treated_as, span in _spans(history, first) if treated_as == "asb"]
    people = _roles_told(history) if spans else []
    alleged = [told for told in people if _alleged_within(told, spans)]
    return {
        "asb_alleged_perpetrators": len(alleged),
        "asb_re_roled": sum(map(_seen_anew, alleged)),
    }


def _spans(history: History, first: Classification) -> Iterator[tuple[Classification, _Span]]:
    treated_as, since = first, _LONG_AGO
    for change in history.all(Reclassified):
        yield treated_as, _Span(since, change.known_at)
        treated_as, since = change.to, change.known_at
    yield treated_as, _Span(since, _FAR_OFF)


def _roles_told(history: History) -> list[list[_Told]]:
    return [
        [_Told(event.known_at, fact) for event in events for fact in role_facts(event, person)]
        for person, events in history.naming.items()
    ]


def _alleged_within(told: Sequence[_Told], spans: Sequence[_Span]) -> bool:
    alleged = _alleged(told)
    return alleged is not None and any(
        alleged.since < span.until and span.since < alleged.until for span in spans
    )


def _alleged(told: Sequence[_Told]) -> _Span | None:
    """Return from when until when someone was seen as an alleged perpetrator."""
    seen = [each.at for each in told if each.fact.role is PersonRole.ALLEGED_PERPETRATOR]
    cleared = [each.at for each in told if each.fact.instead_of is PersonRole.ALLEGED_PERPETRATOR]
    if not seen and not cleared:
        return None
    since = min(seen) if seen else _LONG_AGO  # it is only known that they were until then
    stands = not cleared or any(at > max(cleared) for at in seen)
    return _Span(since, _FAR_OFF if stands else max(cleared))


def _seen_anew(told: Sequence[_Told]) -> bool:
    """Tell whether an alleged perpetrator came to be seen as harmed or at risk after that."""
    harmed = [each for each in told if each.fact.role in HARMED_OR_AT_RISK]
    changed = any(each.fact.instead_of is PersonRole.ALLEGED_PERPETRATOR for each in harmed)
    alleged = _alleged(told)
    first = min((each.at for each in harmed), default=_LONG_AGO)
    return changed or (alleged is not None and first > alleged.since)
