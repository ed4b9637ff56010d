"""A page gets the rule of its site and of its time; a rule that does not fit is named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from etl import read
from etl.read import sites

PROSE = "<p>The service gained members in every market that it entered, the company told its investors.</p>" * 5
RULES = """
- why: Until the redesign the box of numbers was in the text.
  valid_to: 2024-01-01
  remove: [".old-box"]
- why: The text stands in parts among offers, and the first heading is the section's.
  valid_from: 2024-01-01
  text: [".part"]
  title: [".head"]
"""
BODY = f"""<main><h1>Television</h1><div class=head>Peacock gains members</div><div class=old-box><p>Its rival Starz has
12 million members, says a box that stands in each of the site's articles.</p></div>{PROSE}
<div class=part><p>Peacock has 36 million members.</p></div><div class=part><ul><li>It costs $7.99.</li></ul></div>
</main>"""
PAGE = f"<html lang=en><head><title>Peacock gains members</title></head><body>{BODY}</body></html>".encode()


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of rules with those of one paper."""
    (tmp_path / "paper.example.yaml").write_text(RULES, encoding="utf-8")
    monkeypatch.setattr(sites, "FOLDER", tmp_path)
    monkeypatch.setattr(sites.rule, "__defaults__", (tmp_path,))
    return tmp_path


def test_an_old_page_gets_the_rule_of_its_time(paper: Path) -> None:
    old = read.read(PAGE, url="https://www.paper.example/a", fetched_at=datetime(2023, 5, 1, tzinfo=UTC))
    assert "12 million" not in old.text and "in every market" in old.text
    new = read.read(PAGE, url="https://www.paper.example/a", fetched_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert new.text == "Peacock gains members\nPeacock has 36 million members.\nIt costs $7.99."
    assert [block.kind for block in new.blocks] == ["headline", "paragraph", "item"]


def test_a_page_of_unknown_fetching_gets_the_rule_of_its_publication(paper: Path) -> None:
    dated = PAGE.replace(b"<title>", b"<meta property='article:published_time' content='2023-02-01'><title>")
    assert "12 million" not in read.read(dated, url="https://paper.example/a").text
    assert "12 million" not in read.read(PAGE, url="https://paper.example/2023/02/01/a").text
    assert "36 million" in read.read(PAGE, url="https://paper.example/a").text


def test_another_site_is_read_without_rules(paper: Path) -> None:
    assert "12 million" in read.read(PAGE, url="https://other.example/a").text


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("why: x", r"paper.example.yaml: .*want a list of rules"),
        ("- {why: x, drop: ['.a']}", r"rule 1: key 'drop' is unknown; there are why, valid_from, .*title"),
        ("- {why: x, remove: .a}", r"rule 1: remove is '.a'; want a list of CSS selectors"),
        ("- {why: x, remove: ['div[']}", r"rule 1: remove: 'div\[' is no CSS selector"),
        ("- {remove: ['.a']}", r"rule 1: why is None; want words"),
        ("- {why: x}", r"rule 1: it does nothing; want one of remove, text, title"),
        ("- {why: x, remove: ['.a'], valid_to: soon}", r"rule 1: valid_to is 'soon'; want a day, such as"),
        ("- {why: x, remove: ['.a'], valid_from: 2024-02-02, valid_to: 2024-01-01}", r"want a day after 2024-02-02"),
        ("- {why: x, remove: ['.a']}\n- {why: y, remove: ['.b']}", r"rule 1: valid_to is None; want a day no later"),
        ("- [", r"no YAML"),
    ],
)
def test_a_rule_that_does_not_fit_is_named(tmp_path: Path, rules: str, says: str) -> None:
    (tmp_path / "paper.example.yaml").write_text(rules, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        sites.load(tmp_path / "paper.example.yaml")


@pytest.mark.parametrize("path", sorted(sites.FOLDER.glob("*")), ids=lambda path: path.name)
def test_our_rules_fit(path: Path) -> None:
    assert sites.load(path)
    assert sites.rule(path.stem, date.max) or sites.rule(path.stem, None)


def test_a_pull_quote_is_not_said_twice() -> None:
    quote = '<blockquote data-test="Pullquote"><div>It has 36 million members.</div><div>Ann Lee</div></blockquote>'
    page = f"<html lang=en><head><title>Peacock</title></head><body><main><h1>Peacock</h1>{PROSE}{quote}"
    page += "<p>It has 36 million members, said Ann Lee, who counts them at the end of each quarter.</p></main></body>"
    assert read.read(page.encode(), url="https://www.cnbc.com/2023/04/28/p.html").text.count("36 million") == 1
    assert read.read(page.encode(), url="https://paper.example/2023/04/28/p.html").text.count("36 million") == 2
