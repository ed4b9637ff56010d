-- Every statement ever read, with its receipt: the exact words, where they stand, who published them and when, where
-- the page's bytes lie, and what became of it.
-- grain: one row a realm and claim; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_claims AS
WITH held AS (
    SELECT
        h.sample,
        h.claim_id,
        min(h.held_from) AS known_from,
        nullif(max(h.held_to), 'infinity'::DATE) AS known_to
    FROM weighed_held AS h
    GROUP BY h.sample, h.claim_id
)

SELECT
    c.sample,
    c.platform,
    c.metric,
    c.transformation,
    c.segment,
    c.segment_said,
    c.area,
    c.period,
    c.value,
    c.value_max,
    c.unit,
    c.per,
    c.qualifier,
    c.status,
    c.attributed_to,
    c.low,
    c.high,
    c.confidence,
    c.is_repeat,
    CASE
        WHEN h.claim_id IS NULL OR h.known_to IS NOT NULL THEN 'replaced'
        WHEN c.figure_id IS NULL THEN 'no figure'
        ELSE s.standing
    END AS standing,
    CASE WHEN s.standing IS NULL THEN c.unusable WHEN s.standing IN ('set aside', 'unclear') THEN s.reason END
        AS reason,
    c.correction,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.proven,
    d.url,
    CASE WHEN c.is_history THEN c.writer ELSE d.title END AS title,
    coalesce(d.source, 'official_history') AS source,
    c.host,
    c.authority,
    c.origin,
    d.published,
    c.said_on,
    d.lang,
    d.night,
    coalesce(h.known_from, c.first_known) AS known_from,
    CASE WHEN h.claim_id IS NULL THEN c.first_known ELSE h.known_to END AS known_to,
    d.archive_file,
    d.archive_offset,
    c.extractor,
    c.document_id,
    c.claim_id,
    c.figure_id,
    c.series_id
FROM weighed_claims AS c
LEFT JOIN held AS h ON c.sample = h.sample AND c.claim_id = h.claim_id
LEFT JOIN weighed_documents AS d ON c.sample = d.sample AND c.document_id = d.document_id
LEFT JOIN weighed_standings AS s
    ON c.sample = s.sample AND c.figure_id = s.figure_id AND c.claim_id = s.claim_id AND s.next_day = 'infinity'::DATE
ORDER BY c.sample, c.platform, c.metric, c.period, c.document_id, c.quote_start, c.claim_id;

CREATE TABLE IF NOT EXISTS claims AS
SELECT n.*
FROM new_claims AS n
WHERE FALSE;

DELETE FROM claims AS o
WHERE
    o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t)
    OR (
        o.figure_id IS NULL
        AND (o.sample, o.document_id) IN (
            SELECT
                d.sample,
                d.document_id
            FROM touched_documents AS d
        )
        AND getvariable('part') = (
            SELECT r.part FROM figures_to_resolve AS r
            WHERE r.figure_id IS NULL
        )
    );

INSERT INTO claims
SELECT n.*
FROM new_claims AS n;

COMMENT ON TABLE claims IS 'Every statement ever read, with its receipt and what became of it';
COMMENT ON COLUMN claims.standing IS
'decides, supports, contested, unclear, outranked, revised, overtaken, set aside; no figure; replaced: held no more';
COMMENT ON COLUMN claims.segment_said IS 'As the text says it; segment is what it means, see definition_breaks';
COMMENT ON COLUMN claims.reason IS 'Why it was set aside or makes no figure';
COMMENT ON COLUMN claims.correction IS 'What people corrected by hand, and why: see corrections';
COMMENT ON COLUMN claims.quote IS 'The exact words; the document''s text holds them from quote_start to quote_end';
COMMENT ON COLUMN claims.proven IS 'The text was found to hold the quote at its offsets';
COMMENT ON COLUMN claims.is_repeat IS 'Restates another claim of its document: a conversion, a month given as a year';
COMMENT ON COLUMN claims.origin IS 'Who it goes back to: the party named, the agency, or the first publisher';
COMMENT ON COLUMN claims.archive_file IS 'WARC file that holds the page''s bytes, from archive_offset on';
COMMENT ON COLUMN claims.extractor IS 'Version of the program that first read it';
COMMENT ON COLUMN claims.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN claims.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN claims.metric IS 'What is counted';
COMMENT ON COLUMN claims.transformation IS 'level; change (absolute); growth (percent)';
COMMENT ON COLUMN claims.segment IS 'What tells two figures of one key apart; null: the whole';
COMMENT ON COLUMN claims.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN claims.period IS 'The calendar time it is for';
COMMENT ON COLUMN claims.value IS 'In base units of unit';
COMMENT ON COLUMN claims.value_max IS 'Upper end of a stated interval';
COMMENT ON COLUMN claims.unit IS 'count, percent, percentage_points, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN claims.per IS 'For a rate: month, year, day, hour, episode';
COMMENT ON COLUMN claims.qualifier IS 'exact, approx, min (more than), max (less than)';
COMMENT ON COLUMN claims.status IS 'actual, estimate, forecast, plan, rumour';
COMMENT ON COLUMN claims.low IS 'Lower end of what the words can mean; null is open';
COMMENT ON COLUMN claims.high IS 'Upper end of what the words can mean; null is open';
COMMENT ON COLUMN claims.figure_id IS 'Names the key; the same in every table';
COMMENT ON COLUMN claims.series_id IS 'Names the key without its period';
COMMENT ON COLUMN claims.claim_id IS 'Names the statement, from its content';
COMMENT ON COLUMN claims.authority IS 'official, press, aggregator';
COMMENT ON COLUMN claims.document_id IS 'One version of one address';
COMMENT ON COLUMN claims.attributed_to IS 'The third party that the text names as origin';
COMMENT ON COLUMN claims.confidence IS '0 to 1: how sure the reading is';
COMMENT ON COLUMN claims.quote_start IS 'First character of the quote in the documents text';
COMMENT ON COLUMN claims.quote_end IS 'Character after the quote in the text';
COMMENT ON COLUMN claims.url IS 'Address of the page; null for the official history';
COMMENT ON COLUMN claims.title IS 'Headline of the page, or the report named by the official history';
COMMENT ON COLUMN claims.source IS 'Name of the source, or official_history';
COMMENT ON COLUMN claims.host IS 'Who published it';
COMMENT ON COLUMN claims.published IS 'When the page was published, as it says';
COMMENT ON COLUMN claims.said_on IS 'published, or the day it was fetched';
COMMENT ON COLUMN claims.lang IS 'ISO 639-1';
COMMENT ON COLUMN claims.night IS 'The first night that gave the page';
COMMENT ON COLUMN claims.known_from IS 'First day on which it was held';
COMMENT ON COLUMN claims.known_to IS 'First day on which it was held no more';
COMMENT ON COLUMN claims.archive_offset IS 'Where in archive_file the record begins, in bytes';
