"""Is a vulnerability known of any package in the locks: `make audit`, a part of `make check`.

pip-audit asks the advisories of OSV, package by package. What it finds ends with 1, unless `waivers.yaml` beside this
file says why it does not matter here, and until when. Where no advisories can be reached, that is said, and nothing is
claimed; with `--must`, that ends with 1, too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-scale.lock")
WAIVERS = Path(__file__).with_name("waivers.yaml")
OSV = "https://api.osv.dev/v1/query"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    options.add_argument("--osv-url", default=OSV, help="who is asked")
    options.add_argument("--must", action="store_true", help="end with 1 where nobody can be asked")
    chosen = options.parse_args()
    given = waivers(WAIVERS, datetime.now(UTC).date())
    try:
        found = {lock: known(ROOT / lock, chosen.osv_url) for lock in LOCKS}
    except Unreachable as silent:
        print(f"audit: no advisories from {chosen.osv_url}, so nothing is known of the packages: {silent}")
        return int(chosen.must)
    bad = 0
    for lock, (packages, rows) in found.items():
        open_rows = [row for row in rows if row.names.isdisjoint(given)]
        bad += len(open_rows)
        print(f"audit: {lock}: {packages} packages, {len(rows)} known vulnerabilities, {len(open_rows)} not waived")
        for row in open_rows:
            print(f"  {row}")
    return int(bad > 0)


class Unreachable(Exception):
    """No advisories could be asked; the text says why."""


class Vulnerability:
    """What is known of one package."""

    def __init__(self, package: dict[str, str], said: dict[str, list[str]]) -> None:
        self.names = {str(said["id"]), *said["aliases"]}
        self.text = (
            f"{package['name']} {package['version']}: {', '.join(sorted(self.names))}; "
            f"mended in {', '.join(said['fix_versions']) or 'no version yet'}. "
            "Renew the lock (`make lock`), or say in tests/audit/waivers.yaml why it does not matter here"
        )

    def __str__(self) -> str:
        return self.text


def known(lock: Path, osv: str) -> tuple[int, list[Vulnerability]]:
    """Return how many packages a lock holds, and what is known of them.

    Raises:
        Unreachable: Nobody answered.
        RuntimeError: The lock cannot be read; the message says why.
    """
    program = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip", "--require-hashes"]
    asks = ["--vulnerability-service", "osv", "--osv-url", osv, "--timeout", "30"]
    shape = ["--format", "json", "--desc", "off", "--aliases", "on", "--progress-spinner", "off"]
    done = subprocess.run([*program, *asks, *shape], capture_output=True, text=True, check=False)
    last = (done.stderr.strip() or "it said nothing").splitlines()[-1]
    if not done.stdout.strip():
        if "requests.exceptions" in done.stderr or "ServiceError" in done.stderr or "ConnectionError" in done.stderr:
            raise Unreachable(last)
        raise RuntimeError(f"{lock.name} could not be audited: {last}")
    packages = json.loads(done.stdout)["dependencies"]
    return len(packages), [Vulnerability(each, said) for each in packages for said in each.get("vulns", ())]


def waivers(path: Path, today: date) -> set[str]:
    """Return the names of vulnerabilities that do not matter here, today.

    Raises:
        ValueError: A row lacks its name, reason or last day; the message shows it.
    """
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    for row in rows:
        if set(row) != {"id", "reason", "until"} or not isinstance(row["until"], date):
            raise ValueError(f"{path.name}: {row}; want id, reason, and until (a day)")
    return {str(row["id"]) for row in rows if row["until"] >= today}


if __name__ == "__main__":
    sys.exit(main())
