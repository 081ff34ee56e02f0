-- Runs that somebody took out of history: they stay, and count no more.
CREATE TABLE run_exclusion (
    run_id     uuid        PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
    reason     text        NOT NULL,
    created_at timestamptz NOT NULL
);
