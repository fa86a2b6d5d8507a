"""What was measured: samples, one for each round, and the figures that they come to."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial


class NotRun(Exception):  # noqa: N818 (names the state)
    """Something could not be measured here, for a reason that is nobody's mistake."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One round: so many done, in so many seconds of wall-clock time."""

    count: int
    seconds: float
    took: Sequence[float] = ()
    """What single calls took, in seconds, where they were timed."""
    megabytes: float | None = None
    """The most memory that any one process of ours held at once."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its spread. Where there were several rounds, all are medians of theirs."""

    what: str
    figure: float
    unit: str
    """`/s`, where more is better, or `ms`, where less is."""
    count: int = 0
    """How many were done, over all rounds."""
    p50: float | None = None
    p99: float | None = None
    """What single calls took, in milliseconds."""
    megabytes: float | None = None
    rounds: tuple[float, ...] = ()
    """The figure of each round."""

    def called(self, what: str) -> "Measured":
        """Return the same under another name."""
        return replace(self, what=what)


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that there is not, and why."""

    what: str
    why: str
    is_error: bool

    def called(self, what: str) -> "Missing":
        """Return the same under another name."""
        return replace(self, what=what)


Outcome = Measured | Missing


def percentile(seconds: Sequence[float], share: float) -> float | None:
    """Return the duration, in milliseconds, that `share` of these did not exceed."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def rate(what: str, samples: Sequence[Sample]) -> Measured:
    """Return how many a second."""
    return _measured(what, "/s", [each.count / each.seconds for each in samples], samples)


def duration(what: str, samples: Sequence[Sample]) -> Measured:
    """Return what one call took, in milliseconds."""
    typical = [statistics.median(each.took) * 1000 for each in samples]
    return _measured(what, "ms", typical, samples)


def at_p99(measured: Outcome) -> Outcome:
    """Return the same work, to be judged by what the slowest hundredth took."""
    if isinstance(measured, Missing):
        return measured
    assert measured.p99 is not None
    return replace(measured, figure=measured.p99, unit="ms", rounds=())


def attempted(what: str, measure: Callable[[], Measured]) -> Outcome:
    """Return what `measure` comes to, or why it came to nothing."""
    try:
        return measure()
    except NotRun as reason:
        return Missing(what, f"not run: {reason}", is_error=False)
    except Exception as error:  # one that fails must not take the other rows with it
        return Missing(what, f"failed: {_first_line(error)}", is_error=True)


@dataclass
class InTurn:
    """Several ways of doing the same, measured in turn, so that all meet the same disturbances."""

    rounds: int
    ways: Mapping[str, Callable[[], Sample]]
    figure: Callable[[str, Sequence[Sample]], Measured] = rate
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)

    def outcomes(self) -> dict[str, Outcome]:
        """Measure, and return what each way came to, by its name."""
        for _ in range(self.rounds):
            for name, way in self.ways.items():
                if name not in self.failures:
                    self._try(name, way)
        return {name: attempted(name, partial(self._of, name)) for name in self.ways}

    def _try(self, name: str, way: Callable[[], Sample]) -> None:
        try:
            self.samples.setdefault(name, []).append(way())
        except Exception as error:
            self.failures[name] = error

    def _of(self, name: str) -> Measured:
        if name in self.failures:
            raise self.failures[name]
        return self.figure(name, self.samples[name])


def _measured(
    what: str, unit: str, figures: Sequence[float], samples: Sequence[Sample]
) -> Measured:
    return Measured(
        what,
        statistics.median(figures),
        unit,
        sum(each.count for each in samples),
        _median(percentile(each.took, 0.5) for each in samples),
        _median(percentile(each.took, 0.99) for each in samples),
        max((each.megabytes for each in samples if each.megabytes is not None), default=None),
        tuple(figures),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}{': ' + text[0][:160] if text else ''}"
