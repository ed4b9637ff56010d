"""Two promises of the house that no tool keeps: what lies in `warehouse/`, and which way its models read."""

from __future__ import annotations

import re
from pathlib import Path

WAREHOUSE = Path(__file__).resolve().parents[1] / "warehouse"
LAYERS = ("staging", "core", "marts")
READS = re.compile(r"\b(?:from|join)\s+(?:(\w+)\.)?(\w+)", re.IGNORECASE)


def test_warehouse_holds_only_sql_tables_and_words() -> None:
    odd = [path for path in WAREHOUSE.rglob("*") if path.is_file() and path.suffix not in (".sql", ".csv", ".md")]
    assert not odd, f"only SQL, reference tables as CSV and a README belong into warehouse/: {odd}"


def test_a_model_reads_only_earlier_layers() -> None:
    folder = WAREHOUSE / "models"
    models = {
        re.sub(r"^\d+_", "", path.stem): (LAYERS.index(path.relative_to(folder).parts[0]), path)
        for path in folder.rglob("*.sql")
    }
    assert models, "no model under warehouse/models/"
    wrong = []
    for name, (layer, path) in models.items():
        sql = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text(encoding="utf-8"))
        for _, read in READS.findall(sql):
            if read in models and models[read][0] > layer:
                wrong.append(f"{path.relative_to(folder)} reads {models[read][1].relative_to(folder)}")
    assert not wrong, "; ".join(wrong)
