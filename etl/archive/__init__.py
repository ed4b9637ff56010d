"""The archive: every answer as it came, in WARC files, written once and found again by digest.

One file a source and night, `<root>/<YYYY>/<MM>/<DD>/<source>.warc.gz`, that only ever grows; when it is full, the
night goes on in `<source>+2.warc.gz`. A run writes beside it and puts the whole in its place at the end, so a killed
run leaves what was there; the next one takes up what it had added, as far as it is whole. A body that is already kept
is written as a `revisit` record that points to it. `<root>/index/<source>.db` (SQLite) finds bodies by digest and by
address; it is rebuilt from the files when it is lost.

What came and is no page (robots.txt, errors, redirects, "not modified") lies in files of the same kind under
`<root>/asides/`: evidence of what was asked, never read for figures.
"""

from etl.archive.adopting import Answer, adopt, answers
from etl.archive.reading import body, nights, pages, versions
from etl.archive.records import DamagedArchive
from etl.archive.writing import Writer

__all__ = ["Answer", "DamagedArchive", "Writer", "adopt", "answers", "body", "nights", "pages", "versions"]
