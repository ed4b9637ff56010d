"""`python -m etl.monitor.imports`: what Airflow makes of its folder of DAGs, as one line of JSON."""

from __future__ import annotations

import json
import sys

from airflow.dag_processing.dagbag import DagBag

from etl.steps.watchdog_machine import ANSWER

if __name__ == "__main__":
    bag = DagBag()
    sys.stdout.write(f"\n{ANSWER}{json.dumps([len(bag.dags), bag.import_errors])}\n")
