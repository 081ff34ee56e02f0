-- Regressions and nights that are missing. Where the service has no alerts, there are none to report.
DO $$
BEGIN
    IF to_regclass('public.alert') IS NOT NULL THEN
        CREATE VIEW reporting.alerts AS
        SELECT id AS alert_id, kind, state, engine, case_name, fingerprint, run_id, schedule, message, created_at
        FROM public.alert;
    ELSE
        CREATE VIEW reporting.alerts AS
        SELECT CAST(NULL AS uuid) AS alert_id,
               CAST(NULL AS text) AS kind,
               CAST(NULL AS text) AS state,
               CAST(NULL AS text) AS engine,
               CAST(NULL AS text) AS case_name,
               CAST(NULL AS text) AS fingerprint,
               CAST(NULL AS uuid) AS run_id,
               CAST(NULL AS text) AS schedule,
               CAST(NULL AS text) AS message,
               CAST(NULL AS timestamptz) AS created_at
        WHERE false;
    END IF;
END
$$;
