"""Shows a person, or a property, over all cases and files that have to do with them."""

from collections.abc import Iterable
from typing import TypeVar

from domain.places import place_of
from domain.vocabulary.rights import RecordPart
from projections.file_history import FileHistoryRow
from projections.person_history import PersonHistoryRow, person_history, same_person
from projections.property_history import property_history
from services.bootstrap import review
from services.cli.answers import PersonHistory, PropertyHistory
from services.cli.connecting import stores
from services.cli.console import emit, note
from services.cli.exits import CommandError
from services.cli.rendering.histories import print_person, print_property
from services.cli.rendering.times import counted
from services.cli.work.on_record import read_on_record
from services.clock import system_clock
from services.review import CaseReview
from services.settings import Settings

H = TypeVar("H", bound=FileHistoryRow)

_PREFIX = "person:"


def show_person(ref: str, *, as_json: bool) -> None:
    """Show one person over all cases, under every reference of theirs."""
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        rows = _of_person(cases, {ref, _PREFIX + ref})
        _on_record(servers.database_url, rows, RecordPart.PEOPLE)
        if behind := cases.behind(person_history):
            note(f"The latest {counted(behind, 'event')} may not be in it yet.", "attention")
    if not rows:
        raise CommandError(f"Nothing names a person {ref}.")
    references = sorted({row.person for row in rows})
    person = ref if ref in references else _PREFIX + ref
    answer = PersonHistory(person=person, references=references, rows=_latest_first(rows))
    emit(answer) if as_json else print_person(answer, system_clock())


def show_property(ref: str, *, as_json: bool) -> None:
    """Show one property over all cases, under whichever of its references."""
    place = place_of(ref)
    with stores(Settings()) as servers, review(servers.database_url) as cases:
        rows = cases.rows_having(property_history, "place", [place])
        _on_record(servers.database_url, rows, RecordPart.SUMMARY)
        if behind := cases.behind(property_history):
            note(f"The latest {counted(behind, 'event')} may not be in it yet.", "attention")
    if not rows:
        raise CommandError(f"Nothing names a property {ref}.")
    answer = PropertyHistory(place=place, rows=_latest_first(rows))
    emit(answer) if as_json else print_property(answer, system_clock())


def _on_record(database_url: str, rows: Iterable[FileHistoryRow], part: RecordPart) -> None:
    read_on_record(database_url, sorted({row.case_ref for row in rows}), part)


def _of_person(cases: CaseReview, references: set[str]) -> list[PersonHistoryRow]:
    """Return the rows of a person, and of every reference said to be of the same person."""
    looked_up: set[str] = set()
    rows: dict[tuple[object, str], PersonHistoryRow] = {}
    while new := references - looked_up:
        looked_up |= new
        for column in ("person", "alias_of"):
            for row in cases.rows_having(person_history, column, sorted(new)):
                rows[row.case_id, row.person] = row
        references |= same_person(rows.values())
    return list(rows.values())


def _latest_first(rows: Iterable[H]) -> list[H]:
    return sorted(rows, key=lambda row: (row.last_mention_at, row.case_ref), reverse=True)
