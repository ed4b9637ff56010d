-- A snapshot brought up to date: the rows of the keys that loads touched since it was published, and the small tables.
-- The working file is attached as `working`; `publication` says which load the snapshot shows.
-- grain: as each table
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT
    t.kind,
    t.sample,
    t.id
FROM working.core.touches AS t
WHERE t.load_number > (SELECT p.load_number FROM publication AS p);

DELETE FROM figure_history AS o
WHERE o.figure_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'figure'
);

INSERT INTO figure_history
SELECT n.*
FROM working.figure_history AS n
WHERE n.figure_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'figure'
);

DELETE FROM figures AS o
WHERE o.figure_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'figure'
);

INSERT INTO figures
SELECT n.*
FROM working.figures AS n
WHERE n.figure_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'figure'
);

DELETE FROM figure_claims AS o
WHERE o.figure_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'figure'
);

INSERT INTO figure_claims
SELECT n.*
FROM working.figure_claims AS n
WHERE n.figure_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'figure'
);

DELETE FROM series AS o
WHERE o.series_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'series'
);

INSERT INTO series
SELECT n.*
FROM working.series AS n
WHERE n.series_id IN (
    SELECT t.id FROM touched AS t
    WHERE t.kind = 'series'
);

DELETE FROM claims AS o
WHERE
    o.figure_id IN (
        SELECT t.id FROM touched AS t
        WHERE t.kind = 'figure'
    )
    OR (
        o.figure_id IS NULL
        AND EXISTS (
            SELECT 1 FROM touched AS t
            WHERE t.kind = 'document' AND t.sample = o.sample AND t.id = o.document_id
        )
    );

INSERT INTO claims
SELECT n.*
FROM working.claims AS n
WHERE
    n.figure_id IN (
        SELECT t.id FROM touched AS t
        WHERE t.kind = 'figure'
    )
    OR (
        n.figure_id IS NULL
        AND EXISTS (
            SELECT 1 FROM touched AS t
            WHERE t.kind = 'document' AND t.sample = n.sample AND t.id = n.document_id
        )
    );

DELETE FROM documents AS o
WHERE
    EXISTS (
        SELECT 1 FROM touched AS t
        WHERE t.kind = 'document' AND t.sample = o.sample AND t.id = o.document_id
    );

INSERT INTO documents
SELECT n.*
FROM working.documents AS n
WHERE
    EXISTS (
        SELECT 1 FROM touched AS t
        WHERE t.kind = 'document' AND t.sample = n.sample AND t.id = n.document_id
    );

DELETE FROM document_changes AS o
WHERE
    EXISTS (
        SELECT 1 FROM touched AS t
        WHERE t.kind = 'address' AND t.sample = o.sample AND t.id = o.url
    );

INSERT INTO document_changes
SELECT n.*
FROM working.document_changes AS n
WHERE
    EXISTS (
        SELECT 1 FROM touched AS t
        WHERE t.kind = 'address' AND t.sample = n.sample AND t.id = n.url
    );

DELETE FROM nights;

INSERT INTO nights
SELECT n.*
FROM working.nights AS n;

DELETE FROM sources;

INSERT INTO sources
SELECT n.*
FROM working.sources AS n;

DELETE FROM requests;

INSERT INTO requests
SELECT n.*
FROM working.requests AS n;

DELETE FROM outcomes;

INSERT INTO outcomes
SELECT n.*
FROM working.outcomes AS n;

DELETE FROM rates;

INSERT INTO rates
SELECT n.*
FROM working.rates AS n;

DELETE FROM corrections;

INSERT INTO corrections
SELECT n.*
FROM working.corrections AS n;

DELETE FROM rules;

INSERT INTO rules
SELECT n.*
FROM working.rules AS n;

DELETE FROM definition_breaks;

INSERT INTO definition_breaks
SELECT n.*
FROM working.definition_breaks AS n;

DELETE FROM official_history;

INSERT INTO official_history
SELECT n.*
FROM working.official_history AS n;

DELETE FROM platforms;

INSERT INTO platforms
SELECT n.*
FROM working.platforms AS n;

DELETE FROM platform_names;

INSERT INTO platform_names
SELECT n.*
FROM working.platform_names AS n;

DELETE FROM metrics;

INSERT INTO metrics
SELECT n.*
FROM working.metrics AS n;

DELETE FROM areas;

INSERT INTO areas
SELECT n.*
FROM working.areas AS n;

DELETE FROM fiscal_calendars;

INSERT INTO fiscal_calendars
SELECT n.*
FROM working.fiscal_calendars AS n;

DELETE FROM consumer_prices;

INSERT INTO consumer_prices
SELECT n.*
FROM working.consumer_prices AS n;

DELETE FROM learnt_bounds;

INSERT INTO learnt_bounds
SELECT n.*
FROM working.learnt_bounds AS n;
