"""The style sheet, script, font and icons of the pages, under an address that names their version.

So a browser may keep them for a year: another version has another address.
"""

import gzip
import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.problems import Problem

FOLDER = files("services.web") / "static"
CHECKSUMS = "SHA256SUMS"
"""Lists every file there, as `frontend/build.sh` made it."""

_VERSION_DIGITS = 12
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_COMPRESSED_ALREADY = ".woff2"
_FOR_A_YEAR = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Asset(NamedTuple):
    """One file, as it is sent."""

    media_type: str
    content: bytes
    compressed: bytes | None
    """The same by gzip, where that is smaller."""


def checksums() -> dict[str, str]:
    """Return the SHA-256 of every file, by its path."""
    lines = (FOLDER / CHECKSUMS).read_text().splitlines()
    return {path: digest for digest, path in (line.split(maxsplit=1) for line in lines)}


def _version() -> str:
    listed = (FOLDER / CHECKSUMS).read_bytes()
    return hashlib.sha256(listed).hexdigest()[:_VERSION_DIGITS]


def _suffix(path: str) -> str:
    return path[path.rfind(".") :]


def _read(file: Traversable, suffix: str) -> Asset:
    content = file.read_bytes()
    compressed = None if suffix == _COMPRESSED_ALREADY else gzip.compress(content, mtime=0)
    return Asset(_MEDIA_TYPES[suffix], content, compressed)


ROOT = f"/static/{_version()}"
"""Under which address the files are served."""

_assets = {
    path: _read(FOLDER.joinpath(*path.split("/")), _suffix(path))
    for path in checksums()
    if _suffix(path) in _MEDIA_TYPES
}


def asset(path: str) -> str:
    """Return the address of a file; `KeyError` where there is none, so that no page asks for it."""
    _assets[path]
    return f"{ROOT}/{path}"


router = APIRouter()


@router.get(ROOT + "/{path:path}")
async def static_file(path: str, request: Request) -> Response:
    """Answer with one of the files listed; nothing else is looked for, anywhere."""
    found = _assets.get(path)
    if found is None:
        raise Problem("not-found")
    headers = dict(_FOR_A_YEAR)
    content = found.content
    if found.compressed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = found.compressed
    return Response(content, headers=headers, media_type=found.media_type)
