-- What people keep by hand, taken over whole: run when any of it changed since the snapshot was published.
-- grain: as each table
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
