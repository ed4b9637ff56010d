"""Pages that stand in the place of another: challenges, consent pages, locks, errors, closed sites.

Each judge returns the kind and what decided it, or None. The words are in `walls.yaml`.
"""

from __future__ import annotations

import re

from etl.model import Kind
from etl.read import jsonld
from etl.read.sight import LINE, Sight, plain

Verdict = tuple[Kind, str] | None

SHORT = 600  # characters of prose below which a page must explain itself
STUB = 1800  # characters of prose in one place below which a locked article counts as cut off
SCRAP = 450  # characters below which a locked article is cut off whatever else it says
LONG = 3000  # characters of prose that no error has
BESIDES = 150  # characters of prose that a consent page says of other things
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


def challenge(sight: Sight) -> Verdict:
    """A page that wants proof of a human: it says so, or its maker left a mark and hardly a sentence."""
    if sight.prose > SHORT or sight.declared:
        return None
    lower = sight.markup[:200_000].lower()
    maker = next((name for mark, name in MARKS.items() if mark in lower), "")
    said = sight.phrases("challenge", sight.heads) or sight.said("challenge")
    if not said:
        asks = (plain(line.text) for line in sight.lines if len(line.text) <= 2 * LINE)
        said = next(
            ([human, *sight.phrases("prove", text)[:1]] for text in asks if (human := _human(sight, text))),
            [],
        )
    if said or (maker and sight.size < SHORT):
        return Kind.CHALLENGE, sight.because(said, f" of {maker}" if maker else "")
    return None


def _human(sight: Sight, text: str) -> str:
    """Return the word for a human, or for a robot, in a line that also asks for a proof; "" otherwise."""
    found = sight.phrases("human", text)
    return found[0] if found and sight.phrases("prove", text) else ""


def suspended(sight: Sight) -> Verdict:
    """A closed account, or an address for sale."""
    if sight.declared or sight.prose > SHORT:
        return None
    said = sight.phrases("suspended", sight.heads) + sight.said("suspended")
    return (Kind.SUSPENDED, sight.because(said)) if said else None


def missing(sight: Sight) -> Verdict:
    """An error answered as a page: its title or headline says so, or all that it says."""
    if sight.prose > LONG or sight.declared:
        return None
    said = sight.phrases("missing", sight.heads) + sight.phrases("broken", sight.heads)
    number = [head for head in (plain(sight.title), *sight.heads.split(" · ")) if ERROR_NUMBER.search(head)]
    number += [text for line in sight.body[:12] if len(text := plain(line.text)) < 40 and ERROR_NUMBER.search(text)]
    if not said and sight.prose < SHORT:
        said = sight.said("missing") + sight.said("broken")
    if said or number:
        return Kind.SOFT_404, sight.because(said or number[:1])
    return None


def consent(sight: Sight) -> Verdict:
    """A page that speaks of cookies and asks to agree, and says next to nothing else."""
    cells = plain(" ".join(cell for table in sight.grids for row in table.rows for cell in row))
    own = plain(" \n ".join(line.text for line in sight.body))
    if not sight.phrases("tracking", own) or (cells and not sight.phrases("tracking", cells)):
        return None
    rest = sight.besides("consent", "tracking")
    if rest >= BESIDES:
        return None
    said, labels = sight.phrases("consent", sight.all), sight.labels
    asks = [label for label in sight.words["agree"] if plain(label) in labels]
    if asks or (len(said) >= 2 and sight.prose < SHORT):
        return Kind.CONSENT_WALL, sight.because(asks[:1] + said, f" and {rest} characters of other things")
    return None


def free(entry: jsonld.Entry) -> bool | None:
    """Return whether an article says that it can be read for free; None when it says nothing."""
    value = entry.get("isAccessibleForFree", entry.get("isAccessibleForfree"))
    text = jsonld.text_of(value).rsplit("/", 1)[-1].strip().lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text)


def locked(sight: Sight) -> Verdict:
    """A text that breaks off: it says so itself, or is declared locked and something on the page shows the lock."""
    declared = free(sight.article)
    tier = sight.metas.get("article:content_tier", "").lower()
    if sight.core >= STUB or (declared is True and sight.core > SHORT):
        return None
    said = [word for word in sight.said("paywall") if _locks(sight, word)]
    closed = declared is False or tier in ("locked", "premium")
    if not said and not closed:
        return None
    barred = bool(sight.root.xpath(PAYWALL))
    if closed:
        cut = any(line.text.endswith(("...", "…", "[…]", "[...]")) for line in sight.body[-3:])
        if said or barred or cut or sight.core < SCRAP:
            return Kind.PAYWALL_STUB, f"it is declared locked; {sight.because(said)}"
        return None
    ending = sight.ending
    if barred or sight.core < SCRAP or any(plain(word) in ending for word in said):
        return Kind.PAYWALL_STUB, sight.because(said)
    return None


def _locks(sight: Sight, word: str) -> bool:
    """Whether a word is said in a line that does not merely advertise an archive or a newsletter."""
    holding = (plain(line.text) for line in sight.lines if len(line.text) <= 2 * LINE)
    return any(plain(word) in text and not sight.phrases("offer", text) for text in holding)


def login(sight: Sight) -> Verdict:
    """A page that shows nothing before one has signed in."""
    if sight.prose >= SHORT or sight.declared:
        return None
    said = sight.said("login")
    asks = bool(sight.root.xpath("//input[@type='password']"))
    if said and (asks or sight.size < LONG):
        return Kind.LOGIN_WALL, sight.because(said, ", with a password field" if asks else "")
    return None
