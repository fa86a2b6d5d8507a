"""Any value of a read model in words: a code as its label, a moment on an English clock."""

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel
from rich.text import Text

from domain.times import in_london, parse_date, parse_timestamp
from domain.vocabulary.coded import CodedList
from services.cli.rendering.theme import lines, phrase, plain
from services.cli.rendering.times import day, day_of, moment
from services.row_wording import heading, is_column, is_for_people

__all__ = ["heading", "is_column", "is_for_people", "parts_of", "told", "when", "written"]

_LAST_MINUTE = time(23, 59)


def when(value: datetime) -> str:
    """Return a moment, without the hour where it is the beginning or the end of a day."""
    clock = in_london(value).time()
    is_whole = clock == time.min or clock.replace(second=0, microsecond=0) == _LAST_MINUTE
    return day_of(value) if is_whole else moment(value)


def written(value: Any) -> str:
    """Return a value as events write it in JSON: days and moments as everywhere else."""
    if value is None:
        return "nothing"
    if not isinstance(value, str):
        return plain(json.dumps(value, ensure_ascii=False))
    with suppress(ValueError):
        return day(parse_date(value))
    with suppress(ValueError):
        return moment(parse_timestamp(value))
    return plain(value)


def told(value: Any) -> Text:
    """Return a value in words; nothing for what means nothing to a person."""
    if not is_for_people(value):
        return Text()
    match value:
        case bool():
            return Text("yes" if value else "no")
        case CodedList():
            return Text(value.label)
        case datetime():
            return Text(when(value))
        case date():
            return Text(day(value))
        case int() | float():
            return Text(f"{value:,}")
        case BaseModel():
            return _parts(value)
        case tuple() | list() | frozenset():
            return _several(value)
    return Text(plain(str(value)))


def _several(values: Iterable[Any]) -> Text:
    """Return short values beside each other; sentences, and what has parts, on a line each."""
    held = [value for value in values if is_for_people(value)]
    if any(isinstance(value, BaseModel) or _is_sentence(value) for value in held):
        return lines(*map(told, held))
    return phrase(*map(told, held), separator=", ")


def _is_sentence(value: Any) -> bool:
    return isinstance(value, str) and value.endswith((".", "?", "!"))


def _parts(value: BaseModel) -> Text:
    return phrase(*parts_of(value))


def parts_of(value: BaseModel, but: Collection[str] = ()) -> list[Text]:
    """Return what a value of several parts says, `but` these parts, each once."""
    names = list(type(value).model_fields)
    found = (
        _part(name, part, names)
        for name, part in value
        if name not in but and is_column(name) and is_for_people(part) and part is not False
    )
    return list({text.plain: text for text in found}.values())


def _part(name: str, value: Any, among: Iterable[str]) -> Text:
    """Return what a value is and, unless it says that itself, of what."""
    if value is True:
        return Text(heading(name, among).lower())
    if isinstance(value, str):  # codes, too
        return told(value)
    return Text.assemble((f"{heading(name, among).lower()} ", "quiet"), told(value))
