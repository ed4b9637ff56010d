"""trafilatura's stages, one by one, as `bare_extraction` takes them: each only where it can change the outcome.

Its second opinion costs as much as its first, and for two pages of three nothing that it could say would be heard.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.external import compare_extraction
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from etl.read.tree import Node, is_forum, thin

SHORT = 3000  # characters below which trafilatura may try again with other settings
SHARE = 0.2  # of the page's text, below which it does
MUCH = 2  # times the text, up to which a second opinion is not preferred for its length
SOME = 500  # characters from which one is preferred where the first has no paragraphs, or more tables than these
WORDS = etree.XPath("boolean(.//p//text())")
PROSE, TABLES = etree.XPath("count(.//p)"), etree.XPath("count(.//table)")


def body(root: Node, url: str = "", quick: bool = False) -> Any:
    """Return the main text as trafilatura's tree, None when there is none. The page stays as it was.

    `quick` asks no second opinion.
    """
    page = root if is_forum(root) else thin(root)
    if page is not root and not quick and (found := _in_stages(page, url)) is not None:
        return found
    document = bare_extraction(page, url=url or None, fast=quick, include_comments=False, include_tables=True)
    return getattr(document, "body", None)


def _in_stages(root: Node, url: str) -> Any:
    """Return the main text when the first two stages settle it; None when the others have a say. The page is pruned."""
    options = Extractor(output_format="python", comments=False, tables=True, url=url or None)
    tree = prune_unwanted_nodes(root, [*RAW_TREE_PRUNE_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH])
    page = len(" ".join(tree.text_content().split()))
    try:
        found, text = extract_content(convert_tags(tree_cleaning(copy(tree), options), options, url or None), options)
        if not _settled(found, len(text), page, options.min_extracted_size):
            found, text = compare_extraction(tree_cleaning(copy(tree), options), copy(tree), found, text, options)
    except (TypeError, ValueError):
        return None
    gaps = 2 * sum(1 for _ in tree.iter("*"))  # blanks that trafilatura puts between blocks when it measures a page
    enough = len(text) >= SHORT or len(text) >= SHARE * (page + gaps)
    return found if enough and len(text) >= options.min_extracted_size else None


def _settled(found: Any, size: int, page: int, least: int) -> bool:
    """Whether no second opinion on a page of so many characters would be preferred to the text found."""
    if size < least or MUCH * size < page:
        return False
    return page <= SOME or bool(WORDS(found) and TABLES(found) <= PROSE(found))
