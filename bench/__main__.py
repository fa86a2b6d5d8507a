"""Measures everything in one run on the same servers, and prints one table.

python -m bench            `make bench`: under 10 minutes on 4 cores
python -m bench --large    `make bench-large`: growth to 1M events, 10M where the disk allows
python -m bench --quick    the same as the first on little, to see that it works
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.large import measure_growth
from bench.report import Report
from bench.setting import FULL, QUICK, standing
from bench.whole import measure_all


def main() -> int:
    """Measure, print, and write to bench/results; 1 if anything failed, whatever the goals."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure everything.")
    parser.add_argument("--quick", action="store_true", help="on little, for a look")
    parser.add_argument("--large", action="store_true", help="growth alone, to 1M events and more")
    parser.add_argument("--dir", type=Path, help="where the servers keep their data meanwhile")
    arguments = parser.parse_args()
    scale = QUICK if arguments.quick else FULL
    kind = "large" if arguments.large else "bench"
    report = Report(f"{kind}-quick" if arguments.quick else kind)
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(dir=arguments.dir) as folder,
        standing(scale, Path(folder)) as setting,
    ):
        (measure_growth if arguments.large else measure_all)(setting, report)
    report.took(time.monotonic() - begun, is_bounded=kind == "bench")
    report.write()
    print(report)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
