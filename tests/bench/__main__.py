"""Measures the tracker beside its floor and prints the table with ratios and goals; writes JSON.

Only ratios of one run mean anything on a machine that others use too.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from tests.bench.applying_load import measure_applying
from tests.bench.applying_works import applying_works
from tests.bench.interview_works import interview_works
from tests.bench.measuring import measure
from tests.bench.once import SMALLEST, works_once
from tests.bench.report_works import report_works, survival_work
from tests.bench.reporting import as_json, as_table
from tests.bench.waiting import measure_waiting
from tests.bench.works import works


def number_of(size: str) -> int:
    """1k, 100k, 1M or plain digits."""
    factor = {"k": 1_000, "m": 1_000_000}.get(size[-1:].lower(), 1)
    try:
        number = int(size if factor == 1 else size[:-1]) * factor
    except ValueError:
        raise argparse.ArgumentTypeError(f"{size} is no number of candidates: 1k, 100k, 1M") from None
    if number < 1_000:
        raise argparse.ArgumentTypeError("the measured job alone has 600 candidates: 1k at least")
    return number


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--sizes", nargs="+", type=number_of, default=[1_000, 100_000], metavar="N", help="1k 100k 1M"
    )
    parser.add_argument("--seconds", type=float, default=2.0, help="of calls, for each side of each work")
    parser.add_argument(
        "--home", type=Path, default=Path("var/bench"), help="keeps the databases for the next run"
    )
    parser.add_argument("--only", default="", help="works whose name contains this")
    parser.add_argument(
        "--once",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="also what does not grow with the candidates: cold start, rubrics and interviews",
    )
    parser.add_argument("--json", type=Path, help="default: results.json in the home")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> None:
    chosen = options(arguments)
    lines = [
        measure(work, size, chosen.seconds)
        for size in sorted(chosen.sizes)
        for work in [*works(size, chosen.home), *report_works(size, chosen.home)]
        if chosen.only in work.name
    ]
    if chosen.once:
        lines += [
            measure(work, SMALLEST, chosen.seconds)
            for work in [
                *works_once(chosen.home),
                *interview_works(chosen.home),
                *applying_works(chosen.home),
                survival_work(),
            ]
            if chosen.only in work.name
        ]
    Console(width=None if sys.stdout.isatty() else 140).print(as_table(lines))
    waiting = measure_waiting() if chosen.once and chosen.only in "writers" else None
    if waiting:
        print(waiting)
    asked = chosen.once and chosen.only in "applications a minute"
    applying = measure_applying(chosen.home) if asked else None
    if applying:
        print(applying)
    target = chosen.json or chosen.home / "results.json"
    found = as_json(lines) | ({"waiting": asdict(waiting)} if waiting else {})
    found |= {"applying": asdict(applying) | {"ratio": applying.ratio}} if applying else {}
    target.write_text(json.dumps(found, indent=1) + "\n")
    print(f"Written: {target}")


if __name__ == "__main__":
    main(sys.argv[1:])
