"""Values that never change: their copies, and what is made of values known to fit."""

from pydantic import BaseModel

from domain.events.fields import Part


class Inner(Part):
    note: str


class Outer(Part):
    first: str
    inner: Inner
    last: int = 0


HELD = Outer(first="a", inner=Inner(note="b"))


def test_a_copy_has_the_changes_and_what_it_is_of_stays_as_it_was() -> None:
    copied = HELD.model_copy(update={"last": 3})
    assert copied == Outer(first="a", inner=Inner(note="b"), last=3)
    assert Outer(first="a", inner=Inner(note="b")) == HELD


def test_a_copy_is_what_pydantic_makes() -> None:
    for changes in ({}, {"last": 3}, {"first": "z", "last": 3}):
        copied, expected = (
            HELD.model_copy(update=changes),
            BaseModel.model_copy(HELD, update=changes),
        )
        assert copied == expected
        assert copied.model_fields_set == expected.model_fields_set
        assert copied.model_dump_json() == expected.model_dump_json()
        assert copied.model_copy(update=changes) == expected
    assert HELD.model_fields_set == {"first", "inner"}


def test_a_deep_copy_shares_nothing() -> None:
    deep = HELD.model_copy(update={"last": 3}, deep=True)
    assert deep == HELD.model_copy(update={"last": 3})
    assert deep.inner is not HELD.inner


def test_what_is_made_of_known_values_is_what_reading_them_makes() -> None:
    made = Outer.of_known({"inner": Inner(note="b"), "first": "a"})
    assert made == HELD
    assert made.model_dump_json() == HELD.model_dump_json()
    assert made.model_copy(update={"last": 3}) == HELD.model_copy(update={"last": 3})
