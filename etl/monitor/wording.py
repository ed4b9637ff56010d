"""How the page and the terminal word alike what a night gave and lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from urllib.parse import urlencode

from etl.steps.status import Broken


def loaded(new: Mapping[str, int]) -> str:
    """Return what was loaded: 76 documents, 304 claims; figures: 834 added, 0 changed, 0 closed, 834 in all."""
    pages = ", ".join(f"{new[name]:,} {name}" for name in ("documents", "claims") if name in new)
    figures = [f"{new[name]:,} {name}" for name in ("added", "changed", "closed") if name in new]
    figures += [f"{new['figures']:,} in all"] if "figures" in new else []
    return "; ".join(part for part in (pages, f"figures: {', '.join(figures)}" if figures else "") if part)


def grouped(rows: Iterable[Broken]) -> list[list[Broken]]:
    """Return what broke, together what is mended alike."""

    def alike(one: Broken) -> tuple[str, str, str]:
        return one.what, one.whose, one.todo

    return [list(group) for _, group in groupby(sorted(rows, key=lambda one: (*alike(one), one.subject)), key=alike)]


def log_of(source: str) -> str:
    """Return where the UI lists the tasks of a source, the newest night first, each with its log."""
    return "/task_instances?" + urlencode({"dag_id_pattern": "nightly", "rendered_map_index": source})
