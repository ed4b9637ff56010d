"""Write BENCHMARKS.md: `make bench`, or `python -m tests.bench [--only claims ...]` for some of its parts.

What is `large` takes half an hour and tens of gigabytes of disk: it runs when `--large` asks for it, and alone then.

Each part of `benchmarks.yaml` runs as a process of its own, one after the other; what it prints stands in the file as
it was printed. Parts that were not asked for stay as they are. Gold sets and real pages lie in the folder that
STREAMLEDGER_SHARED names; a part whose data are not at hand says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "BENCHMARKS.md"
PARTS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("benchmarks.yaml").read_text(encoding="utf-8"))
PEERS = ("trafilatura", "htmldate", "warcio", "beautifulsoup4", "duckdb", "apache-airflow")
HEAD = """# Benchmarks

Written by `make bench`, never by hand; each part says its command and when it ran. Ratios are taken in one run, on
whatever machine it was: compare these, not seconds.
"""
SECTION = re.compile(r"^## (.+)\n(?:.*\n)*?(?=^## |\Z)", re.MULTILINE)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", nargs="*", default=[], choices=sorted({part["run"] for part in PARTS}))
    options.add_argument("--large", action="store_true", help="the large parts, and only these")
    asked = options.parse_args()
    chosen = asked.only
    known = (
        {found[1]: found[0] for found in SECTION.finditer(FILE.read_text(encoding="utf-8"))} if FILE.exists() else {}
    )
    failed = []
    for part in PARTS:
        if (chosen and part["run"] not in chosen) or part.get("large", False) is not asked.large:
            continue
        print(f"{part['title']} ...", flush=True)
        text, code = section(part)
        known[part["title"]] = text
        if code:
            failed.append(part["run"])
        written = [known[one["title"]] for one in PARTS if one["title"] in known]
        FILE.write_text("\n".join(f"{text.strip()}\n" for text in (HEAD, *written)), encoding="utf-8")
    print(f"{FILE.name} is written" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return bool(failed)


def section(part: dict[str, Any]) -> tuple[str, int]:
    """Run one part and return its section of the file, and its exit code."""
    command = ["-m", f"tests.bench.{part['run']}", *part.get("arguments", [])]
    began = time.monotonic()
    ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    said = ran.stdout.strip() or ran.stderr.strip()[-2000:]
    for hidden in (os.environ.get("STREAMLEDGER_SHARED", ""), str(ROOT.parent / "shared"), str(ROOT)):
        said = said.replace(hidden, "...") if hidden else said
    took = f"{(time.monotonic() - began) / 60:.1f} minutes"
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    when = (
        f"{datetime.now(UTC):%Y-%m-%d}, {took}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
    )
    failed = f"\nIt ended with {ran.returncode}.\n" if ran.returncode else ""
    return (
        f"## {part['title']}\n{part['says'][0].upper()}{part['says'][1:]}.\n\n`python {' '.join(command)}` ({when})\n"
        f"{failed}\n```\n{said}\n```\n"
    ), ran.returncode


if __name__ == "__main__":
    raise SystemExit(main())
