"""What a case is linked to, as what, and whether it still is."""

from itertools import permutations

from domain.vocabulary.record import Sensitivity
from projections.links import links
from tests.support.stories import case_linked, case_opened, case_unlinked, given

OTHER, FILE = "asb:2023-0042", "property:10001234"
LINK = f"{OTHER} household"
LINKED = case_linked("2024-03-05", other_ref=OTHER, relation="household", reason="They share it.")
UNDONE = case_unlinked("2024-03-09", other_ref=OTHER, relation="household", reason="They do not.")


def test_each_other_case_or_file_has_a_row() -> None:
    seen = given(case_opened("2024-03-01"), LINKED, case_linked("2024-03-06", other_ref=FILE)).then(
        links
    )
    assert {row.other_ref for row in seen.rows.values()} == {OTHER, FILE}
    seen.at(LINK).has(relation="household", since="2024-03-05 09:00", undone_at=None, holds=True)


def test_two_may_be_linked_in_several_ways() -> None:
    seen = given(LINKED, LINKED.but(relation="same-person")).then(links)
    assert set(seen.rows) == {LINK, f"{OTHER} same-person"}


def test_a_link_undone_is_still_told_in_any_order() -> None:
    for story in permutations((case_opened("2024-03-01"), LINKED, UNDONE)):
        given(*story).then(links).at(LINK).has(
            since="2024-03-05 09:00",
            undone_at="2024-03-09 09:00",
            reason="They do not.",
            holds=False,
        )


def test_one_that_is_made_again_holds() -> None:
    again = case_linked("2024-03-20", other_ref=OTHER, relation="household")
    given(LINKED, UNDONE, again).then(links).at(LINK).has(
        since="2024-03-20 09:00", undone_at=None, holds=True
    )


def test_why_it_was_made_stands_where_nobody_says_why_it_was_undone() -> None:
    given(LINKED, UNDONE.but(reason=None)).then(links).at(LINK).has(reason="They share it.")


def test_whoever_may_see_both_may_see_it() -> None:
    given(LINKED, UNDONE.but(sensitivity="restricted")).then(links).at(LINK).has(
        sensitivity=Sensitivity.RESTRICTED
    )


def test_what_undoes_another_undoes_nothing() -> None:
    given(LINKED, UNDONE.but(relation="same-person")).then(links).at(LINK).has(holds=True)
