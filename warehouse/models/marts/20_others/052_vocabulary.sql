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

COMMENT ON TABLE platforms IS 'Who a figure can be about: services, companies, broadcasters, and the sector';
COMMENT ON COLUMN platforms.platform IS 'Slug, as in every table';
COMMENT ON COLUMN platforms.name IS 'How texts name it first';
COMMENT ON COLUMN platforms.kind IS 'service, company, broadcaster, sector';
COMMENT ON COLUMN platforms.parent IS 'Slug of the owner; null: none that is known here';
COMMENT ON COLUMN platforms.area IS 'Where its totals are counted: the world, or the one country that it serves';
COMMENT ON TABLE platform_names IS 'What a platform was called, and when';
COMMENT ON COLUMN platform_names.platform IS 'Slug, as in every table; it stays when the name changes';
COMMENT ON COLUMN platform_names.name IS 'The name in that time';
COMMENT ON COLUMN platform_names.name_from IS 'First day of the name; null: from the start, or not known here';
COMMENT ON COLUMN platform_names.name_to IS 'First day on which it was called so no more, or ended; null: still';
COMMENT ON COLUMN platform_names.from_period IS 'name_from as precisely as it is known: a day, a month, a year';
COMMENT ON COLUMN platform_names.note IS 'What happened';
COMMENT ON TABLE metrics IS 'What is counted, in which units, and how it is converted';
COMMENT ON COLUMN metrics.metric IS 'Name, as in every table';
COMMENT ON COLUMN metrics.meaning IS 'What counts as it';
COMMENT ON COLUMN metrics.kind IS 'stock: at a moment; flow: over a period; rate: what one pays, earns or watches';
COMMENT ON COLUMN metrics.units IS 'count, money (an ISO 4217 code), percent, time (hours, minutes)';
COMMENT ON COLUMN metrics.rate_used IS 'Of money in another currency: the average of its period, or its last rate';
COMMENT ON TABLE areas IS 'Where a figure can count: countries and groups of them';
COMMENT ON COLUMN areas.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN areas.name IS 'In English';
COMMENT ON COLUMN areas.kind IS 'country or group';
COMMENT ON COLUMN areas.within IS 'The groups that hold it, narrowest first; WW holds all';
COMMENT ON TABLE fiscal_calendars IS 'Whose fiscal year is not the calendar year; figures are in calendar time already';
COMMENT ON COLUMN fiscal_calendars.platform IS 'Slug of the service or company';
COMMENT ON COLUMN fiscal_calendars.first_month IS 'Month, 1 to 12, in which its fiscal year begins';
COMMENT ON COLUMN fiscal_calendars.named IS 'end, start: named by the calendar year in which it ends or begins';
COMMENT ON COLUMN fiscal_calendars.from_year IS 'First calendar year in which this held; null: always before';
COMMENT ON COLUMN fiscal_calendars.until_year IS 'Last calendar year in which this held; null: it still does';
COMMENT ON TABLE consumer_prices IS 'Consumer prices by year, to set prices against';
COMMENT ON COLUMN consumer_prices.area IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN consumer_prices.calendar_year IS 'Calendar year';
COMMENT ON COLUMN consumer_prices.index_value IS 'Annual average of the index; compare only within one area and base';
COMMENT ON COLUMN consumer_prices.base IS 'What the index calls 100';
COMMENT ON COLUMN consumer_prices.source IS 'Who publishes it, and which series';
