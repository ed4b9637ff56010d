"""What papers do to a text that they did not write: each rewrite gives paragraphs, the same ones for one seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Paragraphs = list[str]
SENTENCE = re.compile(r"(?<=[.!?»”])\s+(?=[\"«“A-ZÀ-Þ¿¡])")
ADDED = {
    "fr": "Contactée par nos soins, l'entreprise n'avait pas encore réagi à l'heure où nous publions ces lignes. Nous "
    "reviendrons demain sur cette annonce dans notre rendez-vous consacré à l'économie de la télévision.",
    "en": "The company had not answered our questions by the time this page went live. We will come back to the news "
    "in tomorrow's edition, with a look at what it means for viewers in our region.",
    "de": "Eine Anfrage unserer Redaktion ließ das Unternehmen bis zum Abend unbeantwortet. Was die Nachricht für die "
    "Zuschauer in unserer Region bedeutet, lesen Sie morgen auf unseren Medienseiten.",
    "es": "Preguntada por esta redacción, la empresa no había contestado al cierre de esta edición. Mañana volveremos "
    "sobre la noticia en nuestras páginas de televisión, con la opinión de quienes trabajan en el sector.",
}


def of_a(text: str) -> tuple[str, Paragraphs]:
    """Return the first line, and the paragraphs below it."""
    title, *rest = [line.strip() for line in text.split("\n") if line.strip()] or [""]
    return title, rest or [title]


def third(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    return _cut(body, 1 / 3)


def half(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    return _cut(body, 1 / 2)


def third_and_more(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    return [*_cut(body, 1 / 3), added(lang)]


def longer(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    """A live update: the newest paragraph on top, the old text below."""
    return [added(lang), *body]


def reordered(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    sentences = [sentence for paragraph in body for sentence in SENTENCE.split(paragraph)]
    chance.shuffle(sentences)
    return [" ".join(sentences)]


def typeset(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    """Quotes, dashes, spaces and apostrophes of another house, soft hyphens, capitals at the start."""
    changes = {"'": "’", "’": "'", "«": "“", "»": "”", "“": '"', "”": '"', " - ": " – ", "-": "‑", " %": "\u202f%"}
    pattern = re.compile("|".join(map(re.escape, changes)))
    found = [pattern.sub(lambda match: changes[match[0]], paragraph) for paragraph in body]
    found = [re.sub(r"([^\W\d_]{5})([^\W\d_]{5})", "\\1\u00ad\\2", paragraph) for paragraph in found]
    words = found[0].split(" ")
    return [" ".join([word.upper() for word in words[:4]] + words[4:]), *found[1:]]


def earlier(body: Paragraphs, lang: str, chance: random.Random) -> Paragraphs:
    """A paper's own first version: the last sentences were not there yet, and one in the middle was not either."""
    sentences = [sentence for paragraph in body for sentence in SENTENCE.split(paragraph)]
    kept = sentences[: max(len(sentences) * 2 // 3, 1)]
    if len(kept) > 3:
        kept.pop(chance.randrange(1, len(kept) - 1))
    return kept


def added(lang: str) -> str:
    return ADDED.get(lang, ADDED["en"])


def _cut(body: Paragraphs, part: float) -> Paragraphs:
    """Whole sentences from the start, until the part of the text is reached."""
    whole, kept, length = sum(map(len, body)), [], 0
    for sentence in (sentence for paragraph in body for sentence in SENTENCE.split(paragraph)):
        kept.append(sentence)
        length += len(sentence)
        if length >= whole * part:
            break
    return kept


WAYS: tuple[Callable[[Paragraphs, str, random.Random], Paragraphs], ...] = (
    *(third, half, third_and_more, longer, reordered, typeset, earlier),
)
