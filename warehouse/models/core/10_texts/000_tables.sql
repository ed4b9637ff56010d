-- What is kept of texts from load to load, so that a night compares only what it touches. It all follows from the raw
-- tables: when a model changes, `warehouse/anew/` drops it and every document counts as touched.
-- grain of texts: one row a realm and readable document of eight runs or more; of runs: one row a text and hash of its
-- sketch, laid out flat, with numbers only, so that who held a hash in those days is found by reading one narrow
-- column; of copies: one row a realm and copy
CREATE TABLE IF NOT EXISTS core.source_words (name VARCHAR, authority VARCHAR, sample BOOLEAN);

CREATE TABLE IF NOT EXISTS core.texts (
    sample BOOLEAN,
    document_id VARCHAR,
    known_from DATE,
    day DATE,
    sketch UBIGINT[],
    text_number BIGINT  -- of its realm and id: what is compared and kept in place of both
);

CREATE TABLE IF NOT EXISTS core.runs (
    text_number BIGINT,
    half_year INTEGER,  -- in which the text was published
    shingle UBIGINT
);

CREATE TABLE IF NOT EXISTS core.copies (
    sample BOOLEAN,
    document_id VARCHAR,
    copied_from VARCHAR,  -- the earliest text that it shares enough with
    root_id VARCHAR  -- where that leads to in the end
);
