-- What changed when a page was edited: each version that took the place of an earlier one of the same address and says
-- something else, with its title before, how many blocks came and went, and which figures it says otherwise. Walls and
-- errors are no versions, and data files tell their changes by their figures' histories.
-- grain: one row a realm and version that changed an earlier one; unit: blocks are lines of the text
CREATE OR REPLACE TEMP TABLE compared_versions AS
SELECT
    d.sample,
    d.document_id,
    d.url,
    d.source,
    d.title,
    d.published,
    d.modified,
    d.fetched_at,
    d.known_from,
    lag(d.document_id) OVER v AS earlier_id
FROM versions AS d
INNER JOIN edited_addresses AS a ON d.sample = a.sample AND d.url = a.url
WHERE d.readable AND d.kind <> 'dataset' AND d.url <> ''
WINDOW v AS (PARTITION BY d.sample, d.url ORDER BY d.fetched_at, d.document_id);

-- Where their texts lie, and the statements of those that this load leaves as they were.
CREATE OR REPLACE TEMP TABLE text_places AS
SELECT r.rowid AS place
FROM raw.documents AS r
WHERE r.rowid < getvariable('new_rows') AND r.document_id IN (SELECT v.document_id FROM compared_versions AS v);

CREATE OR REPLACE TEMP TABLE untouched_versions AS
SELECT v.*
FROM compared_versions AS v
ANTI JOIN touched_documents AS t ON v.sample = t.sample AND v.document_id = t.document_id;

CREATE OR REPLACE TEMP TABLE said_places AS
SELECT s.rowid AS place
FROM core.statements AS s
WHERE
    s.rowid < getvariable('new_rows')
    AND s.document_known IN (SELECT v.known_from FROM untouched_versions AS v)
    AND s.document_id IN (SELECT v.document_id FROM untouched_versions AS v);

CREATE OR REPLACE TEMP TABLE new_document_changes AS
WITH texts AS (
    SELECT
        r.document_id,
        list_filter(
            string_split(arg_max(r.text, (r.night, r.source)), chr(10)), LAMBDA line: line <> ''  -- noqa: RF02,RF03
        ) AS blocks
    FROM (
        SELECT o.* FROM raw.documents AS o
        WHERE o.rowid IN (SELECT p.place FROM text_places AS p)
        UNION ALL
        SELECT n.* FROM raw.documents AS n
        WHERE
            n.rowid >= getvariable('new_rows')
            AND n.document_id IN (SELECT v.document_id FROM compared_versions AS v)
    ) AS r
    GROUP BY r.document_id
),

said AS (
    SELECT
        c.sample,
        c.document_id,
        c.platform,
        c.metric,
        c.transformation,
        coalesce(c.segment_said, '') AS segment,
        c.unit,
        coalesce(c.per, '') AS per,
        coalesce(c.area, '') AS area,
        coalesce(c.period, '') AS period,
        c.status,
        list_sort(list(DISTINCT c.value)) AS value_list,
        arg_min(c.quote, c.quote_start) AS quote
    FROM (
        SELECT o.* FROM core.statements AS o
        WHERE o.rowid IN (SELECT p.place FROM said_places AS p)
        UNION ALL
        SELECT n.* FROM core.statements AS n
        WHERE
            n.rowid >= getvariable('new_rows')
            AND n.document_id IN (SELECT v.document_id FROM compared_versions AS v)
    ) AS c
    WHERE c.held_from IS NOT NULL
    GROUP BY ALL
),

earlier_said AS (
    SELECT
        v.document_id AS later_id,
        s.* EXCLUDE (document_id)  -- noqa: RF02
    FROM compared_versions AS v
    INNER JOIN said AS s ON v.sample = s.sample AND v.earlier_id = s.document_id
),

later_said AS (
    SELECT
        v.document_id AS later_id,
        s.* EXCLUDE (document_id)  -- noqa: RF02
    FROM compared_versions AS v
    INNER JOIN said AS s ON v.sample = s.sample AND v.document_id = s.document_id
    WHERE v.earlier_id IS NOT NULL
),

differing AS (
    SELECT
        coalesce(l.sample, e.sample) AS sample,
        coalesce(l.later_id, e.later_id) AS document_id,
        coalesce(l.platform, e.platform) AS platform,
        coalesce(l.metric, e.metric) AS metric,
        coalesce(l.transformation, e.transformation) AS transformation,
        nullif(coalesce(l.segment, e.segment), '') AS segment,
        nullif(coalesce(l.area, e.area), '') AS area,
        nullif(coalesce(l.period, e.period), '') AS period,
        coalesce(l.unit, e.unit) AS unit,
        e.value_list AS values_before,
        l.value_list AS values_now,
        e.quote AS quote_before,
        l.quote AS quote_now
    FROM later_said AS l
    FULL OUTER JOIN earlier_said AS e
        ON
            l.sample = e.sample AND l.later_id = e.later_id AND l.platform = e.platform AND l.metric = e.metric
            AND l.transformation = e.transformation AND l.segment = e.segment AND l.unit = e.unit AND l.per = e.per
            AND l.area = e.area AND l.period = e.period AND l.status = e.status
    WHERE l.value_list IS DISTINCT FROM e.value_list
),

figures_of AS (
    SELECT
        f.sample,
        f.document_id,
        list({
            'platform': f.platform,
            'metric': f.metric,
            'transformation': f.transformation,
            'segment': f.segment,
            'area': f.area,
            'period': f.period,
            'unit': f.unit,
            'values_before': f.values_before,
            'values_now': f.values_now,
            'quote_before': f.quote_before,
            'quote_now': f.quote_now
        } ORDER BY f.platform, f.metric, f.transformation, f.period, f.area, f.segment, f.values_now) AS figures
    FROM differing AS f
    GROUP BY f.sample, f.document_id
),

compared AS (
    SELECT
        n.document_id,
        b.document_id AS earlier_id,
        list_filter(n.blocks, LAMBDA line: NOT list_contains(b.blocks, line)) AS added,  -- noqa: RF02
        list_filter(b.blocks, LAMBDA line: NOT list_contains(n.blocks, line)) AS removed  -- noqa: RF02
    FROM compared_versions AS v
    INNER JOIN texts AS n ON v.document_id = n.document_id
    INNER JOIN texts AS b ON v.earlier_id = b.document_id
    GROUP BY ALL
)

SELECT
    v.sample,
    v.source,
    v.url,
    v.known_from,
    v.fetched_at,
    v.title,
    e.title AS title_before,
    coalesce(v.title, '') <> coalesce(e.title, '') AS retitled,
    len(c.added) AS blocks_added,
    len(c.removed) AS blocks_removed,
    list_transform(c.added, LAMBDA line: left(line, 80))[1:10] AS added,  -- noqa: RF02
    list_transform(c.removed, LAMBDA line: left(line, 80))[1:10] AS removed,  -- noqa: RF02
    coalesce(f.figures, []) AS figures,
    e.published AS published_before,
    v.published,
    v.modified,
    v.document_id,
    v.earlier_id
FROM compared_versions AS v
INNER JOIN compared_versions AS e ON v.sample = e.sample AND v.earlier_id = e.document_id
INNER JOIN compared AS c ON v.document_id = c.document_id AND v.earlier_id = c.earlier_id
LEFT JOIN figures_of AS f ON v.sample = f.sample AND v.document_id = f.document_id
WHERE
    v.title IS DISTINCT FROM e.title OR len(c.added) > 0 OR len(c.removed) > 0 OR len(f.figures) > 0
    OR v.published IS DISTINCT FROM e.published
ORDER BY v.sample, v.url, v.fetched_at, v.document_id;

CREATE TABLE IF NOT EXISTS document_changes (
    sample BOOLEAN,
    source VARCHAR,
    url VARCHAR,
    known_from DATE,
    fetched_at TIMESTAMPTZ,
    title VARCHAR,
    title_before VARCHAR,
    retitled BOOLEAN,
    blocks_added BIGINT,
    blocks_removed BIGINT,
    added VARCHAR[],
    removed VARCHAR[],
    figures STRUCT(
        platform VARCHAR,
        metric VARCHAR,
        transformation VARCHAR,
        segment VARCHAR,
        area VARCHAR,
        period VARCHAR,
        unit VARCHAR,
        values_before DECIMAL(38, 6)[],
        values_now DECIMAL(38, 6)[],
        quote_before VARCHAR,
        quote_now VARCHAR
    )[],
    published_before DATE,
    published DATE,
    modified DATE,
    document_id VARCHAR,
    earlier_id VARCHAR
);

DELETE FROM document_changes AS o
USING edited_addresses AS t
WHERE o.sample = t.sample AND o.url = t.url;

INSERT INTO document_changes
SELECT n.*
FROM new_document_changes AS n;
