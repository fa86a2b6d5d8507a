"""What the landlord tells of itself, on a file that outlives every case."""

from datetime import datetime

from domain.events.organisation import (
    ComplianceReported,
    HomesCounted,
    PolicyAdopted,
    PolicyReviewed,
    RuleOverridden,
    RuleOverrideWithdrawn,
)
from domain.streams import StreamKind
from domain.vocabulary.organisation import ComplianceKind, PolicyOutcome
from services.simulation.dice import Dice
from services.simulation.telling import Telling
from services.simulation.world import (
    AUTHORITIES,
    GOVERNANCE,
    HMS,
    HOMES,
    HOUSING_TYPES,
    MANAGER,
)

_POLICIES = ("Safeguarding", "Domestic abuse", "Hoarding", "Antisocial behaviour")
_QUARTER_DAYS = 64
"""Working days."""


def landlord_file(seed: int, start: datetime, until: datetime) -> Telling:
    """Tell the file of the landlord."""
    stream = f"{StreamKind.ORGANISATION}:sim-{seed}"
    file = Telling(Dice(seed, stream), f"{seed}-organisation", stream, start)
    file.soon()
    policies = [_policy(file, title) for title in _POLICIES]
    year = 0
    while file.now < until:
        _homes_counted(file, year)
        for _ in range(4):
            _compliance(file)
            file.wait(_QUARTER_DAYS - 3)
        if year == 0:
            _own_ways(file)
        _policy_reviewed(file, policies[year % len(policies)])
        year += 1
    return file


def _policy(file: Telling, title: str) -> str:
    policy = file.item("policy")
    file.tell(
        PolicyAdopted,
        GOVERNANCE,
        policy_id=policy,
        title=f"{title} policy",
        policy_version="1",
        approved_by="Board",
        approved_on=file.day(-file.dice.whole(0, 700)),
    )
    return policy


def _policy_reviewed(file: Telling, policy: str) -> None:
    outcome = file.dice.code(PolicyOutcome, "withdrawn")
    file.tell(
        PolicyReviewed,
        GOVERNANCE,
        policy_id=policy,
        outcome=outcome,
        policy_version="2" if outcome == "amended" else None,
        approved_by="Board",
        approved_on=file.day(),
        findings="Lone visits were not covered." if outcome == "amended" else None,
    )


def _homes_counted(file: Telling, year: int) -> None:
    for authority in AUTHORITIES:
        for kind, share in HOUSING_TYPES.items():
            homes = HOMES * authority.share * share // 10_000
            file.tell(
                HomesCounted,
                HMS,
                authority=authority.code,
                housing_type=kind,
                homes=homes + year * file.dice.whole(0, 3),
                as_of=file.day(-1),
            )


def _compliance(file: Telling) -> None:
    for kind in ComplianceKind:
        total = file.dice.whole(180, 220)
        file.tell(
            ComplianceReported,
            GOVERNANCE,
            kind=kind,
            team="Neighbourhoods east" if file.chance(0.3) else None,
            compliant=total - file.dice.whole(2, 40),
            total=total,
            as_of=file.day(-1),
        )


def _own_ways(file: Telling) -> None:
    """Give rules other parameters, and one of them its own again."""
    for rule, name, value in (("R1", "working_days", 2), ("R13", "revisit_days", 21)):
        file.tell(
            RuleOverridden,
            GOVERNANCE,
            valid_from=file.day(7),
            rule=rule,
            parameters=[{"name": name, "value": value}],
            reason="As the Board agreed.",
            approved_by=file.staff(MANAGER),
        )
    file.wait(20, 40)
    file.tell(
        RuleOverrideWithdrawn,
        GOVERNANCE,
        valid_from=file.day(1),
        rule="R1",
        reason="Two days turned out to be too long.",
    )
