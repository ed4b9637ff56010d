"""What is wrong with source files, and what they say of other rooms: its dataset, its archive, its language."""

from __future__ import annotations

from collections.abc import Iterator

from etl import settings
from etl.collect import sources
from etl.extract import FOLDER as EXTRACT
from etl.extract import datasets
from etl.model import Source


def catalogue() -> tuple[list[Source], list[str]]:
    """Return the sources whose files can be read, and all that is wrong with any file, in words."""
    found, problems = sources.load_all(settings.load().sources)
    return found, [*map(str, problems), *(words for source in found for words in misfits(source))]


def misfits(source: Source) -> Iterator[str]:
    """Yield what a source names and nobody here has: it would be collected, and nothing be read from it."""
    if source.dataset:
        try:
            datasets.mapping(source.dataset)
        except ValueError as wrong:
            yield f"{source.name}.yaml: dataset: {wrong}"
    if source.kind == "archive" and not (settings.CODE / source.url).is_file():
        yield f"{source.name}.yaml: url is {source.url!r}; there is no such file under {settings.CODE}"
    spoken = sorted(path.name for path in (EXTRACT / "lexicon").iterdir() if path.is_dir())
    if source.language not in spoken:
        yield f"{source.name}.yaml: language is {source.language!r}; figures are read in {', '.join(spoken)}"
