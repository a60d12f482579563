"""Runs every measurement, prints one table and writes `DATA/bench.json`."""

import argparse
import importlib
import json
import operator
import sys
from typing import Any

from smartcx_portal.kit import clock
from smartcx_portal.settings import settings

ROOMS = ("availability", "booking", "identity", "access", "api", "scale", "serving")
COMPARE = {"<=": operator.le, ">=": operator.ge}
Figure = dict[str, Any]


def met(figure: Figure) -> bool:
    """Whether a figure reaches its goal, written like `<= 10` or `>= 100`."""
    sign, bound = str(figure["goal"]).split()
    return bool(COMPARE[sign](figure["value"], float(bound)))


def show(figure: Figure) -> str:
    """One line of the table."""
    value = f"{figure['value']:.1f} {figure['unit']}"
    return f"{figure['name']:<48} {value:>14}   goal {figure['goal']:<10} {'met' if met(figure) else 'MISSED'}"


def main() -> int:
    """Measure the rooms named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description="Measure Smart CX: percentiles and ratios.")
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], help="what to measure; everything if empty")
    chosen = parser.parse_args().rooms or ROOMS
    figures: list[Figure] = []
    for room in chosen:
        for figure in importlib.import_module(f"benchmarks.{room}").measure():
            figures.append(figure | {"at": clock.now().isoformat(timespec="seconds")})
            print(show(figure), flush=True)
    file = settings().data / "bench.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=1) + "\n")
    print(f"Written to {file}")
    return 0 if all(map(met, figures)) else 1


if __name__ == "__main__":
    sys.exit(main())
