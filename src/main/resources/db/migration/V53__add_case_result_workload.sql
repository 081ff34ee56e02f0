-- What makes cases of one name comparable, for history: the workload, whatever the order of its fields. Documents with a
-- NUL, which older versions stored, cannot be looked into; their cases stay out of histories.
ALTER TABLE case_result
    ADD COLUMN workload_digest text;

UPDATE case_result
SET workload_digest = md5(CAST(CAST(result -> 'workload' AS jsonb) AS text))
WHERE position('\u0000' IN CAST(result AS text)) = 0;

CREATE INDEX case_result_series ON case_result (name, workload_digest);
