"""Which news agency a page credits: in its by-line, before the first sentence, or after the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.read.words import Words

OPENING = 4  # blocks at the start among which the dateline stands
CLOSING = 3  # blocks at the end among which the credit stands
PLACE = 60  # characters before the agency in a dateline
CREDIT = 90  # characters of a line that is nothing but a credit
PICTURE = re.compile(
    r"\b(?:photo|foto|bild|image|imagen|picture|getty|alliance|abb|caption|archiv|via)\b", re.IGNORECASE
)
WITH = (
    r"(?i:sources?|quellen?|fuentes?|with|avec|con|mit|von|by|par|por|from|via|de|copyright|©)"
    r"(?:\W+(?i:the))?"
)
WRITERS = r"(?:writers?|reporters?|journalists?|correspondents?|contributed)"
Entries = tuple[tuple[str, tuple[str, ...]], ...]


def wire(names: tuple[str, ...], texts: list[str], agencies: Words) -> str:
    """Return the slug of the agency credited by the authors' `names` or the blocks' `texts`; "" for none.

    The first credit on the page counts. An agency that is only spoken of, or credited for a picture, is none.
    """
    spellings, anyone = _spelled(tuple((slug, tuple(entries)) for slug, entries in agencies.items()))
    for slug, agency in spellings:
        if any(agency.named.search(name) for name in names):
            return slug
    last = len(texts) - CLOSING
    for place, text in enumerate(texts):
        if OPENING <= place < last or not anyone.search(text):
            continue
        for slug, agency in spellings:
            if agency.named.search(text) and agency.credits(text, place < OPENING, place >= last):
                return slug
    return ""


@dataclass(frozen=True, slots=True)
class _Agency:
    """How one agency is named, and how it stands in a dateline, on a line of its own and at an end."""

    named: re.Pattern[str]
    opens: re.Pattern[str]
    stands: re.Pattern[str]
    ends: re.Pattern[str]

    def credits(self, text: str, opening: bool, closing: bool) -> bool:
        """Whether a block credits the agency: as a dateline, as a line of its own, or at its end."""
        if opening and (found := self.opens.match(text)):
            return not PICTURE.search(text[: found.end()])
        if len(text) <= CREDIT and not PICTURE.search(text) and self.stands.search(text):
            return True
        return closing and bool(self.ends.search(text[-200:])) and not PICTURE.search(text[-60:])


@cache
def _spelled(agencies: Entries) -> tuple[tuple[tuple[str, _Agency], ...], re.Pattern[str]]:
    """Return the agencies by slug, and a pattern that finds the name of any."""
    each = {slug: "|".join(map(re.escape, entries)) for slug, entries in agencies}
    return tuple((slug, _agency(one)) for slug, one in each.items()), re.compile(rf"\b(?:{'|'.join(each.values())})\b")


def _agency(spelled: str) -> _Agency:
    name = rf"\b(?:{spelled})\b"
    bracket = rf"[(\[/][^()\[\]]{{0,30}}{name}[^()\[\]]{{0,20}}[)\]/]"
    return _Agency(
        named=re.compile(name),
        opens=re.compile(
            rf"[^.!?()]{{0,{PLACE}}}(?:[A-Z][a-z]{{1,4}}\.)?[^.!?()]{{0,20}}{bracket}\s?(?:[-–—―.:\"“]|$)"
            rf"|[A-ZÀ-Ý\d ,.'-]{{0,{PLACE}}}{bracket}\s"  # a place in capitals needs no dash
            rf"|[^.!?()]{{0,{PLACE}}}[,/]\s?{name}\s[-–—―]\s|{name}\s?[-–—―|:]\s"
        ),
        stands=re.compile(
            rf"^\W*(?:{WITH}\W+(?:\w+\W+){{0,3}})?{name}(?:\W+\w+){{0,4}}\W*$|{WITH}\s(?:\w+\W+){{0,3}}{name}\W*$"
            rf"|^\W*©.*{name}|^\W*(?:{WITH}\W+(?:\w+\W+){{0,3}})?{name}(?:\W+\w+){{0,3}}\W+{WRITERS}\b"
        ),
        ends=re.compile(rf"(?:[.!?»”\"–—]\s*|^){name}(?:/\w+)?\W*$|{bracket}\W*$|^\W*(?:the )?{name}\s+{WRITERS}\b"),
    )
