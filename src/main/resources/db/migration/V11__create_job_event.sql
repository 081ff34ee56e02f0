-- What happened to a job, in order, for clients that follow it. Ids rise by one per job.
CREATE TABLE job_event (
    job_id  uuid        NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    id      bigint      NOT NULL,
    type    text        NOT NULL CHECK (type IN ('state', 'progress', 'case', 'warning', 'end')),
    payload json        NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (job_id, id)
);
