"""Whose fault a failure is, by the words of its reason."""

from __future__ import annotations

import pytest

from etl.steps.blame import FAULTS, blame


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("HTTP 500 from https://paper.example/contact.yaml", "site"),
        ("refused by the robots.txt of paper.example (Disallow: /feed)", "refusal"),
        ("refused by the robots.txt of paper.example (cannot be read: HTTP 503)", "site"),
        ("reserved: header tdm-reservation: 1, at https://paper.example/", "refusal"),
        ("blocked: HTTP 403 from https://paper.example/", "refusal"),
        ("gone: HTTP 404 from https://paper.example/feed", "address"),
        ("not a feed: a page of HTML, at https://paper.example/feed", "address"),
        ("paper.yaml: colour is unknown", "settings"),
        ("[Errno 28] No space left on device", "machine"),
        ("unreachable: 127.0.0.1:9 does not answer (Connection refused)", "network"),
        ("unreachable: the name paper.example has no address", "network"),
        ("something else", "unknown"),
    ],
)
def test_whose_fault_it_is(reason: str, fault: str) -> None:
    found = blame(reason)
    assert found.fault == fault and fault in FAULTS and found.todo
