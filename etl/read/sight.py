"""What the reader knows of a page when it must say what the page is: what it shows and declares, before any text is
taken from it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from etl.read import jsonld
from etl.read.compose import Grid
from etl.read.lines import Line
from etl.read.tree import BLOCK_TAGS, Node, hidden, inner_text
from etl.read.words import Words

LINE = 120  # characters of a line in which a wall speaks; longer ones are prose that may speak of walls
SENTENCE = 60  # characters from which a line that is no link counts as prose
LABEL = 40  # characters that a button seldom exceeds
FEW = 250  # characters of prose up to which long lines of a page are taken for a wall's words too
AFTER = 8  # lines after the last paragraph among which a lock stands
LOOK_UP = 4  # elements above a line in which a table's cell stands
LISTS = frozenset(("ul", "ol", "li", "blockquote", "strong", "b", "em", "span"))
WIDE = re.compile("[\u2e80-\u9fff]")  # scripts whose characters say about as much as two and a half letters


@dataclass(slots=True)
class Sight:
    """A page as it shows itself. Texts to search in are in lower case with straight apostrophes."""

    root: Node
    url: str
    title: str
    lines: list[Line]
    grids: list[Grid]  # its tables of data
    article: jsonld.Entry
    metas: dict[str, str]
    markup: str  # the page as written
    words: Words
    body: list[Line] = field(init=False)  # lines that are no navigation, links, table or headline
    prose: int = field(init=False)  # characters of them in whole sentences
    core: int = field(init=False)  # characters of prose in containers of one kind: the article, if it is one
    size: int = field(init=False)  # characters of all that it shows
    all: str = field(init=False)  # all that it shows
    short: str = field(init=False)  # the lines in which a wall can speak
    heads: str = field(init=False)  # the page's title and first headings
    declared: bool = field(init=False)  # whether it declares itself an article, with a date

    def __post_init__(self) -> None:
        self.all = plain(" \n ".join(line.text for line in self.lines))
        self.size = len(self.all)
        cells = set(self.root.iter("td", "th")) if self.grids else set()
        own = sum(len(line.text) for line in self.lines if not line.aside)
        nested = own * 10 < self.size  # a site that puts all that it shows into its navigation
        self.body = [
            line
            for line in self.lines
            if (nested or not line.aside) and not _furniture(line, self.title) and not _within(line, cells)
        ]
        boxes: Counter[tuple[str, str]] = Counter()
        self.prose = 0
        for line in self.body:
            if (size := weight(line.text)) >= SENTENCE:
                self.prose += size
                boxes[_box(line)] += size
        self.core = max(boxes.values(), default=0)
        longest = LINE if self.prose > FEW else 2 * LINE
        short = (line.text for line in self.lines if len(line.text) <= longest and line.text != self.title)
        self.short = plain(" \n ".join(short))
        page = next(("".join(node.itertext()) for node in self.root.iter("title")), "")
        heads = [inner_text(node) for node in self.root.iter("h1", "h2") if not hidden(node)][:2]
        self.heads = plain(" · ".join((page, *heads)))
        dated = jsonld.types(self.article) & jsonld.ARTICLES and self.article.get("datePublished")
        self.declared = bool(dated) or "article:published_time" in self.metas

    @property
    def ending(self) -> str:
        """The short lines right after the last paragraph, where a lock stands."""
        long = [place for place, line in enumerate(self.lines) if not line.aside and len(line.text) > LINE]
        first = long[-1] + 1 if long else 0
        return plain(" \n ".join(line.text for line in self.lines[first : first + AFTER] if len(line.text) <= LINE))

    @property
    def labels(self) -> set[str]:
        """What its buttons and links say, each whole."""
        buttons = (node.get("value") or inner_text(node) for node in self.root.iter("button", "a", "input"))
        said = itertools.chain(buttons, (line.text for line in self.lines))
        return {plain(words).strip(" .!…→›»") for words in said if len(words) <= LABEL}

    def phrases(self, subject: str, text: str) -> list[str]:
        """Return the words of a subject that stand in a text."""
        return [word for word in self.words[subject] if _plain_word(word) in text]

    def said(self, subject: str) -> list[str]:
        """Return the words of a subject that the page says where walls speak."""
        return self.phrases(subject, self.short)

    def besides(self, *subjects: str) -> int:
        """Return the characters of prose that has no word of the subjects."""
        rest = (line.text for line in self.body if weight(line.text) >= SENTENCE)
        return sum(weight(text) for text in rest if not any(self.phrases(name, plain(text)) for name in subjects))

    def because(self, said: list[str], more: str = "") -> str:
        """Return the evidence in words: what the page says and how much of it there is."""
        quoted = ", ".join(f'"{word}"' for word in said[:3])
        size = f"{self.prose} characters of prose on a page of {self.size}"
        return f"it says {quoted}{more}; {size}" if quoted else f"{size}{more}"


def plain(text: str) -> str:
    """Return a text in lower case with straight apostrophes."""
    return text.lower().replace("’", "'")


@cache
def _plain_word(word: str) -> str:
    return plain(word)


def weight(text: str) -> int:
    """Return how much a text says, in letters: a Chinese or Japanese character counts for two and a half."""
    if text.isascii():
        return len(text)
    return len(text) + len(WIDE.findall(text)) * 3 // 2


def _furniture(line: Line, title: str) -> bool:
    return line.linked * 2 > len(line.text) or line.text == title


def _within(line: Line, cells: set[Node]) -> bool:
    if not cells:
        return False
    node = line.node
    for _ in range(LOOK_UP):
        if node is None:
            return False
        if node in cells:
            return True
        node = node.getparent()
    return False


def _box(line: Line) -> tuple[str, str]:
    """Return the look of the container around a line's block."""
    node = line.node
    while node.tag not in BLOCK_TAGS and node.getparent() is not None:
        node = node.getparent()
    above = node.getparent()
    while above is not None and above.tag in LISTS and above.getparent() is not None:
        above = above.getparent()
    found = above if above is not None else node
    return str(found.tag), found.get("class") or ""
