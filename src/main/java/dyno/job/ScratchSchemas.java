package dyno.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Drops the schemas that trials made in the service's database, see [dyno.engine.Databases#scratchSchema].
///
/// Trials drop their own; this is for those that were killed. Safe for any number of threads.
final class ScratchSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchSchemas.class);

    private final JdbcClient jdbc;

    ScratchSchemas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Drops those of one attempt and of the ones before it. A node that was frozen meanwhile leaves the schemas
    /// of a later attempt alone.
    void drop(Claim claim) {
        jdbc.sql("""
                SELECT nspname
                FROM pg_namespace
                WHERE nspname ~ ('^dyno_(?!agg_[^_])[a-z]+_{1,2}' || right(replace(:job, '-', ''), 12)
                    || '_[0-9]+(_[0-9]+)?$')
                AND COALESCE(CAST(substring(nspname FROM '_[0-9a-f]{12}_[0-9]+_([0-9]+)$') AS int), 1) <= :attempt
                ORDER BY nspname
                """)
                .param("job", claim.job().toString())
                .param("attempt", claim.attempt())
                .query(String.class)
                .list()
                .forEach(this::drop);
    }

    /// Drops those of every job that has ended. One that waits may start at any moment, and clears its own then.
    void sweep() {
        jdbc.sql("""
                SELECT nspname
                FROM pg_namespace
                WHERE nspname ~ '^dyno_(?!agg_[^_])[a-z]+_{1,2}[0-9a-f]{12}_[0-9]+(_[0-9]+)?$'
                AND NOT EXISTS (
                    SELECT 1
                    FROM job
                    WHERE right(replace(job.id::text, '-', ''), 12)
                        = substring(nspname FROM '_([0-9a-f]{12})_[0-9]+(?:_[0-9]+)?$')
                    AND job.state IN ('QUEUED', 'RUNNING'))
                ORDER BY nspname
                """).query(String.class).list().forEach(this::drop);
    }

    /// Drops those that a job asked to keep, once their time is over. They say themselves until when: in a comment
    /// `kept until 2026-01-01T00:00:00Z`. Their names have one underscore after `agg`, those of scratch schemas
    /// two.
    void sweepKept() {
        jdbc.sql("""
                SELECT nspname
                FROM pg_namespace
                WHERE nspname ~ '^dyno_agg_[a-z]'
                AND CAST(substring(obj_description(oid, 'pg_namespace') FROM '^kept until (.*)$') AS timestamptz) < now()
                ORDER BY nspname
                """).query(String.class).list().forEach(this::drop);
    }

    /// Sessions of a killed fork may not have noticed yet, and hold locks.
    private void drop(String schema) {
        jdbc.sql("""
                SELECT pg_terminate_backend(pid, 5000)
                FROM pg_stat_activity
                WHERE datname = current_database()
                AND application_name = :schema
                AND pid <> pg_backend_pid()
                """).param("schema", schema).query(Boolean.class).list();
        var statement = jdbc.sql("SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', CAST(:schema AS text))")
                .param("schema", schema)
                .query(String.class)
                .single();
        jdbc.sql(statement).update();
        LOG.info("scratch schema {} dropped", schema);
    }
}
