"""Commands that show cases."""

from services.cli.options import CaseRef, Json, KnownOn, Limit, RecordedBy, Viewed


def register(limit: Limit = 50, as_json: Json = False) -> None:
    """List the cases."""
    from services.cli.work.cases import show_register

    show_register(limit, as_json=as_json)


def case(
    ref: CaseRef,
    view: Viewed = None,
    known_on: KnownOn = None,
    recorded_by: RecordedBy = None,
    as_json: Json = False,
) -> None:
    """Show a case, as it stands or as known earlier."""
    from services.cli.work.cases import show_case

    show_case(ref, view, known_on, recorded_by, as_json=as_json)
