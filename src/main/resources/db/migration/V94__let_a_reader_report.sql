-- The account of reports: sees the views, may not write, gives up after 10 s. It cannot log in until somebody gives it
-- a password. Roles belong to the whole server: another database's migration may have made it, or an operator, and
-- where this account may not make roles, reports go without until an operator does (docs/reference/reporting.md).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dyno_reader') THEN
        CREATE ROLE dyno_reader NOLOGIN;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dyno_reader' AND rolconfig IS NULL) THEN
        ALTER ROLE dyno_reader SET statement_timeout = '10s';
        ALTER ROLE dyno_reader SET default_transaction_read_only = on;
        ALTER ROLE dyno_reader SET search_path = reporting;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL;
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'dyno_reader was not made: this account may not make roles';
END
$$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dyno_reader') THEN
        GRANT USAGE ON SCHEMA reporting TO dyno_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO dyno_reader;
        -- Views of later migrations, too.
        ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO dyno_reader;
    END IF;
END
$$;
