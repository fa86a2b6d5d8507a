"""What was shown of a case is kept as long as there is room, and told apart by all that matters."""

from uuid import UUID

from domain.vocabulary.record import PersonalClass
from projections.attention import attention
from projections.timeline import timeline
from services.access.shown_before import ShownBefore, WhatWasShown, does_not_change

NOTHING = frozenset[PersonalClass]()


def what(
    case: int = 1, version: int = 1, masked: frozenset[PersonalClass] = NOTHING
) -> WhatWasShown:
    return WhatWasShown(UUID(int=case), version, ("timeline",), masked)


def test_what_is_kept_is_what_was_shown_of_that_version_with_that_mask() -> None:
    kept = ShownBefore()
    kept.keep(what(), {"timeline": b"[1]"})

    assert kept.get(what()) == {"timeline": b"[1]"}
    assert kept.get(what(version=2)) is None
    assert kept.get(what(case=2)) is None
    assert kept.get(what(masked=frozenset({PersonalClass.HEALTH}))) is None


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    kept = ShownBefore(most_bytes=25)
    for case in (1, 2):
        kept.keep(what(case), {"timeline": b"x" * 10})
    kept.get(what(1))

    kept.keep(what(3), {"timeline": b"x" * 10})

    assert [kept.get(what(case)) is not None for case in (1, 2, 3)] == [True, False, True]


def test_the_same_again_takes_no_more_room() -> None:
    kept = ShownBefore(most_bytes=25)
    for _ in range(5):
        kept.keep(what(1), {"timeline": b"x" * 20})

    assert kept.get(what(1)) is not None


def test_rows_that_rest_on_rules_in_force_are_not_kept() -> None:
    assert does_not_change((timeline,))
    assert not does_not_change((timeline, attention))
