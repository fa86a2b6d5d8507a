"""The figures of the dashboard worked out once more, from the messages themselves.

Written from what docs/dashboard.md promises: plain Python over dicts, with no part of the domain,
the projections or the SQL, so that a mistake in those shows as a difference.
"""
