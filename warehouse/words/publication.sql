-- What `publication` holds, and what each column means, with its unit.
COMMENT ON TABLE publication IS 'Which load of the working file this snapshot shows';
COMMENT ON COLUMN publication.load_number IS 'Loads so far';
COMMENT ON COLUMN publication.rebuild IS 'Names the rebuild that the rows come from: another name, all made anew';
COMMENT ON COLUMN publication.macros IS 'Names the macros and these words: another name, all said anew';
COMMENT ON COLUMN publication.by_hand IS 'Names what people keep by hand: another name, those tables made anew';
