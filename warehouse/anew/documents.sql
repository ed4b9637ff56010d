-- What follows from the pages alone, taken down: the next load makes it again from all of them.
DROP TABLE IF EXISTS core.texts;
DROP TABLE IF EXISTS core.runs;
DROP TABLE IF EXISTS core.copies;
DROP TABLE IF EXISTS core.documents;
DROP TABLE IF EXISTS core.source_words;
