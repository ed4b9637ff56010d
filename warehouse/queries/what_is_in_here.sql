-- What tables, columns and macros does this file hold, and what do they mean?
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
UNION ALL
SELECT
    f.function_name AS table_name,
    NULL AS column_name,
    f.function_type AS data_type,
    f.comment AS meaning,
    'takes ' || array_to_string(f.parameters, ', ') AS table_meaning
FROM duckdb_functions() AS f
WHERE NOT f.internal AND f.function_name LIKE $name
ORDER BY table_name, column_name NULLS FIRST;
