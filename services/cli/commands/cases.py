"""Commands that show cases."""

from services.cli.exits import CommandError, ExitCode
from services.cli.options import (
    CaseRef,
    ChangesBetween,
    Json,
    KnownOn,
    Limit,
    PersonRef,
    PropertyRef,
    RecordedBy,
    Viewed,
)


def register(limit: Limit = 50, as_json: Json = False) -> None:
    """List the cases."""
    from services.cli.work.cases import show_register

    show_register(limit, as_json=as_json)


def case(
    ref: CaseRef,
    view: Viewed = None,
    known_on: KnownOn = None,
    recorded_by: RecordedBy = None,
    changes_between: ChangesBetween = None,
    as_json: Json = False,
) -> None:
    """Show a case, as it stands or as known earlier."""
    if changes_between is not None:
        _alone("--changes-between", view, known_on, recorded_by)
        from services.cli.work.changes import show_changes

        show_changes(ref, changes_between, as_json=as_json)
        return
    from services.cli.work.cases import show_case

    show_case(ref, view, known_on, recorded_by, as_json=as_json)


def person(ref: PersonRef, as_json: Json = False) -> None:
    """Show a person over all cases."""
    from services.cli.work.histories import show_person

    show_person(ref, as_json=as_json)


def property_history(ref: PropertyRef, as_json: Json = False) -> None:
    """Show a property over all cases."""
    from services.cli.work.histories import show_property

    show_property(ref, as_json=as_json)


def _alone(option: str, *others: object) -> None:
    if any(other is not None for other in others):
        raise CommandError(
            f"{option} compares two days by itself, and takes none of --view, --known-on and "
            "--recorded-by beside it.",
            ExitCode.USAGE,
        )
