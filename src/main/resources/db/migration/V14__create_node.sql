-- Services that run jobs of this queue. heartbeat_at is by the database's clock.
CREATE TABLE node (
    name         text        PRIMARY KEY,
    -- Changes with each start: a service that finds another one here has lost its name.
    instance     uuid        NOT NULL,
    -- Where its data folder is, as far as that tells two folders apart.
    home         text        NOT NULL,
    started_at   timestamptz NOT NULL,
    heartbeat_at timestamptz NOT NULL,
    stopped      boolean     NOT NULL DEFAULT false,
    draining     boolean     NOT NULL DEFAULT false,
    cpus         integer     NOT NULL,
    fingerprint  text        NOT NULL,
    -- What jobs can be pinned to: name, cpus, fingerprint and what its operator gave it.
    labels       jsonb       NOT NULL
);
