"""Labels and values that are no table: definition lists, and cards of a number and its name side by side.

Only those in the content are taken, and only where most values are numbers: others are text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.read.compose import Grid
from etl.read.heads import YEAR
from etl.read.lines import Line
from etl.read.tables import OUTSIDE, cell_text
from etl.read.tree import BLOCK_TAGS, HEADINGS, Node, hidden

LABEL = 60  # characters that a label seldom exceeds
VALUE = 40  # characters that a value seldom exceeds
DEFINITION = 160  # characters of a definition that is still a value
FEWEST = 2  # pairs that make a list of them
AROUND = 6  # elements above a card among which the content stands
AMOUNT = re.compile(r"[^\w$€£¥]*(?:[A-Z]{0,3}[$€£¥]|[A-Z]{3} )?\s?\d[\d.,\s]*(?:%|[$€£¥]|[^\W\d_][\w.€$£%]*\s?){0,3}")
DIGIT = re.compile(r"\d")
CLOCK = re.compile(r"\d{1,2}:\d\d|\d[/-]\d|^\d{1,2}$")
FURNITURE = re.compile(
    r"nav|menu|related|share|social|comment|advert|sponsor|widget|sidebar|footer|header|byline|author|breadcrumb|teaser"
    r"|user|profile|pagination|rating|newsletter|cookie|consent|ticker|weather|trending|popular|tooltip|counter|player|meta",
    re.IGNORECASE,
)
BEFORE = f"(preceding::*[{' or '.join(f'self::{tag}' for tag in HEADINGS)}])[last()]"


def cards(root: Node, shown: list[Line]) -> list[tuple[Node, Grid]]:
    """Return the lists of labels and values with their elements, definition lists first."""
    found = [(node, made) for node in root.iter("dl") if (made := _definitions(node))]
    groups: dict[Node, dict[Node, None]] = {}
    for line in shown:
        if len(line.text) <= LABEL + VALUE and not line.aside and not line.linked and DIGIT.search(line.text):
            box = _box(line)
            if box is not None and box.getparent() is not None:
                groups.setdefault(box.getparent(), {})[box] = None
    for group, boxes in groups.items():
        if len(boxes) >= FEWEST and _in_content(group):
            made = _cards(group, next(iter(boxes)))
            if made:
                found.append((group, made))
    return found


def said(made: Grid) -> Iterator[str]:
    """Yield in what ways a list of labels and values may stand in a text: each part, each pair, all of it."""
    for label, value in made.rows:
        yield from (label, value, label + value, value + label)
    yield "".join(label + value for label, value in made.rows)
    yield "".join(value + label for label, value in made.rows)


def _definitions(node: Node) -> Grid | None:
    """Return a definition list as labels and values; None when it explains words."""
    if hidden(node) or not _in_content(node):
        return None
    pairs: list[list[str]] = []
    for one in node.iter("dt", "dd"):
        words = cell_text(one)
        if one.tag == "dt":
            pairs.append([words])
        elif pairs and words:
            pairs[-1].append(words)
    filled = [(pair[0], ", ".join(pair[1:])) for pair in pairs if pair[0] and len(pair) > 1]
    return _grid(node, filled, DEFINITION)


def _box(line: Line) -> Node | None:
    """Return the element that holds a value and its label and nothing else; None when there is none."""
    block = line.node
    while block.tag not in BLOCK_TAGS and block.getparent() is not None:
        block = block.getparent()
    for box in (block, block.getparent()):
        if box is not None and len(box) == 2 and _parts(box):
            return box
    return None


def _is_label(text: str) -> bool:
    return len(text) <= LABEL and any(map(str.isalpha, text)) and not AMOUNT.fullmatch(text)


def _parts(box: Node) -> tuple[str, str] | None:
    """Return the label and the value that stand in a box alone, in this order; None when there is more or less."""
    parts = [words for node in box if (words := cell_text(node))]
    loose = [box.text, *(node.tail for node in box)]
    if len(parts) != 2 or any(words and not words.isspace() for words in loose):
        return None
    label, value = parts if not AMOUNT.fullmatch(parts[0]) else reversed(parts)
    return (label, value) if _is_label(label) and len(value) <= VALUE else None


def _cards(group: Node, first: Node) -> Grid | None:
    """Return what the boxes of one look in a group say."""
    alike = [box for box in group if box.tag == first.tag and box.get("class") == first.get("class")]
    return _grid(group, [pair for box in alike if (pair := _parts(box))], VALUE)


def _grid(node: Node, pairs: list[tuple[str, str]], longest: int) -> Grid | None:
    amounts = sum(len(value) <= longest and _amount(value) for _, value in pairs)
    if len(pairs) < FEWEST or amounts < FEWEST or amounts * 2 < len(pairs):
        return None
    if any(len(label) > LABEL for label, _ in pairs):
        return None
    return Grid(caption=_caption(node), rows=tuple(pairs), head_rows=0, head_columns=(0,))


def _amount(value: str) -> bool:
    """Whether a value holds a number that is more than a year or a time of day."""
    return any(map(str.isdigit, YEAR.sub("", value))) and not CLOCK.search(value)


def _in_content(node: Node) -> bool:
    """Whether an element stands in an article or main part, in no box beside it."""
    above = list(node.iterancestors())
    near = [node, *above[:AROUND]]
    names = " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in near if one.tag != "body")
    if FURNITURE.search(names) or any(one.tag in OUTSIDE or one.tag == "table" for one in above):
        return False
    return any(one.tag in ("article", "main") or one.get("role") == "main" for one in above)


def _caption(node: Node) -> str:
    """Return the heading at the head of a list, else the last one before it; "" when there is none."""
    inner = next((child for child in node if child.tag in HEADINGS), None)
    if inner is not None:
        return cell_text(inner)
    before = node.xpath(BEFORE)
    return cell_text(before[-1]) if before else ""
