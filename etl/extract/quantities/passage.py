"""One text as the grammar sees it: its tokens, the words of its language, and its country."""

from __future__ import annotations

from dataclasses import dataclass

from etl.extract.quantities.tokens import BREAK, WORD, Token, plain, scan
from etl.extract.quantities.vocabulary import Words

END = Token("", -1, -1, BREAK, False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens by index; an index outside gives a break, so that rules may look around freely."""

    text: str
    tokens: list[Token]
    words: Words
    country: str = ""

    def at(self, index: int) -> Token:
        """Return a token, a break outside of the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else END

    def word(self, index: int) -> str:
        """Return the word of a token in lower case."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def written(self, index: int) -> str:
        """Return a token with its case."""
        token = self.at(index)
        return self.text[token.start : token.end] if token.start >= 0 else ""

    def names_thing(self, index: int) -> bool:
        """Whether a word stands there that can be counted: no function word, and apart from the token before."""
        token = self.at(index)
        return token.kind == WORD and token.word not in self.words.stop and not token.glued

    @property
    def decimal(self) -> str:
        """The decimal mark: that of the language, unless the country writes a point; both where it writes either."""
        if self.country in self.words.either_countries:
            return "." + self.words.decimal
        return "." if self.country in self.words.point_countries else self.words.decimal


def passage(text: str, words: Words, country: str) -> Passage:
    """Return a text ready for reading."""
    return Passage(plain(text), scan(text, words.elisions), words, country)
