-- A machine, its JVM and its limits, as runs saw it: one row a fingerprint.
CREATE TABLE environment (
    fingerprint   text        PRIMARY KEY,
    id            uuid        NOT NULL UNIQUE,
    -- json, not jsonb: the order of the facts and the spelling of the numbers stay.
    facts         json        NOT NULL,
    first_seen_at timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL
);

CREATE INDEX environment_newest ON environment (first_seen_at DESC, id DESC);
