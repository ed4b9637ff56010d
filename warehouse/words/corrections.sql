-- What `corrections` holds, and what each column means, with its unit.
COMMENT ON TABLE corrections IS 'What people corrected by hand, with the reason, and whether it still applies';
COMMENT ON COLUMN corrections.url IS 'Address of the page';
COMMENT ON COLUMN corrections.quote IS 'The exact words of the statement';
COMMENT ON COLUMN corrections.platform IS 'Only the statements about this one; null: all with these words';
COMMENT ON COLUMN corrections.metric IS 'Only the statements of this one; null: all with these words';
COMMENT ON COLUMN corrections.action IS 'accept: never set aside; reject: always; fix: one field is another';
COMMENT ON COLUMN corrections.field IS 'What is fixed: value, period, area, segment, ...';
COMMENT ON COLUMN corrections.was IS 'What was read; the fix stops when something else is';
COMMENT ON COLUMN corrections.becomes IS 'What it is; values in base units';
COMMENT ON COLUMN corrections.reason IS 'Why, for the next reviewer';
COMMENT ON COLUMN corrections.reviewed_on IS 'The day from which it counts as known';
COMMENT ON COLUMN corrections.state IS 'applies, healed, unseen';
