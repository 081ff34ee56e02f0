-- What runs are compared with by name: one run, or the latest good one that carries labels.
CREATE TABLE baseline (
    name       text        PRIMARY KEY,
    run_id     uuid        REFERENCES run (id) ON DELETE CASCADE,
    labels     jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT baseline_is_a_run_or_has_labels CHECK ((run_id IS NULL) <> (labels IS NULL))
);
