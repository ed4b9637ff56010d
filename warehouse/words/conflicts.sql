-- What `conflicts` holds, and what each column means, with its unit.
COMMENT ON TABLE conflicts IS 'Where sources cannot all be right, and the days on which that stood so';
COMMENT ON COLUMN conflicts.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN conflicts.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN conflicts.metric IS 'What is counted';
COMMENT ON COLUMN conflicts.transformation IS 'level; change (absolute); growth (percent)';
COMMENT ON COLUMN conflicts.segment IS 'What tells two figures of one key apart; null: the whole';
COMMENT ON COLUMN conflicts.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN conflicts.period IS 'The calendar time it is for';
COMMENT ON COLUMN conflicts.unit IS 'count, percent, percentage_points, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN conflicts.is_open IS 'true: equally strong statements, nothing is held';
COMMENT ON COLUMN conflicts.held IS 'The value that is held, in base units of unit; null while open';
COMMENT ON COLUMN conflicts.lowest IS 'The lowest value told, in base units of unit';
COMMENT ON COLUMN conflicts.middle IS 'The median of the values told, in base units of unit';
COMMENT ON COLUMN conflicts.highest IS 'The highest value told, in base units of unit';
COMMENT ON COLUMN conflicts.apart_percent IS 'How far the highest lies above the lowest, in percent of the lowest';
COMMENT ON COLUMN conflicts.origins IS 'Independent origins that speak of it';
COMMENT ON COLUMN conflicts.authority IS 'Of the strongest claim: official, press, aggregator';
COMMENT ON COLUMN conflicts.status IS 'actual, estimate, forecast, plan, rumour';
COMMENT ON COLUMN conflicts.said IS 'Every value told, with its hedge, its origin and how it stands';
COMMENT ON COLUMN conflicts.held_from IS 'The day since which the figure is held as it stands';
COMMENT ON COLUMN conflicts.known_from IS 'First day on which the conflict stood so';
COMMENT ON COLUMN conflicts.known_to IS 'First day on which it stood so no more; null: today';
COMMENT ON COLUMN conflicts.gravity IS
'Larger: to be looked at first; by is_open, then origins, then apart_percent in one number';
COMMENT ON COLUMN conflicts.figure_id IS 'Names the key; the same in every table';
