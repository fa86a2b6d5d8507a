"""How serious hoarding was found to be, over time and room by room."""

from itertools import permutations

from projections.hoarding import hoarding
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    event_corrected,
    given,
    hoarding_level_assessed,
    the,
)


def rooms(**ratings: int) -> tuple[dict[str, object], ...]:
    return tuple({"room": room, "rating": rating} for room, rating in ratings.items())


FIRST = hoarding_level_assessed(
    "2024-03-01", level="low", rooms=rooms(Kitchen=3, Hall=2), animals="yes", fire_risk="no"
)
WORSE = hoarding_level_assessed(
    "2024-04-01", level="high", rooms=rooms(kitchen=8), animals="unknown", fire_risk="yes"
)
STILL = hoarding_level_assessed("2024-05-01", level="high", rooms=rooms(Kitchen=7))


def test_the_latest_level_stands_with_its_history_in_any_order() -> None:
    for story in permutations([FIRST, WORSE, STILL]):
        given(*story).then(hoarding).at(TENANT).has(
            person=TENANT,
            level="high",
            level_since="2024-04-01",
            assessed_at="2024-05-01",
            previous_level="low",
            highest_level="high",
            assessed_times=3,
            assessments=({"level": "low"}, {"level": "high"}, {"level": "high"}),
        )


def test_as_known_on_a_day() -> None:
    late = STILL.but(level="low")
    case = given(FIRST, WORSE, hoarding_level_assessed("2024-03-20", known="2024-06-01"), late)
    case.when_seen(known_on="2024-03-31").then(hoarding).has(
        level="low", previous_level=None, assessed_times=1
    )
    case.when_seen(known_on="2024-04-30").then(hoarding).has(level="high", assessed_times=2)
    case.then(hoarding).has(
        level="low", previous_level="high", highest_level="high", assessed_times=4
    )


def test_each_room_as_last_rated() -> None:
    given(FIRST, WORSE, STILL).then(hoarding).has(
        rooms=(
            {"room": "Kitchen", "rating": 7, "previous_rating": 8, "highest_rating": 8},
            {"room": "Hall", "rating": 2, "rated_at": "2024-03-01", "previous_rating": None},
        ),
        highest_rating=7,
    )


def test_rooms_of_two_homes_are_told_apart() -> None:
    moved = STILL.but(property_ref="uprn:2", rooms=rooms(Hall=1))
    given(FIRST.but(property_ref="uprn:1"), moved).then(hoarding).has(
        rooms=(
            {"home": "uprn:1", "room": "Kitchen"},
            {"home": "uprn:1", "room": "Hall", "rating": 2},
            {"home": "uprn:2", "room": "Hall", "rating": 1},
        )
    )


def test_without_ratings_no_room_is_told() -> None:
    given(FIRST.but(rooms=())).then(hoarding).has(rooms=(), highest_rating=None)


def test_an_answer_is_not_undone_by_one_that_is_not_known() -> None:
    given(FIRST, WORSE).then(hoarding).has(
        animals="yes", fire_risk="yes", repairs_blocked="yes", structure_at_risk="unknown"
    )


def test_insight_as_last_known() -> None:
    given(
        FIRST.but(insight="poor", sensitivity="restricted"),
        WORSE.but(insight="unknown", sensitivity="restricted"),
        STILL,
    ).then(hoarding).has(insight="poor", insight_at="2024-03-01")


def test_photographs_are_kept_with_their_assessment() -> None:
    given(FIRST.but(photos=("IMG-1",))).then(hoarding).has(assessments=({"photos": ("IMG-1",)},))


def test_persons_are_told_apart_and_from_those_who_are_not_named() -> None:
    seen = given(FIRST, WORSE.but(person=NEIGHBOUR), STILL.but(person=None, level="low")).then(
        hoarding
    )
    seen.has_rows(TENANT, NEIGHBOUR, "-")
    seen.at("-").has(person=None, level="low")


def test_a_corrected_level_reads_as_corrected() -> None:
    case = given(
        hoarding_level_assessed("2024-03-01", ref="seen", level="high"),
        event_corrected("2024-03-10", target=the("seen"), field="level", was="high", now="medium"),
    )
    case.when_seen(known_on="2024-03-09").then(hoarding).has(level="high")
    case.then(hoarding).has(level="medium", highest_level="medium")
