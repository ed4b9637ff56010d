"""The hall: joins the rooms, files to files. The DAGs and the command line call only this.

Each step takes names and days, leaves files and rows, writes one summary line that begins with the command that
repeats it, and returns its counts (small enough for Airflow's XCom). One module for each DAG: `nightly`, `reread`,
`backfill`, `watchdog`; `reading` holds what they share.
"""
