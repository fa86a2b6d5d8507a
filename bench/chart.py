"""The table as a picture: for each row a bar as long as its ratio, on a scale of powers of ten."""

import math
from collections.abc import Sequence
from html import escape

from bench.measured import Measured
from bench.rows import Row

_LINE, _TEXT, _BARS, _END = 18, 560, 420, 90
_LEAST, _MOST = 0.01, 100.0
_COLOURS = {True: "#2e7d32", False: "#c62828", None: "#607d8b"}


def chart(rows: Sequence[Row], heading: str) -> str:
    """Return an SVG of all rows that have a ratio."""
    shown = [row for row in rows if row.ratio is not None and row.shown]
    top = 20 + _LINE * (len(heading.splitlines()) + 1)
    width, height = _TEXT + _BARS + _END, top + _LINE * (len(shown) + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for place, line in enumerate(heading.splitlines()):
        parts.append(f'<text x="8" y="{16 + place * _LINE}">{escape(line)}</text>')
    for power in range(-2, 3):
        x = _across(10.0**power)
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="{top - 8}" y2="{height - _LINE}" stroke="#ccc"/>'
            f'<text x="{x}" y="{height - 6}" text-anchor="middle">{10.0**power:g} x</text>'
        )
    for place, row in enumerate(shown):
        parts += _bar(row, top + place * _LINE)
    return "\n".join([*parts, "</svg>", ""])


def _bar(row: Row, y: int) -> list[str]:
    assert row.ratio is not None
    assert isinstance(row.beside, Measured)
    one, end = _across(1.0), _across(row.ratio)
    label = escape(f"{row.work} / {row.beside.what}")
    drawn = [
        f'<text x="{_TEXT - 6}" y="{y + 10}" text-anchor="end" font-size="9">{label}</text>',
        f'<rect x="{min(one, end):.1f}" y="{y}" width="{abs(end - one):.1f}" height="12" '
        f'fill="{_COLOURS[row.met]}"/>',
        f'<text x="{_TEXT + _BARS + 8}" y="{y + 10}">{row.ratio:.2f}</text>',
    ]
    goal = row.goal
    if goal is not None and goal.of == "ratio":
        x = _across(goal.least if goal.least is not None else goal.most or 1.0)
        line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 2}" y2="{y + 14}" '
        drawn.append(line + 'stroke="black" stroke-width="2"/>')
    return drawn


def _across(ratio: float) -> float:
    share = math.log10(min(max(ratio, _LEAST), _MOST) / _LEAST) / math.log10(_MOST / _LEAST)
    return _TEXT + share * _BARS
