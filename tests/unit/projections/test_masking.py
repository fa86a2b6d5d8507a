"""Rows are shown without what is masked, and say what is held back."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.vocabulary.record import PersonalClass, Sensitivity
from projections.catalogue import READ_MODELS
from projections.marks import Correction
from projections.masking import MASKED, shown
from projections.personal_columns import (
    EVERY_CLASS,
    Account,
    Catalogued,
    CorrectedValue,
    EventAccount,
    Headline,
    Identity,
    Offence,
    Place,
    Pseudonym,
)
from projections.read_model import Row
from tests.support.histories import UNHURRIED, histories

NOTHING: frozenset[PersonalClass] = frozenset()
WHEREABOUTS = frozenset({PersonalClass.LOCATION})
WHO = frozenset({PersonalClass.IDENTITY})
MODELS = list(READ_MODELS.values())

classes = st.frozensets(st.sampled_from(PersonalClass))


class Visit(Part):
    """Something of several parts."""

    where: Place[str]
    by: Identity[str | None] = None
    said: tuple[Account[str], ...] = ()
    on: date = date(2024, 3, 1)


class Kept(Row):
    """A row with a column of each kind."""

    KEY: ClassVar[str] = "thing"

    thing: Pseudonym[str] = "person:4411"
    type: Catalogued[str] = "ActionAgreed"
    headline: Headline[str] = "Action agreed"
    narrative: EventAccount[str | None] = None
    home: Place[str | None] = None
    names: Identity[tuple[str, ...]] = ()
    born: Identity[date | None] = None
    age: Identity[int | None] = None
    ground: Offence[str | None] = None
    field: Catalogued[str | None] = None
    was: CorrectedValue[str | None] = None
    visit: Visit | None = None
    visits: tuple[Visit, ...] = ()
    seen_at: datetime = datetime(2024, 3, 1, 9, tzinfo=UTC)
    sensitivity: Sensitivity = Sensitivity.STANDARD
    careless: str | None = None
    heedless: dict[str, int] | None = None


def kept(**columns: Any) -> Kept:
    return Kept(case_id=uuid4(), case_ref="asb:1", **columns)


def test_where_nothing_is_masked_a_row_is_shown_as_it_is() -> None:
    row = kept(home="uprn:1", visits=(Visit(where="uprn:2"),), careless="Anything")
    assert shown(row, NOTHING) == row.model_dump(mode="json") | {MASKED: []}


def test_what_is_masked_is_none_and_named_and_all_else_is_as_it_was() -> None:
    row = kept(home="uprn:1", names=("Ada",), born=date(2001, 2, 3), ground="Threats")
    whole = row.model_dump(mode="json")
    assert shown(row, WHEREABOUTS) == whole | {"home": None, MASKED: ["home"]}
    assert shown(row, WHO | WHEREABOUTS) == whole | {
        "home": None,
        "names": None,
        "born": None,
        MASKED: ["born", "home", "names"],
    }
    assert row.home == "uprn:1"


def test_what_holds_nothing_is_not_held_back() -> None:
    row = kept()
    assert shown(row, EVERY_CLASS) == row.model_dump(mode="json") | {MASKED: []}


def test_a_number_is_held_back_even_where_it_is_nought() -> None:
    told = shown(kept(age=0), WHO)
    assert (told["age"], told[MASKED]) == (None, ["age"])


def test_structured_values_are_shown_but_for_their_parts() -> None:
    one = Visit(where="uprn:1", by="staff:1", said=("Come in.",))
    two = Visit(where="uprn:2")
    told = shown(kept(visit=two, visits=(one, two)), WHEREABOUTS)
    assert told["visits"] == [
        {"where": None, "by": "staff:1", "said": ["Come in."], "on": "2024-03-01"},
        {"where": None, "by": None, "said": [], "on": "2024-03-01"},
    ]
    assert told[MASKED] == ["visit.where", "visits.where"]
    told = shown(kept(visits=(one,)), EVERY_CLASS)
    assert told["visits"] == [{"where": None, "by": None, "said": None, "on": "2024-03-01"}]
    assert told[MASKED] == ["visits.by", "visits.said", "visits.where"]


@pytest.mark.parametrize("kind", PersonalClass)
def test_text_of_which_nobody_said_what_it_holds_is_held_back_with_anything(
    kind: PersonalClass,
) -> None:
    told = shown(kept(careless="Anything", heedless={"Ada": 1}), frozenset({kind}))
    assert (told["careless"], told["heedless"]) == (None, None)
    assert told[MASKED] == ["careless", "heedless"]


def test_an_account_is_of_the_class_that_events_of_its_type_have_it() -> None:
    of_health = kept(type="VulnerabilityRecorded", narrative="Use the side door.")
    of_anyone = kept(type="ActionAgreed", narrative="Fit a lock.")
    health = frozenset({PersonalClass.HEALTH})
    assert shown(of_health, health)[MASKED] == ["narrative"]
    assert shown(of_anyone, health)[MASKED] == []
    assert shown(of_anyone, WHO)["narrative"] == "Fit a lock."


def test_a_headline_is_held_back_only_where_it_names_staff_and_they_are_masked() -> None:
    naming = kept(type="CaseAllocated", headline="Allocated to staff:12")
    assert shown(naming, WHO)[MASKED] == ["headline"]
    assert shown(naming, EVERY_CLASS - WHO)[MASKED] == []
    assert shown(kept(), EVERY_CLASS)["headline"] == "Action agreed"


def test_a_corrected_value_is_of_the_class_of_the_field() -> None:
    whereabouts = kept(field="property_ref", was='"uprn:1"')
    day = kept(field="due", was='"2024-03-05"')
    assert shown(whereabouts, WHEREABOUTS)["was"] is None
    assert shown(whereabouts, WHO)["was"] == '"uprn:1"'
    assert shown(day, EVERY_CLASS)["was"] == '"2024-03-05"'
    assert shown(kept(field="now", was='"Ada"'), WHEREABOUTS)["was"] is None


def test_corrections_of_corrections_are_masked_however_deep() -> None:
    def correction(number: int) -> Correction:
        return Correction(
            event_id=uuid4(),
            field="name",
            was='"Ada"',
            now='"Ida"',
            reason="Misheard.",
            by="staff:1",
            known_at=datetime(2024, 3, 1, tzinfo=UTC),
            corrections=(correction(number - 1),) if number else (),
        )

    class Corrected(Row):
        """A row with corrections."""

        corrections: tuple[Correction, ...]

    told = shown(Corrected(case_id=uuid4(), case_ref="asb:1", corrections=(correction(2),)), WHO)
    deep = ("corrections.", "corrections.corrections.", "corrections.corrections.corrections.")
    assert told[MASKED] == sorted(path + name for path in deep for name in ("by", "now", "was"))
    assert "Ada" not in str(told)
    assert "Misheard." in str(told)


@UNHURRIED
@given(history=histories(), masked=classes)
def test_what_is_shown_is_what_is_there_less_what_is_named(
    history: list[CaseEvent], masked: frozenset[PersonalClass]
) -> None:
    for row in (row for model in MODELS for row in model.fold(history)):
        told = shown(row, masked)
        names = told.pop(MASKED)
        assert sorted(set(differing(row.model_dump(mode="json"), told))) == names
        assert list(told) == list(type(row).model_fields)


def differing(whole: Any, told: Any, path: str = "") -> list[str]:
    """The paths where something stands in place of which None is told."""
    if whole == told:
        return []
    if isinstance(whole, dict) and isinstance(told, dict):
        assert list(whole) == list(told)
        within = f"{path}." if path else ""
        return [it for name in whole for it in differing(whole[name], told[name], within + name)]
    if isinstance(whole, list) and isinstance(told, list):
        pairs = zip(whole, told, strict=True)
        return [it for one, other in pairs for it in differing(one, other, path)]
    assert told is None
    return [path]


@UNHURRIED
@given(history=histories(), masked=classes, more=classes)
def test_with_more_masked_nothing_more_is_shown(
    history: list[CaseEvent],
    masked: frozenset[PersonalClass],
    more: frozenset[PersonalClass],
) -> None:
    for row in (row for model in MODELS for row in model.fold(history)):
        less = shown(row, masked)
        still_less = shown(row, masked | more)
        assert not any(still_less[name] for name in still_less if name != MASKED and not less[name])
        hidden = tuple(f"{name}." for name in still_less[MASKED])
        kept_back = set(still_less[MASKED])
        assert all(name in kept_back or name.startswith(hidden) for name in less[MASKED])
