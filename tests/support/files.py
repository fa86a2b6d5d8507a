"""Files of events, as they are imported."""

from pathlib import Path

from tests.support.messages import body, message
from tests.support.stories import Told


def file_of(path: Path, *files: tuple[str, Told]) -> str:
    """Write a file of these events, each on the stream known by the reference before it."""
    lines = (
        body(message(told, told.ref or f"e-{number}", case_ref=ref))
        for number, (ref, told) in enumerate(files)
    )
    path.write_bytes(b"\n".join(lines) + b"\n")
    return str(path)
