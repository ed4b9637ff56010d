"""Airflow on this machine: `run` one night in-process, `up` and `down` for the UI with its scheduler.

Airflow is started as programs of its own; nothing here imports it.
"""
