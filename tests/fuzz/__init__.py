"""Strangers' bytes at every door; see `targets.py`."""
