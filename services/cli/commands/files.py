"""Commands that take events from a file."""

from services.cli.options import InputFile, Json


def publish(file: InputFile, as_json: Json = False) -> None:
    """Publish a file of events to the broker."""
    from services.cli.work.publishing import publish_file

    publish_file(file, as_json=as_json)


def import_file(file: InputFile, as_json: Json = False) -> None:
    """Take a file of events in without the broker."""
    from services.cli.work.importing import import_events

    import_events(file, as_json=as_json)
