"""`python -m services.reference [DIRECTORY]` writes the reference anew, into `docs` unless told."""

import sys
from pathlib import Path

from services.reference import dashboard, documents, problems

directory = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
for path, text in documents().items():
    target = directory / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
dashboard.write(directory / "dashboard.md")
if (page := directory / "api.md").exists():  # only the table of problems is made
    problems.write(page)
