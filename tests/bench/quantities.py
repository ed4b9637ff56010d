"""Measure the quantity reader: F1 per public set, recall on annotated articles, characters a CPU second.

    python -m tests.bench.quantities [--errors SET] [--misses LANG] [--peers PYTHON]

The sets are found through STREAMLEDGER_SHARED (default: the folder `shared` beside the checkout). The peers of
`quantity_peers.py` stand beside ours, scored alike in the same run, where a Python that has them is named.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import yaml

from etl.extract import quantities
from etl.extract.quantities import currencies, lexicon
from etl.extract.quantities.passage import passage
from etl.model import Quantity

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
UNITS = {"count": "", "percent": "%", "percentage_points": "pp", "hours": "hour", "minutes": "minute", "multiple": ""}
OPTIONS = SimpleNamespace(split_ranges=False, abs=True, base_unit=False, rtol=1e-4, verified_only=False)
TABLE = re.compile(r"[|\t]|^[^\n]{3,40}: [0-9.]+$|^[A-Z]{4} \(?[0-9]", re.MULTILINE)
DOLLARS = {"USD", "CAD", "AUD", "NZD"}
PEERS = Path(__file__).with_name("quantity_peers.py")
Items = list[dict[str, Any]]
HELD_OUT = 2  # documents whose index leaves this rest by three: only their score is looked at


def read(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def scorer() -> ModuleType:
    """Return the scorer that lies beside the sets."""
    spec = importlib.util.spec_from_file_location("score_quantities", SHARED / "bench" / "score_quantities.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found_in(record: dict[str, Any], *, has_units: bool = True) -> Items:
    """Return what the reader finds in one sentence, in the terms of the sets (cents and basis points as written).

    In a set without units a share in words is the number it says: "two thirds" is 0.667 there, and 66.7 % elsewhere.
    """
    text, lang = record["text"], record["lang"]
    found = quantities.find(text, lang)
    items = [_as_written(text, lang, quantity) for quantity in found]
    if not has_units:
        for item, quantity in zip(items, found, strict=True):
            if item["unit"] == "%" and not _says_percent(text, lang, quantity):
                item |= {"value": item["value"] / 100, "unit": ""}
    return items


def _says_percent(text: str, lang: str, quantity: Quantity) -> bool:
    core = passage(text[quantity.core_start : quantity.core_end], lexicon.load(lang), "")
    return any(core.words.units.match(core.tokens, n) for n in range(len(core.tokens)))


def _as_written(text: str, lang: str, quantity: Quantity) -> dict[str, Any]:
    unit = UNITS.get(quantity.unit, quantity.unit)
    core = passage(text[quantity.core_start : quantity.core_end], lexicon.load(lang), "")
    places = range(len(core.tokens))
    monies = [money for n in places if (money := currencies.after(core, n))]
    measures = [measure for n in places if (measure := core.words.units.match(core.tokens, n))]
    factor = 1
    if quantity.unit == "percentage_points" and any(name == "basis_points" for name, _ in measures):
        unit, factor = "bp", 100
    elif len(unit) == 3 and len(monies) == 1 and monies[0][0].minor:
        unit, factor = "penny" if unit == "GBP" else "cent", 100
    if quantity.per and len(unit) == 3:
        unit = f"{unit}/{quantity.per}"
    ends = (quantity.value, quantity.value_max)
    value, value_max = (None if end is None else float(end * factor) for end in ends)
    return {"value": value, "value_max": value_max, "unit": unit}


class Peers:
    """Other readers, in a process of their own."""

    def __init__(self, python: str) -> None:
        self.process = subprocess.Popen([python, str(PEERS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.versions: dict[str, str] = self._next()
        names = yaml.safe_load(PEERS.with_suffix(".yaml").read_text(encoding="utf-8"))
        self.units = {said: unit for unit, words in names.items() for said in words}
        self.answers: dict[str, dict[str, Items]] = {}

    def found_in(self, peer: str, record: dict[str, Any]) -> Items | None:
        """Return what a peer finds in one sentence; None when it does not read its language."""
        if record["id"] not in self.answers:
            assert self.process.stdin is not None
            print(json.dumps({"lang": record["lang"], "text": record["text"]}), file=self.process.stdin, flush=True)
            self.answers[record["id"]] = self._next()
        found = self.answers[record["id"]].get(peer)
        if found is None:
            return None
        return [{**item, "unit": self.units.get(item["unit"].lower(), item["unit"].lower())} for item in found]

    def _next(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


def score(
    records: list[dict[str, Any]], rules: ModuleType, finder: Callable[[dict[str, Any]], Items | None] | None = None
) -> tuple[float, list[str]]:
    """Return F1 of value and unit (of value where a set has no units), and the sentences with an error."""
    has_units = any(e.get("unit") is not None for r in records for e in r["expected"])
    level = "value+unit" if has_units else "value"
    finder = finder or partial(found_in, has_units=has_units)
    totals, errors = [0, 0, 0], []
    for record in records:
        options = SimpleNamespace(**vars(OPTIONS) | {"base_unit": "probe" not in record["id"]})
        got = finder(record) or []
        rows = rules.score_record(record, got, options)[level]
        for n in range(3):
            totals[n] += sum(row[n + 1] for row in rows)
        if any(row[2] or row[3] for row in rows):
            wanted = [(e["value"], e.get("value_max"), e.get("unit")) for e in record["expected"]]
            errors.append(f"{record['text']}\n    want {wanted}\n    got  {[tuple(item.values()) for item in got]}")
    return rules.prf(*totals)[2], errors


def recall(lang: str, *, held_out: bool) -> tuple[int, int, list[str]]:
    """Return how many annotated figures of articles are among the quantities, of how many, and the misses.

    A figure whose words state no currency of their own may be found as a bare number; in an article without a country
    "$" may be any dollar; in a table whose head states the scale ("in millions") the number is found as it stands.
    """
    hits, total, misses = 0, 0, []
    for index, document in enumerate(read(SHARED / "bench" / f"dev_{lang}.jsonl")):
        if (index % 3 == HELD_OUT) is not held_out:
            continue
        got = quantities.find(document["text"], document["lang"], document.get("country") or "")
        for figure in document["figures"]:
            total += 1
            scales = (1, 10**3, 10**6, 10**9) if TABLE.search(document["text"]) else (1,)
            if any(_same(figure, quantity, scales, not document.get("country")) for quantity in got):
                hits += 1
            else:
                misses.append(f"{figure['quote']} -> {figure['value']} {figure['value_max']} {figure['unit']}")
    return hits, total, misses


def _same(figure: dict[str, Any], quantity: Quantity, scales: tuple[int, ...], any_dollar: bool) -> bool:
    want, high = abs(float(figure["value"])), figure["value_max"]
    value = float(quantity.value)
    if figure["unit"] in ("hours", "minutes") and quantity.unit in ("hours", "minutes"):
        want, value = want * (60 if figure["unit"] == "hours" else 1), value * (60 if quantity.unit == "hours" else 1)
    elif quantity.unit == "multiple":
        value = abs(value - 1) * 100
        return figure["unit"] == "percent" and abs(want - value) <= max(want, 1) * 0.02
    elif figure["unit"] != quantity.unit:
        bare = quantity.unit == "count" and figure["unit"] not in ("percent", "percentage_points")
        if not bare and not (any_dollar and {figure["unit"], quantity.unit} <= DOLLARS):
            return False
    if high is not None and quantity.value_max is None:
        return False
    scales = scales if quantity.unit == "count" else (1,)
    return any(abs(want - value * scale) <= 0.005 * max(want, 1e-9) for scale in scales)


def speed(lang: str) -> float:
    """Return characters read in one CPU second of news."""
    texts = [document["text"] for document in read(SHARED / "bench" / f"dev_{lang}.jsonl")]
    quantities.find(texts[0], lang)
    begin = time.process_time()
    rounds = 3
    for _ in range(rounds):
        for text in texts:
            quantities.find(text, lang)
    return rounds * sum(map(len, texts)) / (time.process_time() - begin)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", default="", help="name of a set whose errors are printed")
    parser.add_argument("--misses", default="", help="language whose missed figures are printed")
    parser.add_argument("--peers", default="", help="a Python that has the peers")
    asked = parser.parse_args()
    rules = scorer()
    peers = Peers(asked.peers) if asked.peers else None
    if peers:
        print("beside ours: " + ", ".join(f"{name} {number}" for name, number in peers.versions.items()))
    for path in sorted((SHARED / "bench" / "quantities").glob("*.jsonl")):
        if "periods" in path.name:
            continue
        records = read(path)
        result, errors = score(records, rules)
        verified = [record for record in records if record.get("verified") is not False]
        extra = f"  verified {100 * score(verified, rules)[0]:5.1f}" if len(verified) < len(records) else ""
        print(f"{path.stem:26} F1 {100 * result:5.1f}{extra}{_beside(peers, records, rules)}")
        if asked.errors and path.stem == asked.errors:
            print("\n".join(errors))
    for lang in ("fr", "en", "de", "es"):
        seen, kept = recall(lang, held_out=False), recall(lang, held_out=True)
        print(
            f"articles {lang}: recall {seen[0]}/{seen[1]} = {seen[0] / seen[1]:.3f}, "
            f"held out {kept[0]}/{kept[1]} = {kept[0] / kept[1]:.3f}; {speed(lang):,.0f} characters a CPU second"
        )
        if asked.misses == lang:
            print("\n".join(seen[2]))


def _beside(peers: Peers | None, records: Items, rules: ModuleType) -> str:
    """Return the peers' scores on a set, in words; of those that read its language."""
    told = ""
    for peer in peers.versions if peers else ():
        assert peers is not None
        if peers.found_in(peer, records[0]) is not None:
            result, _ = score(records, rules, partial(peers.found_in, peer))
            told += f"  {peer} {100 * result:5.1f}"
    return told


if __name__ == "__main__":
    main()
