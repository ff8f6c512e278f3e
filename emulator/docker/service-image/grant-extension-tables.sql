-- Run by pgextwlist as a superuser after it created an extension: its tables are the database owner's too, who could
-- otherwise not restore what a backup has of them.
DO $$
DECLARE
  each record;
BEGIN
  FOR each IN
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, relnamespace::regnamespace AS schema, relname
    FROM pg_class JOIN pg_depend ON objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype = 'e'
    WHERE relkind IN ('r', 'p', 'v', 'S')
  LOOP
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %s TO @database_owner@', each.schema);
    EXECUTE format('GRANT ALL ON %s %s.%I TO @database_owner@', each.kind, each.schema, each.relname);
  END LOOP;
END
$$;
