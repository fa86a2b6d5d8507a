"""A PostgreSQL data directory: made whole or not at all, with settings that keep every commit."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from adapters.embedded.binaries import postgres_binary
from adapters.embedded.errors import EmbeddedServerError

PORT = 5432  # names the socket only: there is no network listener
_SOCKET = f".s.PGSQL.{PORT}"
_SOCKET_PATH_BYTES = 100  # the kernels' limits are 104 and 108
_UNPRIVILEGED = 65534  # nobody

# Statements and parameters are kept out of the log, because they carry personal data.
_SETTINGS = """\
# Written by Case Timeline at every start: changes here are lost, put them in postgresql.conf
# below the line that includes this file.
port = {port}
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
synchronous_commit = on
idle_in_transaction_session_timeout = '60s'
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def ensure_cluster(cluster: Path, *, run: Callable[[list[str]], None]) -> None:
    """Initialise the data directory if there is none, so that an interruption leaves no half."""
    for abandoned in cluster.parent.glob(f"{cluster.name}.new-*"):
        shutil.rmtree(abandoned)
    if cluster.exists():
        return
    fresh = Path(tempfile.mkdtemp(prefix=f"{cluster.name}.new-", dir=cluster.parent))
    if os.geteuid() == 0:
        os.chown(fresh, _UNPRIVILEGED, _UNPRIVILEGED)
    options = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--username=postgres"]
    initdb = [str(postgres_binary("initdb")), *options, "--no-instructions", f"--pgdata={fresh}"]
    run(as_server_user(initdb, fresh))
    with (fresh / "postgresql.conf").open("a") as file:
        file.write("\ninclude 'case-timeline.conf'\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(cluster)


def write_settings(cluster: Path) -> None:
    """Write the settings the server is to start with, and make sure of its socket's directory."""
    sockets = socket_directory(cluster)
    if sockets != cluster:
        _ensure_private(sockets)
    # Left by a crash: its pid may by now be somebody else's, and the server would not start.
    (sockets / f"{_SOCKET}.lock").unlink(missing_ok=True)
    settings = _SETTINGS.format(port=PORT, sockets=sockets)
    (cluster / "case-timeline.conf").write_text(settings, encoding="utf-8")


def socket_directory(cluster: Path) -> Path:
    """The data directory, or a short one under the temporary directory.

    The latter if the socket's path would be too long for the kernel, or if it has characters that
    lists of directories or of hosts are taken apart at.
    """
    if _takes_a_socket(cluster):
        return cluster
    name = f"case-timeline-{hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]}"
    temporary = Path(tempfile.gettempdir()) / name
    return temporary if _takes_a_socket(temporary) else Path("/tmp", name)  # noqa: S108 - private


def remove_socket_directory(cluster: Path) -> None:
    """Leave nothing under the temporary directory once the server has stopped."""
    sockets = socket_directory(cluster)
    if sockets != cluster:
        with suppress(OSError):
            sockets.rmdir()


def as_server_user(command: list[str], cluster: Path) -> list[str]:
    """The command as the user who owns the data directory, if we are root: PostgreSQL refuses root.

    The one privilege it keeps lets it pass through directories that only root may enter.
    """
    if os.geteuid() != 0:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedServerError(
            "PostgreSQL refuses to run as root, and the program setpriv, with which it would be"
            " run as another user, is not installed here."
        )
    owner = cluster.stat()
    user = [f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
    privilege = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    # PostgreSQL asks access(2) about its own programs, which by default looks past the privilege.
    honoured = ["--securebits=+no_setuid_fixup"]
    return [setpriv, *honoured, *user, *privilege, *command]


def _takes_a_socket(directory: Path) -> bool:
    fits = len(os.fsencode(directory / _SOCKET)) <= _SOCKET_PATH_BYTES
    return fits and re.fullmatch(r"[\w./ +~-]*\S", str(directory)) is not None


def _ensure_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, exist_ok=True)
    # In a directory open to all, somebody may have been there first to lie in wait.
    found = directory.lstat()
    ours = found.st_uid == os.geteuid() and stat.S_ISDIR(found.st_mode)
    if not ours or stat.S_IMODE(found.st_mode) != 0o700:
        raise EmbeddedServerError(
            f"The directory {directory}, which PostgreSQL needs for its socket, is not ours alone:"
            " remove it."
        )
