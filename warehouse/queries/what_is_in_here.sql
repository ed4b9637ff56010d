-- What tables and columns does this file hold, and what do they mean?
-- param name = %
SELECT
    c.table_name,
    c.column_name,
    c.data_type,
    c.comment AS meaning,
    t.comment AS table_meaning
FROM duckdb_columns() AS c
INNER JOIN duckdb_tables() AS t ON c.table_oid = t.table_oid AND c.database_oid = t.database_oid
WHERE NOT c.internal AND t.table_name LIKE $name  -- noqa: RF02
ORDER BY c.table_name, c.column_index;
