"""What readers get: the snapshot, swapped in whole, and beside it the same tables in other forms.

`snapshot.py` writes the DuckDB file, `export.py` the folder `exports/`: Parquet and CSV of every table, a Frictionless
data package that says what each column means and under which terms, the figures as SDMX-CSV, and a report of the trends
in one HTML file.
"""

from etl.publish.export import ExportReport, export
from etl.publish.snapshot import PublishReport, before, publish

__all__ = ["ExportReport", "PublishReport", "before", "export", "publish"]
