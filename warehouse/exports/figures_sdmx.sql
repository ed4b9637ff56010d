-- The figures held today as SDMX-CSV 2.0: one row an observation, the series keys first, then value and attributes.
-- Codes are those of SDMX where it has one: CL_FREQ, CL_OBS_STATUS, and _T for the whole, _Z for what does not apply.
-- An open figure has no value and the status O (missing); STATE says why.
-- grain: one row a figure, as in figures; unit: base units of UNIT_MEASURE
-- noqa: disable=RF06
SELECT
    'dataflow' AS "STRUCTURE",
    'STREAMLEDGER:FIGURES(1.0)' AS "STRUCTURE_ID",
    'I' AS "ACTION",
    CASE f.period_kind
        WHEN 'year' THEN 'A' WHEN 'half' THEN 'S' WHEN 'quarter' THEN 'Q' WHEN 'month' THEN 'M'
        WHEN 'week' THEN 'W' WHEN 'day' THEN 'D' ELSE '_O'
    END AS "FREQ",
    CASE WHEN f.sample THEN 'SAMPLE' ELSE 'LIVE' END AS "REALM",
    upper(f.platform) AS "PLATFORM",
    upper(f.metric) AS "INDICATOR",
    upper(f.transformation) AS "TRANSFORMATION",
    CASE
        WHEN f.segment IS NULL THEN '_T'
        ELSE upper(regexp_replace(strip_accents(f.segment), '[^A-Za-z0-9]+', '_', 'g'))
    END AS "SEGMENT",
    upper(f.unit) AS "UNIT_MEASURE",
    coalesce(upper(f.per), '_Z') AS "RATE_PER",
    f.area AS "REF_AREA",
    CASE f.period_kind
        WHEN 'half' THEN replace(f.period, 'H', 'S')
        WHEN 'week' THEN strftime(f.period_start, '%Y-%m-%d') || '/P7D'
        WHEN 'range'
            THEN
                strftime(f.period_start, '%Y-%m-%d') || '/P' || (f.period_end - f.period_start + 1) || 'D'
        ELSE f.period
    END AS "TIME_PERIOD",
    f.value AS "OBS_VALUE",
    CASE
        WHEN f.value IS NULL THEN 'O'
        ELSE CASE f.status WHEN 'actual' THEN 'A' WHEN 'estimate' THEN 'E' WHEN 'rumour' THEN 'U' ELSE 'F' END
    END AS "OBS_STATUS",
    upper(f.status) AS "STATUS",
    upper(f.qualifier) AS "QUALIFIER",
    upper(f.state) AS "STATE",
    f.origins AS "ORIGINS",
    f.low AS "LOWER_BOUND",
    f.high AS "UPPER_BOUND",
    f.segment AS "SEGMENT_TITLE",
    f.known_from AS "KNOWN_FROM",
    f.url AS "SOURCE_URL"
FROM figures AS f
ORDER BY ALL;
