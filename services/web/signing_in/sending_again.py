"""Keeps what somebody wrote while their session ended: they sign in beside it, and send it again.

Nothing of it is stored. It is in the page that answers them, as it was in the one they wrote it in.
"""

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse

from services.web.page import page

_FORBIDDEN = 403
_MOST_FIELDS = 2_000
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def to_send_again(request: Request) -> HTMLResponse | None:
    """Return the page from which it is sent again; None where nothing was written."""
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return None
    async with request.form(max_fields=_MOST_FIELDS) as form:
        written = [pair for pair in form.multi_items() if isinstance(pair[1], str)]
        files = any(isinstance(sent, UploadFile) and sent.filename for sent in form.values())
    if not any(value for _, value in written):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return page(
        request,
        "signing_in/sign_in_again.html",
        title="Sign in again to go on",
        status=_FORBIDDEN,
        action=f"{request.url.path}{query}",
        written=written,
        files=files,
    )
