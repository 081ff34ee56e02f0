-- What makes cases of one name comparable, for history: the workload, whatever the order of its fields.
ALTER TABLE case_result
    ADD COLUMN workload_digest text
        GENERATED ALWAYS AS (md5(CAST(CAST(result -> 'workload' AS jsonb) AS text))) STORED;

CREATE INDEX case_result_series ON case_result (name, workload_digest);
