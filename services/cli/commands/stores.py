"""Commands that prepare the servers."""

from services.cli.options import Json


def migrate(as_json: Json = False) -> None:
    """Bring the database to this release's schema."""
    from services.cli.work.stores import bring_up_to_date

    bring_up_to_date(as_json=as_json)


def provision(as_json: Json = False) -> None:
    """Set up the streams and the consumer."""
    from services.cli.work.stores import provision_broker

    provision_broker(as_json=as_json)


def check(as_json: Json = False) -> None:
    """Check that all is set up, and durable."""
    from services.cli.work.stores import check_broker

    check_broker(as_json=as_json)
