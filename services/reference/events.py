"""The reference of events as a page: every type, its fields, and the structures they hold."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from inspect import cleandoc
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, JsonValue, StringConstraints
from pydantic.fields import FieldInfo

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import FORMS, Part
from domain.events.registry import EVENT_TYPES, current_schema_version
from domain.personal import personal_fields
from domain.streams import CASES, StreamKind
from domain.vocabulary.coded import CodedList
from services.reference.attributes import ENVELOPE_MEMBERS
from services.reference.in_use import named_in, parts
from services.reference.markdown import code_link, inline, link

_HEAD = """\
# Events

Every event type and its fields. This page is made from the code; after a change there, make it anew
with `make docs`. The same for programs: a JSON Schema of each type in `schemas/`, and all channels
and messages in [asyncapi.json](asyncapi.json).

How an event travels, and what becomes of it, is in [publishing.md](publishing.md). A case in which
many types occur is [cromwood.ndjson](../examples/cromwood.ndjson), told in
[examples](../examples/README.md).

Some types only this service records, from what people do through it: their entries say so. From
any other source they are quarantined as `source-mismatch`.

Fields are members of `data`, by their names on the wire. A field that is not required may be left
out; what then counts, if anything, is given in brackets. The last column says which class of
[personal data](codes.md#personalclass) a field holds; nothing there: none.
"""

_CODED_LISTS = """\
## Coded lists

The codes of every list, what they stand for, and what they are called in other standards, are in
[codes.md](codes.md).
"""

_PLAIN: dict[Any, str] = {
    datetime: "timestamp with an offset",
    date: "day, `YYYY-MM-DD`",
    bool: "`true` or `false`",
    JsonValue: "any JSON value",
}

_UNBOUNDED = 1_000_000_000
"""A number that may be as large as this has a limit only so that it can be stored."""


def event_reference() -> str:
    """Return the page as Markdown."""
    blocks = [
        _HEAD,
        "## Event types\n",
        "".join(
            f"- {link(name)}: {inline(event.SUMMARY)}\n" for name, event in EVENT_TYPES.items()
        ),
        "## In every event\n",
        "Beside its own fields, `data` holds these members of the envelope:\n",
        _table(CaseEvent, ENVELOPE_MEMBERS),
        *(block for event in EVENT_TYPES.values() for block in _event(event)),
        "## Structured values\n",
        *(block for part in parts() for block in _part(part)),
        _CODED_LISTS,
    ]
    return "\n".join(blocks)


def _event(event: type[CaseEvent]) -> Iterator[str]:
    yield f"## {event.__name__}\n"
    yield f"`uk.casetimeline.{event.__name__}.v{current_schema_version(event)}`: {event.SUMMARY}\n"
    yield cleandoc(event.__doc__ or "") + "\n"
    if place := " ".join(_place(event)):
        yield place + "\n"
    if own := [name for name in event.model_fields if name not in ENVELOPE_FIELDS]:
        yield _table(event, own)


def _place(event: type[CaseEvent]) -> Iterator[str]:
    if event.BY_SERVICE:
        yield "Only this service records it."
    if event.STREAMS != CASES:
        kinds = (f"`{kind}`" for kind in StreamKind if kind in event.STREAMS)
        yield f"Belongs to a stream of kind {', '.join(kinds)}."
    if event.BEGINS:
        yield f"Begins what `{event.BEGINS}` names."
    if event.BUILDS_ON:
        yield f"Builds on the {link(event.BUILDS_ON.__name__)} with the same `{_named_by(event)}`."


def _named_by(event: type[CaseEvent]) -> str | None:
    return event.BUILDS_ON.BEGINS if event.BUILDS_ON else None


def _part(part: type[BaseModel]) -> Iterator[str]:
    yield f"### {part.__name__}\n"
    yield cleandoc(part.__doc__ or "") + "\n"
    yield _table(part, list(part.model_fields))


def _table(model: type[BaseModel], names: Sequence[str]) -> str:
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
        inline(field.description or _of_its_type(field.annotation)),
        ", ".join(_personal(model, name)),
    )
    return f"| {' | '.join(cells)} |\n"


def _of_its_type(annotation: Any) -> str:
    # What a field without words of its own holds is said by its coded list or structure.
    types = (*named_in(annotation, CodedList), *named_in(annotation, Part))
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
    if get_origin(hint) is Annotated:
        return _constrained(get_args(hint)[0], get_args(hint)[1:])
    if alternatives := [each for each in get_args(hint) if each is not type(None)]:
        is_list = get_origin(hint) is tuple
        return f"list of: {_in_words(alternatives[0])}" if is_list else _in_words(alternatives[0])
    if issubclass(hint, CodedList):
        return f"code of {code_link(hint.__name__)}"
    return link(hint.__name__)


def _constrained(hint: Any, constraints: tuple[Any, ...]) -> str:
    if hint in _PLAIN:
        return _PLAIN[hint]
    limits = [limit for each in constraints for limit in _limits(each)]
    if hint is int:
        return _number(limits)
    if hint is str:
        return _text(next(each for each in constraints if isinstance(each, StringConstraints)))
    longest = next((limit.max_length for limit in limits if hasattr(limit, "max_length")), None)
    if longest is None:
        return _in_words(hint)
    least = max(getattr(limit, "min_length", 0) for limit in limits)
    return f"{_in_words(hint)}; {least} to {longest} of them"


def _number(limits: list[Any]) -> str:
    least = max(getattr(limit, "ge", 0) for limit in limits)
    most = min(getattr(limit, "le", _UNBOUNDED) for limit in limits)
    span = f"{least} or more" if most == _UNBOUNDED else f"{least} to {most:,}"
    return f"whole number, {span}"


def _limits(constraint: object) -> list[Any]:
    return constraint.metadata if isinstance(constraint, FieldInfo) else [constraint]


def _text(constraints: StringConstraints) -> str:
    form = FORMS[str(constraints.pattern)].split(", ")[0] if constraints.pattern else "text"
    longest = constraints.max_length
    return f"{form}; up to {longest:,} characters" if longest else form
