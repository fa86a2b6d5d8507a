"""Lists keep what they are filtered by in their address, and show the pages that there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.web.listing import Address, Paging, Sorting

ADDRESS = Address("/cases", (("risk", "high"), ("risk", "low"), ("page", "3")))
COLUMNS = ("due", "opened")


def test_an_address_without_one_of_its_filters_keeps_the_others_and_begins_anew() -> None:
    assert str(ADDRESS.without("risk", "high")) == "/cases?risk=low"
    assert str(ADDRESS.without("risk", "high").without("risk", "low")) == "/cases"


def test_what_is_put_into_an_address_is_encoded() -> None:
    assert str(Address("/cases").having(status="a&b=c d")) == "/cases?status=a%26b%3Dc+d"


def test_the_first_page_is_the_address_without_a_number() -> None:
    paging = Paging(ADDRESS, number=3, size=20, total=243)
    assert paging.href(1) == "/cases?risk=high&risk=low"
    assert paging.href(2) == "/cases?risk=high&risk=low&page=2"


@pytest.mark.parametrize(
    ("number", "total", "numbers"),
    [
        (1, 0, [1]),
        (1, 20, [1]),
        (1, 41, [1, 2, 3]),
        (1, 243, [1, 2, None, 13]),
        (4, 243, [1, 2, 3, 4, 5, None, 13]),
        (7, 243, [1, None, 6, 7, 8, None, 13]),
        (13, 243, [1, None, 12, 13]),
    ],
)
def test_pages_near_the_one_shown_and_both_ends_are_linked_to(
    number: int, total: int, numbers: list[int | None]
) -> None:
    assert Paging(ADDRESS, number, 20, total).numbers() == numbers


@given(st.integers(0, 500), st.integers(1, 50), st.data())
def test_every_item_is_on_one_page(total: int, size: int, data: st.DataObject) -> None:
    pages = Paging(ADDRESS, 1, size, total).pages
    shown = [Paging(ADDRESS, number, size, total) for number in range(1, pages + 1)]
    places = [place for each in shown if total for place in range(each.first, each.last + 1)]
    assert places == list(range(1, total + 1))
    number = data.draw(st.integers(1, pages))
    linked = [each for each in Paging(ADDRESS, number, size, total).numbers() if each]
    assert linked == sorted(set(linked))
    assert {1, number, pages} <= set(linked)


def test_an_empty_list_has_nothing_first_and_nothing_last() -> None:
    empty = Paging(ADDRESS, 1, 20, 0)
    assert (empty.first, empty.last, empty.title) == (0, 0, "")


def test_the_title_names_the_page_where_there_are_several() -> None:
    assert Paging(ADDRESS, 3, 20, 243).title == " (page 3 of 13)"


def test_a_column_sorts_upwards_then_downwards_and_from_the_first_page() -> None:
    sorting = Sorting.asked(ADDRESS, "due", COLUMNS, "opened")
    assert (sorting.state("due"), sorting.state("opened")) == ("ascending", None)
    assert sorting.href("due") == "/cases?risk=high&risk=low&sort=-due"
    assert sorting.href("opened") == "/cases?risk=high&risk=low&sort=opened"
    downwards = Sorting.asked(ADDRESS, "-due", COLUMNS, "opened")
    assert (downwards.state("due"), downwards.href("due")[-8:]) == ("descending", "sort=due")


@pytest.mark.parametrize("asked", [None, "", "-", "name; drop table", "--due"])
def test_what_is_no_column_sorts_as_if_nothing_was_asked(asked: str | None) -> None:
    assert Sorting.asked(ADDRESS, asked, COLUMNS, "-opened") == Sorting(ADDRESS, "opened", True)
