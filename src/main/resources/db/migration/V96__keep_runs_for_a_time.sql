-- What becomes of runs that are old, or that somebody deleted. A deleted run is read by nobody and can be brought back
-- until it is purged; of raw samples that are gone, each fork keeps what comparisons go by.
ALTER TABLE run
    ADD COLUMN deleted_at         timestamptz,
    ADD COLUMN samples_expired_at timestamptz,
    -- Policies leave it alone: it stands beside a change of its history's level, or somebody brought it back.
    ADD COLUMN spared             boolean NOT NULL DEFAULT false;

CREATE INDEX run_deleted ON run (deleted_at) WHERE deleted_at IS NOT NULL;

ALTER TABLE fork ADD COLUMN sample_totals json;

-- The views' columns stay; runs that are deleted are not in them, nor is anything that they are joined to.
CREATE OR REPLACE VIEW reporting.runs AS
SELECT run.id                                       AS run_id,
       run.job_id,
       run.engine,
       run.mode,
       run.started_at,
       run.finished_at,
       run.labels ->> 'suite'                       AS suite,
       run.labels ->> 'suiteRun'                    AS suite_run,
       run.labels ->> 'job'                         AS job_name,
       run.labels ->> 'branch'                      AS branch,
       run.facts #>> '{build.commit,value}'         AS commit,
       run.facts #>> '{build.version,value}'        AS version,
       run.fingerprint,
       run.grade,
       run.quality_warnings,
       run.partial,
       run.cases,
       run.reason
FROM public.run
WHERE run.deleted_at IS NULL;

CREATE OR REPLACE VIEW reporting.samples AS
SELECT fork.run_id,
       case_result.name                          AS case_name,
       fork.case_position,
       fork.index                                AS fork,
       CAST(sample.iteration AS integer)         AS iteration,
       sample.elapsed_nanos / 1e9                AS elapsed_seconds,
       sample.invocations,
       sample.items,
       sample.bytes,
       sample.elapsed_nanos / 1e9 / nullif(sample.invocations, 0) AS seconds_per_invocation
FROM public.fork
JOIN public.run ON run.id = fork.run_id AND run.deleted_at IS NULL
JOIN public.case_result ON case_result.run_id = fork.run_id AND case_result.position = fork.case_position
CROSS JOIN LATERAL unnest(fork.elapsed_nanos, fork.invocations, fork.items, fork.bytes)
    WITH ORDINALITY AS sample (elapsed_nanos, invocations, items, bytes, iteration);
