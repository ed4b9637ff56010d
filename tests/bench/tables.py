"""Measure tables, cell by cell: `python -m tests.bench.tables`; `--errors 20` shows what was wrong.

The set `wikitables` lies under `$STREAMLEDGER_SHARED/bench/html`: pages, each with one of its tables as rows, the heads
of the columns first. `tables_rowheads.yaml` says which column names the rows. A cell is right when the table has it
with its words, under its column's head, and with the cell that names its row among the heads of its row; a cell of a
column of names, when it heads the cells beside it. Prints shares of the cells that say something.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from etl.model import Table
from tests.bench.read import HTML, fold, page, part_of, words_of

NAMES: dict[str, list[int]] = yaml.safe_load(
    Path(__file__).with_name("tables_rowheads.yaml").read_text(encoding="utf-8")
)
MOST = 3  # heads that a row has beside those of the rows between: more would name nothing


@dataclass(slots=True)
class Score:
    cells: int = 0
    text: int = 0
    column: int = 0
    row: int = 0
    all: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, text: bool, column: bool, row: bool, said: str) -> None:
        self.cells += 1
        self.text += text
        self.column += text and column
        self.row += text and row
        self.all += text and column and row
        if not (text and column and row):
            self.wrong.append(f"{said}: {'' if text else 'text '}{'' if column else 'column '}{'' if row else 'row'}")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--part", choices=("seen", "aside"), help="two thirds to look at, one third set aside")
    options.add_argument("--errors", type=int, default=0, help="tables whose errors are shown")
    chosen = options.parse_args()
    folder = HTML / "wikitables"
    if not folder.is_dir():
        print(f"no set {folder}; STREAMLEDGER_SHARED names the folder that holds bench/")
        return 1
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n") if line]
    total = Score()
    for gold in rows:
        if chosen.part in (None, part_of(gold["id"])):
            before = len(total.wrong)
            judge(total, gold, page(folder, gold).tables)
            if len(total.wrong) > before and chosen.errors > 0:
                chosen.errors -= 1
                print(*total.wrong[before : before + 4], f"({len(total.wrong) - before} of {gold['id']})", sep="\n  ")
    shares = {name: round(getattr(total, name) / total.cells, 4) for name in ("text", "column", "row", "all")}
    print(f"wikitables: {json.dumps({'tables': len(rows), 'cells': total.cells, **shares})}")
    return 0


def judge(score: Score, gold: dict[str, Any], tables: tuple[Table, ...]) -> None:
    """Add the cells of one table, compared with the most alike of those read."""
    heads, *body = gold["table"]
    wanted = Counter(fold(cell) for line in body for cell in line if fold(cell))
    best = max(tables, key=lambda table: sum((words_of(table) & wanted).values()), default=None)
    given: dict[str, list[tuple[str, frozenset[str]]]] = {}
    named: Counter[tuple[str, ...]] = Counter()
    for cell in best.cells if best else ():
        row = frozenset(map(fold, cell.row_heads))
        given.setdefault(fold(cell.text), []).append((joined(cell.column_heads), row))
    for heads_of in {cell.row: cell.row_heads for cell in best.cells}.values() if best else ():
        named[tuple(map(fold, heads_of[-MOST:]))] += 1
    names = NAMES.get(gold["id"], [0])
    for line in body:
        own = {fold(line[at]) for at in names if at < len(line)} - {""}
        for at, words in enumerate(line):
            if not fold(words):
                continue
            said = f"{gold['id']} {words[:20]!r} under {heads[at][:20]!r} in the row of {sorted(own)}"
            found = given.get(fold(words), [])
            exact = [one for one in found if right(one, fold(heads[at]), own)]
            column = [one for one in found if same(one[0], fold(heads[at]))]
            row = [one for one in found if not own or own & one[1]]
            heading = any(fold(words) in one and (at in names or own & set(one)) for one in named)
            if heading and not exact:
                score.add(True, True, True, said)
                continue
            score.add(bool(found), bool(column), bool(row) and (bool(exact) or not column), said)
            if exact:
                found.remove(exact[0])


def right(one: tuple[str, frozenset[str]], head: str, own: set[str]) -> bool:
    return same(one[0], head) and (not own or bool(own & one[1]))


def same(given: str, wanted: str) -> bool:
    return given == wanted


def joined(heads: tuple[str, ...]) -> str:
    return "".join(map(fold, heads))


if __name__ == "__main__":
    raise SystemExit(main())
