"""What a page turned out to be, and what decided it in words. A wall answered with HTTP 200 is no page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.model import Kind
from etl.read import jsonld
from etl.read.sight import Sight

SHORT = 600  # characters of main text below which a page must explain itself
STUB = 1800  # characters of main text below which a locked article counts as cut off
SCRAP = 450  # characters below which a locked article is cut off whatever else it says
LONG = 3000  # characters of main text that no wall has
EMPTY = 120  # characters of main text below which nothing was served
SPARSE = 20  # characters of main text that are no text even on a page without scripts
TEASER = 200  # characters that a teaser seldom exceeds
MARKS = {  # what the makers of challenges leave in their pages
    "cdn-cgi/challenge-platform": "Cloudflare",
    "_cf_chl_opt": "Cloudflare",
    "captcha-delivery.com": "DataDome",
    "_incapsula_resource": "Imperva",
    "px-captcha": "PerimeterX",
    "awswafintegration": "AWS WAF",
    "sec-if-cpt-container": "Akamai",
}
NUMBER = r"^\W*(?:(?:http|error|erreur|fehler|status)\W*)*(?:40[0-9]|410|429|50[0-4])\b"
COUNTED = r"(?!\s*(?:mill|milliard|billion|%|€|\$|£|euro|dollar|[a-zß-ÿ]{3,}\s+\w+\s+\w+))"
ERROR_NUMBER = re.compile(NUMBER + COUNTED, re.IGNORECASE)
BARRIERS = ("paywall", "poool", "piano")  # how sites and their suppliers name the lock in the page
PAYWALL = "//*[" + " or ".join(f"contains(@class,'{name}') or contains(@id,'{name}')" for name in BARRIERS) + "]"
SECTION = re.compile(
    r"/(?:tags?|topics?|category|categories|categorie|rubrique|thema|themen|temas?|etiqueta|author|search|page/\d+)(?:/|$)"
)
SLUG = re.compile(r"(?:[^/-]+-){3,}[^/]*$|\d{5,}[^/]*$")  # the last part of an article's address

Verdict = tuple[Kind, str] | None


def kind_of(sight: Sight) -> tuple[Kind, str]:
    """Return what the page is and the evidence in words."""
    for judge in (_challenge, _suspended, _missing, _consent, _locked, _login, _list, _shell, _table):
        verdict = judge(sight)
        if verdict:
            return verdict
    return Kind.ARTICLE, f"{len(sight.pieces)} blocks, {sight.prose} characters of main text"


def _challenge(sight: Sight) -> Verdict:
    if sight.prose > LONG or sight.size > 2 * LONG or sight.is_article:
        return None
    lower = sight.markup[:200_000].lower()
    maker = next((name for mark, name in MARKS.items() if mark in lower), "")
    said = sight.phrases("challenge", sight.heads) or (sight.said("challenge") if sight.prose < SHORT else [])
    if said or (maker and sight.size < SHORT):
        return Kind.CHALLENGE, sight.because(said, f" of {maker}" if maker else "")
    return None


def _suspended(sight: Sight) -> Verdict:
    said = sight.phrases("suspended", sight.heads) + sight.said("suspended")
    closed = said and sight.size <= LONG and not sight.is_article
    return (Kind.SUSPENDED, sight.because(said)) if closed else None


def _missing(sight: Sight) -> Verdict:
    if sight.prose > LONG or sight.is_article:
        return None
    said = sight.phrases("missing", sight.heads) + sight.phrases("broken", sight.heads)
    number = [head for head in (sight.title, *sight.heads.split(" · ")) if ERROR_NUMBER.search(head)]
    if not said and sight.prose < SHORT:
        said = sight.said("missing") + sight.said("broken")
    if said or number:
        return Kind.SOFT_404, sight.because(said or number[:1])
    return None


def _consent(sight: Sight) -> Verdict:
    if sight.prose > LONG or sight.size > 3 * LONG or sight.is_article:
        return None
    said = sight.phrases("consent", sight.main)
    if len(said) < 2 and sight.prose < SHORT:
        said = sight.phrases("consent", sight.all)
    return (Kind.CONSENT_WALL, sight.because(said)) if len(said) >= 2 else None


def free(entry: jsonld.Entry) -> bool | None:
    """Return whether an article says that it can be read for free; None when it says nothing."""
    value = entry.get("isAccessibleForFree", entry.get("isAccessibleForfree"))
    text = jsonld.text_of(value).rsplit("/", 1)[-1].strip().lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text)


def _locked(sight: Sight) -> Verdict:
    """A text that breaks off: it says so itself, or is declared locked and something on the page shows the lock."""
    declared = free(sight.article)
    tier = sight.metas.get("article:content_tier", "").lower()
    if sight.prose >= STUB or (declared is True and sight.prose > SHORT):
        return None
    said = sight.said("paywall")
    barred = bool(sight.root.xpath(PAYWALL))
    if declared is False or tier in ("locked", "premium"):
        cut = sight.main.endswith(("...", "…", "[…]", "[...]"))
        if said or barred or cut or sight.prose < SCRAP:
            return Kind.PAYWALL_STUB, f"it is declared locked; {sight.because(said)}"
        return None
    if said and (barred or sight.prose < SHORT or sight.phrases("paywall", sight.ending)):
        return Kind.PAYWALL_STUB, sight.because(said)
    return None


def _login(sight: Sight) -> Verdict:
    if sight.prose >= SHORT or sight.is_article:
        return None
    said = sight.said("login")
    asks = bool(sight.root.xpath("//input[@type='password']"))
    if said and (asks or sight.size < LONG):
        return Kind.LOGIN_WALL, sight.because(said, ", with a password field" if asks else "")
    return None


def _list(sight: Sight) -> Verdict:
    """Many headlines that link elsewhere and hardly a paragraph of its own, on a page that does not call itself one."""
    if sight.is_article:
        return None
    path = urlsplit(sight.url).path.rstrip("/") if sight.url.startswith("http") else "?"
    section = not path or bool(SECTION.search(path))
    claims = sight.metas.get("og:type", "").lower() == "article" or bool(SLUG.search(path))
    links = [line for line in sight.lines if not line.aside and line.linked * 5 > len(line.text) * 4]
    teasers = sum(len(line.text) > 25 for line in links)
    long = sum(len(piece.text) > TEASER and piece.kind != "table" for piece in sight.pieces)
    if sight.grids or (claims and not section):
        return None
    if teasers >= (5 if section else 10) and long <= (teasers // 3 if section else 1):
        return Kind.LIST, f"{teasers} linked headlines, {long} paragraphs longer than {TEASER} characters"
    return None


def _shell(sight: Sight) -> Verdict:
    if sight.prose >= EMPTY or sight.grids:
        return None
    scripts = len(sight.root.xpath("//script"))
    said = sight.phrases("script", sight.markup[:200_000].lower())
    if scripts or said or sight.prose < SPARSE:
        return Kind.EMPTY_SHELL, sight.because(said, f", {scripts} scripts")
    return None


def _table(sight: Sight) -> Verdict:
    cells = sum(len(row) for table in sight.grids for row in table.rows)
    size = sum(len(cell) for table in sight.grids for row in table.rows for cell in row)
    prose = sum(len(piece.text) for piece in sight.pieces if piece.kind != "table")
    if cells >= 6 and size > (prose if prose < LONG else 3 * prose):
        return Kind.TABLE, f"{len(sight.grids)} tables of {cells} cells outweigh {prose} characters of prose"
    return None
