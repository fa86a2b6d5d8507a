"""What changes about homes and tenancies, hazards in them, and hoarding."""

from domain.events.hoarding import HoardingLevelAssessed
from domain.events.housing import HazardLinked, HousingContextChanged, PropertyDescribed
from domain.vocabulary.hoarding import HoardingLevel, Insight
from domain.vocabulary.housing import HazardClass, HousingChange, Tenure
from domain.vocabulary.people import TenureRole, YesNoUnknown
from domain.vocabulary.record import Sensitivity
from services.simulation.case import Case
from services.simulation.world import AUTHORITIES, HMS, HOUSING, REPAIRS

_ROOMS = ("Kitchen", "Living room", "Bedroom", "Hall", "Bathroom")
_RATINGS = {"low": (1, 3), "medium": (4, 6), "high": (6, 9)}


def housing_changed(case: Case, kind: HousingChange | None = None) -> None:
    """Hear from housing management of a change."""
    dice = case.dice
    change = kind or dice.code(HousingChange)
    moved = change is HousingChange.MOVE
    to = dice.pick(AUTHORITIES) if moved else None
    case.tell(
        HousingContextChanged,
        HMS,
        happened=case.ago(2, 60),
        place=case.home.ref,
        kind=change,
        person=case.person,
        tenure=dice.code(Tenure) if case.chance(0.5) else None,
        tenure_role=dice.code(TenureRole) if case.chance(0.3) else None,
        housing_type=case.home.housing_type,
        reference=f"T{dice.whole(10_000, 99_999)}",
        to_property=f"{case.home.ref}-new" if moved else None,
        to_authority=to.code if to else None,
        handover_to=to.name if to and case.chance(0.6) else None,
        handed_over_on=case.day() if moved and case.chance(0.5) else None,
    )


def described(case: Case) -> None:
    """Have housing management say where the home lies, on the file of the home."""
    home = case.home
    case.tell(
        PropertyDescribed,
        HMS,
        stream=home.ref,
        place=home.ref,
        area_lsoa=home.area,
        estate=home.estate,
        block=home.block,
        authority=home.authority.code,
        housing_type=home.housing_type,
    )


def hazard(case: Case) -> None:
    """Hear from repairs of a hazard."""
    case.tell(
        HazardLinked,
        REPAIRS,
        place=case.home.ref,
        hazard_ref=f"haz-{case.dice.whole(1_000, 9_999)}",
        hazard_class=case.dice.code(HazardClass),
        damp=case.dice.code(YesNoUnknown),
        reported_on=case.day(-case.dice.whole(0, 20)),
        details="Black mould behind the bed." if case.chance(0.5) else None,
    )


def hoarding_assessed(case: Case, level: HoardingLevel) -> None:
    """See how serious hoarding is, room by room."""
    dice = case.dice
    low, high = _RATINGS[level]
    rooms = dice.several(_ROOMS, 2, 4)
    insight = dice.code(Insight) if case.chance(0.7) else None
    photo = {"ref": f"photo-{case.item('p')}", "sha256": f"{dice.whole(1, 9)}" * 64}
    pictured = case.chance(0.6)
    case.tell(
        HoardingLevelAssessed,
        dice.pick((HOUSING, HOUSING, REPAIRS)),
        secrecy=Sensitivity.RESTRICTED if insight else Sensitivity.STANDARD,
        place=case.home.ref,
        evidence=[photo | {"title": "Hall, from the door"}] if pictured else (),
        person=case.person,
        level=level,
        rooms=[{"room": room, "rating": dice.whole(low, high)} for room in rooms],
        fire_risk=dice.code(YesNoUnknown),
        access_blocked=dice.code(YesNoUnknown),
        structure_at_risk=dice.code(YesNoUnknown),
        repairs_blocked=dice.code(YesNoUnknown),
        rooms_unusable=dice.code(YesNoUnknown),
        damp_or_disrepair=dice.code(YesNoUnknown),
        animals=dice.weighted({"no": 7, "yes": 2, "unknown": 1}),
        children_present=dice.weighted({"no": 8, "yes": 1, "unknown": 1}),
        insight=insight,
        photos=[photo["ref"]] if pictured else None,
    )
