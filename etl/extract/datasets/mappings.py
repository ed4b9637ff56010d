"""How datasets are read, as data: one YAML under `datasets/` says which column means what; checked as it loads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from etl import yamls
from etl.extract import platforms
from etl.model import Metric, Transformation

FOLDER = Path(__file__).parent
KEYS = ("rates", "facts", "platform", "area", "period", "segment", "requires", "decimal", "claims")
PERIOD = ("column", "days", "span", "form", "above")
SPANS = ("day", "week", "month", "quarter", "half", "year")
CLAIM = ("column", "metric", "transformation", "unit", "times", "per", "segment")
FACTS = ("companies", "area", "metrics", "counts")
UNITS = "count, percent, percentage_points, hours, minutes or a currency of three capitals"
RATES = ("month", "year", "day", "hour", "episode")


def names() -> list[str]:
    """Return the datasets that can be read."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def mapping(name: str) -> dict[str, Any]:
    """Return the mapping of one dataset.

    Raises:
        ValueError: There is no such mapping, or a key or value of it is wrong; the message says what is allowed.
    """
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise ValueError(f"dataset {name!r} is unknown; there are {', '.join(names())}")
    found = yamls.read(path)
    check(path.name, found)
    mapped: dict[str, Any] = found
    return mapped


def check(file: str, found: Any) -> None:
    """Check a mapping.

    Raises:
        ValueError: A key or value is wrong; the message names file, key, value and what is allowed.
    """
    if not isinstance(found, dict):
        raise ValueError(f"{file}: want keys and values, such as `platform: netflix`; it holds {str(found)[:60]!r}")
    _keys(file, "", found, KEYS)
    if "facts" in found:
        _check_facts(file, found["facts"])
        return
    if found.get("rates"):
        return
    _field(file, "platform", found.get("platform"), wanted="the slug of a platform, or market", registry=True)
    if "area" in found:
        _field(file, "area", found["area"], wanted="an area, such as FR or WW")
    if found.get("decimal", ".") not in (".", ","):
        raise _wrong(file, "decimal", found["decimal"], "'.' or ','")
    for key in ("segment", "requires"):
        if not _are_texts(found.get(key, [])):
            raise _wrong(file, key, found[key], "a list of names of columns")
    if "period" in found:
        _check_period(file, found["period"])
    if not isinstance(found.get("claims"), list):
        raise _wrong(file, "claims", found.get("claims"), "a list, one entry a column that holds a figure")
    for place, rule in enumerate(found["claims"], 1):
        _check_claim(file, f"claims {place}: ", rule)


def _check_period(file: str, rule: Any) -> None:
    if not isinstance(rule, dict):
        raise _wrong(file, "period", rule, f"keys and values: {', '.join(PERIOD)}")
    _keys(file, "period.", rule, PERIOD)
    if bool(rule.get("column")) == bool(rule.get("above")):
        raise _wrong(file, "period", rule, "either `column: its name` or `above: true`")
    if "days" in rule and (not isinstance(rule["days"], int) or not 1 <= rule["days"] <= 400):
        raise _wrong(file, "period.days", rule["days"], "a whole number from 1 to 400")
    if "span" in rule and rule["span"] not in SPANS:
        raise _wrong(file, "period.span", rule["span"], f"one of {', '.join(SPANS)}")
    if "form" in rule and not isinstance(rule["form"], str):
        raise _wrong(file, "period.form", rule["form"], "how the day is written, such as '%d-%m-%Y'")


def _check_claim(file: str, where: str, rule: Any) -> None:
    if not isinstance(rule, dict):
        raise _wrong(file, where.strip(": "), rule, f"keys and values: {', '.join(CLAIM)}")
    _keys(file, where, rule, CLAIM)
    if not _is_text(rule.get("column")):
        raise _wrong(file, f"{where}column", rule.get("column"), "the name of a column")
    _one_of(file, f"{where}metric", rule.get("metric"), Metric)
    _one_of(file, f"{where}transformation", rule.get("transformation", "level"), Transformation)
    _field(file, f"{where}unit", rule.get("unit"), wanted=UNITS)
    if isinstance(rule["unit"], str) and not is_unit(rule["unit"]):
        raise _wrong(file, f"{where}unit", rule["unit"], UNITS)
    times = rule.get("times", 1)
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise _wrong(file, f"{where}times", times, "a whole number, such as 1000000 where the column counts millions")
    if "per" in rule:
        _one_of(file, f"{where}per", rule["per"], RATES)
    if "segment" in rule and not _is_text(rule["segment"]):
        raise _wrong(file, f"{where}segment", rule["segment"], "text")


def _check_facts(file: str, rule: Any) -> None:
    if not isinstance(rule, dict):
        raise _wrong(file, "facts", rule, f"keys and values: {', '.join(FACTS)}")
    _keys(file, "facts.", rule, FACTS)
    companies = rule.get("companies")
    if not isinstance(companies, dict) or not all(isinstance(number, int) for number in companies):
        raise _wrong(file, "facts.companies", companies, "numbers of companies (CIK), each with its platform")
    for number, slug in companies.items():
        _field(file, f"facts.companies.{number}", slug, wanted="the slug of a platform", registry=True)
    if not isinstance(rule.get("metrics"), dict):
        raise _wrong(file, "facts.metrics", rule.get("metrics"), "metrics, each with its tags, the best first")
    for metric, tags in rule["metrics"].items():
        _one_of(file, "facts.metrics", metric, Metric)
        if not _are_texts(tags) or not all(":" in tag for tag in tags):
            raise _wrong(
                file, f"facts.metrics.{metric}", tags, "a list of taxonomy:Tag, such as us-gaap:Revenues, or *:Tag"
            )
    if not _are_texts(rule.get("counts", [])):
        raise _wrong(file, "facts.counts", rule["counts"], "a list of XBRL units that count")


def is_unit(value: str) -> bool:
    """Whether a text is a unit of figures."""
    named = ("count", "percent", "percentage_points", "hours", "minutes")
    return value in named or (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper())


def _field(file: str, key: str, value: Any, wanted: str, registry: bool = False) -> None:
    """Check a field that is a word, the same for every row, or `{column: its name, is: {cell: word}}`."""
    words: Iterable[Any] = [value]
    if isinstance(value, dict):
        _keys(file, f"{key}.", value, ("column", "is"))
        words = value.get("is", {}).values() if isinstance(value.get("is", {}), dict) else [None]
        if not _is_text(value.get("column")):
            raise _wrong(file, f"{key}.column", value.get("column"), "the name of a column")
    for word in words:
        if not _is_text(word) or (registry and word != "market" and word not in platforms.registry()):
            raise _wrong(file, key, word, f"{wanted}, or column: and is: with one for each word of the column")


def _keys(file: str, prefix: str, row: dict[str, Any], allowed: Iterable[str]) -> None:
    for key in row:
        if key not in allowed:
            raise ValueError(f"{file}: unknown key {prefix}{key} ({row[key]!r}); there are {', '.join(allowed)}")


def _one_of(file: str, key: str, value: Any, allowed: Iterable[str]) -> None:
    choice = [str(item) for item in allowed]
    if value not in choice:
        raise _wrong(file, key, value, f"one of {', '.join(choice)}")


def _wrong(file: str, key: str, value: Any, wanted: str) -> ValueError:
    said = "missing" if value is None else repr(value)[:120]
    return ValueError(f"{file}: {key} is {said}; want {wanted}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))
