-- What the nights staged, typed as extracted. Nobody but the models reads it; nothing of it is published as it is.
CREATE SCHEMA IF NOT EXISTS raw;
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE raw.sources (
    night DATE NOT NULL,
    name VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    authority VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    sample BOOLEAN NOT NULL,
    min_items BIGINT NOT NULL,
    max_items BIGINT NOT NULL,
    max_silent_days BIGINT NOT NULL,
    note VARCHAR NOT NULL
);

CREATE TABLE raw.requests (
    night DATE NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    status BIGINT,
    bytes BIGINT NOT NULL,
    digest VARCHAR NOT NULL,
    waited_seconds DOUBLE NOT NULL,
    seconds DOUBLE NOT NULL,
    detail VARCHAR NOT NULL
);

CREATE TABLE raw.outcomes (
    night DATE NOT NULL,
    source VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    ok BOOLEAN NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    item_count BIGINT NOT NULL,
    staged_as VARCHAR NOT NULL
);

CREATE TABLE raw.pages (
    night DATE NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    status BIGINT NOT NULL,
    content_type VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    archive_file VARCHAR NOT NULL,
    archive_offset BIGINT NOT NULL
);

-- One version of one address as one source gave it in one night. `known_from` is the first day that it was known.
CREATE TABLE raw.documents (
    night DATE NOT NULL,
    source VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    site VARCHAR NOT NULL,
    title VARCHAR,
    lang VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    published DATE,
    published_from VARCHAR NOT NULL,
    modified DATE,
    wire VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    text VARCHAR,  -- null for datasets: their bytes stay in the archive
    sketch UBIGINT[] NOT NULL,  -- the smallest hashes of its runs of four words: finds copies of one text
    known_from DATE NOT NULL
);

-- One statement in one document. A claim that a later reading no longer makes gets a day in `dropped_on` and stays.
CREATE TABLE raw.claims (
    night DATE NOT NULL,
    source VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,  -- from the content: the same statement has the same id in every rerun
    document_id VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    transformation VARCHAR NOT NULL CHECK (transformation IN ('level', 'change', 'growth')),
    value DECIMAL(38, 6) NOT NULL,
    value_max DECIMAL(38, 6),
    low DECIMAL(38, 6),
    high DECIMAL(38, 6),
    unit VARCHAR NOT NULL,
    per VARCHAR,
    period VARCHAR,
    area VARCHAR,
    status VARCHAR NOT NULL CHECK (status IN ('actual', 'estimate', 'forecast', 'plan', 'rumour')),
    qualifier VARCHAR NOT NULL CHECK (qualifier IN ('exact', 'approx', 'min', 'max')),
    attributed_to VARCHAR,
    segment VARCHAR,
    quote VARCHAR NOT NULL,
    quote_start BIGINT NOT NULL,
    quote_end BIGINT NOT NULL,
    confidence DOUBLE NOT NULL,
    is_repeat BOOLEAN NOT NULL,
    proven BOOLEAN NOT NULL,  -- the document's text holds the quote at its offsets
    context UBIGINT[] NOT NULL,  -- the smallest hashes of its surrounding runs of three words: finds copied sentences
    extractor VARCHAR NOT NULL,
    known_from DATE NOT NULL,
    dropped_on DATE
);

-- `night` is the first night that gave this rate; a revised rate is a second row.
CREATE TABLE raw.rates (
    day DATE NOT NULL,
    currency VARCHAR NOT NULL,
    rate DECIMAL(38, 6) NOT NULL,
    night DATE NOT NULL
);

-- Nights that were loaded, with or without rows.
CREATE TABLE raw.nights (night DATE NOT NULL);

-- Stands empty until the first load builds it: `warehouse/models/core/050_figures.sql` says what it holds.
CREATE TABLE core.figures (figure_id VARCHAR, content VARCHAR, known_to DATE);
