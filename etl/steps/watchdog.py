"""The watches of the morning, each on its own: one alarm for one cause, with what to do.

They need what the steps of the night left on disk and nothing of Airflow's own, so they work alike on one machine and
on several, by hand and in a task.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from etl.logs import log
from etl.steps import watchdog_machine, watchdog_night, watchdog_sources
from etl.steps.base import Counts
from etl.steps.watchdog_base import Alarm, Found

WATCHES: dict[str, Callable[[datetime], Found]] = {
    "the_night_ran": watchdog_night.the_night_ran,
    "no_run_is_stuck": watchdog_night.no_run_is_stuck,
    "the_night_is_published": watchdog_night.the_night_is_published,
    "the_night_is_not_empty": watchdog_night.the_night_is_not_empty,
    "no_source_is_silent": watchdog_sources.no_source_is_silent,
    "every_dag_imports": watchdog_machine.every_dag_imports,
    "the_disk_has_room": watchdog_machine.the_disk_has_room,
}


def watch(what: str, now: str) -> Counts:
    """Keep one watch and return what was seen.

    Raises:
        Alarm: Something needs the operator.
        ValueError: There is no such watch.
    """
    if what not in WATCHES:
        raise ValueError(f"no watch {what!r}; there are {', '.join(WATCHES)}")
    found = WATCHES[what](datetime.fromisoformat(now))
    if found.causes:
        alarm = Alarm(found.causes)
        log.warning("watch %s %s: %s", what, now[:10], alarm)
        raise alarm
    log.info("watch %s %s: %s", what, now[:10], found.seen)
    return {"watch": what, "seen": found.seen}
