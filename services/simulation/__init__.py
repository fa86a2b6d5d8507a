"""Made-up but believable case histories, for tests, demonstrations and benchmarks.

Pure generation: it neither reads nor writes anything. `Simulation` is the way in.
"""

from services.simulation.simulating import UNTIL, YEARS, Simulation, Tally

__all__ = ["UNTIL", "YEARS", "Simulation", "Tally"]
