-- The queue. spec, cases and the like are json and not jsonb: they are read as a whole, and the order of their
-- keys is the order that clients chose. labels are searched, so they are jsonb.
CREATE TABLE job (
    id                uuid        PRIMARY KEY,
    engine            text        NOT NULL,
    mode              text        NOT NULL CHECK (mode IN ('SMOKE', 'MEASURE')),
    state             text        NOT NULL
                      CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT')),
    priority          integer     NOT NULL,
    attempt           integer     NOT NULL DEFAULT 0,
    worker            text,
    -- Set while RUNNING and only then, by the database's clock.
    lease_until       timestamptz,
    case_count        integer     NOT NULL,
    estimated_seconds bigint      NOT NULL,
    memory_bytes      bigint      NOT NULL,
    warnings          json        NOT NULL,
    labels            jsonb       NOT NULL,
    spec              json        NOT NULL,
    cases             json        NOT NULL,
    progress          json,
    run_id            uuid,
    failure           json,
    created_at        timestamptz NOT NULL,
    started_at        timestamptz,
    finished_at       timestamptz,
    -- Id of the newest event; raised by whoever changes the row, so that ids rise in the order of commits.
    last_event        bigint      NOT NULL DEFAULT 0,
    CONSTRAINT job_lease_while_running CHECK ((state = 'RUNNING') = (lease_until IS NOT NULL))
);

CREATE INDEX job_waiting ON job (priority DESC, created_at, id) WHERE state = 'QUEUED';
CREATE INDEX job_leases ON job (lease_until) WHERE state = 'RUNNING';
CREATE INDEX job_newest ON job (created_at DESC, id DESC);
CREATE INDEX job_labels ON job USING gin (labels jsonb_path_ops);
