"""What a browser sent of a form. Of a file no more is kept than its fingerprint."""

from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from services.web.forms.answers import answers_of

_MOST_FIELDS = 2_000
_PIECE = 64 * 1024

Sent = dict[str, tuple[str, ...]]


async def _sent(request: Request) -> Sent:
    """Return what was sent, by the name of each control."""
    pairs: list[tuple[str, str]] = []
    async with request.form(max_files=5, max_fields=_MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if not isinstance(value, UploadFile):
                pairs.append((name, value))
            elif value.filename:
                pairs.append((name, await _fingerprint(value)))
    return answers_of(pairs)


async def _fingerprint(file: UploadFile) -> str:
    digest = sha256()
    while piece := await file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


FormSent = Annotated[Sent, Depends(_sent)]
"""A parameter of a route: what was typed into the form."""
