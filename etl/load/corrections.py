"""The list of corrections that people keep, `warehouse/reference/corrections.csv`, taken up row by row."""

from __future__ import annotations

import csv
import io

from etl import files
from etl.load import reference, scripts

KEY = ("url", "quote", "platform", "metric", "field")


def add(correction: dict[str, str]) -> None:
    """Take one correction into the list; it takes the place of an earlier one on the same words and field.

    It counts from the next load on. `correction` has the columns of the list, empty text where nothing is said.

    Raises:
        ValueError: It is none; the message says what is wrong.
        OSError: The list cannot be written; it stays as it was.
    """
    columns = reference.COLUMNS["corrections"]
    row: reference.Row = {name: correction.get(name) or None for name in columns}
    for _, wrong in reference.wrong_corrections([row]):
        raise ValueError(f"this is no correction: {wrong}")
    path = scripts.REFERENCE / "corrections.csv"
    with files.in_turn(path.parent):  # two people may review at the same time
        kept = [other for other in reference.read("corrections") if any(other[name] != row[name] for name in KEY)]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: cell or "" for name, cell in one.items()} for one in (*kept, row))
        files.write(path, text.getvalue().encode())
