-- The stored result of a job. Written once, in the transaction that ends the job; never changed.
CREATE TABLE run (
    id               uuid        PRIMARY KEY,
    -- Exactly one run a job, whichever node stores it.
    job_id           uuid        NOT NULL UNIQUE,
    engine           text        NOT NULL,
    mode             text        NOT NULL,
    plan             json        NOT NULL,
    started_at       timestamptz NOT NULL,
    finished_at      timestamptz NOT NULL,
    labels           jsonb       NOT NULL,
    reason           text,
    partial          boolean     NOT NULL,
    fingerprint      text        NOT NULL REFERENCES environment,
    -- All facts of this run, load and pressure at its start and end among them.
    facts            json        NOT NULL,
    grade            text,
    grade_reason     text,
    quality_warnings text[]      NOT NULL,
    cases            integer     NOT NULL
);

CREATE INDEX run_newest ON run (mode, started_at DESC, id DESC);
CREATE INDEX run_newest_of_engine ON run (engine, mode, started_at DESC, id DESC);
CREATE INDEX run_fingerprint ON run (fingerprint);
CREATE INDEX run_labels ON run USING gin (labels jsonb_path_ops);
