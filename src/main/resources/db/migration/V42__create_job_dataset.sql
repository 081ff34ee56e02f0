-- Which datasets a job reads. A dataset that a waiting or running job reads neither changes nor goes.
CREATE TABLE job_dataset (
    job_id     uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    dataset_id uuid NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
    PRIMARY KEY (job_id, dataset_id)
);

CREATE INDEX job_dataset_readers ON job_dataset (dataset_id);
