"""Runs one command and ends the process: a sentence and a code, never a traceback."""

import logging
import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

import typer
from typer.main import get_command

from services.cli.app import app
from services.cli.console import note, prepare_streams
from services.cli.exits import CommandError, ExitCode

NAME = "case-timeline"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that `arguments`, or else the process's own, name; then exit."""
    prepare_streams()
    _silence_others()
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given or ["--help"]))


def _silence_others() -> None:
    """Keep libraries' own words, which may quote rows, off the terminal; we say what matters."""
    logging.getLogger().addHandler(logging.NullHandler())
    threading.excepthook = lambda failed: note(
        f"A thread ended with {failed.exc_type.__name__}.", style="error"
    )


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; whatever goes wrong is told in one sentence."""
    try:
        code = get_command(app).main(args=arguments, prog_name=NAME, standalone_mode=False)
    except CommandError as error:
        return _told(str(error), error.code)
    except typer.TyperException as error:
        return _told(_usage(error), ExitCode.USAGE)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        return _told("Interrupted.", ExitCode.INTERRUPTED)
    except (BrokenPipeError, SystemExit):
        # typer and rich end like this when whoever read our output has seen enough.
        return _unread()
    except Exception as error:  # the last resort: its text may quote rows, so it is not shown
        from services.cli.failures import explained

        return _told(*explained(error))
    if code == ExitCode.INTERRUPTED:
        return _told("Interrupted.", ExitCode.INTERRUPTED)
    return code if isinstance(code, int) else ExitCode.OK


def _unread() -> ExitCode:
    # Or else Python tries to write the rest when it ends, and complains.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return ExitCode.OK


def _usage(error: typer.TyperException) -> str:
    sentence = error.format_message().replace("Value error, ", "").rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{sentence}; see `{context.command_path} --help`." if context else f"{sentence}."


def _told(sentence: str, code: ExitCode) -> ExitCode:
    note(sentence, style="error")
    return code
