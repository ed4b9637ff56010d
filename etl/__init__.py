"""Streamledger: figures about streaming platforms, each with its receipt.

The rooms, in the direction everything flows:

    sources -> collect -> archive -> read -> extract -> stage -> load -> resolve -> check -> publish

`model` holds the nouns, `steps` joins the rooms, `cli` and `dags/` call only `steps`.
"""
