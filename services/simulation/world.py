"""The landlord of the simulation and those it works with. All of it is made up.

The codes of the local authorities have the form that the Office for National Statistics gives
them, and belong to none.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from domain.vocabulary.housing import HousingType
from domain.vocabulary.record import ActorKind
from services.simulation.dice import Dice

LANDLORD = "Thornmere Homes"
HOMES = 11_000
"""As many as Progress Housing, whose published figures the proportions follow, has or nearly so."""


class Answering(Enum):
    """How an authority answers referrals: how likely it takes one on, turns one down, or is silent.

    Over all authorities 31 % of referrals are taken on, as Progress Housing published for 2023/24.
    """

    PROMPT = (0.42, 0.51)
    SLOW = (0.30, 0.46)
    SILENT = (0.09, 0.16)

    def __init__(self, accepts: float, declines: float) -> None:
        """Say how likely it takes a referral on, and turns it down; else it says nothing."""
        self.accepts = accepts
        self.declines = declines


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority in whose area the landlord has homes."""

    code: str
    name: str
    answering: Answering
    share: int
    """Of a hundred homes, how many lie there."""

    @property
    def hub(self) -> str:
        """The multi-agency safeguarding hub of its area."""
        return f"{self.name} MASH"


AUTHORITIES = (
    Authority("E06000901", "Saltmarsh Council", Answering.PROMPT, 34),
    Authority("E08000902", "Highfold Borough Council", Answering.SLOW, 22),
    Authority("E09000903", "Coldwater Borough Council", Answering.SILENT, 14),
    Authority("E10000904", "Wenshire County Council", Answering.PROMPT, 12),
    Authority("E06000905", "Eastmoor Council", Answering.SLOW, 10),
    Authority("E08000906", "Brackenford City Council", Answering.SILENT, 8),
)

HOUSING_TYPES: dict[HousingType, int] = {
    HousingType.GENERAL_NEEDS: 58,
    HousingType.SHELTERED: 13,
    HousingType.SUPPORTED: 12,
    HousingType.EXTRA_CARE: 4,
    HousingType.TEMPORARY: 3,
    HousingType.LEASEHOLD: 6,
    HousingType.SHARED_OWNERSHIP: 4,
}
"""Of a hundred homes, how many are of each kind."""


_NEIGHBOURS = 250
"""How many homes a neighbourhood has."""
_ESTATES = ("Heron Park", "Mill Lane", "The Limes", "Quarry Hill", "Station Road")


@dataclass(frozen=True, slots=True)
class Home:
    """A home of the landlord's."""

    ref: str
    """Both its reference and that of its file."""
    authority: Authority
    housing_type: HousingType
    area: str
    """The statistical area it lies in, by a code that belongs to none."""
    estate: str | None
    block: str | None


@cache
def _by_hundredth() -> tuple[tuple[Authority, ...], tuple[HousingType, ...]]:
    areas = tuple(each for each in AUTHORITIES for _ in range(each.share))
    kinds = tuple(kind for kind, share in HOUSING_TYPES.items() for _ in range(share))
    return areas, kinds


def home(seed: int, number: int) -> Home:
    """Return the home with this number, from 0 up to `HOMES`."""
    areas, kinds = _by_hundredth()
    neighbourhood, plot = divmod(number, _NEIGHBOURS)
    estate = _ESTATES[neighbourhood % len(_ESTATES)] if neighbourhood % 4 else None
    return Home(
        ref=f"property:sim-{seed}-{number:05}",
        authority=areas[neighbourhood * 7 % 100],
        housing_type=kinds[number * 61 % 100],
        area=f"E01{900_000 + neighbourhood}",
        estate=estate,
        block=f"Block {plot // 24 + 1}" if estate else None,
    )


def some_home(seed: int, dice: Dice) -> Home:
    """Return a home to which something happens; some come up again and again."""
    neighbourhood = dice.whole(0, HOMES // _NEIGHBOURS - 1)
    plot = int(dice.fraction() * dice.fraction() * _NEIGHBOURS)
    return home(seed, neighbourhood * _NEIGHBOURS + plot)


class Rhythm(Enum):
    """How long after an entry a system publishes it: at once, or with all else every so often."""

    AT_ONCE = 0
    QUARTER_HOURLY = 15
    HOURLY = 60
    FOUR_HOURLY = 240
    NIGHTLY = 1_440


@dataclass(frozen=True, slots=True)
class Desk:
    """Where events are entered: a system that publishes them, and who enters them there."""

    source: str
    role: str
    staff: str
    """What the numbers of its staff begin with."""
    rhythm: Rhythm
    organisation: str = LANDLORD
    kind: ActorKind = ActorKind.HUMAN


HOUSING = Desk("urn:sim:hms", "Housing officer", "staff:ho", Rhythm.HOURLY)
HMS = Desk(
    "urn:sim:hms", "Housing management system", "system:hms", Rhythm.NIGHTLY, kind=ActorKind.SYSTEM
)
ASB = Desk("urn:sim:asb", "ASB officer", "staff:asb", Rhythm.AT_ONCE)
CALLS = Desk("urn:sim:contact-centre", "Contact centre adviser", "staff:cc", Rhythm.QUARTER_HOURLY)
REPAIRS = Desk(
    "urn:sim:repairs",
    "Repairs operative",
    "repairs:op",
    Rhythm.NIGHTLY,
    "Thornmere Repairs",
    ActorKind.CONTRACTOR,
)
LEAD = Desk("urn:sim:safeguarding", "Designated safeguarding lead", "staff:sg", Rhythm.AT_ONCE)
MANAGER = Desk("urn:sim:safeguarding", "Safeguarding manager", "staff:sm", Rhythm.AT_ONCE)
MASH = Desk("urn:sim:partner-mash", "MASH officer", "mash", Rhythm.FOUR_HOURLY, "Partner hub")
PEOPLE = Desk("urn:sim:people-support", "People Support adviser", "staff:ps", Rhythm.HOURLY)
GOVERNANCE = Desk("urn:sim:governance", "Governance officer", "staff:gov", Rhythm.HOURLY)
RECORDS = Desk("urn:sim:records", "Information officer", "staff:io", Rhythm.AT_ONCE)
