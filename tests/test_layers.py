"""Two promises of the house that no tool keeps: what lies in `warehouse/`, and which way its models read."""

from __future__ import annotations

import re
from pathlib import Path

WAREHOUSE = Path(__file__).resolve().parents[1] / "warehouse"
MODELS = WAREHOUSE / "models"
LAYERS = ("staging", "core", "marts")
SCHEMAS = {"raw": 0, "core": 1, "main": 2}  # staging fills raw, core fills core, marts fill main
READS = re.compile(r"\b(?:from|join)\s+(?:(\w+)\.)?(\w+)", re.IGNORECASE)
MADE = re.compile(r"\bcreate (?:or replace (?:table|view)|table if not exists)\s+(?:(\w+)\.)?(\w+)", re.IGNORECASE)


def models() -> list[tuple[Path, int, str]]:
    """Every model: its file, the number of its layer, its SQL without comments and texts."""
    found = []
    for path in sorted(MODELS.rglob("*.sql")):
        sql = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text(encoding="utf-8"))
        found.append((path, LAYERS.index(path.relative_to(MODELS).parts[0]), sql))
    assert found, "no model under warehouse/models/"
    return found


def test_warehouse_holds_only_sql_tables_and_words() -> None:
    odd = [path for path in WAREHOUSE.rglob("*") if path.is_file() and path.suffix not in (".sql", ".csv", ".md")]
    assert not odd, f"only SQL, reference tables as CSV and a README belong into warehouse/: {odd}"


def test_a_model_makes_only_what_its_layer_holds() -> None:
    wrong = [
        f"{path.relative_to(MODELS)} makes {schema or 'main'}.{name}"
        for path, layer, sql in models()
        for schema, name in MADE.findall(sql)
        if SCHEMAS[schema or "main"] != layer
    ]
    assert not wrong, "; ".join(wrong)


def test_a_model_reads_only_earlier_layers() -> None:
    marts = {name for _, layer, sql in models() if layer == 2 for _, name in MADE.findall(sql)}
    wrong = []
    for path, layer, sql in models():
        own = set(re.findall(r"\b(\w+) AS \(", sql))  # its common table expressions
        for schema, name in READS.findall(sql):
            read = SCHEMAS.get(schema) if schema else 2 if name in marts - own else None
            if read is not None and read > layer:
                wrong.append(f"{path.relative_to(MODELS)} reads {schema or 'main'}.{name}")
    assert not wrong, "; ".join(wrong)
