"""The hall: joins the rooms, files to files. The DAGs and the command line call only this.

Each step takes names and days, leaves files and rows, writes one summary line that begins with the command that
repeats it, and returns its counts (small enough for Airflow's XCom). One module for each DAG: `nightly` (with
`collecting`), `reread`, `backfill`, `watchdog`; `reading` holds what they share.

`steps.nightly` is imported when it is first used: each task of Airflow's reads the file of its whole DAG, and what all
of them import would cost each a second.
"""

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    """Import a module of this folder; called for what was not imported yet.

    Raises:
        AttributeError: There is none.
    """
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as missing:
        raise AttributeError(f"no step {name}") from missing
