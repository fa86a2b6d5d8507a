"""Coded lists: one module per subject; every code has a label and a source."""
