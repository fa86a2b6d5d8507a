"""The command line: `case-timeline`.

Nothing heavy is imported until a command needs it, so that help and completion are quick.
"""

from services.cli.entry import main

__all__ = ["main"]
