-- Measured runs that nobody has held against the thresholds yet: written by the transaction that stores the run, removed
-- by the one that stores what is found. Without a reference, as a run may be gone by then.
CREATE TABLE unwatched_run (
    run_id    uuid        PRIMARY KEY,
    stored_at timestamptz NOT NULL
);
