"""The risks of a case as rules read them: whose each is, and how its assessments went."""

from collections.abc import Iterator, Mapping, Sequence

from domain.events.risk import RiskAssessed
from domain.rules.history import History
from domain.vocabulary.people import HARMED_OR_AT_RISK
from domain.vocabulary.risk import RiskTool

Risk = tuple[str | None, str]
"""Whose it is, as far as was said, and which: `risk`, `fire-risk` or `visitor-risk`."""

_VISITORS = f"{RiskTool.VISITOR}-risk"


def standing_risks(case: History) -> Mapping[Risk, Sequence[RiskAssessed]]:
    """Return the assessments of each risk, oldest first.

    What names nobody is left out once everyone at risk was assessed by name since: it has been
    taken up there.
    """
    found: dict[Risk, list[RiskAssessed]] = {}
    for assessed in case.all(RiskAssessed):
        found.setdefault((assessed.person, _matter(assessed)), []).append(assessed)
    return {
        risk: assessments
        for risk, assessments in found.items()
        if risk[0] is not None or not _is_taken_up(case, found, risk[1])
    }


def personal_risks(case: History) -> Mapping[Risk, Sequence[RiskAssessed]]:
    """Return them without the risk to visitors, which says nothing of the people of the case."""
    return {
        risk: assessments
        for risk, assessments in standing_risks(case).items()
        if risk[1] != _VISITORS
    }


def persons_assessed(file: History) -> Iterator[tuple[str, list[RiskAssessed]]]:
    """Yield each person whose own risk was assessed, with the assessments, oldest first."""
    found: dict[str, list[RiskAssessed]] = {}
    for assessed in file.all(RiskAssessed):
        if assessed.person is not None and assessed.tool is not RiskTool.VISITOR:
            found.setdefault(assessed.person, []).append(assessed)
    yield from found.items()


def _matter(assessed: RiskAssessed) -> str:
    # The risk to a person is one matter, whichever tool it was last assessed with.
    own = assessed.tool in (RiskTool.VISITOR, RiskTool.FIRE)
    return f"{assessed.tool}-risk" if own else "risk"


def _is_taken_up(case: History, found: Mapping[Risk, list[RiskAssessed]], matter: str) -> bool:
    if matter == _VISITORS:
        return False
    since = found[None, matter][-1].occurred_at
    named = {person for person, which in found if person is not None and which == matter}
    persons = named | set(case.persons(*HARMED_OR_AT_RISK))
    latest = (found.get((person, matter)) for person in persons)
    return bool(named) and all(own and own[-1].occurred_at >= since for own in latest)
