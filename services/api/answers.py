"""Answers of JSON that can be asked for again at little cost."""

from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from pydantic_core import to_json

JSON = "application/json"


class Ready(bytes):
    """A part of an answer that is JSON already."""


def answer(request: Request, members: dict[str, Any]) -> Response:
    """Return these members as a JSON object, or 304 where the client has just that already."""
    body = json_object(members)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if _has(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


def json_object(members: dict[str, Any]) -> bytes:
    """Return these members as a JSON object; those that are `Ready` go in as they are."""
    told = (
        to_json(name) + b":" + (value if isinstance(value, Ready) else to_json(value))
        for name, value in members.items()
    )
    return b"{" + b",".join(told) + b"}"


def _has(known: str | None, tag: str) -> bool:
    if known is None:
        return False
    return known.strip() == "*" or tag in (
        each.strip().removeprefix("W/") for each in known.split(",")
    )
