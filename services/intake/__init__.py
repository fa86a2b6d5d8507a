"""The one door: everything received goes through here and ends in exactly one outcome."""

from services.intake.front import Intake
from services.intake.messages import Receipt, Submission
from services.intake.writer import Writer

__all__ = ["Intake", "Receipt", "Submission", "Writer"]
