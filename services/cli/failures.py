"""Says in one sentence what went wrong, without quoting anything that may be personal."""

import traceback
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from adapters.broker import BrokerNotReady, BrokerUnreachable
from adapters.embedded import EmbeddedServerError
from adapters.event_store.application import StoreUnavailable
from adapters.event_store.migrating import MigrationError
from adapters.read_store.session import ReadStoreUnavailable
from services.cli.exits import ExitCode
from services.helper_process import HelperProcessEnded
from services.settings import Settings

LOG = "last-error.log"

_DATABASE_TROUBLE = (
    ("password authentication failed", "refuses this user or password"),
    ("no pg_hba.conf entry", "refuses connections from here"),
    ("does not exist", "has no such database, user or role"),
    ("Connection refused", "is not running where it is looked for"),
    ("No such file or directory", "is not running where it is looked for"),
    ("resolve", "is not found: its host name is unknown"),
    ("translate host name", "is not found: its host name is unknown"),
    ("timeout", "did not answer in time"),
    ("too many", "has no connection left"),
    ("starting up", "is still starting"),
    ("shutting down", "is shutting down"),
)
"""What an error of the driver says, and what is told in its place: its own text is not shown."""


def explained(error: Exception) -> tuple[str, ExitCode]:
    """Return the sentence to tell for `error`, and the code to exit with."""
    match error:
        case BrokerUnreachable() | EmbeddedServerError():
            return str(error), ExitCode.UNAVAILABLE
        case BrokerNotReady() | MigrationError():
            return str(error), ExitCode.NOT_READY
        case HelperProcessEnded():
            return str(error), ExitCode.UNEXPECTED
        case ValidationError() if error.title == Settings.__name__:
            return _setting(error), ExitCode.USAGE
        case TimeoutError():
            return "A server did not answer in time.", ExitCode.UNAVAILABLE
    if type(error).__module__.partition(".")[0] == "nats":
        return f"The broker did not answer ({type(error).__name__}).", ExitCode.UNAVAILABLE
    if isinstance(error, (*StoreUnavailable, *ReadStoreUnavailable)):
        return f"PostgreSQL {_trouble(error)}.", ExitCode.UNAVAILABLE
    if type(error).__name__ == "InsufficientPrivilege":
        return "PostgreSQL does not let this user do that.", ExitCode.NOT_READY
    return _unexpected(error), ExitCode.UNEXPECTED


def _trouble(error: Exception) -> str:
    text = str(error)
    known = (told for said, told in _DATABASE_TROUBLE if said in text)
    return next(known, f"did not answer ({type(error).__name__})")


def _setting(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = "_".join(str(step) for step in first["loc"]).upper()
    return f"The setting CASE_TIMELINE_{name} is not usable: {first['msg'].lower()}."


def _unexpected(error: Exception) -> str:
    frames = [*_frames(error)]
    where = f" at {frames[-1]}" if frames else ""
    path = _logged(error)
    more = f"; the steps to it are in {path}" if path else ""
    return f"This is a defect: {type(error).__name__}{where}{more}."


def _frames(error: BaseException) -> list[str]:
    root = Path(__file__).parents[2]
    found = traceback.extract_tb(error.__traceback__)
    return [f"{_relative(Path(frame.filename), root)}:{frame.lineno}" for frame in found]


def _relative(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else path.name


def _logged(error: Exception) -> Path | None:
    """Leave the kinds of the errors and the places they passed, and none of their words."""
    steps = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"]
    cause: BaseException | None = error
    while cause is not None:
        steps += [type(cause).__name__, *(f"  {frame}" for frame in _frames(cause))]
        cause = cause.__cause__ or cause.__context__
    try:
        path = Settings().data_dir / LOG
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text("\n".join(steps) + "\n", encoding="utf-8")
    except (OSError, ValidationError):
        return None
    return path
