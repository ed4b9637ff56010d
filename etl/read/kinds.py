"""What a page turned out to be, and what decided it in words; decided before any text is taken from it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.model import Kind
from etl.read import walls
from etl.read.sight import Sight, weight
from etl.read.walls import LONG, SHORT, STUB, Verdict

EMPTY = 120  # characters of a page's own lines below which nothing was served
SPARSE = 20  # characters that are no text even on a page without scripts
TEASER = 200  # characters that a teaser seldom exceeds
HEADLINE = 25  # characters that a headline has at least
SECTION = re.compile(
    r"/(?:tags?|topics?|category|categories|categorie|rubrique|thema|themen|temas?|etiqueta|author|search|page/\d+)(?:/|$)"
)
ONE_WORD = re.compile(r"/(?:sections?/)?[a-z]{3,}(?:-[a-z]+)?")
SLUG = re.compile(r"(?:[^/-]+-){3,}[^/]*$|\d{5,}[^/]*$")  # the last part of an article's address
MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)
GAP = re.compile(r"[,;\t|]")
ROWS = 3  # lines of a data file that are looked at
JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"\d])")


def kind_of(sight: Sight) -> tuple[Kind, str]:
    """Return what the page is and the evidence in words."""
    errors = (walls.challenge, walls.suspended, walls.missing)
    for judge in (*errors, _list, walls.consent, walls.locked, walls.login, _shell, _table):
        verdict = judge(sight)
        if verdict:
            return verdict
    return Kind.ARTICLE, f"{sight.prose} characters of prose, {sight.core} of them in one place"


def data(text: str) -> str:
    """Return why a text without any markup is a data file and no page; "" when it is none."""
    if MARKUP.search(text[:20_000]):
        return ""
    if JSON.match(text):
        return f"JSON in the place of a page, beginning {text.strip()[:60]!r}"
    rows = [line for line in text[:20_000].splitlines() if line.strip()][: ROWS + 1]
    gaps = {tuple(GAP.findall(row)) for row in rows}
    if len(rows) > ROWS and len(gaps) == 1 and len(gaps.pop()) > 0:
        return f"rows of one shape in the place of a page, beginning {rows[0][:60]!r}"
    return ""


def _list(sight: Sight) -> Verdict:
    """Many headlines that link elsewhere and hardly a paragraph of its own, on a page that does not call itself one."""
    if sight.declared:
        return None
    address = urlsplit(sight.url)
    path = address.path.rstrip("/") if sight.url.startswith("http") else "?"
    front = not path
    section = front or bool(SECTION.search(path)) or (not address.query and bool(ONE_WORD.fullmatch(path)))
    claims = sight.metas.get("og:type", "").lower() == "article" or bool(SLUG.search(path))
    links = [line for line in sight.lines if not line.aside and line.linked * 5 > len(line.text) * 4]
    teasers = sum(weight(line.text) > HEADLINE for line in links)
    long = sum(weight(line.text) > TEASER for line in sight.body)
    said = f"{teasers} linked headlines, {long} paragraphs longer than {TEASER} characters"
    if section and not (front and claims):
        many = teasers >= (20 if sight.core > STUB else 10)
        return (Kind.LIST, said) if (many and (front or sight.core < LONG)) or _few(teasers, long) else None
    if claims or sight.grids:
        return None
    return (Kind.LIST, said) if teasers >= 10 and long <= 1 and sight.prose < SHORT else None


def _few(teasers: int, long: int) -> bool:
    """Whether a short list has hardly a paragraph beside its headlines."""
    return teasers >= 5 and long <= teasers // 3


def _shell(sight: Sight) -> Verdict:
    own = sum(weight(line.text) for line in sight.body)
    if own >= EMPTY or sight.grids:
        return None
    scripts = len(sight.root.xpath("//script"))
    said = sight.phrases("script", sight.markup[:200_000].lower())
    if scripts or said or own < SPARSE:
        return Kind.EMPTY_SHELL, sight.because(said, f", {scripts} scripts")
    return None


def _table(sight: Sight) -> Verdict:
    cells = sum(len(row) for table in sight.grids for row in table.rows)
    size = sum(len(cell) for table in sight.grids for row in table.rows for cell in row)
    if cells >= 6 and size > (sight.prose if sight.prose < LONG else 3 * sight.prose):
        return Kind.TABLE, f"{len(sight.grids)} tables of {cells} cells outweigh {sight.prose} characters of prose"
    return None
