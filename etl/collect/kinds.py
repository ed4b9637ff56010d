"""Is the answer the kind of thing that was asked for? A page of HTML is no dataset, a picture no article."""

from __future__ import annotations

from etl.collect.transport import Answer

HTML = (b"<!doctype html", b"<html")
TEXTS = ("text/", "application/xhtml", "application/xml", "application/json", "application/ld+json")


def wrong(why: str, answer: Answer) -> tuple[str, str, str] | None:
    """Return the ledger's outcome, rule and detail of an answer that is not what was asked for; None when it is."""
    start = answer.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    said = answer.content_type.partition(";")[0].strip().lower()
    if not start:
        return "empty_body", "", f"HTTP {answer.status} with nothing in it"
    is_html = start.startswith(HTML) or (said == "text/html" and start.startswith(b"<") and b"<?xml" not in start)
    if why in ("dataset", "filings") and (is_html or start.rstrip() in (b"null", b"[]", b"{}")):
        return "not_a_dataset", said, f"where a dataset should be; it begins {answer.body[:80]!r}"
    if why in ("item", "page") and said and not said.startswith(TEXTS) and not start.startswith(HTML):
        return "not_html", f"Content-Type: {said}", f"want a page; it begins {answer.body[:40]!r}"
    return None
