"""The notes of a table: which mark stands at a cell, and the words to which it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.read.tree import Node, inner_text, squeeze

MARK = re.compile(r"^\s*[\[(]?\s*(?:\d{1,3}|[a-z*†‡§]|note \d+)\s*[\])]?\s*$", re.IGNORECASE)
SIGNS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹"  # marks that stand behind a word without any markup
TAIL = re.compile(rf"(?<=[^\s{SIGNS}])\s?([{SIGNS}]{{1,3}})$")
OPENS = re.compile(rf"^[\[(]?(\d{{1,2}}|[a-z]|[{SIGNS}]{{1,3}})(?:[\])]\s*[.:]?|[.:]|(?=\s)|(?<=[{SIGNS}]))\s*(\S.*)$")
NEXT = re.compile(rf"\s(?=(?:[\[(]?\d{{1,2}}[\])]|[{SIGNS}])\s*\S)")
BACK = re.compile(r"^[\s^↑↵]*(?:\d+\.\d+\s+)*")  # the way back to the marks
LONGEST = 300  # characters of a note; longer ones are text
BELOW = 4  # elements after a table among which its notes stand
ROWS = 6  # rows at its foot
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "table"))


class Footnotes:
    """The notes of one table, found by the mark at a cell."""

    def __init__(self, table: Node) -> None:
        self._table = table
        self._below = dict(_below(table))
        self._by_id: dict[str, Node] | None = None

    def is_mark(self, node: Node) -> bool:
        """Whether a superscript is a mark: it says so, it links to a note, or a note below begins with it."""
        if "reference" in (node.get("class") or ""):
            return True
        words = node.text_content()
        if not MARK.match(words):
            return False
        linked = next(node.iter("a"), None) is not None or next(node.iterancestors("a"), None) is not None
        return linked or _bare(words) in self._below

    def parted(self, text: str) -> tuple[str, str]:
        """Return a cell's words without the signs at their end that lead to a note, and these signs."""
        found = TAIL.search(text) if self._below and text[-1:] in SIGNS else None
        return (text[: found.start()], found[1]) if found and found[1] in self._below else (text, "")

    def of(self, cell: Node, sign: str = "") -> tuple[str, ...]:
        """Return the notes to which the marks of a cell lead; a mark that leads nowhere gives none."""
        if not len(cell) and not sign:
            return ()
        found = [self._below.get(sign, "")] if sign else []
        for node in cell.iter("sup"):
            if self.is_mark(node):
                link = next((one.get("href") or "" for one in (*node.iter("a"), *node.iterancestors("a"))), "")
                found.append(self._below.get(_bare(node.text_content())) or self._led(link))
        return tuple(dict.fromkeys(words for words in found if words))

    def _led(self, link: str) -> str:
        """Return what the element says to which a link within the page leads."""
        if not link.startswith("#") or len(link) < 2:
            return ""
        if self._by_id is None:
            top = self._table.getroottree().getroot()
            self._by_id = {node.get("id"): node for node in top.xpath("//*[@id]")}
        node = self._by_id.get(link[1:])
        words = BACK.sub("", inner_text(node)) if node is not None else ""
        opened = OPENS.match(words)
        return (opened[2] if opened else words)[:LONGEST]


def _below(table: Node) -> Iterator[tuple[str, str]]:
    """Yield the notes at the foot of a table and in the lines right below it, each with its mark."""
    last = list(table.iter("tr"))[-ROWS:]
    said = [inner_text(row) for row in last if len(row) == 1]
    after = table.getnext()
    for _ in range(BELOW):
        if after is None or after.tag in HEADINGS or len(words := inner_text(after)) > 2 * LONGEST:
            break
        said += [inner_text(one) for one in after.iter("li", "p")] or [words]
        after = after.getnext()
    for words in said:
        for part in NEXT.split(words):
            opened = OPENS.match(part)
            if opened and len(part) <= LONGEST:
                yield opened[1], opened[2]


def _bare(words: str) -> str:
    return squeeze(words).strip("[]() ")
