"""The JSON Schema of a model as `decode` takes it in, with codes and forms told in words."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from domain.events.fields import FORMS
from domain.vocabulary.coded import CodedList
from services.reference.in_use import named_in

Schema = dict[str, Any]

POINTER = "#/$defs/"

_MONTH_AND_DAY = "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIMESTAMP = (
    # One year more at either end, which an offset may bring into range.
    f"^(1899|19[0-9]{{2}}|2[01][0-9]{{2}}|220[01])-{_MONTH_AND_DAY}"
    r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?"
    r"([Zz]|[+-](0[0-9]|1[0-4]):[0-5][0-9])$"
)
_DAY = f"^(19[0-9]{{2}}|2[01][0-9]{{2}}|2200)-{_MONTH_AND_DAY}$"
_FORMS = FORMS | {
    _TIMESTAMP: "a timestamp with an offset, such as 2024-03-01T21:40:00Z",
    _DAY: "a day, such as 2024-03-01",
}
_NO_LAST_LINE_FEED = {"not": {"pattern": "\\n$"}}
"""For engines in which `$` also stands before a last line feed."""

_OF_TEXT = ("type", "format", "minLength", "maxLength", "pattern", "not")


def schema_of(model: type[BaseModel]) -> tuple[Schema, Schema]:
    """Return the schema of `model`, and the definitions it and they refer to, by name."""
    made = model.model_json_schema(schema_generator=_AsDecoded)
    definitions: Schema = made.pop("$defs", {})
    for codes in named_in(model, CodedList):
        definitions[codes.__name__]["description"] = _codes_in_words(codes)
    forms: Schema = {}
    made, definitions = _with_forms(made, forms), _with_forms(definitions, forms)
    return made, definitions | forms


def reached(schema: Any, definitions: Schema) -> Schema:
    """Return those of the definitions that `schema` refers to, directly or not, by name."""
    found: Schema = {}
    waiting = list(_references(schema))
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = definitions[name]
            waiting.extend(_references(found[name]))
    return {name: found[name] for name in sorted(found)}


class _AsDecoded(GenerateJsonSchema):
    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Leave members in the order of the catalogue."""
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Give no titles to fields: they would repeat the names."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """State a default unless it says no more than that the member may be left out."""
        made = super().default_schema(schema)
        if made.get("default", ...) in (None, []):
            del made["default"]
        return made

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Let a pattern mean the same to every engine."""
        made = super().str_schema(schema)
        return made | _NO_LAST_LINE_FEED if "pattern" in made else made

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        """State the form of a timestamp: not every validator looks at `format`."""
        made = super().datetime_schema(schema)
        return made | {"pattern": _TIMESTAMP} | _NO_LAST_LINE_FEED

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        """State the form of a day."""
        return super().date_schema(schema) | {"pattern": _DAY} | _NO_LAST_LINE_FEED


def _with_forms(value: Any, forms: Schema) -> Any:
    """Return `value` with each text of a known form as a reference to its entry in `forms`."""
    if isinstance(value, list):
        return [_with_forms(inner, forms) for inner in value]
    if not isinstance(value, dict):
        return value
    words = _FORMS.get(str(value.get("pattern")))
    if words is None or "type" not in value:
        return {name: _with_forms(inner, forms) for name, inner in value.items()}
    text = {name: value[name] for name in _OF_TEXT if name in value}
    name = _name(words, text.get("maxLength"))
    told = text | {"description": f"{words[0].upper()}{words[1:]}."}
    assert forms.setdefault(name, told) == told, f"{name} would stand for two forms"
    rest = {name: inner for name, inner in value.items() if name not in _OF_TEXT}
    return {"$ref": POINTER + name, **rest}


def _name(words: str, longest: int | None) -> str:
    named = [word for word in words.split(",")[0].split() if word not in ("a", "an", "the")]
    limit = f"UpTo{longest}" if longest else ""
    return "".join(word[0].upper() + word[1:].replace("-", "") for word in named) + limit


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(POINTER)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _codes_in_words(codes: type[CodedList]) -> str:
    listed = "\n".join(f"- `{code.value}`: {code.label}" for code in codes)
    return f"{cleandoc(codes.__doc__ or '')} Source: {codes.source}.\n\n{listed}"
