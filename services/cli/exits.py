"""How a command ends: pinned exit codes, and the errors that are meant to be read."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; scripts may rely on these."""

    OK = 0
    PROBLEM = 1
    """Something was not found, or a check found something wrong."""
    USAGE = 2
    """The command, an option, a setting or an input file is not usable as given."""
    UNAVAILABLE = 3
    """PostgreSQL or NATS did not answer, or could not be started."""
    NOT_READY = 4
    """A server answers but is not prepared: not migrated, not provisioned, not durable."""
    UNEXPECTED = 70
    """A defect of Case Timeline."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""


class CommandError(Exception):
    """A command cannot do what was asked. The message is one sentence, without personal data."""

    def __init__(self, sentence: str, code: ExitCode = ExitCode.PROBLEM) -> None:
        super().__init__(sentence)
        self.code = code
