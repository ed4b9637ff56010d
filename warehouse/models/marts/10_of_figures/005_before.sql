-- How the figures of this part stood before this load, and where: to tell what it changes, and to take their place.
-- grain of before_load: one row a figure and stretch of days
CREATE TABLE IF NOT EXISTS figure_history (
    sample BOOLEAN,
    figure_id VARCHAR,
    series_id VARCHAR,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    segment VARCHAR,
    unit VARCHAR,
    per VARCHAR,
    area VARCHAR,
    period VARCHAR,
    period_start DATE,
    period_end DATE,
    period_kind VARCHAR,
    state VARCHAR,
    value DECIMAL(38, 6),
    value_max DECIMAL(38, 6),
    low DECIMAL(38, 6),
    high DECIMAL(38, 6),
    qualifier VARCHAR,
    status VARCHAR,
    authority VARCHAR,
    origins BIGINT,
    candidates STRUCT("value" DECIMAL(38, 6), value_max DECIMAL(38, 6), qualifier VARCHAR, origin VARCHAR)[],
    claim_id VARCHAR,
    known_from DATE,
    known_to DATE,
    said_on DATE,
    quote VARCHAR,
    said_by VARCHAR,
    title VARCHAR,
    url VARCHAR
);

CREATE OR REPLACE TEMP TABLE places_before AS
SELECT f.rowid AS place
FROM figure_history AS f
WHERE f.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

CREATE OR REPLACE TEMP TABLE before_load AS
SELECT
    f.rowid AS place,
    f.figure_id,
    content_of(
        f.state, f.status, f.authority, f.origins, f.value, f.value_max, f.low, f.high, f.qualifier, f.candidates
    ) AS content,
    f.claim_id,
    f.known_from,
    f.known_to
FROM figure_history AS f
WHERE f.rowid IN (SELECT p.place FROM places_before AS p);
