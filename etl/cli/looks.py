"""How a page or a sentence is read."""

from __future__ import annotations

import argparse

from rich.console import Console

from etl import extract, jsonl
from etl.cli.common import Command, day, give, today
from etl.extract.explain import explain
from etl.model import Document
from etl.read.show import show
from etl.steps import page


def add(command: Command) -> None:
    """Add the commands."""
    command("read", _read, "text, title, date of pages (JSON lines of id, url, path)", json=False).add_argument(
        "input", help="a file, or - for standard input"
    )
    made = command("page", _page, "show what is read from one page, and what is left out of it")
    made.add_argument("page", metavar="URL-or-file", help="an address that is in the archive, or a file")
    made.add_argument("--url", default="", help="the address that a file was taken from")
    made.add_argument("--all", action="store_true", help="shorten nothing")
    made = command("explain", _explain, "show how a sentence is read")
    made.add_argument("text")
    made.add_argument("--lang", default="en")
    made.add_argument("--published", default=today())


def _read(options: argparse.Namespace) -> int:
    return jsonl.stream(options.input, jsonl.read_lines)


def _page(options: argparse.Namespace) -> int:
    seen = page.see(options.page, options.url)
    if options.json:
        return give([jsonl.page_row(document.url or options.page, document) for document in seen.documents])
    for number, document in enumerate(seen.documents):
        print("\n" * bool(number), end="")
        show(Console(highlight=False), document, seen.body, seen.content_type, seen.where, whole=options.all)
    return 0


def _explain(options: argparse.Namespace) -> int:
    published = day(options.published)
    document = Document(document_id="text", lang=options.lang, text=options.text, published=published)
    if options.json:
        return give([jsonl.claim_row(claim) for claim in extract.extract(document)])
    for line in explain(document):
        print(line)
    return 0
