"""What the reader knows of a page when it must say what the page is."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.read import jsonld
from etl.read.compose import Grid, Piece
from etl.read.lines import Line
from etl.read.tree import Node, hidden, inner_text
from etl.read.words import Words

LINE = 120  # characters of a line in which a wall speaks; longer ones are prose that may speak of walls


@dataclass(slots=True)
class Sight:
    """A page as read so far. Texts to search in are in lower case with straight apostrophes."""

    root: Node
    url: str
    title: str
    pieces: list[Piece]
    grids: list[Grid]
    article: jsonld.Entry
    metas: dict[str, str]
    markup: str  # the page as written
    lines: list[Line]
    words: Words
    prose: int = field(init=False)  # characters of main text
    size: int = field(init=False)  # characters of all that it shows
    all: str = field(init=False)  # all that it shows
    short: str = field(init=False)  # its short lines but the headline
    main: str = field(init=False)  # its main text
    ending: str = field(init=False)  # the last blocks of the main text
    heads: str = field(init=False)  # the page's title and first headings
    is_article: bool = field(init=False)  # whether it declares itself an article, with a date

    def __post_init__(self) -> None:
        self.prose = sum(len(piece.text) for piece in self.pieces)
        self.all = plain(" \n ".join(line.text for line in self.lines))
        self.size = len(self.all)
        short = (line.text for line in self.lines if len(line.text) <= LINE and line.text != self.title)
        self.short = plain(" \n ".join(short))
        self.main = plain(" \n ".join(piece.text for piece in self.pieces))
        self.ending = plain(" \n ".join(piece.text for piece in self.pieces[-4:] if len(piece.text) <= LINE))
        page = next(("".join(node.itertext()) for node in self.root.iter("title")), "")
        heads = [inner_text(node) for node in self.root.iter("h1", "h2") if not hidden(node)][:2]
        self.heads = plain(" · ".join((page, *heads)))
        declared = jsonld.types(self.article) & jsonld.ARTICLES and self.article.get("datePublished")
        self.is_article = bool(declared) or "article:published_time" in self.metas

    def phrases(self, subject: str, text: str) -> list[str]:
        """Return the words of a subject that stand in a text."""
        return [word for word in self.words[subject] if plain(word) in text]

    def said(self, subject: str) -> list[str]:
        """Return the words of a subject that the page says in short lines, where walls speak."""
        return self.phrases(subject, self.short)

    def because(self, said: list[str], more: str = "") -> str:
        """Return the evidence in words: what the page says and how much of it there is."""
        quoted = ", ".join(f'"{word}"' for word in said[:3])
        size = f"{self.prose} characters of main text on a page of {self.size}"
        return f"it says {quoted}{more}; {size}" if quoted else f"{size}{more}"


def plain(text: str) -> str:
    """Return a text in lower case with straight apostrophes."""
    return text.lower().replace("’", "'")
