-- What reports read, and nothing else does: views whose columns are a promise (docs/reference/reporting.md), whatever
-- becomes of the tables below them.
CREATE SCHEMA reporting;

CREATE VIEW reporting.runs AS
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
FROM public.run;

-- Cases of measured runs. A case is the same over time where engine, suite, series and fingerprint are.
CREATE VIEW reporting.cases AS
SELECT runs.run_id,
       runs.started_at,
       runs.finished_at,
       runs.engine,
       runs.suite,
       runs.suite_run,
       runs.commit,
       runs.fingerprint,
       runs.grade,
       runs.partial,
       case_result.position,
       case_result.name                                                AS case_name,
       concat_ws('/', coalesce(runs.job_name, runs.engine), case_result.name) AS series,
       case_result.score,
       case_result.score_unit,
       case_result.ci95_low,
       case_result.ci95_high,
       CAST(case_result.result #>> '{speedup,ratio}' AS double precision)     AS speedup,
       CAST(case_result.result #>> '{speedup,ci95,0}' AS double precision)    AS speedup_low,
       CAST(case_result.result #>> '{speedup,ci95,1}' AS double precision)    AS speedup_high,
       case_result.result #>> '{verification,status}'                  AS verification,
       case_result.failure_code
FROM reporting.runs
JOIN public.case_result ON case_result.run_id = runs.run_id
WHERE runs.mode = 'MEASURE';

-- Raw samples, one row an iteration; iterations of a fork count from 1.
CREATE VIEW reporting.samples AS
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
JOIN public.case_result ON case_result.run_id = fork.run_id AND case_result.position = fork.case_position
CROSS JOIN LATERAL unnest(fork.elapsed_nanos, fork.invocations, fork.items, fork.bytes)
    WITH ORDINALITY AS sample (elapsed_nanos, invocations, items, bytes, iteration);

CREATE VIEW reporting.jobs AS
SELECT job.id                                                        AS job_id,
       job.engine,
       job.mode,
       job.state,
       job.priority,
       job.attempt,
       job.worker,
       job.labels ->> 'suite'                                        AS suite,
       job.labels ->> 'suiteRun'                                     AS suite_run,
       job.labels ->> 'job'                                          AS job_name,
       job.created_at,
       job.started_at,
       job.finished_at,
       extract(epoch FROM job.started_at - job.created_at)           AS wait_seconds,
       extract(epoch FROM job.finished_at - job.started_at)          AS run_seconds,
       job.failure ->> 'code'                                        AS failure_code,
       job.run_id
FROM public.job;

-- Each time that a suite was submitted.
CREATE VIEW reporting.nights AS
SELECT suite,
       suite_run,
       min(created_at)                                               AS submitted_at,
       min(started_at)                                               AS started_at,
       CASE WHEN count(finished_at) = count(*) THEN max(finished_at) END AS finished_at,
       count(*)                                                      AS jobs,
       count(*) FILTER (WHERE state = 'SUCCEEDED')                   AS succeeded,
       count(*) FILTER (WHERE state IN ('FAILED', 'TIMED_OUT'))      AS failed,
       count(*) FILTER (WHERE state = 'CANCELLED')                   AS cancelled,
       count(*) FILTER (WHERE state IN ('QUEUED', 'RUNNING'))        AS unfinished,
       extract(epoch FROM max(finished_at) - min(started_at))        AS seconds
FROM reporting.jobs
WHERE suite IS NOT NULL
  AND suite_run IS NOT NULL
GROUP BY suite, suite_run;

-- When a build first measured something.
CREATE VIEW reporting.deployments AS
SELECT commit,
       min(version)    AS version,
       min(started_at) AS first_run_at,
       count(*)        AS runs
FROM reporting.runs
WHERE mode = 'MEASURE'
  AND commit IS NOT NULL
GROUP BY commit;

CREATE VIEW reporting.environments AS
SELECT environment.fingerprint,
       environment.facts #>> '{cpu.model,value}'   AS cpu,
       environment.facts #>> '{jvm.version,value}' AS jvm,
       environment.facts #>> '{kernel,value}'      AS kernel,
       environment.first_seen_at,
       environment.last_seen_at
FROM public.environment;
