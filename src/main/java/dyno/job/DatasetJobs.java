package dyno.job;

import dyno.dataset.DatasetReaders;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Jobs that wait or run, as readers of datasets. Safe for any number of threads.
final class DatasetJobs implements DatasetReaders {

    private final JdbcClient jdbc;

    DatasetJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> reader(UUID dataset) {
        return jdbc.sql("""
                        SELECT job.id
                        FROM job_dataset
                        JOIN job ON job.id = job_dataset.job_id
                        WHERE job_dataset.dataset_id = :dataset
                            AND job.state IN ('QUEUED', 'RUNNING')
                        ORDER BY job.created_at
                        LIMIT 1
                        """)
                .param("dataset", dataset)
                .query(UUID.class)
                .optional()
                .map(id -> "job " + id);
    }
}
