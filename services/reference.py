"""The reference of events, made from the code: `python -m services.reference > docs/events.md`."""

import sys
from collections.abc import Iterator
from enum import Enum
from inspect import cleandoc
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, JsonValue, StringConstraints
from pydantic.fields import FieldInfo

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import FORMS, Part
from domain.events.registry import EVENT_TYPES, current_schema_version
from domain.personal import personal_fields
from domain.times import Day, Timestamp
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import PersonalClass

ENVELOPE_MEMBERS = (
    "actor",
    "on_behalf_of",
    "subjects",
    "property_ref",
    "sensitivity",
    "evidence",
    "narrative",
)
"""The fields of the envelope that are members of `data`; the others are attributes or set here."""

_HEAD = """\
# Events

Every event type, its fields and its codes. This page is made from the code; after a change there,
make it anew with `.venv/bin/python -m services.reference > docs/events.md`.

How an event travels, and what becomes of it, is in [publishing.md](publishing.md). A case in which
every type occurs is [cromwood.ndjson](../examples/cromwood.ndjson), told in
[examples](../examples/README.md).

Fields are members of `data`, by their names on the wire. A field that is not required may be left
out; what then counts, if anything, is given in brackets. The last column says which class of
[personal data](#personalclass) a field holds; nothing there: none.
"""


def reference() -> str:
    """Return the whole reference as Markdown."""
    parts, lists = _used(Part), {*_used(CodedList), PersonalClass}
    blocks = [
        _HEAD,
        "## Event types\n",
        "".join(
            f"- [{name}](#{name.lower()}): {_inline(event.SUMMARY)}\n"
            for name, event in EVENT_TYPES.items()
        ),
        "## In every event\n",
        "Beside its own fields, `data` holds these members of the envelope:\n",
        _table(CaseEvent, ENVELOPE_MEMBERS),
        *(block for event in EVENT_TYPES.values() for block in _event(event)),
        "## Structured values\n",
        *(block for part in _sorted(parts) for block in _part(part)),
        "## Coded lists\n",
        "The code travels, the label is shown.\n",
        *(block for codes in _sorted(lists) for block in _coded_list(codes)),
    ]
    return "\n".join(blocks)


def _event(event: type[CaseEvent]) -> Iterator[str]:
    yield f"## {event.__name__}\n"
    yield f"`uk.casetimeline.{event.__name__}.v{current_schema_version(event)}`: {event.SUMMARY}\n"
    yield cleandoc(event.__doc__ or "") + "\n"
    yield _table(event, [name for name in event.model_fields if name not in ENVELOPE_FIELDS])


def _part(part: type[BaseModel]) -> Iterator[str]:
    yield f"### {part.__name__}\n"
    yield cleandoc(part.__doc__ or "") + "\n"
    yield _table(part, list(part.model_fields))


def _coded_list(codes: type[CodedList]) -> Iterator[str]:
    yield f"### {codes.__name__}\n"
    yield f"{cleandoc(codes.__doc__ or '')} Source: {codes.source}.\n"
    rows = "".join(f"| `{code.value}` | {_inline(code.label)} |\n" for code in codes)
    yield f"| code | label |\n|---|---|\n{rows}"


def _table(model: type[BaseModel], names: list[str] | tuple[str, ...]) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = "".join(_row(model, name, hints[name]) for name in names)
    return (
        "| field | required | what it holds | meaning | personal data |\n"
        f"|---|---|---|---|---|\n{rows}"
    )


def _row(model: type[BaseModel], name: str, hint: Any) -> str:
    field = model.model_fields[name]
    cells = (
        f"`{field.alias or name}`",
        _required(field),
        _in_words(hint),
        _inline(field.description or _of_its_type(field.annotation)),
        ", ".join(_personal(model, name)),
    )
    return f"| {' | '.join(cells)} |\n"


def _of_its_type(annotation: Any) -> str:
    # What a field without words of its own holds is said by its coded list or structure.
    types = (*_named_in(annotation, CodedList), *_named_in(annotation, Part))
    return next((cleandoc(each.__doc__ or "") for each in types[:1]), "")


def _required(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    match field.default:
        case bool() as default:
            return f"no (`{str(default).lower()}`)"
        case Enum() as default:
            return f"no (`{default.value}`)"
    return "no"


def _personal(model: type[BaseModel], name: str) -> list[str]:
    marked = (mark for path, mark in personal_fields(model) if path.split(".")[0] == name)
    return sorted({mark.kind.value for mark in marked})


def _in_words(hint: Any) -> str:
    if hint == Timestamp:
        return "timestamp with an offset"
    if hint == Day:
        return "day, `YYYY-MM-DD`"
    if get_origin(hint) is Annotated:
        return _constrained(get_args(hint)[0], get_args(hint)[1:])
    if alternatives := [each for each in get_args(hint) if each is not type(None)]:
        is_list = get_origin(hint) is tuple
        return f"list of: {_in_words(alternatives[0])}" if is_list else _in_words(alternatives[0])
    if issubclass(hint, CodedList):
        return f"code of [{hint.__name__}](#{hint.__name__.lower()})"
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _constrained(hint: Any, constraints: tuple[Any, ...]) -> str:
    if hint is JsonValue:
        return "any JSON value"
    if hint is bool:
        return "`true` or `false`"
    limits = [limit for each in constraints for limit in _limits(each)]
    if hint is int:
        return f"whole number, {max(getattr(limit, 'ge', 0) for limit in limits)} or more"
    if hint is str:
        return _text(next(each for each in constraints if isinstance(each, StringConstraints)))
    longest = next((limit.max_length for limit in limits if hasattr(limit, "max_length")), None)
    if longest is None:
        return _in_words(hint)
    least = max(getattr(limit, "min_length", 0) for limit in limits)
    return f"{_in_words(hint)}; {least} to {longest} of them"


def _limits(constraint: object) -> list[Any]:
    return constraint.metadata if isinstance(constraint, FieldInfo) else [constraint]


def _text(constraints: StringConstraints) -> str:
    form = FORMS[str(constraints.pattern)].split(", ")[0] if constraints.pattern else "text"
    longest = constraints.max_length
    return f"{form}; up to {longest:,} characters" if longest else form


def _used(base: type[Any]) -> set[Any]:
    return {found for event in EVENT_TYPES.values() for found in _named_in(event, base)}


def _named_in(hint: Any, base: type[Any]) -> Iterator[Any]:
    if isinstance(hint, type) and issubclass(hint, base):
        yield hint
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        for field in hint.model_fields.values():
            yield from _named_in(field.annotation, base)
    for argument in get_args(hint):
        yield from _named_in(argument, base)


def _sorted(types: set[Any]) -> list[Any]:
    return sorted(types, key=lambda each: str(each.__name__))


def _inline(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
