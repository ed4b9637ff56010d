"""Measure the claims on articles printed otherwise: `python -m tests.bench.variants [lang ...] [--own]`.

Each variant changes what printers change and readers do not see: blanks at numbers, quotes, dashes, capitals. Printed
are quantity, core and full F1 of the plain articles, and by how many points each variant differs. The third of a gold
set that is kept aside counts here as well: nothing but scores is shown.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import Any

from tests.bench import articles, claims

NUMBER = (
    r"(?<=\d) (?=\d{3}\b|%|€|\$|£)|(?<=\d) (?=(?:million|milliard|billion|Million|Milliard|Mrd|Mio|millón|Md|M)\w*)"
)
LEVELS = ("quantity", "core", "full")
VARIANTS: dict[str, Callable[[str], str]] = {
    "no-break spaces": lambda text: re.sub(NUMBER, "\u00a0", text),
    "narrow spaces": lambda text: re.sub(NUMBER, "\u202f", text),
    "straight quotes": lambda text: text.translate(str.maketrans("’‘“”«»„", '\'\'"""""')),
    "curly quotes": lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text.replace("'", "’")),
    "short dashes": lambda text: text.translate(str.maketrans("–—−", "---")),
    "long dashes": lambda text: text.replace(" - ", " – "),
    "small letters": str.lower,
    "capitals": lambda text: "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text),
}


def main(argv: list[str] | None = None) -> int:
    """Print the scores of each variant."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("langs", nargs="*", default=claims.LANGUAGES)
    parser.add_argument("--own", action="store_true", help="our own articles instead of the gold sets")
    options = parser.parse_args(argv)
    scorer = claims.load_scorer()
    for lang in options.langs:
        rows = articles.rows(lang) if options.own else claims.read(claims.SHARED / "bench" / f"dev_{lang}.jsonl")
        plain = measured(scorer, rows)
        print(f"{lang} {'as they are':16}" + "".join(f"  {level} {score:.3f}" for level, score in plain.items()))
        for name, change in VARIANTS.items():
            found = measured(scorer, [printed(row, change) for row in rows])
            print(
                f"   {name:16}" + "".join(f"  {level} {100 * (found[level] - plain[level]):+.1f}" for level in LEVELS)
            )
    return 0


def printed(row: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return an article with its text, title and quotes changed alike."""
    figures = [figure | {"quote": change(figure["quote"])} for figure in row["figures"]]
    neutral = [change(passage) for passage in row.get("neutral", [])]
    return (
        row
        | {"text": change(row["text"]), "title": change(row["title"] or ""), "figures": figures}
        | ({"neutral": neutral} if neutral else {})
    )


def measured(scorer: Any, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return the F1 of each level."""
    tally = scorer.Tally()
    for _, figure, claim in claims.matched(scorer, [(row, claims.claims_of(row)) for row in rows]):
        tally.add(figure, claim)
    return {level: tally.scores(level)["f1"] for level in LEVELS}


if __name__ == "__main__":
    sys.exit(main())
