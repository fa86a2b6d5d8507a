"""The event store: append-only case streams in PostgreSQL, with the intake ledger beside them."""
