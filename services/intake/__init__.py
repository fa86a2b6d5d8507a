"""The one door: everything received goes through here and ends in exactly one outcome."""

from services.intake.front import Intake, IntakeBusy
from services.intake.messages import Receipt, Refuses, Submission
from services.intake.writer import Writer

__all__ = ["Intake", "IntakeBusy", "Receipt", "Refuses", "Submission", "Writer"]
