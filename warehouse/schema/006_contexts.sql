-- The hashes around a quote as one text: a list of numbers is read whole even where few of its rows are asked for, and
-- that was most of what finding a night's rivals cost in a long history.
ALTER TABLE raw.claims ALTER context TYPE VARCHAR
USING array_to_string(list_transform(context, LAMBDA run: format('{:08x}', run >> 32)), ' ');  -- noqa: RF02

COMMENT ON COLUMN raw.claims.context IS
'the smallest hashes of the runs of three words around the quote, as hexadecimal words: finds copied sentences';
