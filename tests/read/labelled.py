"""Pages of known kind, made of the texts under `kinds/`: walls, errors, lists and articles in four languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from etl import yamls
from etl.model import Kind

FOLDER = Path(__file__).parent / "kinds"
LANGUAGES = ("de", "en", "es", "fr")
FRAMES = {
    Kind.CONSENT_WALL: ("dialog", "site", "declared"),
    Kind.CHALLENGE: ("bare", "dialog"),
    Kind.LOGIN_WALL: ("bare", "site"),
    Kind.PAYWALL_STUB: ("declared", "teasers"),
    Kind.SOFT_404: ("bare", "site", "teasers"),
    Kind.SUSPENDED: ("bare", "dialog"),
    Kind.EMPTY_SHELL: ("bare", "dialog"),
    Kind.ARTICLE: ("site", "teasers", "covered"),
    Kind.LIST: ("linked", "cards", "dated"),
    Kind.TABLE: ("site", "bare"),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and what it is."""

    name: str
    text: str  # the name of its text, which may stand in several frames
    url: str
    kind: Kind
    body: bytes


def pages() -> Iterator[Labelled]:
    """Yield every text in every frame of its kind."""
    for lang in LANGUAGES:
        found = texts(lang)
        for kind, frames in FRAMES.items():
            for number, case in enumerate(found[str(kind)]):
                for frame in frames:
                    name = f"{lang}-{kind}-{number}-{frame}"
                    slug = (
                        "news" if kind is Kind.LIST else f"2024/05/{10 + number}/{kind.replace('_', '-')}-of-that-day"
                    )
                    markup = _page(lang, kind, case, frame, found)
                    text = name.rpartition("-")[0]
                    yield Labelled(name, text, f"https://{lang}.example/{slug}", kind, markup.encode())


@cache
def texts(lang: str) -> dict[str, Any]:
    found: dict[str, Any] = yamls.read(FOLDER / f"{lang}.yaml")
    return found


def _page(lang: str, kind: Kind, case: dict[str, Any], frame: str, found: dict[str, Any]) -> str:
    inner = _inner(kind, case, frame, found)
    head = f"<title>{escape(case['t'])}</title>{case.get('m', '')}"
    if frame == "declared" or case.get("free") is False:
        head += _declaration(case)
    body = {"bare": _bare, "dialog": _dialog, "teasers": _teasers, "covered": _covered}.get(frame, _site)(inner, found)
    if frame == "bare" and kind is Kind.EMPTY_SHELL:
        body += '<div id="root"></div><script src="/static/js/main.8f2c.js"></script>'
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _inner(kind: Kind, case: dict[str, Any], frame: str, found: dict[str, Any]) -> str:
    if kind is Kind.LIST:
        return f"<h1>{escape(case['t'])}</h1>" + _teaser_list(found["headlines"], frame)
    if kind is Kind.TABLE:
        return _table(case, found["words"])
    title = f"<h1>{escape(case['t'])}</h1>" if kind is not Kind.EMPTY_SHELL else ""
    paragraphs = [*case.get("a", ()), *case.get("p", ()), *case.get("x", ()) * case.get("long", 0)]
    parts = [title, *(f"<p>{escape(words)}</p>" for words in paragraphs)]
    for number, name in enumerate(case.get("f", ()), 1):
        what = "password" if number == len(case["f"]) else "text"
        parts.append(f'<label>{escape(name)}</label><input type="{what}" name="f{number}">')
    parts += [f"<button>{escape(words)}</button>" for words in case.get("b", ())]
    return "\n".join(parts)


def _declaration(case: dict[str, Any]) -> str:
    entry = {"@type": "NewsArticle", "headline": case["t"], "datePublished": "2024-05-12T08:00:00+02:00"}
    if case.get("free") is False:
        entry["isAccessibleForFree"] = "False"
    return (
        '<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-12">'
        f'<script type="application/ld+json">{json.dumps(entry)}</script>'
    )


def _bare(inner: str, _: dict[str, Any]) -> str:
    return f'<div class="box">{inner}</div>'


def _dialog(inner: str, _: dict[str, Any]) -> str:
    scripts = "".join(f'<script src="/assets/chunk-{number}.js"></script>' for number in range(6))
    return f'<div id="__next"></div><div role="dialog" class="modal">{inner}</div>{scripts}'


def _site(inner: str, found: dict[str, Any]) -> str:
    nav = "".join(f'<li><a href="/s{n}">{escape(word)}</a></li>' for n, word in enumerate(found["words"]["nav"]))
    foot = "".join(f'<a href="/f{n}">{escape(word)}</a> ' for n, word in enumerate(found["words"]["foot"]))
    return (
        f"<header><nav><ul>{nav}</ul></nav></header><main>{inner}</main><footer>{foot}</footer><script>var a=1</script>"
    )


def _teasers(inner: str, found: dict[str, Any]) -> str:
    box = f"<section><h2>{escape(found['words']['read'])}</h2>{_teaser_list(found['headlines'], 'linked')}</section>"
    return _site(f"{inner}{box}", found)


def _covered(inner: str, found: dict[str, Any]) -> str:
    wall = found["consent_wall"][0]
    return _site(inner, found) + _dialog(_inner(Kind.CONSENT_WALL, wall, "", found), found)


def _teaser_list(headlines: list[str], layout: str) -> str:
    items = []
    for number, words in enumerate(headlines):
        link = f'<a href="/2024/05/{number}">{escape(words)}</a>'
        summary = {"cards": f"<p>{escape(headlines[number - 1])}.</p>", "dated": f"<time>{number + 1}.5.2024</time>"}
        tag = "h3" if layout == "cards" else "li"
        items.append(f"<{tag}>{link}</{tag}>{summary.get(layout, '')}")
    return "\n".join(items)


def _table(case: dict[str, Any], words: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><th>Q{n % 4 + 1} {2021 + n // 4}</th><td>{40 + n}</td><td>{n}.5 %</td></tr>" for n in range(12)
    )
    heads = "".join(f"<th>{escape(words[name])}</th>" for name in ("quarter", "members", "change"))
    return f"<h1>{escape(case['t'])}</h1><table><tr>{heads}</tr>{rows}</table>"
