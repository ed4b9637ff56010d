"""How well periods and areas are read, side by side: `python -m tests.bench.periods [--misses N]`.

The sets lie outside the repository, in the folder that STREAMLEDGER_SHARED names. Of each set of articles, every third
is kept aside: its score is printed, its misses never are.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from etl.extract import areas, periods

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
LANGUAGES = ("fr", "en", "de", "es")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def sentences(name: str, misses: int) -> None:
    """Print the share of sentences whose periods are all and alone found, and of those where they are among them."""
    counts: Counter[str] = Counter()
    for record in read(SHARED / "bench" / "quantities" / f"{name}.jsonl"):
        if not record.get("business", True):
            continue
        day = date.fromisoformat(record["ref"])
        found = {resolved for m in periods.find(record["text"], record["lang"], day) if (resolved := _days(m, day))}
        wanted = {(one["start"], one["end"]) for one in record["expected"]}
        # half the gold of the public sets ends a range where its last period begins: both ends are right
        loose = wanted | {(start, _whole(end)) for start, end in wanted if name.startswith("periods")}
        counts["all"] += 1
        counts["exact"] += found == wanted
        counts["among"] += wanted <= found or (bool(found & loose) and len(wanted) == 1)
        if found != wanted and misses > 0 and not found & loose:
            misses -= 1
            print("   ", record["text"], "| want", sorted(wanted), "| found", sorted(found))
    total = max(counts["all"], 1)
    exact, among = counts["exact"] / total, counts["among"] / total
    print(f"{name:<20} {counts['all']:>4} sentences  exact {exact:.3f}  found {among:.3f}")


def _days(mention: periods.PeriodMention, day: date) -> tuple[str, str] | None:
    period = periods.resolve(mention, day) if mention.kind not in ("now", "anaphoric") else None
    if period is None:
        return None
    first, last = periods.interval(period)
    return first.isoformat(), (last + timedelta(days=1)).isoformat()


def _whole(end: str) -> str:
    year, month, day = map(int, end.split("-"))
    if day != 1:
        return (date(year, month, day) + timedelta(days=1)).isoformat()
    if month == 1:
        return f"{year + 1}-01-01"
    return (date(year, month, 28) + timedelta(days=5)).replace(day=1).isoformat()


def agrees(gold: str, found: str) -> bool:
    """Return whether two periods overlap and differ in length by a factor of four at most."""
    (a, b), (c, d) = periods.interval(gold), periods.interval(found)
    one, other = (b - a).days + 1, (d - c).days + 1
    return a <= d and c <= b and max(one, other) <= 4 * min(one, other)


def published_on(text: str) -> date:
    """Return the day of publication; the middle of the month where only that is known."""
    return date.fromisoformat(text) if len(text) == 10 else date.fromisoformat(f"{text}-15")


def candidates(text: str, lang: str, day: date, platform: str) -> set[str]:
    """Return every period that the mentions of a text can give, and the month of publication."""
    mentions = periods.find(text, lang, day)
    found = {resolved for m in mentions if (resolved := periods.resolve(m, day, platform))}
    moved = {relative for m in mentions for base in found if (relative := periods.relative_to(m, base))}
    return found | moved | {periods.month_of(day)}


def articles(lang: str, misses: int) -> None:
    """Print the share of annotated figures whose period and area are among those found in their article."""
    counts: Counter[str] = Counter()
    for number, article in enumerate(read(SHARED / "bench" / f"dev_{lang}.jsonl")):
        part, day = ("aside" if number % 3 == 2 else "seen"), published_on(article["published"])
        named = {m.area for m in areas.find(article["text"], lang)}
        for figure in article["figures"]:
            if figure["period"]:
                found = candidates(article["text"], lang, day, figure["platform"])
                near = any(agrees(figure["period"], period) for period in found)
                counts[part, "period"] += 1
                counts[part, "period exact"] += figure["period"] in found
                counts[part, "period agrees"] += near
                if not near and part == "seen" and misses > 0:
                    misses -= 1
                    print(
                        "    period",
                        article["doc_id"],
                        article["published"],
                        figure["platform"],
                        figure["period"],
                        "|",
                        figure["quote"],
                    )
            counts[part, "area"] += 1
            right = figure["area"] in (None, "WW") or figure["area"] in named
            counts[part, "area found"] += right
            if not right and part == "seen" and misses > 0:
                misses -= 1
                print("    area", article["doc_id"], figure["area"], sorted(named), "|", figure["quote"])
    for part in ("seen", "aside"):
        wanted, total = max(counts[part, "period"], 1), max(counts[part, "area"], 1)
        print(
            f"dev_{lang} {part:<6} {total:>4} figures  period exact {counts[part, 'period exact'] / wanted:.3f}"
            f"  agrees {counts[part, 'period agrees'] / wanted:.3f}  area {counts[part, 'area found'] / total:.3f}"
        )


def speed(lang: str) -> None:
    """Print how many characters both finders read in a CPU second."""
    text = "\n\n".join(article["text"] for article in read(SHARED / "bench" / f"dev_{lang}.jsonl"))
    text = text * (400_000 // len(text) + 1)
    periods.find(text[:1000], lang, date(2024, 5, 2))
    areas.find(text[:1000], lang)
    start = time.process_time()
    periods.find(text, lang, date(2024, 5, 2))
    middle = time.process_time()
    areas.find(text, lang)
    end = time.process_time()
    print(
        f"speed {lang}: {len(text) / (end - start):,.0f} characters a CPU second, both"
        f" (periods {len(text) / (middle - start):,.0f}, areas {len(text) / (end - middle):,.0f})"
    )


def main() -> None:
    """Print all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="show so many misses of each set")
    misses = parser.parse_args().misses
    for name in ("probe_periods.en", "probe_periods.fr", "periods.en", "periods.fr"):
        sentences(name, misses)
    for lang in LANGUAGES:
        articles(lang, misses)
    for lang in LANGUAGES:
        speed(lang)


if __name__ == "__main__":
    main()
