"""Where someone goes on after signing in: an address of this service, and no other."""

import re

HOME = "/"

_MOST_CHARACTERS = 1000
# Browsers take `\` for `/`, and leave out tabs and line breaks: `/\host` and `/<tab>/host` lead
# elsewhere. What is not plain ASCII is percent-encoded wherever an address comes from us.
_LOCAL = re.compile(r"/(?:[!-.0-\[\]-~][!-\[\]-~]*)?")
_SIGNING_IN = ("/sign-in", "/signed-in", "/sign-out", "/signed-out")


def local_path(asked: str | None) -> str:
    """Return the path, with its query, if it leads to a page of this service; else home."""
    if asked is None or len(asked) > _MOST_CHARACTERS or not _LOCAL.fullmatch(asked):
        return HOME
    return HOME if asked.startswith(_SIGNING_IN) else asked
