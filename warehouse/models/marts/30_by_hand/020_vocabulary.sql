-- Who, what, where and when: the platforms with their names in time, the metrics, the areas, the fiscal calendars, and
-- consumer prices to set prices against. From the lexicon that reads the texts, and from `reference/`.
-- grain: one row a platform, name and stretch of time, metric, area, fiscal calendar and stretch of years, or area and
-- year, as each table says
CREATE OR REPLACE TABLE platforms AS
SELECT
    p.platform,
    p.name,
    p.kind,
    p.parent,
    coalesce(p.area, 'WW') AS area
FROM reference_platforms AS p
ORDER BY p.platform;

CREATE OR REPLACE TABLE platform_names AS
SELECT
    n.platform,
    n.name,
    period_start(n.name_from) AS name_from,
    period_start(n.name_to) AS name_to,
    n.name_from AS from_period,
    n.note
FROM reference_platform_names AS n
UNION ALL
SELECT
    p.platform,
    p.name,
    NULL AS name_from,
    NULL AS name_to,
    NULL AS from_period,
    NULL AS note
FROM reference_platforms AS p
WHERE p.platform NOT IN (SELECT k.platform FROM reference_platform_names AS k)
ORDER BY platform, name_from NULLS FIRST;

CREATE OR REPLACE TABLE metrics AS
SELECT
    m.metric,
    m.meaning,
    u.kind,
    u.units,
    m.rate_used
FROM reference_metrics AS m
LEFT JOIN reference_metric_units AS u ON m.metric = u.metric
ORDER BY m.metric;

CREATE OR REPLACE TABLE areas AS
SELECT
    a.area,
    a.name,
    a.kind,
    string_split(a.within, ' ') AS within
FROM reference_areas AS a
ORDER BY a.area;

CREATE OR REPLACE TABLE fiscal_calendars AS
SELECT
    c.platform,
    c.starts::INTEGER AS first_month,
    c.named,
    lag(c.until::INTEGER + 1) OVER in_time AS from_year,
    c.until::INTEGER AS until_year
FROM reference_fiscal_calendars AS c
WINDOW in_time AS (PARTITION BY c.platform ORDER BY c.until::INTEGER NULLS LAST)
ORDER BY c.platform, from_year NULLS FIRST;

CREATE OR REPLACE TABLE consumer_prices AS
SELECT
    p.area,
    p.calendar_year::INTEGER AS calendar_year,
    p.index_value::DOUBLE AS index_value,
    p.base,
    p.source
FROM reference_consumer_prices AS p
ORDER BY p.area, p.calendar_year;
