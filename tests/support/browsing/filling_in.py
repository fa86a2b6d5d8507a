"""Fills in forms, page after page, as somebody does who has answers to some of the questions."""

from collections.abc import Mapping
from datetime import date

from tests.support.browsing.tab import Tab

Answers = Mapping[str, str | list[str] | date]
"""By question."""

WHEN = {"When did it happen?": "Today"}

_CHECK = "Check your answers"
_MOST_PAGES = 12


def fills_in(tab: Tab, answers: Answers) -> None:
    """Answer these questions wherever they are asked, and go on until answers are to be checked."""
    left = dict(answers)
    for _ in range(_MOST_PAGES):
        if tab.heading == _CHECK:
            break
        for question in [each for each in left if tab.asks(each)]:
            tab.answers(question, left.pop(question))
        tab.presses("Continue")
    assert tab.heading == _CHECK, tab.text
    assert not left, f"Never asked: {list(left)}"


def records(tab: Tab, answers: Answers) -> None:
    """Fill in the form that is open, and have it recorded."""
    fills_in(tab, answers)
    tab.presses("Record it")
    assert tab.path.startswith("/recorded/"), tab.text
