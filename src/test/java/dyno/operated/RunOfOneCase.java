package dyno.operated;

import java.util.List;

/// A suite's job with its run, and one that failed, as rows.
final class RunOfOneCase {

    private static final String LABELS =
            "'{\"suite\": \"nightly\", \"suiteRun\": \"00000000-0000-0001-0000-000000000009\", \"job\": \"fill\"}'";

    private static final String RUN = "'00000000-0000-0001-0000-000000000001'";
    private static final String JOB = "'00000000-0000-0001-0000-000000000002'";

    static final List<String> INSERTS = List.of(
            """
            INSERT INTO environment (fingerprint, id, facts, first_seen_at, last_seen_at)
            VALUES ('sha256:00', '00000000-0000-0001-0000-000000000003',
                    '{"cpu.model": {"value": "a CPU"}, "jvm.version": {"value": "25"}, "kernel": {"value": "6.1"}}',
                    '2026-01-01T02:00:00Z', '2026-01-01T02:00:00Z')
            """,
            """
            INSERT INTO job (id, engine, mode, state, priority, attempt, worker, case_count, estimated_seconds,
                             memory_bytes, warnings, labels, spec, cases, run_id, created_at, started_at, finished_at)
            VALUES (%s, 'generator', 'MEASURE', 'SUCCEEDED', 50, 1, 'a', 1, 1, 1, '[]', %s, '{}', '[]', %s,
                    '2026-01-01T02:00:00Z', '2026-01-01T02:00:05Z', '2026-01-01T02:01:00Z')
            """.formatted(JOB, LABELS, RUN),
            """
            INSERT INTO job (id, engine, mode, state, priority, attempt, worker, case_count, estimated_seconds,
                             memory_bytes, warnings, labels, spec, cases, failure, created_at, started_at, finished_at)
            VALUES ('00000000-0000-0001-0000-000000000004', 'marc', 'MEASURE', 'FAILED', 50, 1, 'a', 1, 1, 1, '[]',
                    %s, '{}', '[]', '{"code": "ENGINE_ERROR", "message": "no"}',
                    '2026-01-01T02:00:00Z', '2026-01-01T02:01:05Z', '2026-01-01T02:02:00Z')
            """.formatted(LABELS),
            """
            INSERT INTO run (id, job_id, engine, mode, plan, started_at, finished_at, labels, partial, fingerprint, facts,
                             grade, quality_warnings, cases)
            VALUES (%s, %s, 'generator', 'MEASURE', '{}', '2026-01-01T02:00:05Z', '2026-01-01T02:01:00Z', %s, false,
                    'sha256:00', '{"build.commit": {"value": "0123456789abcdef"}, "build.version": {"value": "0.1.0"}}',
                    'B', '{LOADED_HOST}', 1)
            """.formatted(RUN, JOB, LABELS),
            """
            INSERT INTO case_result (run_id, position, name, score, score_unit, ci95_low, ci95_high, result)
            VALUES (%s, 0, 'direct', 2e9, 'bytes/s', 1e9, 3e9,
                    '{"workload": {}, "speedup": {"baseline": "legacy", "ratio": 8.5, "ci95": [8.1, 8.9]},
                      "verification": {"status": "PASSED"}}')
            """.formatted(RUN),
            """
            INSERT INTO fork (run_id, case_position, index, pid, elapsed_nanos, invocations, items, bytes, rest)
            SELECT %s, 0, fork, 4711, '{200000000, 210000000}', '{2, 2}', '{0, 0}', '{1024, 1024}', '{}'
            FROM generate_series(0, 2) AS fork
            """.formatted(RUN),
            """
            DO $$
            BEGIN
                IF to_regclass('public.alert') IS NOT NULL THEN
                    INSERT INTO alert (id, kind, state, subject, engine, case_name, run_id, message, details, created_at)
                    VALUES ('00000000-0000-0001-0000-000000000005', 'REGRESSION', 'OPEN', 's', 'generator', 'direct', %s,
                            'slower', '{}', '2026-01-01T02:01:00Z');
                END IF;
            END
            $$
            """.formatted(RUN));

    private RunOfOneCase() {}
}
