"""What is sent to browsers is what `frontend/build.sh` made, and nothing else."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from services.web.assets import CHECKSUMS, FOLDER, asset, checksums

_ROOT = Path(__file__).parents[3]
_STATIC = Path(str(FOLDER))
_NOT_TO_BE_SHIPPED = ("GDS Transport", "crest", "crown")


def _files() -> set[str]:
    found = (path.relative_to(_STATIC) for path in _STATIC.rglob("*") if path.is_file())
    return {path.as_posix() for path in found} - {CHECKSUMS}


def test_every_file_is_listed_and_was_not_edited_since_it_was_made() -> None:
    made = {path: hashlib.sha256((_STATIC / path).read_bytes()).hexdigest() for path in _files()}
    assert made == checksums()


def test_files_are_of_the_versions_that_the_sources_name() -> None:
    named = json.loads((_ROOT / "frontend" / "package.json").read_text())["dependencies"]
    lines = (_STATIC / "VERSIONS").read_text().splitlines()
    assert dict(line.split() for line in lines) == named


def test_what_only_the_government_may_use_is_not_shipped() -> None:
    style = (_STATIC / "app.css").read_text()
    assert [each for each in _NOT_TO_BE_SHIPPED if each in style] == []
    assert [path for path in _files() if re.search("crest|crown|govuk-icon|moj-", path)] == []


def test_whatever_the_style_sheet_asks_for_is_there() -> None:
    asked = re.findall(r"url\(\"?\./([^)\"]+)", (_STATIC / "app.css").read_text())
    assert asked
    assert set(asked) <= _files()
    assert "url(http" not in (_STATIC / "app.css").read_text()


def test_whoever_made_a_part_is_named_with_their_licence() -> None:
    told = (_ROOT / "THIRD_PARTY_LICENSES").read_text()
    for line in (_STATIC / "VERSIONS").read_text().splitlines():
        assert f"({line.split()[0]})" in told


def test_a_page_that_asks_for_a_file_that_is_not_there_fails() -> None:
    assert asset("app.css").endswith("/app.css")
    with pytest.raises(KeyError):
        asset("other.css")
