"""Any value of a row in words, for what changed in rows of any read model."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel

from domain.times import in_london
from domain.vocabulary.coded import CodedList
from services.row_wording import heading, is_column, is_for_people
from services.web.dates import day, day_and_time

_LAST_MINUTE = time(23, 59)


def in_words(value: Any) -> str:
    """Return a value in words; nothing for what means nothing to a person."""
    if not is_for_people(value):
        return ""
    match value:
        case bool():
            return "yes" if value else "no"
        case CodedList():
            return value.label
        case datetime():
            return _when(value)
        case date():
            return day(value)
        case int() | float():
            return f"{value:,}"
        case BaseModel():
            return ", ".join(parts(value))
        case tuple() | list() | frozenset():
            return "; ".join(dict.fromkeys(filter(None, map(in_words, value))))
    return str(value)


def parts(value: BaseModel, but: Iterable[str] = ()) -> list[str]:
    """Return what a value of several parts says, `but` these parts, each once."""
    names = list(type(value).model_fields)
    told = (
        _part(name, part, names)
        for name, part in value
        if name not in set(but) and is_column(name) and is_for_people(part) and part is not False
    )
    return list(dict.fromkeys(told))


def _part(name: str, value: Any, among: Iterable[str]) -> str:
    called = heading(name, among).lower()
    if value is True:
        return called
    return in_words(value) if isinstance(value, str) else f"{called} {in_words(value)}"


def _when(value: datetime) -> str:
    clock = in_london(value).time()
    is_whole = clock == time.min or clock.replace(second=0, microsecond=0) == _LAST_MINUTE
    return day(value) if is_whole else day_and_time(value)
