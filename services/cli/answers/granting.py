"""Answers about what is granted."""

from services.cli.answers.base import Answer


class Granted(Answer):
    """`grant`: what was granted, and under which reference it can be revoked."""

    grant_id: str
    principal: str
    role: str
    staff: str | None
    publishes: str | None
