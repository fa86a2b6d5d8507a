"""The reference of codes as a page: every coded list, and what its codes are called elsewhere."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from domain.vocabulary.coded import CodedList
from domain.vocabulary.outward import MAPS, OutwardList, OutwardMap
from services.reference.in_use import coded_lists
from services.reference.markdown import inline, link

_HEAD = """\
# Codes

Every coded list of the [events](events.md). This page is made from the code; after a change there,
make it anew with `make docs`.

The code travels, the label is shown. Where a list has a counterpart in a standard that others use,
a column says what each code is called there; "no counterpart" means that the standard has no code
that says the same, and that none is guessed. The standards and their own lists stand at the end,
under [outward codes](#outward-codes).
"""

_OUTWARD = """\
## Outward codes

Lists of other standards that our codes can be told in. Each is closed: nothing else goes out under
its name.
"""

_NONE = "no counterpart"


def code_reference() -> str:
    """Return the page as Markdown."""
    blocks = [
        _HEAD,
        "## Coded lists\n",
        *(block for codes in coded_lists() for block in _coded_list(codes)),
        _OUTWARD,
        *(block for standard in _outward_lists() for block in _outward_list(standard)),
    ]
    return "\n".join(blocks)


def _coded_list(codes: type[CodedList]) -> Iterator[str]:
    maps = [each for each in MAPS if each.ours is codes]
    yield f"### {codes.__name__}\n"
    yield f"{cleandoc(codes.__doc__ or '')} Source: {codes.source}.\n"
    yield from (f"{each.theirs.name}: {each.note}\n" for each in maps if each.note)
    columns = ("code", "label", *(_column(each) for each in maps))
    rows = "".join(_line(_cells(code, maps)) for code in codes)
    yield f"{_line(columns)}{'|---' * len(columns)}|\n{rows}"


def _column(found: OutwardMap[Any]) -> str:
    return f"[{found.theirs.name}](#{_anchor(found.theirs)})"


def _cells(code: CodedList, maps: list[OutwardMap[Any]]) -> tuple[str, ...]:
    theirs = (each.codes[code] for each in maps)
    named = (f"`{each}`" if each is not None else _NONE for each in theirs)
    return (f"`{code.value}`", inline(code.label), *named)


def _outward_lists() -> list[OutwardList]:
    found = {each.theirs.name: each.theirs for each in MAPS}
    return [found[name] for name in sorted(found)]


def _outward_list(standard: OutwardList) -> Iterator[str]:
    yield f"### {standard.name}\n"
    used = sorted({each.ours.__name__ for each in MAPS if each.theirs is standard})
    told = ", ".join(link(name) for name in used)
    yield f"Version: {standard.version}. Source: {standard.source}. Told from: {told}.\n"
    rows = "".join(f"| `{code}` | {inline(name)} |\n" for code, name in standard.codes.items())
    yield f"| code | what it stands for |\n|---|---|\n{rows}"


def _anchor(standard: OutwardList) -> str:
    return standard.name.lower().replace(" ", "-")


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"
