-- For every figure and every day on which what is known of it changed: each claim then held, and how it stands.
--   decides      its value is the figure's
--   supports     its interval meets the deciding one
--   contested    equally strong statements that do not meet: the figure stays open
--   outranked    a stronger statement says otherwise
--   overtaken    an expectation, a plan, or a rumour that proved true: no evidence of what happened
--   revised      the same speaker said otherwise later
--   unclear      its page gives several values for the key, and a clearer statement or none decides
--   set aside    of no use for a figure; `reason` says why
-- Official outranks press, press outranks aggregators, and what happened outranks what was expected. Nothing is
-- averaged and no majority wins.
-- grain: one row a figure, day of change and claim
CREATE OR REPLACE TEMP TABLE days AS
WITH changes AS (
    SELECT
        h.figure_id,
        unnest([h.held_from, h.held_to]) AS day
    FROM weighed_held AS h
    UNION ALL
    SELECT
        c.figure_id,
        unnest([c.off_from, c.fits_from, c.accepted_on, c.rejected_on]) AS day
    FROM weighed_claims AS c
    WHERE c.off_from IS NOT NULL OR c.accepted_on IS NOT NULL OR c.rejected_on IS NOT NULL
)

SELECT
    c.figure_id,
    c.day,
    lead(c.day, 1, 'infinity'::DATE) OVER (PARTITION BY c.figure_id ORDER BY c.day) AS next_day
FROM (
    SELECT DISTINCT
        a.figure_id,
        a.day
    FROM changes AS a
    WHERE a.figure_id IS NOT NULL AND isfinite(a.day)
) AS c;

CREATE OR REPLACE TEMP TABLE in_force AS
SELECT
    d.figure_id,
    d.day,
    d.next_day,
    c.sample,
    c.claim_id,
    c.document_id,
    c.speaker,
    c.spoken_on,
    c.weight_rank,
    c.qualifier,
    c.is_repeat,
    coalesce(c.low, -1e30)::DECIMAL(38, 6) AS floor_low,
    coalesce(c.high, 1e30)::DECIMAL(38, 6) AS ceiling_high,
    coalesce(
        CASE WHEN c.rejected_on <= d.day THEN c.correction END,
        CASE
            WHEN c.accepted_on <= d.day THEN NULL
            WHEN c.unusable IS NOT NULL THEN c.unusable
            WHEN c.off_from <= d.day AND coalesce(c.fits_from > d.day, TRUE) THEN c.off_reason
        END
    ) AS aside
FROM days AS d
INNER JOIN weighed_claims AS c ON d.figure_id = c.figure_id
WHERE EXISTS (
    SELECT 1
    FROM weighed_held AS h
    WHERE
        h.figure_id = d.figure_id AND h.claim_id = c.claim_id AND h.sample = c.sample
        AND h.held_from <= d.day AND h.held_to > d.day
);

-- A page that gives several values for one key holds something that tells them apart and was not read: a plan, a unit,
-- a date. Such claims stand behind every clear one of their kind.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT
    f.* EXCLUDE (weight_rank, document_id),  -- noqa: RF02
    coalesce(p.several, FALSE) AND f.aside IS NULL AS unclear,
    f.weight_rank + CASE WHEN p.several AND f.aside IS NULL THEN 10 ELSE 0 END AS weight_rank
FROM in_force AS f
LEFT JOIN (
    SELECT
        i.figure_id,
        i.day,
        i.document_id,
        i.weight_rank,
        max(i.floor_low) > min(i.ceiling_high) AS several
    FROM in_force AS i
    WHERE i.aside IS NULL
    GROUP BY i.figure_id, i.day, i.document_id, i.weight_rank
    HAVING count(*) > 1
) AS p
    ON
        f.figure_id = p.figure_id AND f.day = p.day AND f.document_id = p.document_id
        AND f.weight_rank = p.weight_rank;

-- The last word of each speaker, and whether an earlier one of the same weight still agrees with it.
CREATE OR REPLACE TEMP TABLE last_words AS
SELECT
    c.*,
    c.aside IS NULL AND NOT c.unclear AND c.spoken_on < w.last_day
    AND (c.floor_low > w.last_high OR c.ceiling_high < w.last_low) AS revised
FROM candidates AS c
LEFT JOIN (
    SELECT
        l.figure_id,
        l.day,
        l.speaker,
        l.weight_rank,
        max(l.spoken_on) AS last_day,
        arg_max(l.floor_low, (l.spoken_on, l.floor_low)) AS last_low,
        arg_max(l.ceiling_high, (l.spoken_on, -l.ceiling_high)) AS last_high
    FROM candidates AS l
    WHERE l.aside IS NULL
    GROUP BY l.figure_id, l.day, l.speaker, l.weight_rank
) AS w ON c.figure_id = w.figure_id AND c.day = w.day AND c.speaker = w.speaker AND c.weight_rank = w.weight_rank;

CREATE OR REPLACE TEMP TABLE deciding AS
WITH strongest AS (
    SELECT l.*
    FROM last_words AS l
    WHERE l.aside IS NULL AND NOT coalesce(l.revised, FALSE)
    QUALIFY l.weight_rank = min(l.weight_rank) OVER (PARTITION BY l.figure_id, l.day)
)

SELECT
    s.figure_id,
    s.day,
    any_value(s.next_day) AS next_day,
    any_value(s.weight_rank) AS weight_rank,
    max(s.floor_low) <= min(s.ceiling_high) AS agreed,
    -- the narrowest interval decides; among open ones the one that says most
    arg_min(s.claim_id, (
        s.is_repeat,
        s.ceiling_high - s.floor_low,
        -s.floor_low,
        s.qualifier <> 'exact',
        -datediff('day', DATE '1970-01-01', s.spoken_on),
        s.claim_id
    )) AS claim_id
FROM strongest AS s
GROUP BY s.figure_id, s.day;

CREATE OR REPLACE TEMP TABLE weighed_standings AS
SELECT
    l.sample,
    l.figure_id,
    l.day,
    l.next_day,
    l.claim_id,
    CASE
        WHEN l.aside IS NOT NULL THEN 'set aside'
        WHEN l.revised THEN 'revised'
        WHEN d.agreed AND l.claim_id = d.claim_id THEN 'decides'
        WHEN
            l.weight_rank >= 20 AND d.weight_rank < 20
            AND (l.weight_rank < 40 OR (d.agreed AND l.floor_low <= w.ceiling_high AND l.ceiling_high >= w.floor_low))
            THEN 'overtaken'
        WHEN d.agreed AND l.floor_low <= w.ceiling_high AND l.ceiling_high >= w.floor_low THEN 'supports'
        WHEN l.unclear THEN 'unclear'
        WHEN NOT d.agreed AND l.weight_rank = d.weight_rank THEN 'contested'
        ELSE 'outranked'
    END AS standing,
    NOT d.agreed AND l.weight_rank = d.weight_rank AND NOT coalesce(l.revised, FALSE) AND l.aside IS NULL AS is_open,
    CASE
        WHEN l.aside IS NOT NULL THEN l.aside
        WHEN l.unclear THEN 'its page gives several values; what tells them apart was not read'
    END AS reason
FROM last_words AS l
LEFT JOIN deciding AS d ON l.figure_id = d.figure_id AND l.day = d.day
LEFT JOIN candidates AS w ON d.figure_id = w.figure_id AND d.day = w.day AND d.claim_id = w.claim_id
ORDER BY l.figure_id, l.day, l.claim_id;
