"""Technology that knows no use case: event store, read store, broker, embedded servers."""
