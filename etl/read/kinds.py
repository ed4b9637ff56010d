"""What a page turned out to be, and what decided it in words. A wall answered with HTTP 200 is no page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.model import Kind
from etl.read import jsonld
from etl.read.compose import Grid, Piece
from etl.read.lines import Line
from etl.read.tree import Node, hidden, inner_text
from etl.read.words import Words

SHORT = 600  # characters of main text below which a page must explain itself
STUB = 1800  # characters of main text below which a locked article counts as cut off
TEASER = 200  # characters that a teaser seldom exceeds
LONG = 3000  # characters of main text that no wall has
MARKS = {  # what the makers of challenges leave in their pages
    "cdn-cgi/challenge-platform": "Cloudflare",
    "_cf_chl_opt": "Cloudflare",
    "captcha-delivery.com": "DataDome",
    "_incapsula_resource": "Imperva",
    "px-captcha": "PerimeterX",
    "awswafintegration": "AWS WAF",
    "geo.captcha": "DataDome",
    "sec-if-cpt-container": "Akamai",
}
ERROR_NUMBER = re.compile(
    r"^\W*(?:(?:error|erreur|fehler)\W*)?(40[0-9]|410|429|50[0-4])\b(?!\s*(?:millio|milliard|%|€|\$))", re.IGNORECASE
)


@dataclass(slots=True)
class Sight:
    """What the reader knows of a page when it must say what the page is."""

    root: Node
    title: str
    pieces: list[Piece]
    grids: list[Grid]
    article: jsonld.Entry
    metas: dict[str, str]
    markup: str  # the page as written
    lines: list[Line]
    words: Words
    prose: int = field(init=False)  # characters of main text
    shown: str = field(init=False)  # all that the page shows, in lower case
    linked: float = field(init=False)  # share of it that is links

    def __post_init__(self) -> None:
        self.prose = sum(len(piece.text) for piece in self.pieces)
        self.shown = " ".join(line.text for line in self.lines).lower().replace("’", "'")
        self.linked = sum(line.linked for line in self.lines) / max(1, len(self.shown))

    def heads(self) -> str:
        """Return the page's title and first heads in lower case."""
        page = next(("".join(node.itertext()) for node in self.root.iter("title")), "")
        heads = [inner_text(node) for node in self.root.iter("h1", "h2") if not hidden(node)][:2]
        return " · ".join((page, *heads)).lower().replace("’", "'")

    def phrases(self, subject: str, text: str) -> list[str]:
        """Return the words of a subject that stand in the text."""
        return [word for word in self.words.get(subject, []) if word.replace("’", "'") in text]


def kind_of(sight: Sight) -> tuple[Kind, str]:
    """Return what the page is and the evidence in words."""
    for judge in (_challenge, _suspended, _missing, _consent, _locked, _login, _shell, _table, _list):
        verdict = judge(sight)
        if verdict:
            return verdict
    return Kind.ARTICLE, f"{len(sight.pieces)} blocks, {sight.prose} characters of main text"


def _challenge(sight: Sight) -> tuple[Kind, str] | None:
    if sight.prose > LONG or len(sight.shown) > 2 * LONG:
        return None
    lower = sight.markup[:200_000].lower()
    maker = next((name for mark, name in MARKS.items() if mark in lower), "")
    said = sight.phrases("challenge", sight.heads()) or (
        sight.phrases("challenge", sight.shown) if len(sight.shown) < LONG else []
    )
    if said or (maker and len(sight.shown) < SHORT):
        return Kind.CHALLENGE, _because(said, sight, f" of {maker}" if maker else "")
    return None


def _suspended(sight: Sight) -> tuple[Kind, str] | None:
    said = sight.phrases("suspended", sight.shown) if len(sight.shown) < LONG else []
    return (Kind.SUSPENDED, _because(said, sight)) if said else None


def _missing(sight: Sight) -> tuple[Kind, str] | None:
    if sight.prose > LONG or sight.article.get("datePublished"):
        return None
    heads = sight.heads()
    said = sight.phrases("missing", heads) + sight.phrases("broken", heads)
    number = ERROR_NUMBER.search(sight.title) or any(ERROR_NUMBER.search(head) for head in heads.split(" · "))
    if not said and len(sight.shown) < SHORT:
        said = sight.phrases("missing", sight.shown) + sight.phrases("broken", sight.shown)
    if said or number:
        return Kind.SOFT_404, _because(said or [heads.split(" · ")[0][:60]], sight)
    return None


def _consent(sight: Sight) -> tuple[Kind, str] | None:
    if sight.prose > LONG or len(sight.shown) > 2 * LONG or sight.article.get("datePublished"):
        return None
    text = " ".join(piece.text for piece in sight.pieces).lower().replace("’", "'")
    said = sight.phrases("consent", text)
    if len(said) >= 2 or (len(sight.phrases("consent", sight.shown)) >= 2 and sight.prose < SHORT):
        return Kind.CONSENT_WALL, _because(said or sight.phrases("consent", sight.shown), sight)
    return None


def free(entry: jsonld.Entry) -> bool | None:
    """Return whether an article says that it can be read for free; None when it says nothing."""
    value = entry.get("isAccessibleForFree", entry.get("isAccessibleForfree"))
    text = jsonld.text_of(value).rsplit("/", 1)[-1].strip().lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text)


def _locked(sight: Sight) -> tuple[Kind, str] | None:
    locked = free(sight.article) is False or sight.metas.get("article:content_tier", "").lower() in (
        "locked",
        "premium",
    )
    if sight.prose >= (STUB if locked else SHORT):
        return None
    said = sight.phrases("paywall", sight.shown)
    if locked or said:
        why = "isAccessibleForFree is false" if locked else ""
        return Kind.PAYWALL_STUB, "; ".join(filter(None, (why, _because(said, sight))))
    return None


def _login(sight: Sight) -> tuple[Kind, str] | None:
    if sight.prose >= SHORT or sight.article.get("datePublished"):
        return None
    said = sight.phrases("login", sight.shown)
    asks = bool(sight.root.xpath("//input[@type='password']"))
    if said and (asks or len(sight.shown) < LONG):
        return Kind.LOGIN_WALL, _because(said, sight, ", with a password field" if asks else "")
    return None


def _shell(sight: Sight) -> tuple[Kind, str] | None:
    if sight.prose >= 120 or sight.grids:
        return None
    scripts = len(sight.root.xpath("//script"))
    said = sight.phrases("script", sight.markup[:200_000].lower())
    if scripts or not sight.shown:
        return Kind.EMPTY_SHELL, _because(said, sight, f", {scripts} scripts")
    return None


def _table(sight: Sight) -> tuple[Kind, str] | None:
    cells = sum(len(row) for table in sight.grids for row in table.rows)
    size = sum(len(cell) for table in sight.grids for row in table.rows for cell in row)
    prose = sum(len(piece.text) for piece in sight.pieces if piece.kind != "table")
    if cells >= 6 and size > (prose if prose < LONG else 3 * prose):
        return Kind.TABLE, f"{len(sight.grids)} tables of {cells} cells outweigh {prose} characters of prose"
    return None


def _list(sight: Sight) -> tuple[Kind, str] | None:
    if sight.article.get("datePublished") or sight.metas.get("article:published_time"):
        return None
    heads = sum(piece.kind == "heading" for piece in sight.pieces)
    long = sum(len(piece.text) > TEASER for piece in sight.pieces)
    if sight.linked > 0.5 and long <= max(2, heads):
        return (
            Kind.LIST,
            f"{sight.linked:.0%} of what it shows are links, {long} paragraphs of more than {TEASER} characters",
        )
    return None


def _because(said: list[str], sight: Sight, more: str = "") -> str:
    quoted = ", ".join(f'"{word}"' for word in said[:3])
    size = f"{sight.prose} characters of main text on a page of {len(sight.shown)}"
    return f"it says {quoted}{more}; {size}" if quoted else f"{size}{more}"
