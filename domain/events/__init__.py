"""The event catalogue: one module per group, one class per event type."""
