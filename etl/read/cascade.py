"""trafilatura's stages, one by one, as `bare_extraction` takes them: each only where it can change the outcome.

Its second opinion costs as much as its first, and for two pages of three nothing that it could say would be heard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.baseline import baseline, html2txt
from trafilatura.external import compare_extraction, justext_rescue
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from etl.read.tree import BLOCK_TAGS, Node, is_forum, thin

CROWDED = 4000  # blocks of text; the largest real pages have fewer
SHORT = 3000  # characters below which a text is tried again with other settings
SHARE = 0.2  # of the page's text, below which it is
LONGER = {"recall": 1.5, "justext": 2.0}  # times the text that what is found again must have
MUCH = 2  # times the text, up to which a second opinion is not preferred for its length
SOME = 500  # characters from which one is preferred where the first has no paragraphs, or more tables than these
OUTER = etree.XPath("//p[.//p]")
WORDS = etree.XPath("boolean(.//p//text())")
PROSE, TABLES = etree.XPath("count(.//p)"), etree.XPath("count(.//table)")
NAMES = etree.XPath("//@class | //@id", smart_strings=False)
PRUNED = {  # what the names have of the elements that trafilatura takes away first, and how it finds these
    re.compile("mvp-post-add-|infinite-?scroll|elementor-share-buttons"): RAW_TREE_PRUNE_XPATH,
    re.compile("[Cc]omment|comol|disqus_thread|dsq-comments"): REMOVE_COMMENTS_AND_LISTS_XPATH,
}
Found = tuple[Any, str]  # trafilatura's tree, and its text


def body(root: Node, url: str = "", quick: bool = False, apart: Sequence[Node] = ()) -> Any:
    """Return the main text as trafilatura's tree, None when there is none. The page stays as it was.

    `quick` asks no second opinion, and nor is one asked of a page of too many cells and paragraphs, hidden ones among
    them; the elements `apart` are not looked at.
    """
    page = root if is_forum(root) else thin(root, apart)
    if _crowded(page):
        quick, page = True, _unnested(page)
    if quick or page is root:
        document = bare_extraction(page, url=url or None, fast=quick, include_comments=False, include_tables=True)
        return getattr(document, "body", None)
    options = Extractor(output_format="python", comments=False, tables=True, url=url or None)
    try:
        found, text = _in_stages(page, options)
    except (TypeError, ValueError):
        return None
    return found if len(text) >= options.min_output_size else None


def _unnested(page: Node) -> Node:
    """Return a copy of a page in which no paragraph holds others: what they hold is joined again with each."""
    page = copy(page)
    for node in OUTER(page):
        node.tag = "div"
    return page


def _crowded(page: Node) -> bool:
    """Whether a page has more blocks of text than the second opinions can compare, each with all others."""
    return sum(1 for node in page.iter(*BLOCK_TAGS) if node.text and not node.text.isspace()) > CROWDED


def _in_stages(tree: Node, options: Extractor) -> Found:
    """Return the main text; the tree is pruned."""
    names = "\n".join(set(NAMES(tree)))
    for named, paths in PRUNED.items():
        if named.search(names):
            tree = prune_unwanted_nodes(tree, paths)
    page = len(" ".join(tree.text_content().split()))
    found, text = _first(tree, options)
    if not _settled(found, len(text), page, options.min_extracted_size):
        found, text = _second(tree, options, (found, text))
    if len(text) < options.min_extracted_size:
        plain, words, size = baseline(tree)
        found, text = (plain, words) if size > len(text) else (found, text)
    gaps = 2 * sum(1 for _ in tree.iter("*"))  # blanks that trafilatura puts between blocks when it measures a page
    little = 0 < len(text) < min(SHORT, SHARE * (page + gaps))
    if little and len(text) < SHARE * len(html2txt(tree)):
        return _again(tree, options, (found, text))
    return found, text


def _first(tree: Node, options: Extractor) -> Found:
    found, text = extract_content(convert_tags(tree_cleaning(copy(tree), options), options, options.url), options)
    return found, str(text)


def _second(tree: Node, options: Extractor, found: Found) -> Found:
    better, text = compare_extraction(tree_cleaning(copy(tree), options), copy(tree), *found, options)
    return better, str(text)


def _again(tree: Node, options: Extractor, found: Found) -> Found:
    """Return what other settings or another way of reading find, when it is much more."""
    generous = copy(options)
    generous.focus = "recall"
    recalled, more = _second(tree, generous, _first(tree, generous))
    rescued, other = justext_rescue(copy(tree), options)
    size = len(found[1])
    if len(other) > max(len(more), LONGER["justext"] * size):
        return rescued, str(other)
    if len(more) >= options.min_extracted_size and len(more) > LONGER["recall"] * size:
        return recalled, more
    return found


def _settled(found: Any, size: int, page: int, least: int) -> bool:
    """Whether no second opinion on a page of so many characters would be preferred to the text found."""
    if size < least or MUCH * size < page:
        return False
    return page <= SOME or bool(WORDS(found) and TABLES(found) <= PROSE(found))
