-- What `learnt_bounds` holds, and what each column means, with its unit.
COMMENT ON TABLE learnt_bounds IS 'Between which values each series has moved, with room; outside of it a check warns';
COMMENT ON COLUMN learnt_bounds.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN learnt_bounds.metric IS 'What is counted';
COMMENT ON COLUMN learnt_bounds.segment IS 'What tells two figures of one key apart; null: the whole';
COMMENT ON COLUMN learnt_bounds.area IS 'ISO 3166-1 alpha-2, or a group of countries';
COMMENT ON COLUMN learnt_bounds.unit IS 'count, percent, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN learnt_bounds.per IS 'For a rate: month, year, day, hour, episode';
COMMENT ON COLUMN learnt_bounds.period_kind IS 'year, half, quarter, month, week, day, range';
COMMENT ON COLUMN learnt_bounds.lowest IS 'In base units of unit: a smaller value is looked at';
COMMENT ON COLUMN learnt_bounds.highest IS 'In base units of unit: a larger value is looked at';
COMMENT ON COLUMN learnt_bounds.figures IS 'From how many figures it was learnt';
COMMENT ON COLUMN learnt_bounds.last_period IS 'The newest of them';
