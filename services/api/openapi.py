"""Completes the description of the API: what any request may be answered with, in which form."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from services.api.described import NULL, PROBLEM_SCHEMA, ROW_SCHEMAS, documented
from services.api.problems import MEDIA_TYPE

_REFERENCE = {"$ref": "#/components/schemas/Problem"}
_METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})
_ANY = ("malformed-request", "headers-too-large", "internal-error", "overloaded", "deadline")
_WITH_TOKEN = ("invalid-token", "rate-limited", "unavailable")
_WITH_BODY = ("request-timeout", "too-large", "unsupported-media-type")
_OF_FRAMEWORK = ("HTTPValidationError", "ValidationError")

Operation = dict[str, Any]


def complete(app: FastAPI) -> None:
    """Have each operation list the problems of the shell, and all refer to schemas in one place."""
    describe = app.openapi

    def completed() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(describe())
        return describe()

    app.openapi = completed  # type: ignore[method-assign]


def _complete(document: dict[str, Any]) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(ROW_SCHEMAS)
    for name in _OF_FRAMEWORK:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM_SCHEMA
    for operation in _operations(document):
        _complete_operation(operation)


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path in document.get("paths", {}).values():
        yield from (operation for method, operation in path.items() if method in _METHODS)


def _complete_operation(operation: Operation) -> None:
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _as_sent(parameter["schema"])
    answers = operation["responses"]
    for status, described in documented(*_slugs(operation)).items():
        known = answers.get(str(status))
        if known is None or _is_of_framework(known):
            answers[str(status)] = described
    for answer in answers.values():
        for media_type, content in answer.get("content", {}).items():
            if media_type == MEDIA_TYPE:
                content["schema"] = _REFERENCE


def _as_sent(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without null: it is left out, and null cannot be sent."""
    others = [each for each in schema.get("anyOf", ()) if each != NULL]
    if len(others) == 1:
        return {key: value for key, value in schema.items() if key != "anyOf"} | dict(others[0])
    return schema | {"anyOf": others} if others else schema


def _slugs(operation: Operation) -> tuple[str, ...]:
    parameters = {each["name"] for each in operation.get("parameters", ())}
    takes_parameters = bool(parameters) or "requestBody" in operation
    return (
        *_ANY,
        *(_WITH_TOKEN if operation.get("security") else ()),
        *(_WITH_BODY if "requestBody" in operation else ()),
        *(("invalid-parameter",) if takes_parameters else ()),
        *(("not-yet",) if "wait_for" in parameters else ()),
    )


def _is_of_framework(answer: dict[str, Any]) -> bool:
    return "HTTPValidationError" in str(answer)
