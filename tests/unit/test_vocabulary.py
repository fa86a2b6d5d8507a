"""The coded lists: each has a source, codes fit to travel, labels fit to be shown."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from domain import vocabulary
from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Outcome, Reason, Remark
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rules import FlagEffect, Timeliness

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def _lists() -> Iterator[type[CodedList]]:
    for module in pkgutil.iter_modules(vocabulary.__path__, f"{vocabulary.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, CodedList) and len(value):
                yield value


LISTS: list[type[CodedList]] = list(dict.fromkeys([*_lists(), Outcome, Reason, Remark]))


def coded_in(annotation: object) -> Iterator[object]:
    """Every closed set of values that an annotation names, however nested."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for field in annotation.model_fields.values():
            yield from coded_in(field.annotation)
    elif get_origin(annotation) is Literal or _is_enum(annotation):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from coded_in(argument)


def _is_enum(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Enum)


def test_the_lists_are_found() -> None:
    assert len(LISTS) > 40
    assert YesNoUnknown in LISTS


@pytest.mark.parametrize("codes", LISTS)
class TestEachList:
    def test_names_its_source(self, codes: type[CodedList]) -> None:
        assert codes.source.strip()

    def test_says_what_it_is(self, codes: type[CodedList]) -> None:
        assert codes.__doc__

    def test_has_codes_in_lower_case_kebab(self, codes: type[CodedList]) -> None:
        assert [code for code in codes if not CODE.match(code)] == []

    def test_has_each_code_once(self, codes: type[CodedList]) -> None:
        assert len(codes.__members__) == len(list(codes))

    def test_has_a_label_of_its_own_for_each_code(self, codes: type[CodedList]) -> None:
        labels = [code.label for code in codes]
        assert all(label.strip() == label != "" for label in labels)
        assert len(set(labels)) == len(labels)

    def test_travels_as_its_code(self, codes: type[CodedList]) -> None:
        for code in codes:
            assert str(code) == code.value == code
            assert codes(str(code)) is code


@pytest.mark.parametrize("event_type", EVENT_TYPES.values())
def test_every_coded_field_uses_one_of_them(event_type: type[CaseEvent]) -> None:
    found = list(coded_in(event_type))
    assert found
    assert [codes for codes in found if codes not in LISTS] == []


def test_every_list_is_used() -> None:
    used = {codes for event_type in EVENT_TYPES.values() for codes in coded_in(event_type)}
    not_of_events = {Outcome, Reason, Remark, PersonalClass, FlagEffect, Timeliness}
    assert set(LISTS) - used == not_of_events
