"""Helpers for tests: throw-away databases, bounded waiting, real processes."""
